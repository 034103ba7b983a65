import CustomDump
import FlowCore
import Foundation
import PlainText
import Testing

@testable import FlowText
@testable import FlowTools

@Suite struct PictureTests {
  enum Format: String, CaseIterable {
    case text, mermaid, dot

    func drawn(_ picture: Picture) -> String {
      switch self {
      case .text: picture.text { display($0) }
      case .mermaid: picture.mermaid
      case .dot: picture.dot
      }
    }
  }

  @Test("the sample looks as it did", arguments: Format.allCases)
  func golden(format: Format) throws {
    let flow = try PictureSample.flow()
    try expectGolden(format.drawn(Picture(of: flow)), "sample.\(format)")
    try expectGolden(
      format.drawn(Picture(of: flow, walked: PictureSample.walked(PictureSample.aborted, flow))), "aborted.\(format)")
  }

  @Test(
    "where a run is, and which ways it took",
    arguments: [
      ("not-begun", "Run 7q4m: not begun", [:], []),
      (
        "looping", "Run 7q4m: unfinished, at login",
        ["purpose": 1, "rights": 1, "login": 3, "help": 2],
        ["purpose-rights [1]", "rights-login [2]", "login-help [3, 5]", "help-login [4, 6]"]
      ),
      (
        "aborted", "Run 7q4m: aborted, at stopped",
        ["purpose": 1, "rights": 1, "login": 3, "help": 3, "stopped": 1],
        ["purpose-rights [1]", "rights-login [2]", "login-help [3, 5, 7]", "help-login [4, 6]", "help-stopped [8]"]
      ),
      (
        "discarded", "Run 7q4m: aborted, at login", ["purpose": 1, "rights": 1, "login": 3, "help": 2],
        ["purpose-rights [1]", "rights-login [2]", "login-help [3, 5]", "help-login [4, 6]"]
      ),
      // The way to the store was taken back.
      (
        "taken-back", "Run 7q4m: unfinished, at login", ["purpose": 1, "rights": 1, "login": 3, "help": 2],
        ["purpose-rights [1]", "rights-login [2]", "login-help [3, 5]", "help-login [4, 6]"]
      ),
    ] as [(String, String, [String: Int], [String])])
  func walked(name: String, caption: String, visits: [String: Int], taken: [String]) throws {
    let flow = try PictureSample.flow()
    let events = try #require(PictureSample.runs.first { $0.name == name }).events
    let picture = Picture(of: flow, walked: PictureSample.walked(events, flow))
    expectNoDifference(picture.caption, caption)
    expectNoDifference(
      Dictionary(uniqueKeysWithValues: picture.nodes.filter { $0.visits > 0 }.map { ($0.id, $0.visits) }), visits)
    expectNoDifference(
      picture.edges.filter { !$0.taken.isEmpty }.map {
        "\(picture.nodes[$0.from].id)-\(picture.nodes[$0.to].id) [\(Picture.places($0.taken))]"
      }, taken)
    expectNoDifference(picture.nodes.count { $0.standing != nil }, name == "not-begun" ? 0 : 1)
  }

  @Test func `every step of a way lies on a way that is drawn`() throws {
    let flow = try PictureSample.flow()
    for (name, events) in PictureSample.runs {
      let way = PictureSample.walked(events, flow)
      let drawn = Picture(of: flow, walked: way).edges.reduce(0) { $0 + $1.taken.count }
      expectNoDifference(drawn, max(way.steps.count - 1, 0), name)
    }
  }

  @Test func `a picture has the ways that the machine knows, and no others`() throws {
    for flow in try [PictureSample.flow()] + Shipped.ids.map({ try Shipped.flow($0) }) {
      let picture = Picture(of: flow)
      for (index, ways) in flow.provenWays.enumerated() {
        expectNoDifference(
          Set(picture.edges.filter { $0.from == index }.map { flow.steps[$0.to].id }), Set(ways.map(\.to)),
          "\(flow.id), \(flow.steps[index].id)")
      }
    }
  }

  @Test("where guards leave nothing over, no way goes on to the next step", arguments: Format.allCases)
  func closed(format: Format) throws {
    for (required, targets) in [(true, ["left", "review"]), (false, ["left", "review", "below"])] {
      let steps = """
        - {id: ask, kind: choose, title: Ask, required: \(required), options: [{id: x, title: X}, {id: y, title: Y}]}
        - id: fork
          kind: tell
          title: Fork
          next: [{when: {step: ask, is: x}, to: left}, {when: {step: ask, is: y}, to: review}]
        - {id: below, kind: tell, title: Below, next: review}
        - {id: left, kind: tell, title: Left, next: below}

        """
      let picture = Picture(of: try PictureSample.flow(BadFile.head + steps + BadFile.tail))
      expectNoDifference(picture.edges.filter { $0.from == 1 }.map { picture.nodes[$0.to].id }, targets)
      expectNoDifference(format.drawn(picture).contains("otherwise"), !required)
    }
  }

  @Test(
    "conditions are told in short words",
    arguments: [
      (.answer("plan", .includes(["withdraw"])), "plan has withdraw"),
      (.answer("own", .isOne(of: ["a", "b"])), "a or b"),
      (.answer("own", .includes(["a", "b", "c", "d"])), "has a, b or 2 more"),
      (.not(.answer("plan", .includes(["a"]))), "plan without a"),
      (.not(.answer("plan", .isOne(of: ["a"]))), "plan is not a"),
      (.not(.answer("own", .isOne(of: ["a"]))), "not a"),
      (.answer("own", .exceeds("plan")), "exceeds plan"),
      (.answer("own", .lacks("plan")), "lacks some of plan"),
      (.not(.answer("own", .exceeds("plan"))), "does not exceed plan"),
      (.not(.answer("own", .lacks("plan"))), "lacks nothing of plan"),
      (.answer("plan", .skipped), "plan skipped"),
      (.not(.answer("plan", .skipped)), "plan not skipped"),
      (
        .all([.answer("a", .isOne(of: ["x"])), .any([.answer("b", .skipped), .answer("c", .skipped)])]),
        "a is x and (b skipped or c skipped)"
      ),
      (
        .any([.answer("a", .isOne(of: ["x"])), .all([.answer("b", .skipped), .answer("c", .skipped)])]),
        "a is x or b skipped and c skipped"
      ),
      (.not(.any([.answer("b", .skipped), .answer("c", .skipped)])), "not (b skipped or c skipped)"),
      (.all([]), "always"), (.any([]), "never"), (.not(.not(.answer("a", .skipped))), "not a not skipped"),
      (.answer("plan", .isOne(of: [String(repeating: "x", count: 200)])), "plan is..."),
    ] as [(Guard, String)])
  func guards(condition: Guard, words: String) {
    expectNoDifference(condition.words(leaving: "own"), words)
  }

  @Test func `ten thousand steps are drawn in the time of their number`() {
    let steps = (0..<10_000).map {
      Step(id: Step.ID("s\($0)"), title: "Step \($0)", body: .confirm(Confirmation(ifNo: "s0")))
    }
    let end = Step(id: "done", title: "Done", body: .end(Ending(outcome: .completed)))
    let flow = Flow(id: "test/long", version: 1, title: "Long", summary: "", steps: steps + [end])
    for format in Format.allCases {
      let began = ContinuousClock.now
      let text = format.drawn(Picture(of: flow))
      #expect(ContinuousClock.now - began < .seconds(20), "\(format)")
      #expect(text.split(separator: "\n").count > 20_000)
    }
  }
}

/// Compares a picture with its golden file, or writes the file if `KEYUSHER_REWRITE_GOLDENS=1`.
private func expectGolden(_ text: String, _ name: String) throws {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")
  let file = folder.appending(path: name)
  if ProcessInfo.processInfo.environment["KEYUSHER_REWRITE_GOLDENS"] == "1" { try Data(text.utf8).write(to: file) }
  expectNoDifference(
    text, try String(contentsOf: file, encoding: .utf8), "\(name) differs; KEYUSHER_REWRITE_GOLDENS=1 rewrites it")
}
