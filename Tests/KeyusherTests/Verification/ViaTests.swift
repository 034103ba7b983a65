import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// `key verify --via`: the connection comes from another computer, through the person's own ssh.
@Suite struct ViaTests {
  private let gate = PlayedKey.all[0]

  private func setting(_ server: SSHServer, on desk: Desk) -> [String: String?] {
    [
      "STORE_WORD": PassphraseCanary.text, "KEYUSHER_TEST_ID": "asked", "PATH": server.path + ":/usr/bin:/bin",
      "TMPDIR": desk.path,
    ]
  }

  private func words(at address: String, _ options: [String] = []) -> [String] {
    [
      "key", "verify", gate.entry, "--via", "ssh:\(SSHServer.host)", "--base-url", address, "--passphrase",
      "env:STORE_WORD",
    ] + options
  }

  private func verify(
    _ failure: Failure, _ options: [String] = [], through server: SSHServer, on desk: Desk
  ) throws -> Ran {
    let exchange = try PlayedExchanges(failure.state(of: [gate]))
    let ran = try desk.run(words(at: exchange.address, options), setting: setting(server, on: desk))
    try expectNothingLeft(on: desk)
    return ran
  }

  /// No socket and no ssh is left.
  private func expectNothingLeft(on desk: Desk) throws {
    let left = try FileManager.default.contentsOfDirectory(atPath: desk.path).filter { $0.hasPrefix("keyusher-ssh") }
    expectNoDifference(left, [])
    #expect(try !hasSSH(on: desk))
  }

  private func hasSSH(on desk: Desk) throws -> Bool { try ssh(on: desk) != nil }

  /// Waits until ssh sleeps: a Ctrl-C between its question and its reading would be held until something is typed.
  private func waitUntilSSHListens(on desk: Desk) throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while ContinuousClock.now < deadline {
      if let process = try ssh(on: desk), (try? desk.text(of: "/proc/\(process)/stat"))?.contains(") S ") == true {
        return
      }
    }
  }

  /// The process, as `/proc` calls it.
  private func ssh(on desk: Desk) throws -> String? {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { Int($0) != nil }.first { process in
      // One that ended meanwhile has none.
      let words = (try? desk.text(of: "/proc/\(process)/cmdline")) ?? ""
      return words.contains("\(desk.path)/keyusher-ssh")
    }
  }

  @Test func `It is told and put on record through whom it was asked`() throws {
    guard let server = try SSHServer() else { return }
    let desk = try TenKeysDesk.make()
    let ran = try verify(.nothing, through: server, on: desk)
    expectNoDifference(ran.status, 0, "\(ran)")
    #expect(ran.output.hasPrefix("gate-io/grid-bot-01: as planned, as far as Gate tells."), "\(ran.output)")
    #expect(ran.output.contains(" through office-box, "), "\(ran.output)")
    #expect(ran.output.contains("Keyusher saw: office-box is on the list."), "\(ran.output)")
    #expect(try desk.run(["show", "asked"]).output.contains("Asked through: ssh:office-box\n"))
    let json = try verify(.nothing, ["--json"], through: server, on: desk)
    let rows = try #require(JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    expectNoDifference(rows.compactMap { $0["via"] as? String }, ["office-box"])
    expectNoDifference(rows.compactMap { $0["proxied"] as? Bool }, [false])
  }

  @Test func `A list that keeps out the computer that uses the key is a refusal`() throws {
    guard let server = try SSHServer() else { return }
    let ran = try verify(.address, through: server, on: TenKeysDesk.make())
    expectNoDifference(ran.status, 2)
    #expect(ran.output.hasPrefix("gate-io/grid-bot-01: REFUSED by Gate."), "\(ran.output)")
    #expect(ran.output.contains("The address of office-box is not on the key's IP list."), "\(ran.output)")
    #expect(ran.output.contains("If the program runs there, the list keeps it out"), "\(ran.output)")
  }

  @Test func `Whoever is not let in is told so in ssh's words, and nothing is asked or put on record`() throws {
    guard let server = try SSHServer(letsIn: false) else { return }
    let desk = try TenKeysDesk.make()
    let ran = try verify(.nothing, through: server, on: desk)
    expectNoDifference(ran.status, 69)
    #expect(ran.errors.hasPrefix("keyusher: there is no way through 'office-box': "), "\(ran.errors)")
    #expect(ran.errors.contains("Permission denied (publickey)"), "\(ran.errors)")
    #expect(ran.errors.contains("hint: try it by itself: ssh office-box"), "\(ran.errors)")
    #expect(!FileManager.default.fileExists(atPath: desk.recordFile("asked")))
  }

  @Test func `What the other computer does not reach is told from a connection that somebody spoilt`() throws {
    guard let closed = try SSHServer("AllowTcpForwarding no"), let open = try SSHServer() else { return }
    for (server, why, address) in [
      (closed, "administratively prohibited", nil),
      (open, "Connection refused", "http://127.0.0.1:\(StandIn.quietPort())"),
    ] {
      let desk = try TenKeysDesk.make()
      let exchange = try PlayedExchanges(Failure.nothing.state(of: [gate]))
      let ran = try desk.run(words(at: address ?? exchange.address), setting: setting(server, on: desk))
      expectNoDifference(ran.status, 69)
      #expect(ran.output.contains("Its host is out of reach from office-box."), "\(ran.output)")
      #expect(ran.output.contains("office-box says: ") && ran.output.contains(why), "\(ran.output)")
      expectNoDifference(try exchange.requests().count, 0)
      try expectNothingLeft(on: desk)
    }
  }

  @Test func `ssh asks at the terminal what it has to ask, and gives the terminal back`() throws {
    guard let server = try SSHServer(isKnown: false) else { return }
    let desk = try TenKeysDesk.make()
    let exchange = try PlayedExchanges(Failure.wide.state(of: [gate]))
    let pty = try desk.start(words(at: exchange.address, ["--wait"]), setting: setting(server, on: desk))
    try pty.expect("Are you sure you want to continue connecting")
    try pty.send("yes\r")
    try pty.expect("gate-io/grid-bot-01: TOO WIDE.")
    try pty.expect("Ctrl-C ends the waiting.")
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    #expect(pty.text.contains("gate-io/grid-bot-01: as above, after "), "\(pty.text)")
    try expectNothingLeft(on: desk)
  }

  @Test func `However it ends, ssh ends with it`() throws {
    guard let server = try SSHServer() else { return }
    let desk = try TenKeysDesk.make()
    let exchange = try PlayedExchanges(Failure.wide.state(of: [gate]))
    let pty = try desk.start(words(at: exchange.address, ["--wait"]), setting: setting(server, on: desk))
    try pty.expect("Ctrl-C ends the waiting.")
    #expect(try hasSSH(on: desk))
    pty.signal(SIGKILL)
    expectNoDifference(try pty.end(), .signalled(SIGKILL))
    let deadline = ContinuousClock.now + .seconds(30)
    while try hasSSH(on: desk), ContinuousClock.now < deadline {}
    #expect(try !hasSSH(on: desk))
  }

  @Test func `Ctrl-C at a question of ssh's ends it`() throws {
    guard let server = try SSHServer(isKnown: false) else { return }
    let desk = try TenKeysDesk.make()
    let pty = try desk.start(words(at: "http://127.0.0.1:9"), setting: setting(server, on: desk))
    try pty.expect("Are you sure you want to continue connecting")
    try waitUntilSSHListens(on: desk)
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    try expectNothingLeft(on: desk)
  }

  @Test func `Before the first time it is said whose address an exchange sees`() throws {
    let desk = try TenKeysDesk.make()
    let pty = try desk.start(
      ["key", "verify", gate.entry, "--via", "ssh:nowhere", "--passphrase", "env:STORE_WORD"],
      setting: ["STORE_WORD": PassphraseCanary.text])
    try pty.expect("api.gateio.ws")
    try pty.expect("Each that is asked sees nowhere's address, the key, and a signature")
    try pty.expect("May exchanges be asked? yes, never, or Enter for not now: ")
    try pty.send("\r")
    try pty.expect("nothing was asked: you said not now")
    expectNoDifference(try pty.end(), .exited(69))
    expectNoDifference(try desk.records.runs().count, PlayedKey.all.count)
  }

  @Test(arguments: [
    "office-box", "ssh:", "ssh:-oProxyCommand=x", "ssh:a b", "ssh:a@-b", "ssh:a@b@c", "ssh:a;b", "ssh://", "ssh:a/b",
  ])
  func `What is no host is not handed to ssh`(_ text: String) throws {
    let ran = try KeyDesk.make().unlocked(["key", "verify", "gate-io/bot", "--via", text])
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.hasPrefix("keyusher: --via takes ssh: and a host as ssh takes it"), "\(ran.errors)")
  }

  @Test func `Where there is no ssh that is said`() throws {
    let desk = try TenKeysDesk.make()
    let ran = try desk.run(
      words(at: "http://127.0.0.1:9"), setting: ["STORE_WORD": PassphraseCanary.text, "PATH": desk.work])
    expectNoDifference(ran.status, 69)
    #expect(
      ran.errors.hasPrefix("keyusher: there is no way through 'office-box': the program 'ssh' is not here"),
      "\(ran.errors)")
  }
}
