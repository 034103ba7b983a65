import CustomDump
import Foundation
import KeyusherHarness
import Testing

/// A key that the first host does not know is looked for at the company's others, by one signed request each.
@Suite struct OtherHostTests {
  private static let name = "gate-io/grid-bot-01"
  private static let hosts = ["live": "api.gateio.ws", "testnet": "api-testnet.gateapi.io", "eu": "api.gateeu.com"]
  private static let unknown = #"{"label":"INVALID_KEY","message":"Invalid key provided"}"#
  private static let detail = #"{"user_id":1,"ip_whitelist":["203.0.113.7"],"currency_pairs":["BTC_USDT"]}"#
  private static let keys = """
    [{"state":1,"mode":1,"name":"grid-bot-01","user_id":1,"perms":[{"name":"account","read_only":true},\
    {"name":"spot","read_only":false}],"ip_whitelist":["203.0.113.7"],"currency_pairs":["BTC_USDT"],\
    "key":"\(Canary.key.prefix(12))*****","created_at":1793491200,"update_at":1793491200,"last_access":1793491200}]
    """

  /// A key that a run made for an account.
  private static func made(at account: String) throws -> Desk {
    let desk = try KeyDesk.make()
    let straight = try String(contentsOfFile: sourceTree + "/flows/gate-io/create-key.script", encoding: .utf8)
    try desk.write(
      straight.replacing("store: offline", with: "store: age").replacing("account: main", with: "account: \(account)"),
      to: "a.script")
    let ran = try desk.run(
      ["replay", "a.script"],
      setting: ["GATE_API_KEY": Canary.key, "GATE_API_SECRET": Canary.secret, "KEYUSHER_TEST_ID": "made"])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    return desk
  }

  /// The hosts of Gate, each with its clock.
  ///
  /// - Parameters:
  ///   - home: the environment where the key lives; everywhere else it is not known.
  ///   - others: what else a host says of it.
  static func played(home: String?, _ others: [String: PlayedHosts.Answer] = [:]) throws -> PlayedHosts {
    var answers: [String: PlayedHosts.Answer] = [:]
    for (id, host) in hosts {
      answers["\(id) clock"] = PlayedHosts.Answer(host: host, body: #"{"server_time":@NOW@}"#)
      answers["\(id) detail"] =
        id == home
        ? PlayedHosts.Answer(host: host, body: detail) : PlayedHosts.Answer(status: 401, host: host, body: unknown)
      answers["\(id) main-keys"] = PlayedHosts.Answer(host: host, body: keys)
    }
    return try PlayedHosts(answers.merging(others) { $1 })
  }

  private static func verify(
    _ desk: Desk, at hosts: PlayedHosts, _ options: [String] = []
  ) throws -> Ran {
    let ran = try desk.unlocked(
      ["key", "verify", name, "--yes"] + options, setting: ["KEYUSHER_TEST_ID": "asked"], program: hosts.path)
    expectNoDifference(Canary.secretTraces.first(in: Array((ran.output + ran.errors).utf8)), nil)
    return ran
  }

  private static func words(_ text: String) -> String {
    text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  @Test func `found at the second, where it was not planned: it differs, on screen, in JSON and on record`() throws {
    let desk = try Self.made(at: "main")
    let hosts = try Self.played(home: "testnet")
    let ran = try Self.verify(desk, at: hosts)
    expectNoDifference(ran.status, 2)
    expectNoDifference(hosts.asked, ["live clock", "live detail", "testnet detail", "testnet main-keys"])
    let shown = Self.words(ran.output)
    for sentence in [
      "\(Self.name): NOT AS PLANNED. One thing differs from the plan of run made.",
      "Asked api.gateio.ws, api-testnet.gateapi.io, ",
      "Gate says: it lives at Gate's TestNet, api-testnet.gateapi.io. PLANNED: Gate, api.gateio.ws.",
      "It was looked for elsewhere before, by one request each:",
      "- Gate, api.gateio.ws: HTTP 401, INVALID_KEY: Invalid key provided",
      "Make one where it was planned, or point what uses it to api-testnet.gateapi.io.",
    ] { #expect(shown.contains(sentence), "\(sentence) in \(ran.output)") }
    let record = try desk.text(of: desk.recordFile("asked"))
    #expect(record.contains(#""verdict":"differs""#))
    for part in [
      #""by":"api.gateio.ws","#, #""cause":"key, environment, region","code":"INVALID_KEY","environment":"live""#,
    ] {
      #expect(record.contains(part), "\(part) in \(record)")
    }
    #expect(
      record.contains(#""facts":{"environment":"testnet","planned":"Gate, api.gateio.ws"}"#), "\(record)")
    let page = try desk.run(["show", "asked"]).output
    #expect(page.contains("api-testnet.gateapi.io says: environment: testnet"), "\(page)")
    expectNoDifference(try desk.run(["audit", "asked"]).status, 0)
  }

  @Test func `where real coins are, in place of a sandbox, is more than was planned`() throws {
    let hosts = try Self.played(home: "live")
    let ran = try Self.verify(Self.made(at: "testnet"), at: hosts, ["--json"])
    expectNoDifference(ran.status, 2)
    expectNoDifference(hosts.asked, ["testnet clock", "testnet detail", "live detail", "live main-keys"])
    let row = try #require(try rows(ran).first)
    expectNoDifference(row["result"] as? String, "differs")
    expectNoDifference(row["foundAt"] as? String, "live")
    let tried = try #require(row["tried"] as? [[String: Any]])
    expectNoDifference(tried.map { $0["environment"] as? String }, ["testnet", "live"])
    expectNoDifference(tried.map { $0["causes"] as? [String] }, [["key", "environment", "region"], []])
    let line = try #require((row["lines"] as? [[String: String]])?.first)
    expectNoDifference(
      line,
      [
        "subject": "environment", "text": "it lives at Gate, api.gateio.ws", "end": "too-wide",
        "planned": "Gate's TestNet, api-testnet.gateapi.io",
      ])
  }

  @Test func `another region's host of the same account is told, and is no difference`() throws {
    let hosts = try Self.played(home: "eu")
    let ran = try Self.verify(Self.made(at: "main"), at: hosts)
    expectNoDifference(ran.status, 0, "\(ran.output)")
    expectNoDifference(
      hosts.asked, ["live clock", "live detail", "testnet detail", "eu detail", "eu main-keys"])
    let shown = Self.words(ran.output)
    #expect(shown.contains("Gate says: it lives at Gate EU, api.gateeu.com. "), "\(ran.output)")
    #expect(shown.contains("Point what uses it to api.gateeu.com."), "\(ran.output)")
  }

  @Test func `found nowhere: each host is named with what it said`() throws {
    let desk = try Self.made(at: "main")
    let hosts = try Self.played(
      home: nil, ["eu detail": PlayedHosts.Answer(host: "api.gateeu.com", body: #"{"user_id":1}"#)])
    let ran = try Self.verify(desk, at: hosts)
    expectNoDifference(ran.status, 2)
    expectNoDifference(hosts.asked, ["live clock", "live detail", "testnet detail", "eu detail"])
    let shown = Self.words(ran.output)
    for sentence in [
      "\(Self.name): REFUSED by Gate.", "Gate does not tell these apart:",
      "It was looked for elsewhere, too, by one request each:",
      "- Gate's TestNet, api-testnet.gateapi.io: HTTP 401, INVALID_KEY: Invalid key provided",
      "- Gate EU, api.gateeu.com: no sign that the key was taken",
    ] { #expect(shown.contains(sentence), "\(sentence) in \(ran.output)") }
    let record = try desk.text(of: desk.recordFile("asked"))
    expectNoDifference(record.components(separatedBy: #""environment":"eu""#).count, 2, "\(record)")
  }

  @Test func `after a lockout at the second no further one is asked, and the exchange is left alone`() throws {
    let desk = try Self.made(at: "main")
    let limit = #"{"label":"TOO_MANY_REQUESTS","message":"slow down"}"#
    let hosts = try Self.played(
      home: "eu",
      ["testnet detail": PlayedHosts.Answer(status: 429, host: "api-testnet.gateapi.io", retryAfter: 600, body: limit)])
    let ran = try Self.verify(desk, at: hosts)
    expectNoDifference(ran.status, 2)
    expectNoDifference(hosts.asked, ["live clock", "live detail", "testnet detail"])
    let shown = Self.words(ran.output)
    #expect(shown.contains("\(Self.name): REFUSED by Gate."), "\(ran.output)")
    #expect(shown.contains("- Gate's TestNet, api-testnet.gateapi.io: HTTP 429, TOO_MANY_REQUESTS"), "\(ran.output)")
    #expect(shown.contains("Nothing is asked there until "), "\(ran.output)")
    let again = try Self.verify(desk, at: hosts)
    expectNoDifference(again.status, 69)
    #expect(again.errors.hasPrefix("keyusher: Gate wants to be left alone until "), "\(again.errors)")
    expectNoDifference(hosts.asked.count, 3)
  }

  @Test func `after any other refusal no other host is asked`() throws {
    let wrong = #"{"label":"INVALID_SIGNATURE","message":"Signature mismatch"}"#
    let hosts = try Self.played(
      home: "testnet", ["live detail": PlayedHosts.Answer(status: 401, host: "api.gateio.ws", body: wrong)])
    let ran = try Self.verify(Self.made(at: "main"), at: hosts, ["--json"])
    expectNoDifference(ran.status, 2)
    expectNoDifference(hosts.asked, ["live clock", "live detail"])
    expectNoDifference((try rows(ran).first?["tried"] as? [Any])?.count, 0)
  }

  @Test func `not more than four others are asked, however many hosts there are`() throws {
    let desk = try KeyDesk.make()
    let refusal = PlayedHosts.Answer(host: "api.bybit.com", body: #"{"retCode":10003,"retMsg":"API key is invalid."}"#)
    let time = PlayedHosts.Answer(host: "api.bybit.com", body: "")
    let ids = ["live", "bytick", "testnet", "demo", "eu", "nl", "tr", "kz", "ge", "ae", "id", "jp", "jp-testnet"]
    var answers = Dictionary(uniqueKeysWithValues: ids.map { ("\($0) query-api", refusal) })
    answers["live clock"] = time
    answers["live clock"]?.body = #"{"retCode":0,"result":{"timeSecond":"@SECOND@"}}"#
    let hosts = try PlayedHosts(answers)
    try desk.keep("bybit/one", of: "bybit", ["key": String(Canary.key.prefix(18)), "secret": Canary.secret])
    let ran = try desk.unlocked(["key", "verify", "bybit/one", "--yes"], program: hosts.path)
    expectNoDifference(ran.status, 2, "\(ran)")
    expectNoDifference(
      hosts.asked, ["live clock"] + ["live", "testnet", "demo", "eu", "nl"].map { "\($0) query-api" })
  }

  /// OKX's code stands for an unknown key, and for one of another region: that it is of none of them is asked.
  @Test(arguments: [nil, "us"])
  func `what all hosts refuse alike is told apart`(_ silent: String?) throws {
    let desk = try KeyDesk.make()
    let refusal = PlayedHosts.Answer(
      status: 401, host: "www.okx.com", body: #"{"code":"50119","msg":"API key doesn't exist","data":[]}"#)
    var answers = Dictionary(
      uniqueKeysWithValues: ["live", "eea", "us", "us-app"].map { ("\($0) config", refusal) })
    if let silent { answers["\(silent) config"] = nil }
    answers["live clock"] = PlayedHosts.Answer(host: "www.okx.com", body: #"{"code":"0","data":[{"ts":"@NOW@"}]}"#)
    let hosts = try PlayedHosts(answers)
    let ran = try desk.unlocked(["key", "verify", "okx/bot", "--yes", "--json"], program: hosts.path)
    expectNoDifference(ran.status, 2, "\(ran)")
    expectNoDifference(
      hosts.asked, ["live clock"] + ["live", "eea", "us", "us-app"].map { "\($0) config" })
    expectNoDifference(try rows(ran).first?["causes"] as? [String], silent == nil ? ["key"] : ["key", "region"])
  }

  private func rows(_ ran: Ran) throws -> [[String: Any]] {
    try #require(JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [[String: Any]], "\(ran)")
  }
}
