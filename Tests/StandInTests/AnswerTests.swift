import CustomDump
import Foundation
import PlainText
import Testing

@testable import StandIn

/// What is told of a key.
@Suite struct AnswerTests {
  /// Each answer, the clock's too, has the members of the documented example, each of its kind.
  @Test(arguments: SignatureTests.requests) func `an answer has the documented form`(_ signed: SignedRequest) throws {
    let route = try #require(signed.exchange.protocol.routes.first { $0.path == signed.request.path })
    let example = try #require(Self.examples[signed.exchange.rawValue]?[route.id])
    var state = signed.state
    // What may be missing is there.
    state.keys[0].addresses = [try #require(Address("127.0.0.1"))]
    state.keys[0].pairs = ["BTC_USDT"]
    state.keys[0].lastUsed = signed.moment
    try expectForm(of: JSON(parsing: signed.answer(state).reply.body), like: example, at: "\(route.id)")
  }

  @Test(arguments: ExchangeID.allCases) func `the clock is told in the documented form`(_ id: ExchangeID) throws {
    let route = try #require(id.protocol.routes.first { $0.id == "time" })
    let request = Request(method: "GET", target: route.path, headers: [], peer: "127.0.0.1")
    let responder = try Responder(exchange: id.rawValue) { _ in State() }
    let answer = responder.answer(request, at: Moment(milliseconds: 1_700_000_000_000))
    #expect(answer.entry.exchange == id.rawValue)
    expectNoDifference(
      try JSON(parsing: answer.reply.body).text(), try #require(Self.examples[id.rawValue]?["time"]).text())
  }

  @Test func `Gate lists the account's main keys, each by its first twelve characters`() throws {
    let signed = try #require(SignedRequest.signed.first { $0.request.path == "/api/v4/account/main_keys" })
    var state = signed.state
    state.keys[0].powers = ["account:read", "spot", "quant"]
    state.keys[0].label = "grid"
    state.keys[0].lastUsed = Moment("2023-11-01T00:00:00Z")
    var other = state.keys[0]
    other.name = "0123456789abcdef"
    other.isLocked = true
    other.pairs = ["BTC_USDT"]
    var stranger = other
    stranger.user = 5
    state.keys += [other, stranger]
    func entry(_ key: String, _ state: String, _ pairs: String) -> String {
      #"{"created_at":1700000000,"currency_pairs":[\#(pairs)],"ip_whitelist":[],"key":"\#(key)*****","#
        + #""last_access":1698796800,"mode":1,"name":"grid","perms":[{"name":"account","read_only":true},"#
        + #"{"name":"spot","read_only":false},{"name":"quant","read_only":false}],"state":\#(state),"#
        + #""update_at":1700000000,"user_id":63628520}"#
    }
    let body = String(decoding: try signed.answer(state).reply.body, as: UTF8.self)
    expectNoDifference(
      body, "[\(entry("FAKE00000000", "1", "")),\(entry("0123456789ab", "2", #""BTC_USDT""#))]")
  }

  @Test(arguments: rows) func `what a key is stands in the answer`(_ row: Row) throws {
    let signed = try #require(SignedRequest.signed.last { $0.exchange == row.exchange })
    var state = signed.state
    state.keys[0].powers = row.powers
    state.keys[0].label = "grid"
    state.keys[0].expires = signed.moment + 86_400_000 * 10
    state.keys[0].addresses = ["203.0.113.154", "198.51.100.0/24"].compactMap(Address.init)
    state.from = Address("198.51.100.7")
    let body = String(decoding: try signed.answer(state).reply.body, as: UTF8.self)
    for text in row.texts { #expect(body.contains(text), "\(body)") }
  }

  struct Row: CustomStringConvertible, Sendable {
    let exchange: ExchangeID
    let powers: [String]
    let texts: [String]
    var description: String { exchange.rawValue }
  }

  static let rows = [
    Row(
      exchange: .binance, powers: ["enableReading", "enableNew"],
      texts: [#""ipRestrict":true"#, #""enableReading":true"#, #""enableWithdrawals":false"#, #""enableNew":true"#]),
    Row(
      exchange: .kraken, powers: ["query-funds", "withdraw-funds"],
      texts: [
        #""permissions":["query-funds","withdraw-funds"]"#, #""validUntil":"1700864000""#, #""nonce":"1700000000000""#,
        #""apiKeyName":"grid""#, #""ipAllowlist":["203.0.113.154","198.51.100.0/24"]"#, #""lastUsed":null"#,
      ]),
    Row(
      exchange: .kucoin, powers: ["General", "Transfer"],
      texts: [#""permission":"General,Transfer""#, #""ipWhitelist":"203.**.154,198.**.0/24""#, #""remark":"grid""#]),
    Row(
      exchange: .okx, powers: ["read_only", "withdraw"],
      texts: [#""perm":"read_only,withdraw""#, #""ip":"203.0.113.154,198.51.100.0/24""#, #""label":"grid""#]),
    Row(
      exchange: .bybit, powers: ["Spot:SpotTrade", "Wallet:Withdraw", "New:One"],
      texts: [
        #""Spot":["SpotTrade"]"#, #""Wallet":["Withdraw"]"#, #""New":["One"]"#, #""Options":[]"#, #""deadlineDay":10"#,
        #""expiredAt":"2023-11-24T22:13:20Z""#, #""readOnly":0"#, #""note":"grid""#,
      ]),
    Row(exchange: .coinbase, powers: ["can_transfer"], texts: [#""can_transfer":true"#, #""can_view":false"#]),
    Row(
      exchange: .bitget, powers: ["stor", "wwow"],
      texts: [#""authorities":["stor","wwow"]"#, #""ips":"203.0.113.154,198.51.100.0/24""#]),
    Row(exchange: .mexc, powers: ["SPOT_ACCOUNT_READ"], texts: [#""canWithdraw":true"#]),
    Row(
      exchange: .htx, powers: ["readOnly", "trade"],
      texts: [#""permission":"readOnly,trade""#, #""validDays":10"#, #""status":"normal""#, #""note":"grid""#]),
  ]

  @Test func `Bitget's unified answer is spelled as documented, or as seen`() throws {
    let signed = try #require(SignatureTests.requests.first { $0.request.path == "/api/v3/account/info" })
    var state = signed.state
    let documented = String(decoding: try signed.answer(state).reply.body, as: UTF8.self)
    #expect(documented.contains(#""uid":"#) && documented.contains("read-and-write"))
    state.keys[0].isSpelledAsSeen = true
    let seen = String(decoding: try signed.answer(state).reply.body, as: UTF8.self)
    #expect(seen.contains(#""userId":"#) && seen.contains("read_and_write"))
    // The classic request is another account's.
    state.keys[0].isUnified = false
    #expect(try String(decoding: signed.answer(state).reply.body, as: UTF8.self).contains(#""code":"40084""#))
  }

  // MARK: - Private

  private static let examples: JSON = {
    let file = SignedRequest.vectors.appending(path: "examples.json")
    return (try? JSON(parsing: Array(Data(contentsOf: file)))) ?? .null
  }()

  private func expectForm(of value: JSON, like example: JSON, at place: String) {
    switch (value, example) {
    case (.object(let members), .object(let documented)):
      // Lists of powers have other names in the example.
      if place.hasSuffix(".permissions") { return }
      #expect(Set(members.map(\.name)) == Set(documented.map(\.name)), "\(place)")
      for member in documented {
        if let value = value[member.name] { expectForm(of: value, like: member.value, at: "\(place).\(member.name)") }
      }
    case (.array(let values), .array(let documented)):
      guard let first = values.first, let like = documented.first else { return }
      expectForm(of: first, like: like, at: "\(place)[]")
    case (.text, .text), (.integer, .integer), (.flag, .flag), (.null, .null): return
    default: Issue.record("\(place) is \(value), and not like \(example)")
    }
  }
}
