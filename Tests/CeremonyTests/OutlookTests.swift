import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Ceremony

@Suite struct OutlookTests {
  @Test(
    "What is said of the questions to come is so at each of them",
    arguments: try Scripted.shipped.map(\.lastPathComponent))
  func counted(script: String) throws {
    let flow = try Flows.shipped("gate-io/\(script.prefix { $0 != "." })")
    let file = try #require(Scripted.shipped.first { $0.lastPathComponent == script })
    let run = try Scripted(String(contentsOf: file, encoding: .utf8), flow)
    var state = State()
    // What somebody who reads along knows, and the stay at which they knew it.
    var known: (count: Int, stay: Int)?
    var said: Int?
    var change = 0
    for happening in run.dialogue.ledger.happenings {
      switch happening {
      case .logged(let event, _): _ = reduce(&state, event, in: flow)
      case .shown(let sentence):
        said = Self.count(in: sentence.text) ?? said
        change += Self.change(in: sentence.text)
      case .asked:
        if let known, known.stay == state.way.count { continue }
        let likely = state.likelyWay(in: flow).count(where: \.asks)
        let last = known.map { $0.count - 1 } ?? likely
        expectNoDifference(said ?? last + change, likely, "\(script), at step '\(state.current?.rawValue ?? "-")'")
        known = (likely, state.way.count)
        (said, change) = (nil, 0)
      default: break
      }
    }
    #expect(known != nil)
  }

  @Test func `On the straight way to a Gate key there are fourteen, and nothing has to be put right`() throws {
    let dialogue = Dialogue(try Flows.createKey(), Flows.straight)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    let headings = dialogue.ledger.texts.filter { Self.count(in: $0) != nil }
    expectNoDifference(
      headings,
      [
        "Before you begin. About 14 questions to come.", "Part 1 of 6: Log in. About 8 questions to come.",
        "Part 2 of 6: Find the page. About 7 questions to come.",
        "Part 3 of 6: Name the key. About 6 questions to come.",
        "Part 4 of 6: Confirm it is you. About 5 questions to come.",
        "Part 5 of 6: Store it safely. About 4 questions to come.",
        "Part 6 of 6: Set its powers. About 3 questions to come.",
      ])
    expectNoDifference(dialogue.ledger.texts.map(Self.change).filter { $0 != 0 }, [])
  }

  @Test func `An answer that leads off the likely way says by how much`() throws {
    let flow = try Flows.createKey()
    let dialogue = Dialogue(
      flow,
      Partner.Lines([
        "purpose": "spot-bot", "program": "bot", "plan": "", "ip-plan": "none", "no-list-reason": ":quit",
      ]), afterwards: .end)
    _ = try dialogue.begin()
    #expect(dialogue.ledger.said(after: "plan").first == "From where will it be used?")
    let more = Dialogue(
      flow, Partner.Lines(["purpose": "spot-bot", "program": "bot", "plan": "account, futures-write"]), afterwards: .end
    )
    _ = try more.begin()
    #expect(more.ledger.said(after: "plan").contains("One more question."))
  }

  private static func count(in text: String) -> Int? {
    text.firstMatch(of: /About ([0-9]+) questions to come\.$/).flatMap { Int($0.1) }
  }

  private static func change(in text: String) -> Int {
    switch text {
    case "One more question.": 1
    case "One question fewer.": -1
    default:
      if let match = text.wholeMatch(of: /([0-9]+) more questions\./) {
        Int(match.1) ?? 0
      } else if let match = text.wholeMatch(of: /([0-9]+) questions fewer\./) {
        Int(match.1).map { -$0 } ?? 0
      } else {
        0
      }
    }
  }
}
