import CustomDump
import FlowCore
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Testing

/// What a hostile or careless start, pipe or hand must not be able to do.
@Suite struct HardeningTests {
  @Test func `Closed standard descriptors do not become the journal`() throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script, to: "a.script")
    let ran = try desk.run(
      ["-c", "'\(keyusher)' replay a.script <&- >&- 2>&-"], setting: SmallFlow.credential, program: "/bin/bash")
    // The run is whole; that nobody could see it is no success.
    expectNoDifference(ran.status, 74)
    #expect(try desk.run(["audit"]).output.contains("whole and unchanged"))
  }

  @Test(
    "A secret given as an option is refused, not quoted, and nowhere on disk",
    arguments: [
      ["run", SmallFlow.id, "--reference"], ["run", SmallFlow.id, "--owner"], ["run", SmallFlow.id, "--performer"],
    ])
  func option(words: [String]) throws {
    let desk = try Desk.small()
    let ran = try desk.run(words + [Canary.secret])
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.contains("\(words[2]) looks like a secret, and was not written down"))
    expectNoDifference(Canary.trace(in: Array((ran.output + ran.errors).utf8)), nil)
    for file in try desk.files() where !file.contains("/.descriptor-") {
      expectNoDifference(Canary.trace(in: try desk.bytes(of: file)), nil, "\(file)")
    }
  }

  @Test func `A wrong answer is quoted on the screen, and not on record`() throws {
    let desk = try Desk.small()
    let ran = try desk.run(["run", SmallFlow.id], input: "bot-1\nFund-Passw0rd\n")
    #expect(ran.output.contains("There is no 'Fund-Passw0rd' here"))
    let journal = try desk.text(of: desk.recordFile(desk.run()))
    #expect(!journal.contains("Fund-Passw0rd"))
    #expect(journal.contains("There is no '…' here"))
  }

  @Test func `A pipe of commands ends at the first that fails, and what follows is neither obeyed nor shown`() throws {
    let desk = try Desk.small()
    let ran = try desk.run(
      [], input: "run test/small\nbot-1\nread\nyes\noffline\n\(Canary.key)\n\(Canary.secret)\nruns\n")
    expectNoDifference(ran.status, 65)
    expectNoDifference(Canary.trace(in: Array((ran.output + ran.errors).utf8)), nil)
    #expect(!ran.output.contains("unfinished, at"))
  }

  @Test func `A secret that the page broke into two lines leaves no trace at the key's prompt`() throws {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id])
    try pty.reach(.key)
    try pty.paste("\(Canary.secret.prefix(32))\n\(Canary.secret.suffix(32))")
    try pty.send("\r")
    try pty.expect("Paste it once more?")
    #expect(!pty.text.contains("begins with"))
    try pty.control("C")
    try pty.expect("To stop all the same, do that once more.")
    try pty.expect("yes or no: ")
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    expectNoDifference(Canary.trace(in: pty.raw), nil)
    #expect(!(try desk.text(of: desk.recordFile(desk.run())).contains(Canary.secret.prefix(12))))
  }

  @Test func `A signal that stops a piped run is on its record`() throws {
    let desk = try Desk.small()
    // The pipe stays open, so that the program waits for its second answer; then it is told to stop.
    let script = """
      mkfifo answers; exec 9<>answers; '\(keyusher)' run test/small <answers >screen & P=$!
      echo bot-1 >&9; until grep -q 'What may it do' screen 2>/dev/null; do :; done
      kill -TERM $P; wait $P; echo ended $?
      """
    let ran = try desk.run(["-c", script], program: "/bin/bash")
    expectNoDifference(ran.output, "ended 143\n")
    expectNoDifference(
      try desk.record(desk.run()).entries.map(\.event).last, .suspended(.signal(SIGTERM)))
  }

  @Test func `A digest that was kept elsewhere shows a record that was cut at its end`() throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script, to: "a.script")
    expectNoDifference(try desk.run(["replay", "a.script"], setting: SmallFlow.credential).status, 0)
    let run = try desk.run()
    let digest = try desk.records.read(run).finalDigest
    expectNoDifference(try desk.run(["audit", run, "--expect", digest]).status, 0)
    let file = desk.recordFile(run)
    let lines = try desk.text(of: file).split(separator: "\n").dropLast()
    try desk.write(lines.joined(separator: "\n") + "\n", to: file)
    expectNoDifference(try desk.run(["audit", run]).status, 0)
    let cut = try desk.run(["audit", run, "--expect", digest])
    expectNoDifference(cut.status, 2)
    #expect(cut.output.contains("its final digest is not the one expected"))
  }

  @Test func `A record says that its clock and user were pinned`() throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script, to: "a.script")
    let pins: [String: String?] = ["KEYUSHER_TEST_CLOCK": "2027-01-31T10:00:00Z", "KEYUSHER_TEST_USER": "ceo"]
    let setting = SmallFlow.credential.merging(pins) { $1 }
    expectNoDifference(try desk.run(["replay", "a.script"], setting: setting).status, 0)
    #expect(try desk.run(["show"]).output.contains("(pinned for a test: clock, user)"))
    #expect(try desk.run(["export"]).output.contains("pinned for a test: clock, user"))
  }

  @Test(
    "Signals that nobody thinks of put the terminal back too",
    arguments: [SIGUSR1, SIGXCPU, SIGVTALRM, SIGPWR, SIGSTKFLT, SIGIO, 34, 64])
  func oddSignals(signal: Int32) throws {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id])
    try pty.reach(.secret)
    pty.signal(signal)
    expectNoDifference(try pty.end(), .signalled(signal))
    expectNoDifference(pty.settings, pty.settingsBefore)
  }
}
