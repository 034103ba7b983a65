import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// A run that is begun for a program whose needs are known.
@Suite struct RunProgramTests {
  @Test func `What the program needs is proposed with its reason and source, again after a resume`() throws {
    let desk = try Desk()
    let pty = try desk.start(["run", "gate-io/create-key", "--program", "freqtrade"])
    try pty.expect("Enter = spot bot")
    try pty.expect(": ")
    try pty.send("\r")
    try pty.expect("Enter = freqtrade")
    try pty.expect(": ")
    try pty.send("\r")
    try pty.expect("What may it do?")
    try pty.expect("freqtrade needs account read only, spot read and write, wallet read only.")
    try pty.expect("Without all of these freqtrade does not start correctly.")
    try pty.expect("From freqtrade, docs/exchanges.md, Gate.io, read 2026-11-29.")
    try pty.expect("Enter = account read only, spot read and write, wallet read only")
    try pty.expect(": ")
    try pty.send(":quit\r")
    expectNoDifference(try pty.end(), .exited(75))
    let resumed = try desk.start(["resume"])
    try resumed.expect("freqtrade needs account read only, spot read and write, wallet read only.")
    try resumed.expect("Enter = account read only, spot read and write, wallet read only")
    try resumed.expect(": ")
    try resumed.send("1\r")
    try resumed.expect("From where will it be used?")
    try resumed.expect(": ")
    try resumed.send(":quit\r")
    _ = try resumed.end()
    #expect(try desk.run(["show", "--lines"]).output.contains("for the program freqtrade, whose pack says"))
  }

  @Test func `Where its pack does not say what it needs, that is said, and the usual is proposed`() throws {
    let ran = try Desk().run(
      ["run", "kraken/create-key", "--program", "freqtrade"], input: "spot-bot\n\n:quit\n")
    expectNoDifference(ran.status, 75, "\(ran.errors)")
    let said = ran.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(said.contains("What freqtrade needs for this, its pack does not say; what is usual is proposed."))
    #expect(said.contains("Enter = Query funds, Query open orders & trades"), "\(ran.output)")
  }

  private static let flow = """
    format: 1
    flow: mine/create-key
    version: 1
    title: Make a key
    summary: For a test.
    steps:
      - {id: program, kind: text, title: Which program?, from-program: name}
      - {id: store, kind: store, title: Where to keep it, required: true}
      - id: credential
        kind: credential
        title: Take the key
        required: true
        store: store
        name: mine/bot
        if-lost: lost
        parts:
          - {name: key, title: Key, secret: false}
          - {name: secret, title: Secret, secret: true}
      - {id: review, kind: review, title: Review}
      - id: done
        kind: end
        outcome: completed
        then: [{command: "keyusher exec {credential.name}{program.as} -- {program}"}]
      - {id: lost, kind: end, outcome: aborted}

    """

  @Test(
    "The end names the program's pack if the run was begun for the program that was answered",
    arguments: [("", "--as ccxt -- ccxt"), ("mybot", "-- mybot")])
  func end(answer: String, command: String) throws {
    let desk = try KeyDesk.make()
    try FileManager.default.createDirectory(atPath: desk.home + "/flows/mine", withIntermediateDirectories: true)
    try desk.write(RunProgramTests.flow, to: desk.home + "/flows/mine/create-key.yaml")
    let ran = try desk.run(
      ["run", "mine/create-key", "--program", "ccxt"], input: "\(answer)\nage\nenv:K\nenv:S\nfinish\n",
      setting: ["K": Canary.key, "S": Canary.secret])
    expectNoDifference(ran.status, 0, "\(ran.output) \(ran.errors)")
    #expect(ran.output.contains("keyusher exec mine/bot \(command)\n"), "\(ran.output)")
  }

  @Test(
    "A program that can't be is told, and nothing is begun",
    arguments: [
      (
        ["gate-io/create-key", "--program", "freqtrad"], 66,
        "keyusher: no pack says how the program 'freqtrad' takes a key\nhint: did you mean 'freqtrade'?\n"
      ),
      (
        ["kraken/create-key", "--program", "gate-cli"], 65,
        """
        keyusher: the pack of gate-cli does not say that it takes keys of 'kraken'
        hint: it takes those of gate-io

        """
      ),
      (
        ["gate-io/revoke-key", "--program", "gate-cli"], 64,
        """
        keyusher: the flow 'gate-io/revoke-key' does not ask for a program
        hint: leave out --program gate-cli

        """
      ),
    ])
  func refused(arguments: [String], status: Int32, errors: String) throws {
    let ran = try Desk().run(["run"] + arguments)
    expectNoDifference(ran.errors, errors)
    expectNoDifference(ran.status, status)
  }
}
