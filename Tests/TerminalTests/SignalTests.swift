import CustomDump
import Foundation
import Glibc
import PtyHarness
import Testing

@Suite struct SignalTests {
  static let endings = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]
  static let crashes = [SIGSEGV, SIGABRT, SIGPIPE, SIGALRM]

  @Test("A signal at the line prompt puts the terminal back and ends the program by it", arguments: endings + crashes)
  func line(signal: Int32) throws {
    let pty = try start("line")
    try pty.expect("line> ")
    try pty.send("half a li")
    try pty.expect("half a li")
    #expect(!pty.settings.isCanonical)
    pty.signal(signal)
    expectNoDifference(try pty.end(), .signalled(signal))
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(pty.text.contains("interrupted by \(signal)") == SignalTests.endings.contains(signal))
    #expect(pty.pasteModeIsOff)
  }

  @Test("A signal at the secret prompt puts the terminal back and ends the program by it", arguments: endings + crashes)
  func secret(signal: Int32) throws {
    let pty = try start("begin", "secret")
    try pty.expect("secret> ")
    try pty.send(canary)
    #expect(!pty.settings.echoes)
    pty.signal(signal)
    expectNoDifference(try pty.end(), .signalled(signal))
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(!pty.text.contains(canary.prefix(4)))
    #expect(pty.pasteModeIsOff)
  }

  @Test("Typed signal keys arrive as replies at both prompts", arguments: ["line", "secret"], ["C", "\\"])
  func keys(prompt: String, key: String) throws {
    let pty = try start(prompt)
    try pty.expect("> ")
    try pty.control(Character(key))
    let signal = key == "C" ? SIGINT : SIGQUIT
    try pty.expect("interrupted by \(signal)")
    expectNoDifference(try pty.end(), .signalled(signal))
    expectNoDifference(pty.settings, pty.settingsBefore)
  }

  @Test func `A crash inside a secret session puts the terminal back`() throws {
    let pty = try start("begin", "crash")
    expectNoDifference(try pty.end(), .signalled(SIGABRT))
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(!pty.text.contains("Registers"))
  }

  @Test func `A crash before any prompt prints no registers`() throws {
    let pty = try start("crash")
    expectNoDifference(try pty.end(), .signalled(SIGABRT))
    expectNoDifference(pty.text, "")
  }

  @Test("A terminal that is gone ends the program by SIGHUP", arguments: ["line", "secret"])
  func hangUp(prompt: String) throws {
    let pty = try start(prompt)
    try pty.expect("> ")
    pty.hangUp()
    expectNoDifference(try pty.end(), .signalled(SIGHUP))
  }

  @Test func `The guard lowers the core limit, and gives it back`() throws {
    let script = "ulimit -S -c 64; '\(probe)' limits; ulimit -S -c"
    let pty = try Pty("/bin/bash", ["--norc", "-c", script], environment: plainEnvironment)
    try pty.expect("core limit: 0\ncore limit: 65536\ndone\n64\n")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `A signal that was ignored before the start stays ignored`() throws {
    let pty = try Pty(
      "/bin/bash", ["--norc", "-c", "trap '' HUP; exec '\(probe)' line"], environment: plainEnvironment)
    try pty.expect("line> ")
    pty.signal(SIGHUP)
    try pty.send("still here\r")
    try pty.expect("line: [still here]")
    expectNoDifference(try pty.end(), .exited(0))
  }
}

extension Pty {
  /// Whether every switching on of the bracketed paste mode was followed by a switching off.
  var pasteModeIsOff: Bool {
    let shown = String(decoding: raw, as: UTF8.self)
    guard let on = shown.range(of: "\u{1B}[?2004h", options: .backwards) else { return true }
    return shown[on.upperBound...].contains("\u{1B}[?2004l")
  }
}
