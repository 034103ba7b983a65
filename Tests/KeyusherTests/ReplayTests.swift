import CustomDump
import FlowCore
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Testing

@Suite struct ReplayTests {
  private let pinned: [String: String?] = [
    "KEYUSHER_TEST_CLOCK": "2026-11-23T10:00:00.000Z", "KEYUSHER_TEST_ID": "7q4m", "KEYUSHER_TEST_USER": "ada",
    "KEYUSHER_TEST_HOST": "office",
  ]

  @Test func `A dry run writes nothing, and does not even make a folder`() throws {
    let desk = try Desk()
    let script = try desk.write(
      String(contentsOfFile: sourceTree + "/flows/gate-io/create-key.script", encoding: .utf8), to: "a.script")
    let ran = try desk.run(["replay", script, "--dry-run"], setting: SmallFlow.credential)
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("Dry run: nothing is written."))
    #expect(ran.output.contains("Dry run: nothing was written, and no key was kept."))
    expectNoDifference(try desk.files(), [script])
    #expect(!FileManager.default.fileExists(atPath: desk.home))
  }

  @Test func `A dry run that asks a person can be left like any other`() throws {
    let desk = try Desk.small()
    try desk.write("flow test/small\nrights: read\n", to: "a.script")
    for (key, ending) in [("C", Pty.Ending.signalled(SIGINT)), ("D", .exited(75))] {
      let pty = try desk.start(["replay", "a.script", "--dry-run", "--ask-missing"])
      try pty.expect(Prompt.label.words)
      try pty.control(Character(key))
      expectNoDifference(try pty.end(), ending)
      expectNoDifference(pty.settings, pty.settingsBefore)
    }
    expectNoDifference(try desk.records.runs(), [])
  }

  @Test("A script gives a private key in each form", arguments: ["fd:9", "env:PEM"])
  func privateKey(reference: String) throws {
    let desk = try Desk()
    let script = try String(contentsOfFile: sourceTree + "/flows/any/create-key.pem.script", encoding: .utf8)
    try desk.write(script.replacing("env:ANY_PEM", with: reference), to: "a.script")
    let escaped = KeyDesk.pem.replacing("\n", with: "\\n")
    let ran = try desk.run(
      ["replay", "a.script", "--dry-run"], setting: ["ANY_KEY": "weather-7", "PEM": escaped],
      descriptors: [9: KeyDesk.pem])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    let taken = "Private key: \(KeyDesk.pem.count) characters taken"
    #expect(
      ran.output.contains(reference == "fd:9" ? taken + "\n" : taken + ", its line ends put right"), "\(ran.output)")
  }

  @Test("A part may be called what a question is about", arguments: ["written", "name", "check", "text", "shown"])
  func partNames(name: String) throws {
    let desk = try Desk.small()
    let flow = try desk.text(of: desk.home + "/flows/test/small.yaml")
    try desk.write(flow.replacing("name: secret", with: "name: \(name)"), to: desk.home + "/flows/test/small.yaml")
    try desk.write(SmallFlow.script.replacing("credential.secret", with: "credential.\(name)"), to: "a.script")
    let ran = try desk.run(["replay", "a.script"], setting: SmallFlow.credential)
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
  }

  @Test func `What nobody sees in a note comes back as it was`() throws {
    let desk = try Desk.small()
    let note = "tab\there, \u{200B}nothing, \u{301}mark # \"quoted\" \\"
    let escaped = #"tab\u{09}here, \u{200B}nothing, \#u{301}mark # \"quoted\" \\"#
    try desk.write(
      SmallFlow.script.replacing("rights: read", with: "rights: read\n  :note \"\(escaped)\""), to: "a.script")
    expectNoDifference(try desk.run(["replay", "a.script"], setting: SmallFlow.credential).status, 0)
    let run = try desk.run()
    func notes(_ run: String) throws -> [String] {
      try desk.records.read(run).entries.compactMap { if case .noted(_, let text, _) = $0.event { text } else { nil } }
    }
    expectNoDifference(try notes(run), [note])
    try desk.write(
      try desk.run(["export", run, "--format", "script"]).output.replacing(": ask", with: ": env:X"), to: "b.script")
    var again = try desk.text(of: desk.work + "/b.script")
    again.replace("credential.key: env:X", with: "credential.key: env:GATE_API_KEY")
    again.replace("credential.secret: env:X", with: "credential.secret: env:GATE_API_SECRET")
    try desk.write(again, to: "b.script")
    expectNoDifference(try desk.run(["replay", "b.script"], setting: SmallFlow.credential).status, 0)
    let second = try desk.records.runs().first { $0 != run }
    expectNoDifference(try notes(try #require(second)), [note])
  }

  @Test func `With clock, id, user and host pinned the same script gives the same bytes`() throws {
    let records = try (0..<2).map { _ in
      let desk = try Desk.small()
      try desk.write(SmallFlow.script, to: "a.script")
      let ran = try desk.run(
        ["replay", "a.script"], setting: pinned.merging(SmallFlow.credential) { $1 })
      expectNoDifference(ran.status, 0)
      return (try desk.text(of: desk.recordFile("7q4m")), ran.output.replacing(desk.path, with: "DESK"))
    }
    expectNoDifference(records[0].0, records[1].0)
    expectNoDifference(records[0].1, records[1].1)
    #expect(records[0].0.contains("2026-11-23T10:00:00"))
    #expect(records[0].0.contains("\"ada\""))
  }

  // MARK: - A run repeated

  /// A finished run with a correction on its way, and the script that it exports.
  private func exported() throws -> (desk: Desk, run: String, script: String) {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id])
    try pty.answer(.label, "wrong")
    try pty.answer(.rights, ":back")
    try pty.answer(.label, "bot-1")
    for prompt in Prompt.way.dropFirst() { try pty.answer(prompt) }
    expectNoDifference(try pty.end(), .exited(0))
    let run = try desk.run()
    let ran = try desk.run(["export", run, "--format", "script"])
    expectNoDifference(ran.status, 0)
    #expect(!ran.output.contains("wrong"))
    return (desk, run, ran.output)
  }

  @Test func `An exported script repeats the run, with a person for the credential`() throws {
    let (desk, run, script) = try exported()
    try desk.write(script, to: "again.script")
    let pty = try desk.start(["replay", "again.script", "--ask-missing"])
    for prompt in [Prompt.key, .secret, .copy] { try pty.answer(prompt) }
    expectNoDifference(try pty.end(), .exited(0))
    let again = try #require(desk.records.runs().first { $0 != run })
    let record = try desk.record(again)
    expectNoDifference(record.answers, try desk.record(run).answers)
    expectNoDifference(record.exceptions, [])
    let standings = record.items.compactMap { $0.standing?.standing.word }
    expectNoDifference(standings, ["scripted", "scripted", "scripted", "scripted", "verified", "scripted"])
    expectNoDifference(Canary.trace(in: pty.raw), nil)
  }

  @Test func `An exported script with references put in repeats the run alone`() throws {
    let (desk, run, script) = try exported()
    #expect(script.contains("credential.key: ask"))
    #expect(script.contains("credential.secret: ask"))
    let filled = script.replacing("credential.key: ask", with: "credential.key: env:GATE_API_KEY")
      .replacing("credential.secret: ask", with: "credential.secret: env:GATE_API_SECRET")
      .replacing("credential.copy: ask\n", with: "")
    try desk.write(filled, to: "again.script")
    let ran = try desk.run(["replay", "again.script"], setting: SmallFlow.credential)
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    let again = try #require(desk.records.runs().first { $0 != run })
    expectNoDifference(try desk.record(again).answers, try desk.record(run).answers)
  }

  @Test func `The script that the README shows replays as it stands`() throws {
    let readme = try String(contentsOfFile: sourceTree + "/README.md", encoding: .utf8)
    let section = try #require(readme.components(separatedBy: "### A script").last)
    let block = try #require(section.components(separatedBy: "```text\n").dropFirst().first)
    let script = try #require(block.components(separatedBy: "```").first)
    let desk = try Desk()
    try desk.write(script, to: "a.script")
    let ran = try desk.run(
      ["replay", "a.script"], setting: ["GATE_API_KEY": Canary.key],
      descriptors: [3: Canary.secret + "\n", 4: "correct horse battery\n"])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains(/kept in age; read back(.|\n)*it is called gate-io\/grid-bot-01 now/))
  }

  // MARK: - Where the credential comes from

  @Test func `Two lines of one descriptor are key and secret`() throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script(key: "fd:3", secret: "fd:3"), to: "a.script")
    let ran = try desk.run(["replay", "a.script"], descriptors: [3: "\(Canary.key)\n\(Canary.secret)\n"])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    let receipts = try desk.record(desk.run()).state.receipts[Step.ID("credential")] ?? []
    expectNoDifference(receipts.map(\.looksRight), [.yes, .yes])
    expectNoDifference(receipts.map(\.publicPart), ["c0ffee17d3a9", nil])
  }

  @Test(
    "A credential file that the group or others can touch is refused",
    arguments: [0o644, 0o640, 0o604, 0o620, 0o602, 0o610, 0o601])
  func exposed(mode: mode_t) throws {
    let desk = try Desk.small()
    let key = try desk.write(Canary.key + "\n", to: "key", mode: 0o600)
    let secret = try desk.write(Canary.secret + "\n", to: "secret", mode: mode)
    try desk.write(SmallFlow.script(key: "file:\(key)", secret: "file:\(secret)"), to: "a.script")
    let ran = try desk.run(["replay", "a.script"])
    expectNoDifference(ran.status, 65)
    expectNoDifference(
      ran.errors,
      """
      keyusher: a.script:7: '\(secret)' can be read by others
      hint: chmod 600 '\(secret)', and take its secret for known to them

      """)
    expectNoDifference(Canary.trace(in: Array(ran.output.utf8)), nil)
  }

  @Test(
    "A reference that leads nowhere is named",
    arguments: [
      ("env:NO_SUCH", "the variable NO_SUCH is not set"), ("fd:900", "descriptor 900 is not open"),
      ("file:/nonexistent/key", "can't open '/nonexistent/key': No such file or directory"),
      ("file:/dev/null", "'/dev/null' is not a plain file"),
    ])
  func reference(_ reference: String, message: String) throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script(key: reference, secret: "env:GATE_API_SECRET"), to: "a.script")
    let ran = try desk.run(["replay", "a.script"], setting: SmallFlow.credential)
    expectNoDifference(ran.status, 65)
    expectNoDifference(ran.errors.split(separator: "\n").first.map(String.init), "keyusher: a.script:6: \(message)")
  }

  @Test func `A credential that was taken from the environment stands there no longer`() throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script.replacing("review: finish", with: "review: ask"), to: "a.script")
    let pty = try desk.start(["replay", "a.script", "--ask-missing"], setting: SmallFlow.credential)
    try pty.expect(Prompt.review.words)
    expectNoDifference(Canary.trace(in: visible(of: pty.process)), nil)
    try pty.send("\r")
    expectNoDifference(try pty.end(), .exited(0))
  }

  // MARK: - Where script and flow part

  @Test func `A script stops where the flow goes another way`() throws {
    let desk = try Desk.small()
    try desk.write("flow test/small\nlabel: bot-1\nlogin: yes\n", to: "a.script")
    let ran = try desk.run(["replay", "a.script"])
    expectNoDifference(ran.status, 65)
    expectNoDifference(
      ran.errors,
      """
      keyusher: a.script:3: expected step 'login', the flow asks 'rights'
      hint: the answer 'bot-1' at line 2 leads there; 'keyusher flow graph test/small' shows the way
      hint: or go on in a terminal: keyusher resume \(try desk.run())

      """)
  }

  @Test func `An expectation that fails is told with what was found`() throws {
    let desk = try Desk.small()
    let script = SmallFlow.script.replacing("review: finish", with: "  expect warnings 2\nreview: finish")
    try desk.write(script, to: "a.script")
    let ran = try desk.run(["replay", "a.script"], setting: SmallFlow.credential)
    expectNoDifference(ran.status, 65)
    expectNoDifference(
      ran.errors,
      """
      keyusher: a.script:8: expected warnings 2, found warnings 0
      hint: or go on in a terminal: keyusher resume \(try desk.run())

      """)
  }

  @Test func `An outcome that was not expected is told at the end`() throws {
    let desk = try Desk.small()
    let script = SmallFlow.script.replacing("outcome completed", with: "outcome blocked")
    try desk.write(script, to: "a.script")
    let ran = try desk.run(["replay", "a.script"], setting: SmallFlow.credential)
    expectNoDifference(ran.status, 65)
    expectNoDifference(ran.errors, "keyusher: a.script:9: expected outcome blocked, found outcome completed\n")
  }

  @Test func `A missing answer names the step and how to give it, and the run can be resumed`() throws {
    let desk = try Desk.small()
    try desk.write("flow test/small\nlabel: bot-1\nrights: read\n", to: "a.script")
    let ran = try desk.run(["replay", "a.script"])
    expectNoDifference(ran.status, 4)
    let run = try desk.run()
    expectNoDifference(
      ran.errors,
      """
      keyusher: step 'login' has no answer and nobody can be asked
      hint: add 'login: …' to the script, or --ask-missing, or go on in a terminal: keyusher resume \(run)

      """)
    let pty = try desk.start(["resume", run])
    for prompt in Prompt.way.drop(while: { $0 != .login }) { try pty.answer(prompt) }
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `A script that is wrong is refused before anything is written`() throws {
    let desk = try Desk.small()
    try desk.write("flow test/small\nlable: bot-1\ncredential.key: \(Canary.key)\n", to: "a.script")
    let ran = try desk.run(["replay", "a.script"])
    expectNoDifference(ran.status, 65)
    #expect(ran.errors.contains("a.script:3:"))
    #expect(ran.errors.contains("[literal-secret]"))
    expectNoDifference(Canary.trace(in: Array((ran.errors + ran.output).utf8)), nil)
    expectNoDifference(try desk.records.runs(), [])
    try desk.write("flow test/small\nlable: bot-1\n", to: "a.script")
    let other = try desk.run(["replay", "a.script"])
    #expect(other.errors.contains("a.script:2:1: error: the flow has no step 'lable' [unknown-step]"))
    #expect(other.errors.contains("hint: did you mean 'label'?"))
    expectNoDifference(other.status, 65)
  }
}
