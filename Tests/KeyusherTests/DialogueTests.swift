import CustomDump
import FlowCore
import FlowText
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Records
import Testing

@Suite struct DialogueTests {
  @Test func `Every script that makes a key at Gate has a dialogue`() throws {
    let scripts = try FileManager.default.contentsOfDirectory(atPath: sourceTree + "/flows/gate-io")
      .filter { $0.hasPrefix("create-key.") && $0.hasSuffix(".script") }
    expectNoDifference(Set(scripts).subtracting(Dialogue.all.map(\.script)), [])
    let files = try FileManager.default.contentsOfDirectory(atPath: sourceTree + "/Tests/KeyusherTests/Dialogues")
    expectNoDifference(Dialogue.all.map(\.name), files.sorted())
  }

  @Test("A script and a person who says the same leave the same record, and no secret", arguments: Dialogue.all)
  func walk(dialogue: Dialogue) throws {
    // One minute for both, which the record has; from its beginning, since each reading is a second later.
    let minute = Int64(Date.now.timeIntervalSince1970) / 60 + 1
    let clock: [String: String?] = ["KEYUSHER_TEST_CLOCK": "\(Timestamp(milliseconds: minute * 60_000))"]
    let (replayed, byScript) = try replay(dialogue, clock)
    let (typed, byPerson) = try type(dialogue, clock)
    expectNoDifference(typed.status, replayed.status)
    expectNoDifference(typed.visits.map(\.answer), replayed.visits.map(\.answer))
    // What a person claims or answers, a script has only scripted; what the tool saw, it saw in both.
    let expected = typed.visits.map { visit in
      if case .verified = visit.standing, visit.step != "credential" { visit.standing } else { Standing.scripted }
    }
    expectNoDifference(replayed.visits.map(\.standing), expected)
    expectNoDifference(typed.exceptions.map(\.exception), replayed.exceptions.map(\.exception))
    expectNoDifference(typed.items.map { $0.notes.map(\.text) }, replayed.items.map { $0.notes.map(\.text) })
    let claims = typed.visits.filter { $0.standing == .claimed }
    #expect(!claims.isEmpty)
    #expect(!plain(byScript.screen).contains("claimed: "))
    #expect(!plain(byPerson.screen).contains("scripted: "))
    for (screen, desk) in [byScript, byPerson] { try look(at: screen, desk, after: dialogue) }
  }

  // MARK: - The two walks

  private func replay(_ dialogue: Dialogue, _ clock: [String: String?]) throws -> (
    Record, (screen: [UInt8], desk: Desk)
  ) {
    let desk = try Desk()
    let script = try desk.write(dialogue.scriptText(), to: dialogue.script)
    let ran = try desk.run(["replay", script], setting: SmallFlow.credential.merging(clock) { $1 })
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, dialogue.exit)
    return (try desk.record(desk.run()), (Array(ran.output.utf8), desk))
  }

  private func type(_ dialogue: Dialogue, _ clock: [String: String?]) throws -> (Record, (screen: [UInt8], desk: Desk))
  {
    let desk = try Desk()
    let flow = try #require(FlowTree.bound("gate-io/create-key").value).flow
    let pty = try desk.start(["run", flow.id], setting: clock)
    let items = try dialogue.items()
    var here: Step.ID?
    for (index, item) in items.enumerated() {
      // A command is said at the question that the next answer answers.
      guard let id = items[index...].lazy.compactMap(\.content.step).first, let step = flow[id] else { continue }
      if case .expect = item.content { continue }
      var isWord = false
      if case .danger = item.content { isWord = true }
      if here != id, !isWord { try pty.expect(": \(step.title)") }
      here = id
      try say(item.content, at: step, to: pty)
      if case .answer = item.content { here = nil }
      expectNoDifference(Canary.trace(in: visible(of: pty.process)), nil)
    }
    expectNoDifference(try pty.end(), .exited(dialogue.exit))
    expectNoDifference(pty.settings, pty.settingsBefore)
    return (try desk.record(desk.run()), (pty.raw, desk))
  }

  /// Says one thing at the prompt of a step.
  private func say(_ content: Script.Content, at step: Step, to pty: Pty) throws {
    switch content {
    case .answer(_, .text(let text)):
      if case .credential = step.body {
        try pty.expect("API key: ")
        try pty.send(":\(text)\r")
      } else {
        try pty.expect(step.promptWords)
        try pty.send("\(text)\r")
      }
    case .command(let command), .answer(_, .command(let command)):
      try pty.expect(step.promptWords)
      try pty.send("\(command.written)\r")
    case .danger(_, .text(let word)):
      try pty.expect("The word: ")
      try pty.send("\(word)\r")
    case .part(_, "key", _):
      try pty.expect("API key: ")
      try pty.send("\(Canary.key)\r")
    case .part(_, "secret", _):
      try pty.expect("Secret: ")
      try pty.send("\(Canary.secret)\r")
      try pty.expect("Last four: ")
      try pty.send("\(Canary.lastFour)\r")
    default: throw TestFailure(description: "a person can't say \(content)")
    }
  }

  // MARK: - What must be there, and what must not

  private func look(at screen: [UInt8], _ desk: Desk, after dialogue: Dialogue) throws {
    var rest = words(of: plain(screen))[...]
    for text in dialogue.screen {
      let found = rest.range(of: words(of: text))
      #expect(found != nil, "\(dialogue.name): '\(text)' is not on the screen, or too early")
      if let found { rest = rest[found.upperBound...] }
    }
    expectNoDifference(Canary.trace(in: screen), nil)
    for text in dialogue.never { #expect(!plain(screen).contains(text), "'\(text)' is on the screen") }
    for file in try desk.files() {
      let bytes = try desk.bytes(of: file)
      expectNoDifference(Canary.trace(in: bytes), nil, "\(file)")
      for text in dialogue.never {
        #expect(!String(decoding: bytes, as: UTF8.self).contains(text), "'\(text)' is in \(file)")
      }
    }
  }

  private func words(of text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension Record {
  struct Answered: Equatable {
    var step: Step.ID
    var answer: String
    var standing: Standing
  }

  /// Every answer, in the order of the form.
  var visits: [Answered] {
    items.flatMap { item in
      item.visits.map { visit in
        let parts = visit.receipts.map { "\($0.part) \($0.publicPart ?? "-") \($0.looksRight)" }
        return Answered(
          step: item.step, answer: ([visit.answer ?? "skipped"] + parts).joined(separator: "; "),
          standing: visit.standing)
      }
    }
  }
}

extension Step {
  /// What stands in front of the cursor.
  fileprivate var promptWords: String {
    switch body {
    case .tell: "Enter to go on: "
    case .confirm: "yes or no: "
    case .choose, .store: "Number or name: "
    case .select: "Numbers, or none: "
    case .review: "Enter = finish, or a number to change: "
    case .credential: "API key: "
    case .text, .check, .end: "Answer: "
    }
  }
}
