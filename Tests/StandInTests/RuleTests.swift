import Testing

@testable import StandIn

/// Rules that one request alone does not show.
@Suite struct RuleTests {
  @Test func `a nonce rises, or lies in the window and is new`() {
    var key = Self.key(.kraken)
    let nonces = Nonces()
    key.nonce = 5
    #expect([5, 6, 6, 4, 7, 6].map { nonces.accept($0, of: key) } == [false, true, false, false, true, false])
    key.name = "with a window"
    key.nonceWindow = 3
    let tried: [UInt64] = [10, 9, 9, 8, 7, 6, 11, 8, 10, .max, .max - 2, .max - 3]
    let accepted = [true, true, false, true, false, false, true, false, false, true, true, false]
    #expect(tried.map { nonces.accept($0, of: key) } == accepted)
    #expect(nonces.highest(of: key) == .max)
  }

  @Test(arguments: [
    ("203.0.113.0/24", "203.0.113.9", true), ("203.0.113.0/24", "203.0.114.9", false),
    ("0.0.0.0/0", "203.0.113.9", true),
    ("203.0.113.9", "203.0.113.9", true), ("203.0.113.8/31", "203.0.113.9", true), ("203.0.113.9", "::1", false),
    ("2001:db8::/32", "2001:db8:1::9", true), ("2001:db8::/32", "2001:db9::", false), ("::/0", "203.0.113.9", false),
  ])
  func `an address is in a list by its bits`(_ listed: String, _ address: String, _ isInside: Bool) throws {
    #expect(try #require(Address(listed)).contains(try #require(Address(address))) == isInside)
  }

  @Test(arguments: ["", "203.0.113", "203.0.113.9/33", "203.0.113.9/-1", "a", "::1/129", "203.0.113.9/8/8", "::1/"])
  func `what is no address is none`(_ text: String) { #expect(Address(text) == nil) }

  @Test(arguments: [
    ("2023-11-14T22:13:20Z", 1_700_000_000_000), ("2023-11-14T22:13:20", 1_700_000_000_000),
    ("2023-11-14T22:13:20.9876Z", 1_700_000_000_987), ("2023-11-14T22:13:20.5Z", 1_700_000_000_500),
    ("1970-01-01T00:00:00Z", 0), ("1969-12-31T23:59:59.999Z", -1), ("2023-11-14T24:13:20Z", nil),
    ("2023-02-29T00:00:00Z", nil), ("2023-11-14T22:13:20.Z", nil), ("2023-11-14 22:13:20Z", nil),
    ("2023-11-14T22:13:20+00", nil), ("+023-11-14T22:13:20Z", nil), ("now", nil),
  ])
  func `a moment is read in UTC`(_ text: String, _ milliseconds: Int?) {
    #expect(Moment(text)?.milliseconds == milliseconds.map(Int64.init))
  }

  @Test(arguments: ["", "YQ", "YQ==", "YWI=", "YWJj", "+/+/"]) func `Base64 is canonical`(_ text: String) {
    let isCanonical = text != "YQ"
    #expect(Base64.bytes(text).map(Base64.text) == (isCanonical ? text : nil))
  }

  @Test(arguments: ["YR==", "YQ=", "Y", "Y===", "====", " YQ==", "YQ==\n", "YQ==YQ==", "-_-_"])
  func `what is not canonical is no Base64`(_ text: String) { #expect(Base64.bytes(text) == nil) }

  @Test func `a request that two exchanges have is answered by the one that has keys here`() throws {
    let request = Request(method: "GET", target: "/api/v3/time", headers: [], peer: "127.0.0.1")
    func exchange(_ keys: [Key], only: String? = nil) throws -> String? {
      var state = State()
      state.keys = keys
      let played = state
      return try Responder(exchange: only) { _ in played }.answer(request, at: Moment(milliseconds: 0)).entry.exchange
    }
    #expect(try exchange([Self.key(.mexc)]) == "mexc")
    #expect(try exchange([Self.key(.binance), Self.key(.mexc)]) == "binance")
    #expect(try exchange([]) == "binance")
    #expect(try exchange([Self.key(.binance)], only: "mexc") == "mexc")
    #expect(try exchange([], only: "okx") == "okx")
  }

  @Test func `no two exchanges have the same request but for the clock`() {
    let routes = ExchangeID.allCases.flatMap { $0.protocol.routes }.filter { $0.id != "time" }
    #expect(Set(routes.map { "\($0.method) \($0.path)" }).count == routes.count)
  }

  @Test func `an exchange that is not played is named with those that are`() {
    let error = #expect(throws: UnknownExchange.self) { _ = try Responder(exchange: "krakn") { _ in State() } }
    #expect(error?.description == "there is no exchange 'krakn' here\nhint: did you mean 'kraken'?")
  }

  // MARK: - Private

  private static func key(_ exchange: ExchangeID) -> Key {
    let moment = Moment(milliseconds: 0)
    return Key(exchange: exchange, name: "k", signer: .secret(""), created: moment, updated: moment, user: 1)
  }
}
