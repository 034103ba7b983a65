import CustomDump
import FlowCore
import FlowText
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Records
import Testing

/// The ceremonies besides `create-key`, each walked by script and by a person; files as in `Dialogues`.
@Suite struct CeremonyDialogueTests {
  private static let folder = sourceTree + "/Tests/KeyusherTests/CeremonyDialogues"
  private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  private static let dialogues = names.compactMap { name in
    try? Dialogue(String(contentsOfFile: folder + "/" + name, encoding: .utf8), name: name)
  }

  @Test func `The main script of each ceremony besides create-key has a dialogue`() throws {
    let scripts = try FlowTree.files().filter { $0.kind == .flow && $0.id.hasPrefix("gate-io/") }
      .map { "\($0.id.dropFirst("gate-io/".count)).script" }.filter { $0 != "create-key.script" }
    expectNoDifference(Self.dialogues.map(\.script).sorted(), scripts.sorted())
    expectNoDifference(Self.dialogues.map(\.name), Self.names)
  }

  @Test("Script and person leave the same record of a ceremony, and no secret", arguments: dialogues)
  func walk(dialogue: Dialogue) throws {
    // One minute for both, which the record has; from its beginning, since each reading is a second later.
    let minute = Int64(Date.now.timeIntervalSince1970) / 60 + 1
    let clock: [String: String?] = ["KEYUSHER_TEST_CLOCK": "\(Timestamp(milliseconds: minute * 60_000))"]
    let replayed = try replay(dialogue, clock)
    let typed = try type(dialogue, clock)
    expectNoDifference(typed.record.status, replayed.record.status)
    expectNoDifference(typed.record.visits.map(\.answer), replayed.record.visits.map(\.answer))
    expectNoDifference(typed.record.exceptions.map(\.exception), replayed.record.exceptions.map(\.exception))
    // A person claims what a script has only scripted.
    let claims = typed.record.visits.filter { $0.standing == .claimed }
    #expect(!claims.isEmpty)
    #expect(replayed.record.visits.allSatisfy { $0.standing != .claimed && $0.standing != .answered })
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
    let flow = try #require(FlowTree.bound("gate-io/" + dialogue.script.dropLast(".script".count)).value).flow
    let pty = try desk.start(["run", flow.id], setting: clock)
    let items = try dialogue.items()
    var here: Step.ID?
    // How much was shown when something was last said: only after it can the next question stand there.
    var said = 0
    for (index, item) in items.enumerated() {
      // A command is said at the question that the next answer answers.
      guard let id = items[index...].lazy.compactMap(\.content.step).first, let step = flow[id] else { continue }
      for line in try lines(item.content, at: step) {
        if here != id { try pty.expect(": \(step.title)") }
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
    case .answer(_, .text(let text)): return [step.body == .review ? "" : text]
    case .command(let command), .answer(_, .command(let command)): return [command.written]
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
    var places = [("the screen", walk.screen)]
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
