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

  @Test("Typed signal keys arrive as replies at both prompts", arguments: ["line", "secret"], [("C", SIGINT), ("\\", SIGQUIT)])
  func keys(prompt: String, key: (Character, Int32)) throws {
    let pty = try start("begin", prompt)
    try pty.expect("> ")
    try pty.control(key.0)
    try pty.expect("interrupted by \(key.1)")
    expectNoDifference(try pty.end(), .signalled(key.1))
    expectNoDifference(pty.settings, pty.settingsBefore)
  }

  @Test func `A crash inside a secret session puts the terminal back`() throws {
    let pty = try start("begin", "crash")
    expectNoDifference(try pty.end(), .signalled(SIGABRT))
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(!pty.text.contains("Registers"))
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
