import CustomDump
import Introspection
import Testing

/// What Gate's answers tell, by its documentation and where that contradicts itself.
@Suite struct GateTests {
  private let key = "c5dcfbf1f3a7000000000000000000ff"
  private let entry = """
    {"state":1,"mode":1,"name":"test1","user_id":1,"perms":[{"name":"account","read_only":false},
    {"name":"spot","read_only":false}],"ip_whitelist":[],"currency_pairs":["BTC_USD","ETH_USD"],
    "key":"c5dcfbf1f3a7*****","created_at":1753030929,"update_at":1756300567,"last_access":1753030929}
    """

  private func facts(_ body: String) throws -> [KeyFact: KeyObservation.Value] {
    try Samples.facts(Samples.reading("gate-io", "main-keys", body, key: key))
  }

  private func grant(_ name: String, _ isReadOnly: Bool, _ title: String, _ permission: String?, _ risk: Grant.Risk)
    -> Grant
  {
    Grant(name, isReadOnly: isReadOnly, meaning: .init(title: title, permission: permission, risk: risk))
  }

  @Test func `the documented list tells all that Gate tells`() throws {
    let other = entry.replacing("c5dcfbf1f3a7", with: "aaaaaaaaaaaa").replacing("\"test1\"", with: "\"old\"")
      .replacing("\"ip_whitelist\":[]", with: "\"ip_whitelist\":[\"203.0.113.7\"]")
    let facts = try facts("[\(other),\(entry)]")
    expectNoDifference(
      facts,
      [
        .permissions: .told(
          .grants([
            grant("account", false, "account read and write", nil, .read),
            grant("spot", false, "spot read and write", "spot-write", .trade),
          ])),
        .withdrawal: .notKnowable("the documented list of rights has no name for withdrawal"),
        .readOnly: .told(.truth(false)), .addresses: .told(.texts([])),
        .pairs: .told(.texts(["BTC_USD", "ETH_USD"])), .state: .told(.text("active")), .label: .told(.text("test1")),
        .created: .told(.moment(1_753_030_929)), .changed: .told(.moment(1_756_300_567)),
        .lastUsed: .told(.moment(1_753_030_929)),
        .otherKeys: .told(
          .keys([
            ListedKey(
              shown: "aaaaaaaaaaaa", label: "old", isBound: true, created: 1_753_030_929, lastUsed: 1_753_030_929)
          ])),
      ])
  }

  @Test func `an object in place of the list tells nothing, as Gate's own package reads it`() throws {
    let facts = try facts(entry)
    #expect(facts.count == 11)
    for (fact, value) in facts {
      expectNoDifference(value, .notKnowable("the answer has an object where a list of keys belongs"), "\(fact)")
    }
  }

  @Test(
    "The own entry is found by its first 12 characters before the mask, or not at all",
    arguments: [
      ("c5dcfbf1f3a7*****", nil), ("c5dcfbf1f3a7000*", nil), ("c5dcfbf1f3a7000000000000000000ff", nil),
      ("c5dcfbf1f3a*****", "of the 1 keys that the answer lists none is this one"),
      ("c5dcfbf1f3a7", "of the 1 keys that the answer lists none is this one"),
      ("c5dcfbf1f3a7**00**", "of the 1 keys that the answer lists none is this one"),
      ("*****", "of the 1 keys that the answer lists none is this one"),
      ("c5dcfbf1f3a8*****", "of the 1 keys that the answer lists none is this one"),
    ])
  func own(shown: String, reason: String?) throws {
    let facts = try facts("[\(entry.replacing("c5dcfbf1f3a7*****", with: shown))]")
    expectNoDifference(facts[.label], reason.map(KeyObservation.Value.notKnowable) ?? .told(.text("test1")))
  }

  @Test func `two entries that look like the key are nobody's, and neither is any without the key`() throws {
    expectNoDifference(
      try facts("[\(entry),\(entry)]")[.permissions],
      .notKnowable("2 of the keys that the answer lists look like this one"))
    let reading = try Samples.reading("gate-io", "main-keys", "[\(entry)]", key: nil)
    expectNoDifference(
      try Samples.facts(reading)[.permissions],
      .notKnowable("which of the listed keys is this one can't be told without the key itself"))
  }

  @Test func `any name that begins with withdraw is withdrawal, whatever it says of reading`() throws {
    for name in ["withdraw", "withdrawal", "withdrawals"] {
      for flag in ["true", "false"] {
        let right = "{\"name\":\"\(name)\",\"read_only\":\(flag)}"
        let facts = try facts("[\(entry.replacing("{\"name\":\"spot\",\"read_only\":false}", with: right))]")
        expectNoDifference(facts[.withdrawal], .told(.truth(true)))
      }
    }
  }

  @Test func `a right that nobody knows is shown, and nothing follows from it`() throws {
    let right = "{\"name\":\"teleport\",\"read_only\":true}"
    let facts = try facts(
      "[\(entry.replacing("{\"name\":\"spot\",\"read_only\":false}", with: right).replacing("false", with: "true"))]")
    expectNoDifference(facts[.readOnly], .told(.truth(true)))
    guard case .told(.grants(let grants)) = facts[.permissions] else { return #expect(Bool(false)) }
    expectNoDifference(grants.last, Grant("teleport", isReadOnly: true, meaning: nil))
  }

  @Test func `a state but 1 is not usable, and is not called locked or frozen`() throws {
    for state in ["2", "3", "17"] {
      let facts = try facts("[\(entry.replacing("\"state\":1", with: "\"state\":\(state)"))]")
      expectNoDifference(facts[.state], .told(.text("not usable")))
    }
  }

  @Test func `times are numbers, or texts of digits as in the documented schema`() throws {
    let facts = try facts("[\(entry.replacing("\"created_at\":1753030929", with: "\"created_at\":\"1753030929\""))]")
    expectNoDifference(facts[.created], .told(.moment(1_753_030_929)))
  }

  @Test func `the detail tells addresses and pairs, and an empty list of pairs nothing`() throws {
    let body = """
      {"user_id":1667201533,"ip_whitelist":["127.0.0.1"],"currency_pairs":["USDT_BTC"],"key":{"mode":1},"tier":2,
      "copy_trading_role":1}
      """
    expectNoDifference(
      try Samples.facts(Samples.reading("gate-io", "detail", body)),
      [.addresses: .told(.texts(["127.0.0.1"])), .pairs: .told(.texts(["USDT_BTC"]))])
    expectNoDifference(
      try Samples.facts(Samples.reading("gate-io", "detail", body.replacing("[\"USDT_BTC\"]", with: "[]")))[.pairs],
      .notKnowable("the list is empty, and what that means is not documented"))
  }

  @Test func `a missing permission is named`() throws {
    let body = "{\"label\":\"FORBIDDEN\",\"message\":\"Request API key does not have account permission\"}"
    expectNoDifference(
      try Samples.reading("gate-io", "detail", body, status: 403),
      .failed(
        KeyFailure(
          [.permission], code: "FORBIDDEN",
          came: "HTTP 403, FORBIDDEN: Request API key does not have account permission", detail: "account")))
  }

  @Test func `the address that Gate saw is not kept`() throws {
    for address in ["203.0.113.9", "2001:db8::7", "203.0.113.9:51000"] {
      let body = "{\"label\":\"FORBIDDEN\",\"message\":\"Request IP not in whitelist: \(address)\"}"
      expectNoDifference(
        try Samples.reading("gate-io", "detail", body, status: 403),
        .failed(
          KeyFailure(
            [.address], code: "FORBIDDEN", came: "HTTP 403, FORBIDDEN: Request IP not in whitelist: (an address)")))
    }
  }

  @Test func `Gate's clock is read`() throws {
    let time = try Samples.api("gate-io").time(in: Samples.answer("{\"server_time\":1700000000000}"))
    expectNoDifference(try time.get(), 1_700_000_000_000)
  }
}
