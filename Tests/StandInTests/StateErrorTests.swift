import CustomDump
import Foundation
import Testing

@testable import StandIn

/// What is said of a state file that can't be played.
@Suite struct StateErrorTests {
  @Test(arguments: rows) func `what is wrong is said with its place`(_ row: Row) throws {
    let error = #expect(throws: StateError.self) {
      try State(reading: Array(row.text.utf8), path: "state.json", now: Moment(milliseconds: 0))
    }
    expectNoDifference(error?.description, row.words)
  }

  @Test func `what a file leaves out has its ordinary value`() throws {
    let now = Moment(milliseconds: 1_700_000_000_000)
    let text = #"{"keys": [{"exchange": "gate-io", "key": "a", "secret": "b"}]}"#
    var state = State()
    state.keys = [Key(exchange: .gateIO, name: "a", signer: .secret("b"), created: now, updated: now, user: 1)]
    expectNoDifference(try State(reading: Array(text.utf8), path: "", now: now), state)
  }

  @Test func `the example of CONTRIBUTING.md can be played`() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../CONTRIBUTING.md")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
    let begin = try #require(lines.firstIndex(of: "    {"))
    let text = lines[begin...].prefix { !$0.isEmpty }.joined(separator: "\n")
    let state = try State(reading: Array(text.utf8), path: "", now: Moment(milliseconds: 0))
    #expect(state.keys.count == 1 && state.faults.count == 1)
  }

  struct Row: CustomStringConvertible, Sendable {
    let text: String
    let words: String
    var description: String { text }

    init(_ text: String, _ words: String) {
      self.text = text
      self.words = words
    }

    /// A key of an exchange, with further members.
    init(key members: String, at exchange: String = "gate-io", _ words: String) {
      self.init(#"{"keys": [{"exchange": "\#(exchange)", "key": "k", \#(members)}]}"#, words)
    }

    init(fault members: String, _ words: String) {
      self.init(#"{"faults": [{\#(members)}]}"#, words)
    }
  }

  static let rows = [
    Row(
      "{\n \"keys\": [,]}",
      "'state.json', line 2, column 11: this is no JSON\nhint: often a comma or a quote is missing just before it"),
    Row(
      #"{"keys": [], "keys": []}"#,
      "'state.json', line 1, column 14: this name stands in its object already\nhint: take one of the two out"),
    Row("[]", "'state.json': this must be an object\nhint: put it in braces: { ... }"),
    Row(#"{"key": []}"#, "'state.json', key: this is not known here\nhint: did you mean 'keys'?"),
    Row(#"{"environment": "life"}"#, "'state.json', environment: 'life' is not known here\nhint: did you mean 'live'?"),
    Row(
      #"{"clock": {"fixed": "today"}}"#,
      "'state.json', clock.fixed: this is no moment\nhint: write it in UTC, like 2026-11-30T09:00:00Z"),
    Row(
      #"{"clock": {"fixed": "2026-11-30T09:00:00Z", "offset": 1}}"#,
      "'state.json', clock.offset: a fixed clock has no offset"),
    Row(#"{"from": "here"}"#, "'state.json', from: 'here' is no address\nhint: like 203.0.113.9"),
    Row(
      #"{"from": "203.0.113.0/24"}"#,
      "'state.json', from: '203.0.113.0/24' is more than one address\nhint: like 203.0.113.9"),
    Row(#"{"keys": [5]}"#, "'state.json', keys[0]: this must be an object\nhint: put it in braces: { ... }"),
    Row(
      #"{"keys": [{"exchange": "gate"}]}"#,
      "'state.json', keys[0].exchange: 'gate' is not known here\nhint: there are: gate-io, binance, kraken, kucoin, okx, bybit, coinbase, bitget, mexc, htx"
    ),
    Row(
      #"{"keys": [{"exchange": "gate-io"}]}"#,
      "'state.json', keys[0].key: this is missing\nhint: the key's name, which requests carry"),
    Row(key: #""label": "x""#, "'state.json', keys[0].secret: this is missing\nhint: give 'secret' or 'publicKey'"),
    Row(key: #""secret": 5"#, "'state.json', keys[0].secret: this must be a text\nhint: put it in double quotes"),
    Row(
      key: #""secret": "s", "publicKey": "p""#,
      "'state.json', keys[0].publicKey: a key has a secret or a public key, not both"),
    Row(
      key: #""publicKey": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=""#,
      "'state.json', keys[0].publicKey: gate-io takes no key of this kind"),
    Row(
      key: #""publicKey": "none""#, at: "binance",
      "'state.json', keys[0].publicKey: this is no public key\nhint: a PEM that begins with -----BEGIN PUBLIC KEY-----, lines joined by \\n"
    ),
    Row(
      key: #""secret": "s""#, at: "coinbase",
      "'state.json', keys[0].secret: coinbase takes key pairs alone\nhint: give 'publicKey', a PEM"),
    Row(key: #""secret": "s""#, at: "kraken", "'state.json', keys[0].secret: this is no Base64\nhint: its secrets are"),
    Row(key: #""secret": "s""#, at: "okx", "'state.json', keys[0].passphrase: this is missing"),
    Row(key: #""secret": "s", "passphrase": "p""#, "'state.json', keys[0].passphrase: gate-io has no passphrases"),
    Row(
      key: #""secret": "s", "oneTimePassword": "1""#,
      "'state.json', keys[0].oneTimePassword: gate-io has none\nhint: a key of kraken may have one"),
    Row(
      key: #""secret": "s", "environment": "demo""#,
      "'state.json', keys[0].environment: gate-io has no keys of this environment\nhint: there are: live, testnet"),
    Row(
      key: #""secret": "s", "powers": "spot""#,
      "'state.json', keys[0].powers: this must be a list of texts\nhint: like [\"one\", \"two\"]"),
    Row(
      key: #""secret": "s", "addresses": ["x"]"#,
      "'state.json', keys[0].addresses: 'x' is no address\nhint: like 203.0.113.9 or 203.0.113.0/24"),
    Row(
      key: #""secret": "s", "locked": 1"#,
      "'state.json', keys[0].locked: this must be true or false\nhint: without quotes"),
    Row(
      key: #""secret": "s", "nonce": -1"#,
      "'state.json', keys[0].nonce: this must be a whole number from 0 to 9223372036854775807"),
    Row(
      key: #""secret": "s", "power": []"#,
      "'state.json', keys[0].power: this is not known here\nhint: did you mean 'powers'?"),
    Row(
      #"{"keys": [{"exchange": "htx", "key": "k", "secret": "s"}, {"exchange": "htx", "key": "k", "secret": "t"}]}"#,
      "'state.json', keys[1].key: htx has a key of this name already"),
    Row(
      fault: #""kind": "slow""#, "'state.json', faults[0].request: this is missing\nhint: a request's id, or * for all"),
    Row(
      fault: #""request": "detial", "kind": "slow""#,
      "'state.json', faults[0].request: there is no request 'detial'\nhint: did you mean 'detail'?"),
    Row(
      fault: #""exchange": "okx", "request": "detail", "kind": "slow""#,
      "'state.json', faults[0].request: there is no request 'detail'\nhint: there are: config, time"),
    Row(
      fault: #""request": "*""#,
      "'state.json', faults[0].kind: this is missing\nhint: one of slow, huge, body, error, redirect, cut-off, edge-page"
    ),
    Row(
      fault: #""request": "*", "kind": "slwo""#,
      "'state.json', faults[0].kind: 'slwo' is not known here\nhint: did you mean 'slow'?"),
    Row(
      fault: #""request": "*", "kind": "slow", "milliseconds": 60001"#,
      "'state.json', faults[0].milliseconds: this must be a whole number from 0 to 60000"),
    Row(
      fault: #""request": "*", "kind": "error", "cause": "rate_limit""#,
      "'state.json', faults[0].cause: no error 'rate_limit' is known here\nhint: did you mean 'rate_limited'?"),
    Row(
      fault: #""request": "*", "kind": "error", "cause": "rate_limited", "code": "1""#,
      "'state.json', faults[0].code: 'rate_limited' has no code '1'\nhint: 'keyusher-standin --list-errors' shows them"),
    Row(
      fault: #""request": "*", "kind": "redirect", "to": "http://a\r\nb""#,
      "'state.json', faults[0].to: this can't stand in a header\nhint: ASCII on one line"),
    Row(
      fault: #""request": "*", "kind": "slow", "bytes": 1"#,
      "'state.json', faults[0].bytes: this is not known here\nhint: there are: exchange, request, kind, milliseconds"),
  ]
}
