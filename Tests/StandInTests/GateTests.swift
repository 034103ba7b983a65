import CustomDump
import Testing

@testable import StandIn

/// Gate's documented rules, on requests that ccxt 4.5.90 signed (fake keys).
@Suite struct GateTests {
  @Test func `a signed request is answered, and refused with another signature`() throws {
    let responder = try Responder { _ in try State(reading: Array(Self.state.utf8), path: "state.json", now: Self.now) }
    let sign =
      "5f6d9c9044e2c9c15bbe9b4e4c588aad62b5b5ab9b03bbb66753928eaa437c7c2ca0d9b4b6cd5eb06bba0b3470cfb79807b41c6244679afe53ecbc2ce23d396f"
    #expect(responder.answer(Self.request(sign), at: Self.now).entry.outcome == "accepted")
    let refused = responder.answer(Self.request("6" + sign.dropFirst()), at: Self.now)
    expectNoDifference(
      refused.reply,
      Reply(status: 401, body: #"{"label":"INVALID_SIGNATURE","message":"Signature mismatch"}"#.utf8))
  }

  private static let now = Moment(milliseconds: 1_700_000_000_000)
  private static let state = """
    {"keys": [{"exchange": "gate-io", "key": "FAKE000000000000000000000000key1", "powers": ["account:read"],
      "secret": "FAKE0000000000000000000000000000000000000000000000000000secret1"}]}
    """

  private static func request(_ sign: some StringProtocol) -> Request {
    Request(
      method: "GET", target: "/api/v4/account/detail",
      headers: [
        Header("KEY", "FAKE000000000000000000000000key1"), Header("Timestamp", "1700000000"),
        Header("SIGN", String(sign)),
      ], peer: "127.0.0.1")
  }
}
