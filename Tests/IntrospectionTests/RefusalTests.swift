import CustomDump
import Foundation
import Introspection
import Testing

/// Every refusal that is documented, was quoted, or is known to a library has its one cause, or those that its exchange
/// does not tell apart.
@Suite struct RefusalTests {
  /// A row of `Facts/refusals.json`.
  struct Row: Decodable, Sendable, CustomTestStringConvertible {
    var exchange: String
    var `case`: String
    var status: Int
    var body: String
    var causes: [String]

    var testDescription: String { "\(exchange): \(self.case), \(body.prefix(60))" }
  }

  static let rows: [Row] = {
    let file = DocumentedAnswer.folder.appending(path: "refusals.json")
    return (try? JSONDecoder().decode([Row].self, from: Data(contentsOf: file))) ?? []
  }()

  private func failure(_ row: Row) throws -> KeyFailure {
    let api = try Samples.api(row.exchange)
    // The last one is made in place of no other.
    let request = try #require(api.requests.last)
    let isJSON = row.body.first == "{"
    let answer = KeyAnswer(
      status: row.status, contentType: isJSON ? "application/json" : row.body.first == "<" ? "text/html" : "text/plain",
      body: Array(row.body.utf8))
    let reading = api.reading(of: answer, to: request, key: nil, now: 1_700_000_000)
    guard case .failed(let failure) = reading else { throw Samples.Missing(what: "\(reading)") }
    return failure
  }

  @Test(arguments: rows) func `a refusal has the causes that its source names`(_ row: Row) throws {
    let failure = try failure(row)
    expectNoDifference(failure.causes.map(\.rawValue), row.causes)
    #expect(!failure.came.contains("203.0.113.9") && failure.came.hasPrefix("HTTP \(row.status), "))
  }

  @Test(arguments: rows) func `a lockout, a limit and maintenance say for how long the exchange is left alone`(
    _ row: Row
  ) throws {
    let failure = try failure(row)
    let isPause = failure.causes.contains { [.lockout, .rateLimit, .maintenance].contains($0) }
    #expect((failure.pause ?? 0 > 0) == isPause, "\(failure)")
  }

  @Test func `there is a row for every exchange`() {
    expectNoDifference(Set(Self.rows.map(\.exchange)), Set(Samples.apis.map(\.id)))
    #expect(Self.rows.count > 240)
  }

  @Test func `every row of the shipped APIs is met by some refusal, or is the rest of a code`() throws {
    // What nobody has quoted: the rest of a code that the rows above take apart, or a code that stands beside another.
    let unquoted = ["INVALID_CREDENTIALS", "MISSING_REQUIRED_HEADER", "-1003", "api-signature-not-valid"]
    for api in Samples.apis {
      for refusal in api.refusals where !refusal.codes.contains(where: unquoted.contains) {
        let isMet = Self.rows.contains { row in
          row.exchange == api.id && row.causes == refusal.causes.map(\.rawValue)
            && (refusal.codes.isEmpty || refusal.codes.contains { row.body.contains($0.replacing("*", with: "")) })
        }
        #expect(isMet, "\(api.id) \(refusal)")
      }
    }
  }

  @Test func `a unified account of Bitget is asked another way`() throws {
    let body =
      "{\"code\":\"40085\",\"msg\":\"You are in Unified Account mode\",\"requestTime\":1700000000000,\"data\":null}"
    expectNoDifference(
      try Samples.reading("bitget", "classic", body, status: 400), .askInstead(request: "uta"))
  }

  @Test func `a ban names its end, and Retry-After comes before it`() throws {
    let body = "{\"code\":-1003,\"msg\":\"Way too much request weight used; IP banned until 1700000060000.\"}"
    let api = try Samples.api("binance")
    func pause(_ status: Int, after: Int? = nil, now: Int = 1_700_000_000) -> Int? {
      let answer = KeyAnswer(status: status, retryAfter: after, body: Array(body.utf8))
      guard case .failed(let failure) = api.reading(of: answer, to: api.requests[0], key: nil, now: now) else {
        return nil
      }
      return failure.causes == [.lockout] ? failure.pause : nil
    }
    expectNoDifference(pause(418), 60)
    expectNoDifference(pause(429), 60)
    expectNoDifference(pause(418, after: 120), 120)
    expectNoDifference(pause(418, after: 999_999_999), 604_800)
    expectNoDifference(pause(418, now: 1_700_000_100), 0)
  }

  @Test(
    "What stands before an API is no refusal of a key",
    arguments: [
      (
        403, "<html>The Amazon CloudFront distribution is configured to block access from your country.</html>",
        "country"
      ),
      (403, "<!DOCTYPE html><title>Just a moment...</title>", "edge"),
      (403, "\u{FEFF} <html><title>Attention Required! | Cloudflare</title></html>", "edge"),
      (429, "error code: 1015", "rate-limit"), (502, "<html><h1>502 Bad Gateway</h1></html>", "edge, maintenance"),
      (200, "<html>Log in to this network</html>", "edge"), (302, "<html>Moved</html>", "redirected"),
      (301, "", "redirected"), (451, "<html></html>", "country"), (500, "", "server-error"), (200, "", "unreadable"),
      (500, "<html>Internal Server Error</html>", "server-error"), (500, "oops", "server-error"),
      (503, "", "maintenance"),
      (401, "<html>Unauthorized</html>", "edge"), (404, "", "unknown"), (200, "{\"server", "unreadable"),
      (200, "[1,2", "unreadable"), (400, "{\"label\":\"NEWS\",\"message\":\"?\"}", "unknown"),
    ])
  func edge(status: Int, body: String, causes: String) throws {
    guard
      case .failed(let failure) = try Samples.reading(
        "gate-io", "detail", body, status: status, type: body.contains("<") ? "text/html" : nil)
    else { return #expect(Bool(false), "\(body)") }
    expectNoDifference(failure.causes.map(\.rawValue).joined(separator: ", "), causes)
  }

  @Test func `JSON that calls itself a page is none of the exchange's, though it reads as an answer`() throws {
    let body = "{\"ip_whitelist\":[],\"currency_pairs\":[]}"
    expectNoDifference(
      try Samples.reading("gate-io", "detail", body, type: "text/html"),
      .failed(KeyFailure([.edge], came: "HTTP 200, JSON that calls itself something else")))
  }

  @Test func `plain words of the exchange come before what is said of pages`() throws {
    expectNoDifference(
      try Samples.reading("coinbase", "key-permissions", "Unauthorized\n", status: 401, type: "text/plain"),
      .failed(KeyFailure([.key, .secret, .clock, .address], came: "HTTP 401, 'Unauthorized'")))
  }

  @Test(
    "Neither an address nor a long word with digits is kept",
    arguments: [
      ("IP [203.0.113.9] not listed", "IP [(an address)] not listed"),
      ("from 2001:db8:0:1::7, please", "from (an address), please"), ("at 203.0.113.9:443/x", "at (an address)"),
      ("::ffff:203.0.113.9", "(an address)"), ("key c5dcfbf1f3a7000000000000000000ff unknown", "key (...) unknown"),
      ("at 12:30 on 2026-11-29, code 1.2.3", "at 12:30 on 2026-11-29, code 1.2.3"),
      ("a\u{1B}[2Jb\nc", "a\\x1B[2Jb\\x0Ac"),
      (String(repeating: "no ", count: 100_000), String(repeating: "no ", count: 52) + "n..."),
      ("e" + String(repeating: "\u{301}", count: 100_000), "e" + String(repeating: "\u{301}", count: 156) + "..."),
    ])
  func harmless(message: String, shown: String) throws {
    let body = "{\"label\":\"NEWS\",\"message\":\(JSONText.quoted(message))}"
    guard case .failed(let failure) = try Samples.reading("gate-io", "detail", body, status: 400) else {
      return #expect(Bool(false))
    }
    expectNoDifference(failure.came, "HTTP 400, NEWS: \(shown)")
  }
}
