import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// A key at Kraken with 2FA of its own: its one-time password is asked for once, unseen, and left nowhere.
@Suite struct OneTimePasswordTests {
  private static let password = "violin-73519-heron"
  private static let kraken = PlayedKey.all.first { $0.exchange == "kraken" }

  private static func played() throws -> (key: PlayedKey, exchange: PlayedExchanges) {
    let key = try #require(kraken)
    var entry = key.state
    entry["oneTimePassword"] = password
    // Slow enough to be looked at.
    let slow: [String: Any] = ["request": "GetApiKeyInfo", "kind": "slow", "milliseconds": 200]
    return (key, try PlayedExchanges(["from": PlayedKey.address, "keys": [entry], "faults": [slow]]))
  }

  /// How often the exchange was asked about the key.
  private static func questions(to exchange: PlayedExchanges) throws -> Int {
    try exchange.requests().count { $0["request"] as? String == "GetApiKeyInfo" }
  }

  /// Asks at a terminal, and answers with a password.
  private func ask(
    _ typed: String, _ options: [String] = []
  ) throws -> (shown: String, ending: Pty.Ending, asked: Int, record: String) {
    let desk = try TenKeysDesk.make()
    let (key, exchange) = try Self.played()
    let before = Set(try desk.records.runs())
    let pty = try desk.start(
      ["key", "verify", key.entry, "--base-url", exchange.address, "--passphrase", "env:STORE_WORD"] + options,
      setting: ["STORE_WORD": PassphraseCanary.text])
    try pty.expect("It says the same where the secret is wrong")
    try pty.expect("One-time password: ")
    try pty.send(typed + "\r")
    try pty.expect("the verdict") { pty in
      expectNoTrace(in: visible(of: pty.process), "arguments and environments")
      return pty.text.contains("kraken/grid-bot-01: ")
    }
    let ending = try pty.end()
    for row in try exchange.requests() { expectNoTrace(in: Array("\(row)".utf8), "the log of the exchange") }
    for file in try desk.files() { expectNoTrace(in: try desk.bytes(of: file), file) }
    expectNoTrace(in: Array(pty.text.utf8), "the screen")
    let made = try #require(Set(try desk.records.runs()).subtracting(before).first)
    let words = pty.text.split { $0 == " " || $0 == "\n" || $0 == "\r" }.joined(separator: " ")
    return (words, ending, try Self.questions(to: exchange), try desk.text(of: desk.recordFile(made)))
  }

  private func expectNoTrace(in bytes: [UInt8], _ place: String) {
    #expect(Data(bytes).range(of: Data(Self.password.utf8)) == nil, "\(place)")
    expectNoDifference(Canary.secretTraces.first(in: bytes), nil, "\(place)")
  }

  @Test func `the right one: it goes along with one request, and the key is as planned`() throws {
    let (shown, ending, asked, record) = try ask(Self.password)
    expectNoDifference(ending, .exited(0))
    expectNoDifference(asked, 2)
    #expect(shown.contains("kraken/grid-bot-01: as planned"), "\(shown)")
    #expect(shown.contains("A one-time password went along, once."), "\(shown)")
    #expect(shown.contains("Kraken says: its last nonce is 17"), "\(shown)")
    expectNoDifference(record.components(separatedBy: #""one-time-password":"sent along""#).count, 2, "\(record)")
    #expect(record.contains(#""nonce-window":"0""#) && record.contains(#""nonce":"17"#), "\(record)")
  }

  @Test func `a wrong one is not asked for again`() throws {
    let (shown, ending, asked, record) = try ask("000000")
    expectNoDifference(ending, .exited(2))
    expectNoDifference(asked, 2)
    #expect(shown.contains("kraken/grid-bot-01: REFUSED by Kraken."), "\(shown)")
    #expect(shown.contains("A one-time password went along, once. It is not tried again."), "\(shown)")
    #expect(record.contains(#""cause":"secret, otp""#), "\(record)")
  }

  @Test func `none: nothing is sent again`() throws {
    let (shown, ending, asked, _) = try ask("")
    expectNoDifference(ending, .exited(2))
    expectNoDifference(asked, 1)
    #expect(shown.contains("No one-time password was given."), "\(shown)")
  }

  @Test func `a part of the key is none, and is not sent`() throws {
    let secret = try #require(Self.kraken?.state["secret"] as? String)
    for typed in [secret, "my secret: \(secret)", String(secret.prefix(20))] {
      let (shown, ending, asked, _) = try ask(typed)
      expectNoDifference(ending, .exited(2))
      expectNoDifference(asked, 1)
      #expect(shown.contains("What was typed is a part of the key"), "\(shown)")
    }
  }

  @Test func `without a terminal nobody is asked, and it says where to ask`() throws {
    let desk = try TenKeysDesk.make()
    let (key, exchange) = try Self.played()
    let ran = try desk.verify([key.entry], at: exchange.address)
    expectNoDifference(ran.status, 2)
    expectNoDifference(try Self.questions(to: exchange), 1)
    let words = ran.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("If the key has 2FA of its own, ask at a terminal"), "\(ran.output)")
    #expect(words.contains("keyusher key verify kraken/grid-bot-01"), "\(ran.output)")
    let told = try desk.verify([key.entry], at: exchange.address, ["--json"])
    #expect(told.output.contains(#""oneTimePassword" : "nobody""#), "\(told.output)")
  }

  @Test func `a run asks for it, too`() throws {
    let (key, exchange) = try Self.played()
    let walk = try VerifiedWalk(of: "kraken", at: exchange.address)
    try walk.answer([
      ("Number or name: ", "spot-bot"), ("Answer: ", "grid-bot"), ("Numbers with commas, or none: ", ""),
      ("Number or name: ", "list"), ("Answer: ", PlayedKey.address), ("Number or name: ", "age"),
      ("yes or no: ", "yes"), ("Enter when the form is open: ", ""), ("Its name on the page: ", ""),
      ("Number or name: ", "app"), ("API key: ", key.parts["key"] ?? ""),
      ("Private key: ", key.parts["secret"] ?? ""),
      ("Numbers with commas, or none: ", "query-funds,query-open,query-closed,cancel-orders,modify-orders"),
      ("Number or name: ", "list"), ("One-time password: ", Self.password),
    ])
    try walk.see("grid-bot-01: as planned", "A one-time password went along, once.")
    let shown = try walk.finish()
    #expect(shown.contains("Kraken says: as planned"), "\(shown)")
    expectNoDifference(try Self.questions(to: exchange), 2)
    for file in try walk.desk.files() { expectNoTrace(in: try walk.desk.bytes(of: file), file) }
    expectNoTrace(in: Array(walk.pty.text.utf8), "the screen")
  }
}
