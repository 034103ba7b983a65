import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Testing

@testable import keyusher

@Suite struct BrowserTests {
  /// Puts a program in front of PATH that notes how it was started, where the real one would open a window.
  private func fake(on desk: Desk, mode: mode_t = 0o755) throws -> [String: String?] {
    let bin = desk.path + "/bin"
    let log = desk.path + "/opened"
    try desk.write(
      """
      #!/bin/sh
      { printf 'argument <%s>\\n' "$@"; tr '\\0' '\\n' < /proc/self/environ; } > '\(log).new'
      mv '\(log).new' '\(log)'

      """, to: bin + "/xdg-open", mode: 0o755)
    chmod(bin, mode)
    return ["PATH": "\(bin):/usr/bin:/bin", "DISPLAY": ":9", "SSH_AUTH_SOCK": "/tmp/agent", "AWS_SECRET": "x"]
  }

  @Test func `The browser gets the address alone, and nothing of the environment that it does not need`() throws {
    let desk = try Desk.small()
    let changes = try fake(on: desk).merging(SmallFlow.credential) { $1 }
    let pty = try desk.start(["run", SmallFlow.id], setting: changes)
    try pty.reach(.login)
    try pty.send(":open\r")
    try pty.expect("https://www.example.com/keys?a=1&b=2")
    try pty.expect("asked the browser to open it; look at the address bar")
    try pty.expect("the browser") { _ in access(desk.path + "/opened", F_OK) == 0 }
    let lines = Set(try desk.text(of: desk.path + "/opened").split(separator: "\n").map(String.init))
    expectNoDifference(
      lines.filter { $0.hasPrefix("argument") }, ["argument <https://www.example.com/keys?a=1&b=2>"])
    let names = Set(
      lines.filter { !$0.hasPrefix("argument") }.compactMap { $0.split(separator: "=").first.map(String.init) })
    // PWD, SHLVL, OLDPWD and _ are the fake's own shell's.
    expectNoDifference(names.subtracting(["PWD", "OLDPWD", "SHLVL", "_"]), ["DISPLAY", "HOME", "LC_ALL", "PATH"])
    expectNoDifference(Canary.trace(in: Array(lines.joined(separator: "\n").utf8)), nil)
    pty.signal(SIGTERM)
    expectNoDifference(try pty.end(), .signalled(SIGTERM))
  }

  @Test func `What the browser's helper calls by name does not come from here, nor from where others can write`() throws
  {
    let desk = try Desk.small()
    var setting = try fake(on: desk).merging(SmallFlow.credential) { $1 }
    for folder in [desk.work, desk.path + "/open", desk.path + "/shared"] {
      mkdir(folder, 0o755)
      chmod(folder, folder.hasSuffix("open") ? 0o777 : folder.hasSuffix("shared") ? 0o775 : 0o755)
    }
    setting["PATH"] = ".:\(desk.path)/bin::\(desk.path)/open:work:\(desk.path)/shared:/usr/bin:/bin"
    let pty = try desk.start(["run", SmallFlow.id], setting: setting)
    try pty.reach(.login)
    try pty.send(":open\r")
    try pty.expect("the browser") { _ in access(desk.path + "/opened", F_OK) == 0 }
    let lines = try desk.text(of: desk.path + "/opened").split(separator: "\n")
    expectNoDifference(lines.filter { $0.hasPrefix("PATH=") }, ["PATH=\(desk.path)/bin:/usr/bin:/bin"])
    pty.signal(SIGTERM)
    _ = try pty.end()
  }

  @Test func `A browser in a folder where others can write is not started`() throws {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id], setting: fake(on: desk, mode: 0o777))
    try pty.reach(.login)
    try pty.send(":open\r")
    try pty.expect("https://www.example.com/keys?a=1&b=2")
    try pty.expect("is not run: others can write")
    try pty.expect(Prompt.login.words)
    #expect(!pty.text.contains("asked the browser"))
    try pty.send("yes\r")
    try pty.expect(Prompt.store.words)
    #expect(access(desk.path + "/opened", F_OK) != 0)
    pty.signal(SIGTERM)
    _ = try pty.end()
  }

  @Test(
    "What is no plain https address is not opened",
    arguments: [
      "http://www.example.com/keys", "ftp://www.example.com/keys", "file://localhost/etc/passwd",
      "ssh://www.example.com/keys", "vnc://www.example.com", "javascript:alert(1)", "//www.example.com/keys",
      "https:///keys", "https://www.example.com@evil.example/keys", "https://www.example.com/a key", "--help", "",
      "http://127.0.0.1.evil.example/", "http://127.0.0.1:80@evil.example/", "http://127.0.0.1:x/", "http://127.0.0.1/",
    ])
  func otherAddress(_ address: String) {
    // With no folder in PATH, an address that passes is refused with other words, and nothing starts.
    let browser = Browser(environment: ["DISPLAY": ":9", "PATH": "/nonexistent"])
    expectNoDifference(browser.open(address), "That is no plain https address; it was not opened.")
  }

  @Test func `An address of this computer is opened`() {
    let browser = Browser(environment: ["DISPLAY": ":9", "PATH": "/nonexistent"])
    expectNoDifference(
      browser.open("http://127.0.0.1:8080/keys"), "There is no xdg-open here. Copy the address into a browser.")
  }

  @Test func `Without a desktop, and at a step without an address, that is said`() throws {
    let desk = try Desk.small()
    let ran = try desk.run(["run", SmallFlow.id], input: ":open\nbot-1\nread\n:open\n:quit\n")
    expectNoDifference(ran.status, 75)
    #expect(ran.output.contains("This step has no address to open."))
    #expect(ran.output.contains("There is no desktop in this session."))
  }
}
