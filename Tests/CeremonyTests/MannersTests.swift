import CustomDump
import FlowCore
import Foundation
import Testing

@testable import Ceremony

/// Made to be heard and felt as well as seen: how every dialogue looks.
@Suite struct MannersTests {
  /// Everything that is said in a dialogue, and everything that is asked.
  struct Heard: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var sentences: [Sentence]
    var prompts: [String]

    init(_ name: String, _ dialogue: Dialogue) {
      testDescription = name
      sentences = dialogue.ledger.sentences
      prompts = dialogue.ledger.prompts
    }
  }

  /// Every shipped script, walked.
  private static func scripts() throws -> [Heard] {
    var flows: [String: Flow] = [:]
    return try Scripted.shipped.map { url in
      let id = "gate-io/" + url.lastPathComponent.prefix { $0 != "." }
      let flow = try flows[id] ?? Flows.shipped(id)
      flows[id] = flow
      let run = try Scripted(String(contentsOf: url, encoding: .utf8), flow)
      #expect(run.complaint == nil, "\(url.lastPathComponent)")
      guard case .ended = run.conclusion else {
        Issue.record("\(url.lastPathComponent): \(run.conclusion)")
        return Heard(url.lastPathComponent, run.dialogue)
      }
      return Heard(url.lastPathComponent, run.dialogue)
    }
  }

  /// A person who says every command at every question, and meets every prompt beside the questions.
  private static func curious() throws -> Heard {
    let commands = ["?", ":why", ":status", ":open", ":differs it is not so", ":note seen", ":nonsense", "::"]
    let lines = Flows.straight.flatMap { line -> Partner.Lines in
      guard !line.key.contains(".") else {
        return Partner.Lines(["?", ":why", ":status"].map { (line.key, .line($0)) }) + [line]
      }
      let odd = ["program", "ip-address", "label"].contains(line.key) ? commands.dropLast() : commands[...]
      return odd.map { (line.key, .line($0)) } + [line]
    }
    let dialogue = Dialogue(try Flows.createKey(), lines)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    return Heard("the curious", dialogue)
  }

  /// One whose key is odd, whose copy is wrong, who skips and leaves.
  private static func clumsy() throws -> Heard {
    let dialogue = Dialogue(
      try Flows.createKey(),
      Partner.Lines([
        "purpose": "other", "program": ":skip", "program.text": "no name yet",
        "plan": "withdraw, 1", "plan.danger": "no", "plan.danger": "coins-can-leave",
        "beyond-reason": "pays", "beyond-reason": "it pays out", "ip-plan": "4",
        "no-list-reason": "ticket-7f3a9c01bd52e86f4a7c9d10", "no-list-reason.secret": "", "no-list-reason": "later",
        "store": "OFFLINE", "account": "perhaps", "account": "2", "navigate": "", "label": "bot",
        "confirm": "missing", "two-factor-missing": "", "two-factor-missing": "set-up", "label": "",
        "confirm": "passkey",
        "credential.key": .secret("9b1f0e*****"), "credential.again": "what", "credential.again": "",
        "credential.key": .secret(Canary.key), "credential.secret": .end, "credential.secret": .secret(Canary.secret),
        "credential.copy": .secret("0000"), "credential.copy": "", "credential.copy": "no",
        "credential.copy": .secret(Canary.lastFour),
        "page-shows": "none", "too-little": "leave", "ip-shows": "none", "review": "0.1",
        "purpose": "tax-export", "plan": "1", "ip-plan": "", "page-shows": "1", "ip-shows": "",
        "review": "finish",
      ]), verdict: { $0 == .clockPlausible ? .no : $0 == .labelUnused("label") ? .no : .notKnowable })
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    return Heard("the clumsy", dialogue)
  }

  private static let all = Result { try scripts() + [curious(), clumsy()] }

  private func everything() throws -> [Heard] {
    let all = try Self.all.get()
    #expect(all.count > 10)
    return all
  }

  @Test func `no line on which an answer is typed has more than 40 columns`() throws {
    for dialogue in try everything() {
      for prompt in dialogue.prompts {
        #expect(prompt.count <= 40 && prompt.hasSuffix(": "), "\(dialogue.testDescription): \(prompt)")
      }
    }
  }

  @Test func `nothing relies on capitals`() throws {
    let words = ["[Y/n]", "[y/N]", "(Y/n)", "(y/N)", "Y/N", "[Yes/", "(Yes/"]
    for dialogue in try everything() {
      for text in dialogue.sentences.map(\.text) + dialogue.prompts {
        for word in words { #expect(!text.contains(word), "\(dialogue.testDescription): \(text)") }
      }
    }
  }

  @Test func `one numbered choice a line`() throws {
    for dialogue in try everything() {
      for sentence in dialogue.sentences where sentence.role == .option {
        #expect(!sentence.text.contains("\n"))
        let rest = sentence.text.drop { $0.isNumber }
        let second = rest.firstRange(of: /[ ,;][0-9]+[ .)] ?[a-z]+ [a-z]/)
        #expect(second == nil, "\(dialogue.testDescription): \(sentence.text)")
      }
    }
  }

  @Test func `addresses stand alone, whole`() throws {
    for dialogue in try everything() {
      for sentence in dialogue.sentences where sentence.role == .address {
        #expect(sentence.text.hasPrefix("https://") && !sentence.text.contains { $0.isWhitespace }, "\(sentence.text)")
      }
      for sentence in dialogue.sentences where sentence.text.contains("https://") {
        #expect(!sentence.text.contains("\n"), "\(sentence.text)")
        #expect(
          URL(string: String(sentence.text.split(separator: " ").first { $0.hasPrefix("https://") } ?? "")) != nil)
      }
    }
  }

  @Test func `no leader dots, no aligned columns, no tabs`() throws {
    for dialogue in try everything() {
      for text in dialogue.sentences.map(\.text) + dialogue.prompts.map({ String($0.dropLast()) }) {
        let body = text.drop { $0 == " " }
        for mark in ["....", ". . .", "  ", "\t", "___", "---", "……"] {
          #expect(!body.contains(mark), "\(dialogue.testDescription): \(text)")
        }
      }
    }
  }

  @Test func `no paragraph of a step has more than four lines of 80 columns`() throws {
    // What is only said on asking, or when the page differs, may be longer.
    let flow = try Flows.createKey()
    let onAsking = Set(
      flow.steps.flatMap { [$0.help, $0.why, $0.alternative].compactMap { $0?.filled(from: State(), in: flow) } })
    for dialogue in try everything() {
      for sentence in dialogue.sentences where [.body, .warning, .hint, .question].contains(sentence.role) {
        #expect(
          sentence.text.count <= 4 * 74 || onAsking.contains(sentence.text),
          "\(dialogue.testDescription): \(sentence.text)")
      }
    }
  }

  @Test func `where Enter takes something, it is named in words`() throws {
    let flow = try Flows.createKey()
    let presentation = Presentation(flow: flow, brief: true)
    var state = State()
    for event in Dialogue.walked(flow, Flows.straight) {
      _ = reduce(&state, event, in: flow)
      guard let current = state.current, let step = flow[current], step.asks,
        let answer = state.defaultAnswer(at: step, in: flow)
      else { continue }
      let question = presentation.question(of: step, in: state, isRepeated: true)
      let said = question.sentences.map(\.text) + [question.prompt]
      #expect(said.contains { $0.contains("Enter") && $0.count > "Enter = ".count }, "\(current): \(answer), \(said)")
    }
  }
}

extension Dialogue {
  /// The events of a walk.
  static func walked(_ flow: Flow, _ lines: Partner.Lines) -> [Event] {
    let dialogue = Dialogue(flow, lines)
    do { try dialogue.begin() } catch { Issue.record(error) }
    return dialogue.ledger.events
  }
}
