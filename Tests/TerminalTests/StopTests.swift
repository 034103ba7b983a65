import CustomDump
import Foundation
import Glibc
import PtyHarness
import Testing

@Suite struct StopTests {
  /// A shell with job control runs the program, notes how it came to a stop, and lets it go on when told.
  func underJobControl(_ steps: String) throws -> Pty {
    let script = "set -m; '\(probe)' \(steps); echo \"stopped: $?\"; read -r _; fg >/dev/null; echo \"ended: $?\""
    return try Pty("/bin/bash", ["--norc", "-c", script], environment: plainEnvironment)
  }

  @Test func `Ctrl-Z at the line prompt stops, and fg brings back the prompt and what was typed`() throws {
    let pty = try underJobControl("line")
    try pty.expect("line> ")
    try pty.send("half")
    try pty.expect("half")
    try pty.control("Z")
    try pty.expect("stopped: \(128 + SIGTSTP)")
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(pty.pasteModeIsOff)
    try pty.send("\n")
    try pty.expect("line> half")
    #expect(!pty.settings.echoes)
    try pty.send(" whole\r")
    try pty.expect("line: [half whole]")
    try pty.expect("ended: 0")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
  }

  @Test func `Ctrl-Z at the secret prompt stops, and fg hides again and keeps what was typed`() throws {
    let pty = try underJobControl("secret end")
    try pty.expect("secret> ")
    // Ctrl-Z makes the kernel drop what nobody has read yet.
    let before = bytesRead(by: pty.foreground)
    try pty.send("\(canary)-1")
    try pty.expect("the secret to be read") { bytesRead(by: $0.foreground) >= before + canary.utf8.count + 2 }
    try pty.control("Z")
    try pty.expect("stopped: \(128 + SIGTSTP)")
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(pty.pasteModeIsOff)
    try pty.send("\n")
    try pty.expect("secret> ")
    try pty.expect("no echo") { !$0.settings.echoes }
    try pty.send("-2\r")
    try pty.expect(taken("\(canary)-1-2"))
    try pty.expect("ended: 0")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(!pty.text.contains(canary.prefix(6)))
  }

  @Test func `Ctrl-Z between two prompts stops at once`() throws {
    let pty = try underJobControl("wait")
    try pty.expect("waiting")
    try pty.control("Z")
    try pty.expect("stopped: \(128 + SIGTSTP)")
    try pty.send("\n\n")
    try pty.expect("went on")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `Ctrl-C between two prompts is the reply of the next`() throws {
    let pty = try start("wait", "line")
    try pty.expect("waiting")
    try pty.control("C")
    try pty.send("\n")
    try pty.expect("went on")
    try pty.expect("interrupted by \(SIGINT)")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    expectNoDifference(pty.settings, pty.settingsBefore)
  }

  @Test("A stop nobody can catch ends with the prompt hidden or edited as before", arguments: ["line", "secret"])
  func stoppedFromOutside(prompt: String) throws {
    let pty = try start(prompt)
    try pty.expect("> ")
    pty.signal(SIGSTOP)
    pty.signal(SIGCONT)
    try pty.expect("\(prompt)> ")
    #expect(!pty.settings.echoes)
    try pty.send("more\r")
    try pty.expect(prompt == "line" ? "line: [more]" : taken("more"))
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
  }
}

/// How many bytes a process has read since it began.
private func bytesRead(by process: pid_t) -> Int {
  let counts = (try? String(contentsOfFile: "/proc/\(process)/io", encoding: .utf8)) ?? ""
  return counts.split(separator: "\n").first.flatMap { Int($0.dropFirst("rchar: ".count)) } ?? 0
}
