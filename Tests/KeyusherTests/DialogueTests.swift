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
  @Test func `Every script that makes a key at Gate has a dialogue, and the main one of each other ceremony`() throws {
    let scripts = try FileManager.default.contentsOfDirectory(atPath: sourceTree + "/flows/gate-io")
      .filter { $0.hasPrefix("create-key.") && $0.hasSuffix(".script") }
    let others = try FlowTree.files().filter { $0.kind == .flow && $0.id.hasPrefix("gate-io/") }
      .map { "\($0.id.dropFirst("gate-io/".count)).script" }
    expectNoDifference(Set(scripts + others).subtracting(Dialogue.all.map(\.script)), [])
    let files = try FileManager.default.contentsOfDirectory(atPath: sourceTree + "/Tests/KeyusherTests/Dialogues")
    expectNoDifference(Dialogue.all.map(\.name), files.sorted())
  }

  @Test("A script and a person who says the same leave the same record, and no secret", arguments: Dialogue.all)
  func walk(dialogue: Dialogue) throws {
    // One minute for both, which the record has; from its beginning, since each reading is a second later.
    let minute = Int64(Date.now.timeIntervalSince1970) / 60 + 1
    let clock: [String: String?] = ["KEYUSHER_TEST_CLOCK": "\(Timestamp(milliseconds: minute * 60_000))"]
    let replayed = try replay(dialogue, clock)
    let typed = try type(dialogue, clock)
    let (byScript, byPerson) = (replayed.record, typed.record)
    expectNoDifference(byPerson.status, byScript.status)
    expectNoDifference(byPerson.visits.map(\.answer), byScript.visits.map(\.answer))
    // What a person claims or answers, a script has only scripted; what the tool saw, it saw in both.
    let expected = byPerson.visits.map { visit in
      switch visit.standing {
      case .verified where !visit.isOfCredential, .reported: visit.standing
      default: Standing.scripted
      }
    }
    expectNoDifference(byScript.visits.map(\.standing), expected)
    expectNoDifference(byPerson.exceptions.map(\.exception), byScript.exceptions.map(\.exception))
    expectNoDifference(byPerson.items.map { $0.notes.map(\.text) }, byScript.items.map { $0.notes.map(\.text) })
    #expect(byPerson.visits.contains { $0.standing == .claimed })
    #expect(!plain(replayed.screen).contains("you said: "))
    #expect(!plain(typed.screen).contains("the script said: "))
    for walk in [replayed, typed] { try look(at: walk, after: dialogue) }
  }

  // MARK: - The two walks

  private struct Walked {
    var record: Record
    var screen: [UInt8]
    var desk: Desk
  }

  private func replay(_ dialogue: Dialogue, _ clock: [String: String?]) throws -> Walked {
    let desk = try Desk()
    let script = try desk.write(dialogue.scriptText(), to: dialogue.script)
    let setting = SmallFlow.credential.merging(SandboxCanary.environment) { $1 }.merging(clock) { $1 }
    let ran = try desk.run(["replay", script], setting: setting)
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, dialogue.exit)
    return Walked(record: try desk.record(desk.run()), screen: Array(ran.output.utf8), desk: desk)
  }

  private func type(_ dialogue: Dialogue, _ clock: [String: String?]) throws -> Walked {
    let desk = try Desk()
    try desk.askNobody()
    let flow = try #require(FlowTree.bound("gate-io/\(dialogue.script.prefix { $0 != "." })").value).flow
    let pty = try desk.start(["run", flow.id], setting: clock)
    let items = try dialogue.items()
    var here: Step.ID?
    // How much was shown when something was last said: only after it can the next question stand there.
    var said = 0
    for (index, item) in items.enumerated() {
      // A command is said at the question that the next answer answers.
      guard let id = items[index...].lazy.compactMap(\.content.step).first, let step = flow[id] else { continue }
      for line in try lines(item.content, at: step) {
        if case .danger = item.content { here = id }
        if here != id {
          // The title stands alone, or behind the part that begins with this step.
          try pty.expect("the title of '\(id)'") {
            let new = $0.text.dropFirst(said)
            return new.contains("\n\(step.title)") || new.contains(": \(step.title)")
          }
        }
        here = id
        try pty.expect("a question at '\(id)'") { $0.text.count > said && $0.text.hasSuffix(": ") }
        said = pty.text.count
        try pty.send("\(line)\r")
      }
      if case .answer = item.content { here = nil }
      expectNoDifference(trace(in: visible(of: pty.process)), nil)
    }
    expectNoDifference(try pty.end(), .exited(dialogue.exit))
    expectNoDifference(pty.settings, pty.settingsBefore)
    return Walked(record: try desk.record(desk.run()), screen: pty.raw, desk: desk)
  }

  /// What a person types where a script has one thing; nothing for what only a script can say.
  private func lines(_ content: Script.Content, at step: Step) throws -> [String] {
    let isOfSandbox = step.id.rawValue.hasPrefix("sandbox-")
    let secret = isOfSandbox ? SandboxCanary.secret : Canary.secret
    switch content {
    case .answer(_, .text(let text)): return [step.takesCredential ? ":\(text)" : text]
    case .command(let command), .answer(_, .command(let command)): return [command.written]
    case .danger(_, .text(let word)): return [word]
    case .part(_, "key", _): return [isOfSandbox ? SandboxCanary.key : Canary.key]
    case .part(_, "secret", _): return [secret, String(secret.suffix(4))]
    case .expect: return []
    default: throw TestFailure(description: "a person can't say \(content)")
    }
  }

  // MARK: - What must be there, and what must not

  private func look(at walk: Walked, after dialogue: Dialogue) throws {
    var rest = words(of: plain(walk.screen))[...]
    for text in dialogue.screen {
      let found = rest.range(of: words(of: text))
      #expect(found != nil, "\(dialogue.name): '\(text)' is not on the screen, or too early")
      if let found { rest = rest[found.upperBound...] }
    }
    var places = [("the screen", walk.screen), ("what is on the screen", Array(plain(walk.screen).utf8))]
    for file in try walk.desk.files() { places.append((file, try walk.desk.bytes(of: file))) }
    for (place, bytes) in places {
      expectNoDifference(trace(in: bytes), nil, "\(place)")
      let text = String(decoding: bytes, as: UTF8.self)
      for never in dialogue.never { #expect(!text.contains(never), "'\(never)' is in \(place)") }
    }
  }

  private func trace(in bytes: [UInt8]) -> String? { Canary.trace(in: bytes) ?? SandboxCanary.trace(in: bytes) }

  private func words(of text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}

extension Record {
  struct Answered: Equatable {
    var step: Step.ID
    var answer: String
    var standing: Standing

    var isOfCredential: Bool { step == "credential" || step.rawValue.hasSuffix("-credential") }
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
  fileprivate var takesCredential: Bool { if case .credential = body { true } else { false } }
}
