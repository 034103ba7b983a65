import CustomDump
import FlowCore
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Testing

@Suite struct ReplTests {
  private let prompt = "keyusher> "

  @Test func `A newcomer is greeted, and Enter begins the shipped flow`() throws {
    let desk = try Desk()
    let pty = try desk.start([])
    try pty.expect("Keyusher 0.1.0: guided API-key setup, on record.")
    try pty.expect("Press Enter to make a Gate.io API key")
    try pty.expect(prompt)
    try pty.send("\r")
    try pty.expect("What is the key for?")
    try pty.expect("Number or name: ")
    try pty.send(":quit\r")
    try pty.expect("Saved. Go on with: keyusher resume")
    try pty.expect(prompt)
    try pty.send("quit\r")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)

    let run = try desk.run()
    let again = try desk.start([])
    try again.expect("Press Enter to go on with run \(run) (Create a Gate.io API key), or type help.")
    try again.expect(prompt)
    try again.send("\r")
    try again.expect("going on")
    try again.expect("Number or name: ")
    try again.send(":quit\r")
    try again.expect(prompt)
    try again.control("D")
    expectNoDifference(try again.end(), .exited(0))
  }

  @Test func `Ctrl-C clears the line, Ctrl-D leaves`() throws {
    let desk = try Desk()
    let pty = try desk.start([])
    try pty.expect(prompt)
    try pty.send("nonsense")
    try pty.expect("nonsense")
    try pty.control("C")
    try pty.expect(prompt)
    try pty.send("runs\r")
    try pty.expect("No runs yet.")
    try pty.expect(prompt)
    try pty.control("D")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(!pty.text.contains("Unexpected"))
  }

  @Test("A signal at the prompt puts the terminal back and ends the program by it", arguments: [SIGTERM, SIGHUP])
  func signal(_ signal: Int32) throws {
    let desk = try Desk()
    let pty = try desk.start([])
    try pty.expect(prompt)
    pty.signal(signal)
    expectNoDifference(try pty.end(), .signalled(signal))
    expectNoDifference(pty.settings, pty.settingsBefore)
  }

  @Test func `Ctrl-C in a run that was begun here leaves the program, as it does elsewhere`() throws {
    let desk = try Desk.small()
    let pty = try desk.start([])
    try pty.expect(prompt)
    try pty.send("run test/small\r")
    try pty.expect(Prompt.label.words)
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    expectNoDifference(try desk.record(desk.run()).status, .unfinished(at: "label"))
  }

  @Test func `Every command works here, and what is wrong does not end it`() throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script, to: "a.script")
    let pty = try desk.start([], setting: SmallFlow.credential)
    func say(_ line: String, _ wanted: String) throws {
      try pty.expect(prompt)
      try pty.send(line + "\r")
      try pty.expect(wanted)
    }
    try say("flows", "test/small: A small ceremony")
    try say("help", "export RUN --format html")
    try say("help export", "USAGE: keyusher export")
    try say("nonsense", "there is no command 'nonsense'")
    try say("show 7q4m", "there is no run '7q4m'")
    try say("replay a.script", "Completed.")
    try say("keyusher runs", "A small ceremony")
    try say("", "Type help for the commands, or quit.")
    let run = try desk.run()
    try say("runs", "\(run) A small ceremony")
    try say("show", "Record of run \(run): **completed**")
    try say("export \(run) --format csv --output 'my form.csv'", "Written: my form.csv")
    try say("audit", "whole and unchanged")
    try say("quit", "quit")
    expectNoDifference(try pty.end(), .exited(0))
    #expect(FileManager.default.fileExists(atPath: desk.work + "/my form.csv"))
  }

  @Test func `Tab completes commands, flows, runs and formats, one a line`() throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script, to: "a.script")
    // An id that begins as a command does would be completed to both.
    let setting = SmallFlow.credential.merging(["KEYUSHER_TEST_ID": "7q4m"]) { $1 }
    _ = try desk.run(["replay", "a.script"], setting: setting)
    let run = try desk.run()
    let pty = try desk.start([])
    try pty.expect(prompt)
    try pty.send("aud\t\r")
    try pty.expect("whole and unchanged")
    try pty.expect(prompt)
    try pty.send("show \(run.prefix(2))\t\r")
    try pty.expect("run \(run)")
    try pty.expect(prompt)
    try pty.send("flow print test\t --format mark\t\r")
    try pty.expect("- [ ] ")
    try pty.expect(prompt)
    try pty.send("ke\t list\r")
    try pty.expect("No keys yet.")
    try pty.expect(prompt)
    try pty.send("exe\t --help\r")
    try pty.expect("USAGE: keyusher exec")
    try pty.expect(prompt)
    try pty.send("r\t\t")
    try pty.expect("\n  run\n  resume\n  runs\n")
    try pty.expect("keyusher> r")
    try pty.control("C")
    try pty.expect(prompt)
    try pty.control("D")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `The history outlives the program, and has no secret and no answer in it`() throws {
    let desk = try Desk.small()
    let pty = try desk.start([])
    try pty.expect(prompt)
    try pty.send("flows\r")
    try pty.expect("test/small")
    try pty.expect(prompt)
    try pty.send(Canary.secret + "\r")
    try pty.expect(prompt)
    try pty.send("run test/small\r")
    for question in Prompt.way { try pty.answer(question) }
    try pty.expect(prompt)
    try pty.control("D")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(try desk.text(of: desk.home + "/history"), "flows\nrun test/small\n")
    var status = stat()
    stat(desk.home + "/history", &status)
    expectNoDifference(status.st_mode & 0o777, 0o600)

    let again = try desk.start([])
    try again.expect(prompt)
    try again.send("\u{1B}[A\u{1B}[A\r")
    try again.expect("gate-io/create-key: Create")
    try again.expect(prompt)
    try again.control("D")
    _ = try again.end()
  }

  @Test func `The person's inputrc is read, vi mode too`() throws {
    let desk = try Desk.small()
    try desk.write("set editing-mode vi\n", to: desk.userHome + "/.inputrc")
    let pty = try desk.start([], setting: ["INPUTRC": nil])
    try pty.expect(prompt)
    // Escape, to the beginning of the line, change the word.
    try pty.send("xxxx")
    try pty.expect("xxxx")
    try pty.send("\u{1B}")
    try pty.send("0cwflows\r")
    try pty.expect("test/small: A small ceremony")
    try pty.expect(prompt)
    try pty.control("D")
    expectNoDifference(try pty.end(), .exited(0))
  }
}
