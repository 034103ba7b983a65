import CustomDump
import KeyusherHarness
import PtyHarness
import Testing

/// What is put on record of a key that is taken in, and what a ceremony makes of it later.
@Suite struct AdoptedKeyTests {
  private static let secretHalf = String(Canary.secret.prefix(32))
  private static let otherHex = "0123456789abcdef0123456789abcdef"

  private func adopt(
    _ more: [String] = [], as name: String = "gate-io/old", key: String = Canary.key, secret: String = Canary.secret,
    on desk: Desk
  ) throws -> Ran {
    try desk.run(
      ["key", "adopt", name, "--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET"] + more,
      setting: ["OLD_KEY": key, "OLD_SECRET": secret])
  }

  private func listed(_ name: String, on desk: Desk) throws -> Bool {
    let entry = try desk.run(["key", "list", "--json"]).output.split(separator: "  {").first {
      $0.contains("\"name\" : \"\(name)\"")
    }
    return try #require(entry).contains("\"listed\" : ")
  }

  @Test func `The part by which the exchange lists the key goes on record where the pack says that it is public`()
    throws
  {
    let desk = try KeyDesk.make()
    let ran = try adopt(on: desk)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(ran.output.contains("On record of it: c0ffee17d3a9..., by which the exchange lists it."))
    #expect(try listed("gate-io/old", on: desk))
    let shown = try desk.run(["show", try desk.run()]).output
    #expect(shown.contains("Listed there as: c0ffee17d3a9\n"), "\(shown)")
    try AdoptTests.expectNoTrace(ran.output + ran.errors + shown, on: desk)
    try desk.write(Canary.key, to: "k")
    try desk.write(Canary.secret, to: "s")
    let table = try desk.write("name,key,secret\ngate-io/many,file:k,file:s\n", to: "keys.csv")
    expectNoDifference(try desk.run(["key", "adopt", "--from", table]).status, 0)
    #expect(try listed("gate-io/many", on: desk))
  }

  /// Each is taken in after a warning, or without one, and must leave no trace on record.
  private static let doubtful: [(what: String, name: String, key: String, secret: String, more: [String])] = [
    ("swapped", "gate-io/old", Canary.secret, Canary.key, ["--yes"]),
    ("half of the secret where the key belongs", "gate-io/old", secretHalf, Canary.secret, ["--yes"]),
    ("the secret in two lines", "gate-io/old", secretHalf, String(Canary.secret.suffix(32)), ["--yes"]),
    ("another secret", "gate-io/old", Canary.key, otherHex, ["--yes"]),
    ("the same twice", "gate-io/old", Canary.key, Canary.key, ["--yes"]),
    ("a key that looks odd", "gate-io/old", Canary.key + "a", Canary.secret, ["--yes"]),
    ("a pack that says nothing of it", "kraken/old", Canary.key, Canary.secret, ["--yes"]),
    ("an exchange that no flow is for", "moon/old", Canary.key, Canary.secret, ["--exchange", "moon", "--unlisted"]),
  ]

  @Test(arguments: doubtful.indices)
  func `Nothing goes on record of what could be a secret`(index: Int) throws {
    let desk = try KeyDesk.make()
    let (what, name, key, secret, more) = Self.doubtful[index]
    let ran = try adopt(more, as: name, key: key, secret: secret, on: desk)
    expectNoDifference(ran.status, 0, "\(what): \(ran.errors)")
    #expect(!ran.output.contains("On record of it"), "\(what)")
    #expect(try !listed(name, on: desk), "\(what)")
    for file in try desk.files() {
      let text = String(decoding: try desk.bytes(of: file), as: UTF8.self)
      #expect(!text.contains(String(key.prefix(12))), "\(what): \(file)")
    }
  }

  private static let said = [
    "--purpose", "Spot bot", "--program", "freqtrade", "--account", "main account", "--owner", "desk",
  ]

  @Test func `A rotation proposes what was said when the key was taken in, and whose it is`() throws {
    let desk = try KeyDesk.make()
    expectNoDifference(try adopt(Self.said, on: desk).status, 0)
    let operation = try desk.run()
    let pty = try desk.start(["run", "gate-io/rotate-key", "--key", "gate-io/old"])
    try pty.expect("Operation \(operation) took in old. Said there:")
    for line in [
      "Which account is it of? main account", "What is the key for? spot bot", "Which program will use it? freqtrade",
      "Owner: desk", "Is all of this still so?",
    ] { try pty.expect(line) }
    try pty.expect("yes or no: ")
    try pty.send("\r")
    try pty.expect("What may it do?")
    try pty.expect("Enter = account read only, spot read and write")
    #expect(!pty.text.contains("What is the key for?\n"))
    try pty.send(":quit\r")
    expectNoDifference(try pty.end(), .exited(75))
  }

  @Test func `What the flow does not know is not proposed, and asked`() throws {
    let desk = try KeyDesk.make()
    let said = ["--purpose", "2", "--program", "my own bot", "--account", "desk 7", "--owner", "desk"]
    expectNoDifference(try adopt(said, on: desk).status, 0)
    let pty = try desk.start(["run", "gate-io/rotate-key", "--key", "old"])
    try pty.expect("Said there:")
    try pty.expect("Owner: desk")
    try pty.expect("yes or no: ")
    #expect(!pty.text.contains("spot bot"))
    try pty.send("\r")
    try pty.expect("Which account is it of?")
    try pty.send(":quit\r")
    _ = try pty.end()
  }

  @Test(arguments: ["revoke-key", "review-keys"])
  func `Where the name is asked the list says what is known of it`(flow: String) throws {
    let desk = try KeyDesk.make()
    expectNoDifference(try adopt(Self.said, on: desk).status, 0)
    let script = try desk.write("flow gate-io/review-keys\nlogin: yes\nlist: known\n", to: "a.script")
    if flow == "review-keys" { _ = try desk.run(["replay", script]) }
    let pty = try desk.start(flow == "review-keys" ? ["resume"] : ["run", "gate-io/\(flow)"])
    try pty.expect("old, listed as c0ffee17d3a9..., taken in 20")
    try pty.expect(", for freqtrade, owner")
    try pty.expect(": ")
    try pty.send(":quit\r")
    _ = try pty.end()
  }
}
