import CustomDump
import FlowText
import FlowTools
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

@testable import keyusher

/// `keyusher demo`, with somebody at its page who has no browser.
@Suite struct DemoTests {
  @Test func `The whole way: too wide, corrected at the page, and a bot that trades play money`() throws {
    let desk = try Desk()
    let pty = try desk.start(["demo", "--page", "text"], setting: ["TMPDIR": desk.work])
    let page = try DemoPerson(reading: pty, at: desk)
    try walkToSubmit(pty, page)
    try page.submit(rights: ["account-read", "spot-write", "wallet-write"])
    try pty.expect("API key: ")
    try pty.paste(Canary.key)
    try pty.send("\r")
    try pty.expect("Not taken: the demo's keys begin with demo-")
    try pty.expect("API key: ")
    try pty.paste(page.key)
    try pty.send("\r")
    try pty.expect("Secret: ")
    try pty.paste(Canary.secret)
    try pty.send("\r")
    try pty.expect("Not taken: the demo's secrets begin with demo-secret-")
    try pty.expect("Secret: ")
    try pty.paste(page.secret)
    try pty.send("\r")
    try pty.expect("kept in age; read back from the store")
    try pty.answer("Numbers with commas, or none: ", "1,3")
    try pty.answer("Number or name: ", "list")
    try pty.expect("demo/grid-bot-01: TOO WIDE. One thing differs from your plan.")
    try pty.expect("DEMO says: wallet read and write. NOT PLANNED.")
    try pty.expect("Number or name: ")
    try page.change(rights: ["account-read", "spot-write"])
    try pty.send("1\r")
    try pty.expect("demo/grid-bot-01: as planned")
    try pty.answer("Enter = finish, or a number to change: ", "")
    try pty.expect("keyusher exec demo/grid-bot-01 -- \(besideTests("keyusher-standin")) bot --port ")
    try pty.answer("Enter = start it, or no: ", "")
    for _ in 1...3 { try pty.answer("Passphrase for 'age': ", "wrong horse battery staple") }
    try pty.expect("was not started: the passphrase does not open the store 'age'")
    try pty.expect("The bot did not trade; the reason stands above. You can start it once more.")
    try pty.answer("Enter = start it, or no: ", "")
    try pty.answer("Passphrase for 'age': ", PassphraseCanary.text)
    try pty.expect("Bought 1 play coin for ")
    try pty.expect("Its home is removed, with its record and its key.")
    expectNoDifference(try pty.end(), .exited(0))
    // What holds at an exchange alone, and what holds of runs that are kept.
    for untrue in ["article of", "used nowhere else", "live page", "go on later", "your account's password"] {
      #expect(!pty.text.contains(untrue), "\(untrue)")
    }
    for part in 1...6 { #expect(pty.text.contains("DEMO, part \(part) of 6: ")) }
    for secret in [Canary.secret, page.secret, PassphraseCanary.text] { #expect(!pty.text.contains(secret)) }
    expectNoDifference(try desk.files(), [], "nothing of it is left")
    #expect(try page.isGone())
  }

  @Test func `What is kept says where it is, and its exchange is asked on this computer alone`() throws {
    let desk = try Desk()
    let pty = try desk.start(["demo", "--keep"], setting: ["TMPDIR": desk.work])
    let page = try DemoPerson(reading: pty, at: desk)
    try walkToSubmit(pty, page)
    try page.submit(rights: ["account-read", "spot-write"])
    for (prompt, answer) in [
      ("API key: ", page.key), ("Secret: ", page.secret), ("Numbers with commas, or none: ", "1,3"),
      ("Number or name: ", "list"), ("Enter = finish, or a number to change: ", ""),
      ("Enter = start it, or no: ", "no"),
    ] { try pty.answer(prompt, answer) }
    try pty.expect("export KEYUSHER_HOME=")
    expectNoDifference(try pty.end(), .exited(0))
    let home = try #require(try desk.demoHomes().first)
    expectNoDifference(try FileManager.default.attributesOfItem(atPath: home)[.posixPermissions] as? Int, 0o700)
    let export = try desk.run(["export", "--format", "markdown"], setting: ["KEYUSHER_HOME": home])
    #expect(export.output.hasPrefix("# DEMO: create an API key with play money\n"))
    let asked = try desk.run(["key", "verify", "demo/grid-bot-01", "--yes"], setting: ["KEYUSHER_HOME": home])
    expectNoDifference(asked.status, 69, "\(asked.output)")
  }

  @Test func `Whoever keeps the key offline is told why no bot trades`() throws {
    let desk = try Desk()
    let pty = try desk.start(["demo"], setting: ["TMPDIR": desk.work])
    let page = try DemoPerson(reading: pty, at: desk)
    for (prompt, answer) in [
      ("Number or name: ", "2"), ("Answer: ", "grid-bot"), ("Numbers with commas, or none: ", ""),
      ("Number or name: ", "list"), ("Answer: ", "127.0.0.1"), ("Number or name: ", "offline"),
    ] { try pty.answer(prompt, answer) }
    try page.logIn()
    for (prompt, answer) in [
      ("yes or no: ", "yes"), ("Enter when the form is open: ", ""), ("Its name on the page: ", ""),
      ("Number or name: ", "app"),
    ] { try pty.answer(prompt, answer) }
    try page.submit(rights: ["account-read", "spot-write"])
    for (prompt, answer) in [
      ("API key: ", page.key), ("Secret: ", page.secret), ("Last four: ", String(page.secret.suffix(4))),
      ("Numbers with commas, or none: ", "1,3"), ("Number or name: ", "list"),
      ("Enter = finish, or a number to change: ", ""),
    ] { try pty.answer(prompt, answer) }
    try pty.expect("The sample bot takes its key from a store.")
    try pty.expect("DEMO over.")
    expectNoDifference(try pty.end(), .exited(0))
    #expect(!pty.text.contains("Enter = start it"))
  }

  @Test(arguments: ["quit", "Ctrl-C"])
  func `Whoever leaves leaves nothing behind`(how: String) throws {
    let desk = try Desk()
    let pty = try desk.start(["demo", "gate-io"], setting: ["TMPDIR": desk.work])
    try pty.answer("Number or name: ", "2")
    try pty.expect("Answer: ")
    expectNoDifference(try desk.demoHomes().count, 1)
    if how == "quit" { try pty.send(":quit\r") } else { try pty.control("C") }
    expectNoDifference(try pty.end(), how == "quit" ? .exited(75) : .signalled(SIGINT))
    expectNoDifference(try desk.demoHomes(), [])
    #expect(pty.text.contains("DEMO over. Its home is removed, with its record and its key."))
    #expect(!pty.text.contains("keyusher resume") && !pty.text.contains("go on later"))
  }

  @Test func `The page goes with whoever showed it, even when that is killed`() throws {
    let desk = try Desk()
    let pty = try desk.start(["demo"], setting: ["TMPDIR": desk.work])
    let page = try DemoPerson(reading: pty, at: desk)
    #expect(try !page.isGone())
    pty.signal(SIGKILL)
    expectNoDifference(try pty.end(), .signalled(SIGKILL))
    let deadline = ContinuousClock.now + .seconds(30)
    while try !page.isGone() { try #require(ContinuousClock.now < deadline, "the page is still there") }
  }

  @Test(
    "The bot trades with a key of the demo alone",
    arguments: [
      ([:], "DEMO_API_KEY is not set, and without a key no bot trades"),
      (
        ["DEMO_API_KEY": Canary.key, "DEMO_API_SECRET": "demo-secret-1"],
        "what is in DEMO_API_KEY is no key of the demo"
      ),
      (
        ["DEMO_API_KEY": "demo-1", "DEMO_API_SECRET": Canary.secret], "what is in DEMO_API_SECRET is no key of the demo"
      ),
      (["DEMO_API_KEY": "demo-1", "DEMO_API_SECRET": "demo-secret-1"], "the demo's page does not answer: "),
    ])
  func bot(setting: [String: String], words: String) throws {
    // Nobody listens at a port of the system's own.
    let ran = try Desk().run(["bot", "--port", "1"], setting: setting, program: besideTests("keyusher-standin"))
    expectNoDifference(ran.status, 69)
    #expect(ran.errors.hasPrefix("keyusher-standin: \(words)"), "\(ran.errors)")
    if setting.isEmpty { #expect(ran.errors.contains("demo/NAME -- \(besideTests("keyusher-standin")) bot --port")) }
    #expect(!ran.errors.contains(Canary.secret) && !ran.errors.contains(Canary.key))
  }

  @Test func `Without the stand-in it says what to build`() throws {
    let desk = try Desk()
    let alone = desk.work + "/keyusher"
    try install(copyOf: keyusher, at: alone)
    let ran = try desk.run(["demo"], program: alone)
    expectNoDifference(ran.status, 69)
    #expect(ran.errors.contains("hint: in Keyusher's own folder, once: swift build --product keyusher-standin\n"))
  }

  @Test func `Its files have no finding, and no list of flows has it`() throws {
    let home = try DemoHome(page: "http://127.0.0.1:8080/0123456789abcdef/")
    defer { home.remove() }
    let catalog = try FlowCatalog(folders: [])
    expectNoDifference(
      try FlowFolder.findings(in: [home.path + "/flows"], catalog, LintOptions()).map { "\($0)" }, [])
    #expect(!catalog.sources.contains { $0.provider == "demo" } && !FlowCatalog.sharedFiles.keys.contains("demo/pack"))
  }

  /// Walks up to the button that makes the key; the page is logged in to.
  private func walkToSubmit(_ pty: Pty, _ page: DemoPerson) throws {
    for (prompt, answer) in [
      ("Number or name: ", "2"), ("Answer: ", "grid-bot"), ("Numbers with commas, or none: ", ""),
      ("Number or name: ", "list"), ("Answer: ", "127.0.0.1"), ("Number or name: ", ""), ("Number (Enter = 1): ", "2"),
      ("New passphrase: ", PassphraseCanary.text), ("The same again: ", PassphraseCanary.text),
    ] { try pty.answer(prompt, answer) }
    try page.logIn()
    for (prompt, answer) in [
      ("yes or no: ", "?"), ("yes or no: ", ":why"), ("yes or no: ", "yes"), ("Enter when the form is open: ", ""),
      ("Its name on the page: ", ""),
      ("Number or name: ", "app"),
    ] { try pty.answer(prompt, answer) }
  }
}

extension Pty {
  fileprivate func answer(_ prompt: String, _ words: String) throws {
    try expect(prompt)
    try send(words + "\r")
  }
}

extension Desk {
  fileprivate func demoHomes() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: work).filter { $0.hasPrefix("keyusher-demo-") }
      .map { "\(work)/\($0)" }
  }
}

/// Does at the page what a person does, by the commands that its text names.
private final class DemoPerson {
  private let root: String
  private let desk: Desk
  private(set) var key = ""
  private(set) var secret = ""

  init(reading pty: Pty, at desk: Desk) throws {
    try pty.expect("About 5 minutes")
    let address = try #require(pty.text.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{16}\//))
    (root, self.desk) = (String(address.0), desk)
  }

  /// Whether nobody answers any more.
  func isGone() throws -> Bool { try desk.run(["-s", root], program: #require(tool("curl"))).status == 7 }

  func logIn() throws { #expect(try send("login", ["name=demo", "password=play-money"]).contains("API Management")) }

  /// Makes the key, and reads what the page shows once.
  func submit(rights: [String]) throws {
    let shown = try confirm(
      send("new", ["remark=grid-bot-01", "addresses=127.0.0.1"] + rights.map { "right=\($0)" }))
    key = String(try #require(shown.firstMatch(of: /demo-[0-9a-f]{27}/)).0)
    secret = String(try #require(shown.firstMatch(of: /demo-secret-[0-9a-f]{52}/)).0)
  }

  func change(rights: [String]) throws {
    _ = try confirm(send("keys/\(key)", ["addresses=127.0.0.1"] + rights.map { "right=\($0)" }))
  }

  private func confirm(_ page: String) throws -> String {
    let code = try #require(page.firstMatch(of: /supplies it: (\d{6})/)).1
    return try send("confirm", ["code=\(code)"])
  }

  private func send(_ path: String, _ fields: [String]) throws -> String {
    let curl = try #require(tool("curl"))
    return try desk.run(["-sL"] + fields.flatMap { ["-d", $0] } + [root + path], program: curl).output
  }
}
