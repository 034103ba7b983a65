import CustomDump
import Introspection
import PlainText
import Testing

/// What each exchange has otherwise than the documented examples.
@Suite struct ExchangeTests {
  /// What is told of a documented answer with other values at some places.
  private func facts(
    _ answer: DocumentedAnswer, _ changes: (path: String, value: JSON?)...
  ) throws -> [KeyFact: KeyObservation.Value] {
    var body = try answer.body()
    for (path, value) in changes {
      let steps = path.split(separator: ".").map { name in Int(name).map(JSON.Step.place) ?? .name(String(name)) }
      body = body.changed(at: steps, to: value) ?? .null
    }
    return try Samples.facts(answer.reading(body))
  }

  private let binance = DocumentedAnswer(exchange: "binance", request: "api-restrictions")
  private let bitget = DocumentedAnswer(exchange: "bitget", request: "classic")
  private let bybit = DocumentedAnswer(exchange: "bybit", request: "query-api")
  private let coinbase = DocumentedAnswer(exchange: "coinbase", request: "key-permissions")
  private let htx = DocumentedAnswer(exchange: "htx", request: "api-key")
  private let kraken = DocumentedAnswer(exchange: "kraken", request: "key-info")
  private let kucoin = DocumentedAnswer(exchange: "kucoin", request: "api-key")
  private let okx = DocumentedAnswer(exchange: "okx", request: "config")
  private let uta = DocumentedAnswer(exchange: "bitget", request: "uta")

  private func names(_ value: KeyObservation.Value?) -> [String] {
    guard case .told(.grants(let grants)) = value else { return [] }
    return grants.map(\.name)
  }

  @Test func `Bybit's list has boxes, and only readOnly 0 makes them rights`() throws {
    let wallet: JSON = ["AccountTransfer", "Withdraw"]
    let place = "result.permissions.Wallet"
    let live = try facts(bybit, ("result.readOnly", 0), (place, wallet))
    expectNoDifference([live[.withdrawal], live[.readOnly]], [.told(.truth(true)), .told(.truth(false))])
    expectNoDifference(try facts(bybit, (place, wallet))[.withdrawal], .told(.truth(false)))
    // Neither a missing mode nor a missing group says that it is off.
    for changes in [("result.readOnly", JSON?.none), ("result.readOnly", "1"), (place, nil), (place, "Withdraw")] {
      #expect(try facts(bybit, changes)[.withdrawal] != .told(.truth(false)), "\(changes)")
    }
  }

  @Test func `a key of Bybit that is bound to any address is bound to none, and ends on its day`() throws {
    let facts = try facts(bybit, ("result.ips", ["*"]), ("result.expiredAt", "2026-12-24T00:00:00Z"))
    expectNoDifference([facts[.addresses], facts[.expiry]], [.told(.texts([])), .told(.moment(1_798_070_400))])
    #expect(try self.facts(bybit, ("result.ips", ["*", "203.0.113.9"]))[.addresses] != .told(.texts([])))
    #expect(try self.facts(bybit, ("result.ips", []))[.addresses] != .told(.texts([])))
    expectNoDifference(try self.facts(bybit, ("result.isMaster", false))[.subAccount], .told(.truth(true)))
  }

  @Test func `a flag of Binance that nobody knows is a right that nobody knows`() throws {
    let body = try binance.body()
    guard case .object(let members) = body else { return #expect(Bool(false)) }
    let more = JSON.object(members + [.init("enableTeleport", true), .init("enableNothing", false)])
    let facts = try Samples.facts(binance.reading(more))
    guard case .told(.grants(let grants)) = facts[.permissions] else { return #expect(Bool(false)) }
    expectNoDifference(grants.filter { $0.meaning == nil }, [Grant("enableTeleport", meaning: nil)])
    let reading = try self.facts(
      binance, ("enablePortfolioMarginTrading", false), ("enableFixReadOnly", false), ("ipRestrict", true))
    expectNoDifference([reading[.readOnly], reading[.bound]], [.told(.truth(true)), .told(.truth(true))])
    expectNoDifference(names(reading[.permissions]), ["enableReading"])
    // The older answer has no such flag, and then the list of rights is not whole.
    let older = try self.facts(binance, ("enableFixApiTrade", nil))
    expectNoDifference(older[.permissions], .notKnowable("the answer has no 'enableFixApiTrade'"))
    expectNoDifference(older[.withdrawal], .told(.truth(false)))
  }

  @Test func `a name with withdraw that nobody knows leaves withdrawal open`() throws {
    let reason = "the answer lists 'withdraw-crypto', and what that allows is not known for certain"
    expectNoDifference(
      try facts(kraken, ("result.permissions", ["query-funds", "withdraw-crypto"]))[.withdrawal], .notKnowable(reason))
    expectNoDifference(
      try facts(kraken, ("result.permissions", ["add-withdraw-address"]))[.withdrawal], .told(.truth(false)))
    expectNoDifference(
      try facts(kraken, ("result.permissions", ["withdraw-funds"]))[.withdrawal], .told(.truth(true)))
  }

  @Test func `a key of Kraken that was never used says so, and limits in time are told`() throws {
    let facts = try facts(
      kraken, ("result.lastUsed", .null), ("result.validUntil", "1800000000"), ("result.queryFrom", "1700000000"),
      ("result.ipAllowlist", ["203.0.113.0/24", "2001:db8::/32"]))
    expectNoDifference(
      [facts[.lastUsed], facts[.expiry], facts[.queryFrom], facts[.addresses]],
      [
        .told(.never), .told(.moment(1_800_000_000)), .told(.moment(1_700_000_000)),
        .told(.texts(["203.0.113.0/24", "2001:db8::/32"])),
      ])
  }

  @Test func `a time that is yet to come is no time that has been`() throws {
    expectNoDifference(
      try facts(kraken, ("result.createdTime", "1900000000"))[.created],
      .notKnowable("the answer has '1900000000' for 'createdTime', which is yet to come"))
    expectNoDifference(
      try facts(kraken, ("result.createdTime", "17"))[.created],
      .notKnowable("the answer has '17', which is no time that a key can have"))
  }

  @Test func `what KuCoin calls Transfer is withdrawal, and no list of addresses is none`() throws {
    let facts = try facts(
      kucoin, ("data.permission", "General, InnerTransfer"), ("data.ipWhitelist", nil), ("data.isMaster", false))
    expectNoDifference(
      [facts[.withdrawal], facts[.addresses], facts[.bound], facts[.subAccount]],
      [.told(.truth(false)), .told(.texts([])), .told(.truth(false)), .told(.truth(true))])
    expectNoDifference(
      try self.facts(kucoin, ("data.ipWhitelist", "203.0.113.9"))[.addresses], .told(.texts(["203.0.113.9"])))
  }

  @Test func `a list of Bitget in older names tells nothing of withdrawal`() throws {
    expectNoDifference(
      try facts(bitget)[.withdrawal],
      .notKnowable("the answer lists 'trade', and what that allows is not known for certain"))
    let facts = try facts(bitget, ("data.authorities", ["stor", "coor"]), ("data.ips", ""))
    expectNoDifference(
      [facts[.withdrawal], facts[.readOnly], facts[.addresses]],
      [.told(.truth(false)), .told(.truth(true)), .told(.texts([]))])
    expectNoDifference(try self.facts(bitget, ("data.authorities", ["wwow"]))[.withdrawal], .told(.truth(true)))
  }

  @Test func `a unified account of Bitget has one mode for all its rights, in either spelling`() throws {
    for mode in ["read-only", "read_only"] {
      let facts = try facts(uta, ("data.permType", .text(mode)), ("data.parentId", "7"), ("data.ips", .null))
      expectNoDifference(
        [facts[.withdrawal], facts[.readOnly], facts[.subAccount], facts[.addresses]],
        [.told(.truth(false)), .told(.truth(true)), .told(.truth(true)), .told(.texts([]))])
    }
  }

  @Test func `OKX tells a sub-account by its own number, and only reads where nothing else is listed`() throws {
    let facts = try facts(okx, ("data.0.uid", "1"), ("data.0.perm", "read_only"), ("data.0.ip", "203.0.113.9,::1"))
    expectNoDifference(
      [facts[.subAccount], facts[.readOnly], facts[.addresses]],
      [.told(.truth(true)), .told(.truth(true)), .told(.texts(["203.0.113.9", "::1"]))])
    let two = try self.facts(okx, ("data", [.object([]), .object([])]))
    #expect(two.values.allSatisfy { if case .notKnowable = $0 { true } else { false } })
  }

  @Test func `days that HTX counts are shown and are no date, and an end is an end`() throws {
    let facts = try facts(htx, ("data.0.validDays", 42), ("data.0.status", "expired"), ("data.0.ipAddresses", ""))
    expectNoDifference(
      [facts[.expiry], facts[.state], facts[.addresses]],
      [
        .notKnowable("the answer says 42 days; from which day they count is nowhere stated"), .told(.text("expired")),
        .told(.texts([])),
      ])
    expectNoDifference(
      try self.facts(htx, ("data.0.status", "sleeping"))[.state],
      .notKnowable("the answer has 'sleeping' for 'status', and what that means is not known here"))
  }

  @Test func `a right of Coinbase under an inferred name is shown, and leaves open whether the key only reads`() throws
  {
    let body = try coinbase.body()
    guard case .object(let members) = body else { return #expect(Bool(false)) }
    let facts = try Samples.facts(coinbase.reading(.object(members + [.init("can_receive", true)])))
    expectNoDifference(names(facts[.permissions]), ["can_receive", "can_view"])
    #expect(facts[.readOnly] != .told(.truth(true)))
    expectNoDifference(facts[.withdrawal], .told(.truth(false)))
  }

  @Test func `what MEXC says of the account is never said of the key`() throws {
    let account = DocumentedAnswer(exchange: "mexc", request: "account")
    expectNoDifference(
      try account.reading(account.body()), .told(.init(observations: [], taken: [:], isAccepted: true)))
    let settled = try Samples.api("mexc").settled([])
    let withdrawal = settled.first { $0.fact == .withdrawal }
    expectNoDifference(
      withdrawal?.rendered,
      "withdrawal? no request of MEXC's API tells the rights of the key that asks; its canWithdraw is the account's")
  }

  // MARK: - All answers together

  @Test func `of two answers the one that tells counts, and two that differ count for nothing`() throws {
    let api = try Samples.api("gate-io")
    let told = KeyObservation(.addresses, .told(.texts(["a", "b"])), from: "detail")
    let same = KeyObservation(.addresses, .told(.texts(["b", "a"])), from: "main-keys")
    let other = KeyObservation(.addresses, .told(.texts([])), from: "main-keys")
    let none = KeyObservation(.addresses, .notKnowable("no"), from: "main-keys")
    func addresses(_ all: KeyObservation...) -> KeyObservation? { api.settled(all).first { $0.fact == .addresses } }
    expectNoDifference([addresses(told, same), addresses(none, told), addresses(none)], [told, told, none])
    expectNoDifference(
      addresses(told, other)?.value, .notKnowable("two answers of the exchange differ: 'detail' and 'main-keys'"))
    expectNoDifference(
      api.settled([]).map(\.rendered),
      ["expiry? Gate's API has no field for it", "sub-account? Gate's API has no field for it"])
  }

  @Test func `what one answer takes on to the next is digits alone`() throws {
    for (body, digits) in [
      ("{\"code\":200,\"data\":63628520}", "63628520"), ("{\"code\":200,\"data\":\"7\"}", "7"),
      ("{\"code\":200,\"data\":\"7&a=b\"}", nil), ("{\"code\":200,\"data\":-7}", nil), ("{\"code\":200}", nil),
      ("{\"code\":200,\"data\":1.5}", nil),
    ] {
      switch try Samples.reading("htx", "uid", body) {
      case .told(let told): expectNoDifference(told.taken["uid"], digits)
      case .failed(let failure):
        expectNoDifference([failure.causes, digits == nil ? [.unreadable] : []], [[.unreadable], [.unreadable]])
      case .askInstead: Issue.record("\(body)")
      }
    }
  }
}
