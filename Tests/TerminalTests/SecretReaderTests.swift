import CustomDump
import PtyHarness
import Testing

@Suite struct SecretReaderTests {
  @Test func `A burst of two lines is taken whole by two prompts, and none of it is shown`() throws {
    let pty = try start("begin", "secret", "secret", "end")
    try pty.expect("secret> ")
    try pty.send("\(canary)\nsecond-\(canary)\n")
    try pty.expect(taken(canary))
    try pty.expect(taken("second-\(canary)"))
    try pty.expect("done")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(!pty.text.contains(canary.prefix(6)))
  }

  @Test func `A bracketed paste of two lines comes as one reply, exactly as it was pasted`() throws {
    let pty = try start("begin", "secret", "end")
    try pty.expect("secret> ")
    #expect(String(decoding: pty.raw, as: UTF8.self).contains("\u{1B}[?2004h"))
    try pty.paste("  \"\(canary)\" \r\n 'b-\(canary)'\r\n")
    try pty.send("\r")
    try pty.expect(taken("  \"\(canary)\" "))
    try pty.expect(taken(" 'b-\(canary)'"))
    expectNoDifference(try pty.end(), .exited(0))
    #expect(!pty.text.contains(canary.prefix(6)))
  }

  @Test("A paste of 10,000 characters arrives whole", arguments: [false, true])
  func long(bracketed: Bool) throws {
    let secret = String(repeating: "0123456789abcdefghij", count: 500)
    let pty = try start("begin", "secret", "end")
    try pty.expect("secret> ")
    if bracketed { try pty.paste(secret) } else { try pty.send(secret) }
    try pty.send("\r")
    try pty.expect(taken(secret))
    expectNoDifference(try pty.end(), .exited(0))
    #expect(!pty.text.contains("0123456789"))
  }

  @Test func `Only an exact command word is a command`() throws {
    let pty = try start("begin", "secret", "secret", "secret", "secret", "end")
    try pty.expect("secret> ")
    try pty.send(":quit\r")
    try pty.expect("command: :quit")
    try pty.send(":quit \r")
    try pty.expect(taken(":quit "))
    try pty.send(":quitter\r")
    try pty.expect(taken(":quitter"))
    try pty.send("  \r")
    try pty.expect("empty")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `Backspace, Ctrl-U and Ctrl-W wipe the line, and Ctrl-D ends only an empty one`() throws {
    let pty = try start("begin", "secret", "secret", "end")
    try pty.expect("secret> ")
    try pty.send("one\u{7F}two\u{15}three\u{17}fo\u{4}ur\r")
    try pty.expect(taken("four"))
    try pty.expect("secret> ")
    try pty.send("x\u{7F}\u{4}")
    try pty.expect("end of input")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `A dumb terminal gets no escape sequence`() throws {
    let pty = try start("line", "begin", "secret", "end", "text", setting: ["TERM": "dumb"])
    try pty.expect("line> ")
    try pty.send("name\r")
    try pty.expect("line: [name]")
    try pty.expect("secret> ")
    try pty.send("\(canary)\r")
    try pty.expect("done")
    expectNoDifference(try pty.end(), .exited(0))
    #expect(!pty.raw.contains(0x1B))
  }

  @Test("Nothing of a two-line paste is left for the shell", arguments: [false, true])
  func leftovers(bracketed: Bool) throws {
    let pty = try Pty(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: plainEnvironment.merging(["PS1": "shell$ "]) { $1 })
    try pty.expect("shell$ ")
    try pty.send("'\(probe)' secret end\r")
    try pty.expect("secret> ")
    let lines = "\(canary)\necho REACHED-$((6*7))\n"
    if bracketed { try pty.paste(lines) } else { try pty.send(lines) }
    if bracketed { try pty.send("\r") }
    try pty.expect("done")
    try pty.expect("shell$ ")
    try pty.send("echo next-$((1+1))\r")
    try pty.expect("next-2")
    #expect(!pty.text.contains("REACHED-42"))
    #expect(!pty.text.contains(canary.prefix(6)))
    try pty.send("exit 0\r")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `A question in the open ends the session, and what was pasted does not answer it`() throws {
    let pty = try start("begin", "secret", "line", "secret", "end")
    try pty.expect("secret> ")
    try pty.send(":quit\nleft over\n")
    try pty.expect("command: :quit")
    try pty.expect("line> ")
    try pty.send("no\r")
    try pty.expect("line: [no]")
    try pty.expect("secret> ")
    #expect(!pty.settings.echoes)
    try pty.send("\(canary)\r")
    try pty.expect(taken(canary))
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
  }
}
