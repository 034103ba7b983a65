import CustomDump
import FlowCore
import Foundation
import KeyusherHarness
import PlainText
import Records
import Testing

/// The page over keys that `key list --html` writes, by records alone.
@Suite struct KeyPageTests {
  private let desk: Desk
  private var page: String { desk.work + "/keys.html" }

  init() throws { desk = try Desk() }

  private func write(
    _ kind: KeyOperation.Kind, _ key: String, _ events: [KeyEvent], facts: [String: String] = [:], on day: String,
    as id: String
  ) throws {
    let moment = try #require(Timestamp(day + "T10:00:00.000Z"))
    let store = kind == .compromise ? "" : "age"
    let header = RunHeader(
      of: KeyOperation(kind, key, in: store, facts: facts), id: id, toolVersion: "0.2.0", user: "ana", host: "office",
      began: moment)
    try desk.records.create(header) { [UInt8](repeating: 7, count: $0) }.end(events, at: moment)
  }

  private func adopt(_ key: String, _ facts: [String: String] = [:], on day: String = "2026-09-11", as id: String)
    throws
  {
    let own = ["exchange": String(key.prefix { $0 != "/" })].merging(facts) { $1 }
    try write(.adopt, key, [.done(key, seen: "kept")], facts: own, on: day, as: id)
  }

  private func verify(
    _ key: String, _ told: KeyCheck.Told, _ facts: [String: String] = [:], after events: [KeyEvent] = [],
    by host: String = "api.example.com", on day: String, as id: String
  ) throws {
    let report = KeyEvent(.reported, key: key, by: host, facts: facts)
    try write(.verify, key, [report] + events + [.done(key, seen: "", told: told)], on: day, as: id)
  }

  private static let open = KeyPowers(
    ["spot read and write", "no IP list"], withdraws: nil, trades: true, isBound: false)
  private static let bound = KeyPowers(
    ["spot read and write", "only from 203.0.113.7"], withdraws: false, trades: true, isBound: true)

  /// A key of each kind.
  private func keep() throws {
    try adopt("gate-io/grid", ["program": "freqtrade", "owner": "Ana", "listed": "c5dcfbf1f3a7"], as: "k1")
    try verify("gate-io/grid", .init(.asPlanned, powers: KeyPageTests.bound), on: "2026-11-20", as: "v1")
    let rule = KeyEvent.mayEnd(
      "gate-io/grid", on: try #require(Day("2026-12-10")), after: 90, by: "Gate's help article 17521")
    try verify(
      "gate-io/grid", .init(.tooWide, powers: KeyPageTests.open), ["ip-list": "none"], after: [rule], on: "2026-12-01",
      as: "v2")
    try adopt("kraken/tax", ["program": "tax export", "owner": "<script>\u{202E}"], on: "2026-11-27", as: "k2")
    try adopt("okx/fine", ["owner": "Ana"], as: "k3")
    try verify("okx/fine", .init(.asPlanned, powers: KeyPageTests.bound), on: "2026-11-30", as: "v3")
    try adopt("htx/leaked", ["program": "freqtrade"], as: "k4")
    try verify("htx/leaked", .init(.noPlan, powers: KeyPageTests.open), on: "2026-11-01", as: "v4")
    let leaked = CredentialReference(store: "age", name: "htx/leaked")
    try write(
      .compromise, "", [.mark(.exposed, of: leaked, by: "ana")], facts: ["what": "all"], on: "2026-11-28", as: "l1")
    // One that is gone, one of which the copy is, and one about which a server in its exchange's place was asked.
    try adopt("kucoin/gone", as: "k5")
    try verify("kucoin/gone", .init(.untold), on: "2026-10-01", as: "v5a")
    try verify("kucoin/gone", .init(.refused, isGone: true), on: "2026-11-29", as: "v5")
    try adopt("binance/away", as: "k6")
    try verify("binance/away", .init(.tooWide, powers: KeyPageTests.open), on: "2026-11-01", as: "v6")
    try write(.forget, "binance/away", [.done("binance/away", seen: "gone")], on: "2026-11-02", as: "f6")
    try adopt("bybit/played", as: "k7")
    try verify(
      "bybit/played", .init(.asPlanned, powers: KeyPageTests.bound), by: "127.0.0.1:4000", on: "2026-12-01", as: "v7")
    try write(.exec, "bybit/played", [], facts: ["program": "python3"], on: "2026-12-02", as: "x7")
    try adopt("bitget/mute", as: "k8")
    try verify("bitget/mute", .init(.untold), on: "2026-12-01", as: "v8")
  }

  private func list(_ options: [String] = [], at day: String = "2026-12-03") throws -> Ran {
    try desk.run(
      ["key", "list", "--html", "keys.html"] + options,
      setting: ["KEYUSHER_TEST_CLOCK": "\(day)T14:05:00.000Z", "KEYUSHER_TEST_HOST": "office"])
  }

  /// The texts of the page, line by line, as a person reads them.
  private func lines() throws -> [String] {
    let body = try #require(try desk.text(of: page).components(separatedBy: "<body>").last)
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#160;", " "), ("&amp;", "&")]
    return body.replacing("</th><td", with: "</th> | <td").replacing("</td><td", with: "</td> | <td")
      .replacing("<span class=\"place\">", with: ", ").replacing("</time><span>", with: " ").replacing(
        /<[^>]*>/, with: ""
      )
      .split(separator: "\n").map { line in marks.reduce(String(line)) { $0.replacing($1.0, with: $1.1) } }
      .filter { !$0.isEmpty }
  }

  /// The lines between two others.
  private func lines(from first: String, to last: String) throws -> [String] {
    let lines = try lines()
    let start = try #require(lines.lastIndex(of: first), "\(lines)")
    return Array(lines[start...].dropFirst().prefix { $0 != last })
  }

  @Test func `The page begins with what needs somebody, the worst first, with consequence, day, word and command`()
    throws
  {
    try keep()
    let ran = try list()
    expectNoDifference([ran.errors, "\(ran.status ?? -1)"], ["", "0"])
    expectNoDifference(
      ran.output,
      """
        Written: keys.html.
        5 of 7 keys need you.
        Only you can read the file. It names your keys, and has no secret.

      """)
    expectNoDifference(
      try lines().prefix(3), ["API keys on office, 2026-12-03", "5 keys need you.", "7 keys that may still live."])
    expectNoDifference(
      try lines(from: "Exposed (1)", to: "All keys, by exchange"),
      [
        "htx/leaked may be in other hands since 2026-11-28.",
        "Whoever has it could trade with your coins, from any address. Whether it can withdraw, nobody can tell. As record l1 says. For freqtrade.",
        "Delete it on its page: keyusher compromise",
        "Too wide (2)",
        "binance/away is too wide. No deadline is known.",
        "Whoever has it could trade with your coins, from any address. Whether it can withdraw, nobody can tell. By its exchange, 2026-11-01. It can: spot read and write; no IP list.",
        "No copy of it is here. Look at it on its exchange's page. keyusher run binance/review-keys",
        "gate-io/grid is too wide.",
        "Whoever has it could trade with your coins, from any address. Whether it can withdraw, nobody can tell. By its exchange, 2026-12-01. It can: spot read and write; no IP list. For freqtrade.",
        "Change it on the exchange's page, then ask again: keyusher key verify gate-io/grid",
        "Due, or over (1)",
        "gate-io/grid may end in 7 days, on 2026-12-10.",
        "By Gate's help article 17521, after 90 days, as it was seen on 2026-12-01. The exchange itself gives no day. For freqtrade.",
        "Put a new one in its place, about 25 minutes: keyusher run gate-io/rotate-key --key gate-io/grid",
        "Replaced, and not known to be deleted (0)", "None.", "Refused, or not as planned (0)", "None.",
        "Never verified, or not for 90 days (2)", "All at once: keyusher key verify --all",
        "bybit/played was never checked. No deadline is known.", "What it can do is known only from whoever made it.",
        "Ask its exchange: keyusher key verify bybit/played",
        "kraken/tax was never checked. No deadline is known.",
        "What it can do is known only from whoever made it. For tax export.",
        "Ask its exchange: keyusher key verify kraken/tax",
        "No IP list (2)",
        "First make sure at which address each program runs: with another one in the list it would stop.",
        "binance/away has no IP list.",
        "Whoever has it could trade with your coins, from any address. Whether it can withdraw, nobody can tell. By its exchange, 2026-11-01.",
        "No copy of it is here. Look at it on its exchange's page. keyusher run binance/review-keys",
        "gate-io/grid has no IP list.",
        "Whoever has it could trade with your coins, from any address. Whether it can withdraw, nobody can tell. By its exchange, 2026-12-01. For freqtrade.",
        "Set one on its exchange's page, then ask again: keyusher key verify gate-io/grid",
        "Nobody can tell of 1 key: bitget/mute.", "Nobody asked about 2 keys: bybit/played and kraken/tax.",
      ])
  }

  @Test func `Every key stands in a table by its exchange, and by its program and owner`() throws {
    try keep()
    _ = try list()
    let lines = try lines(from: "All keys, by exchange", to: "What this page rests on")
    expectNoDifference(
      lines.filter { $0.contains(" | ") },
      [
        "binance/away, No copy of it is kept here any more. | not known | not said | active | spot read and write; no IP list | 2026-11-01: too wide | none known",
        "bitget/mute, By the records it lies in age. | not known | not said | active | nobody can tell | 2026-12-01: accepted; nobody can tell what it may do | none known",
        "bybit/played, By the records it lies in age. | not known | not said | active | nobody asked | never | none known",
        "gate-io/grid, By the records it lies in age. | c5dcfbf1f3a7... | not said | due | spot read and write; no IP list | 2026-12-01: too wide | may be 2026-12-10, by Gate's help article 17521",
        "htx/leaked, By the records it lies in age. | not known | not said | exposed | spot read and write; no IP list | 2026-11-01: no plan to compare with | none known",
        "kraken/tax, By the records it lies in age. | not known | not said | active | nobody asked | never | none known",
        "okx/fine, By the records it lies in age. | not known | not said | active | spot read and write; only from 203.0.113.7 | 2026-11-30: as planned | none known",
      ])
    expectNoDifference(
      lines.drop { $0 != "By program" },
      [
        "By program", "freqtrade, 2 keys", "gate-io/grid due, too wide", "htx/leaked exposed", "tax export, 1 key",
        "kraken/tax", "No program is named, 4 keys", "binance/away too wide", "bitget/mute", "bybit/played", "okx/fine",
        "By owner", "<script>\\u{202E}, 1 key", "kraken/tax", "Ana, 2 keys", "gate-io/grid due, too wide", "okx/fine",
        "Nobody is named, 4 keys", "binance/away too wide", "bitget/mute", "bybit/played", "htx/leaked exposed",
      ])
    #expect(try !desk.text(of: page).contains("<script"))
  }

  @Test func `What changed since a day is told of keys that are gone, too`() throws {
    try keep()
    expectNoDifference(try list(["--since", "2026-11-26"]).status, 0)
    expectNoDifference(
      try lines(from: "Since 2026-11-26", to: "What this page rests on"),
      [
        "2026-12-02 bybit/played was given to python3, started on office 2026-12-02.",
        "2026-12-01 bitget/mute was asked about. By its exchange: accepted; nobody can tell what it may do.",
        "2026-12-01 gate-io/grid was found too wide, as its exchange said.",
        "2026-11-30 okx/fine was asked about. By its exchange: as planned.",
        "2026-11-29 kucoin/gone is gone, as its exchange says.",
        "2026-11-29 kucoin/gone was asked about. By its exchange: refused.",
        "2026-11-28 htx/leaked was marked as exposed.", "2026-11-27 kraken/tax was taken in by ana.",
      ])
    for (options, isTold) in [(["--since", "2026-12-03"], true), ([], false)] {
      _ = try list(options)
      expectNoDifference(try lines().contains("Nothing is on record."), isTold)
    }
  }

  @Test func `It keeps to the keys that were asked for, and says which those are`() throws {
    try keep()
    for (options, count, scope) in [
      (["--owner", "ana"], 2, ["2 keys that may still live.", "Only keys of ana."]),
      (["--exchange", "kucoin"], 0, ["0 keys that may still live.", "Only keys at kucoin."]),
      (["--exchange", "kucoin", "--state", "any"], 1, ["1 key, those too that are gone.", "Only keys at kucoin."]),
      (["--state", "exposed", "--state", "due"], 2, ["2 keys, exposed or due."]),
      (["--too-wide"], 2, ["2 keys that may still live.", "Only keys that are too wide."]),
      (["--due", "30d"], 4, ["4 keys that may still live.", "Only keys that are due within 30 days."]),
      (["--store", "age"], 0, ["0 keys that may still live.", "Only keys in the store age."]),
    ] {
      expectNoDifference(try list(options).status, 0)
      let lines = try lines()
      expectNoDifference(Array(lines[2..<(2 + scope.count)]), scope)
      expectNoDifference(lines.filter { $0.contains(" | ") }.count, count)
    }
  }

  @Test func `The file is the owner's alone, has no secret, and takes the place of no other file`() throws {
    let desk = try KeyDesk.make()
    let keys = ["key", "list", "--html", "keys.html"]
    expectNoDifference(try desk.run(keys).status, 0)
    let page = desk.work + "/keys.html"
    let attributes = try FileManager.default.attributesOfItem(atPath: page)
    expectNoDifference(attributes[.posixPermissions] as? Int, 0o600)
    let bytes = try desk.bytes(of: page)
    expectNoDifference(Canary.secretTraces.first(in: bytes), nil)
    #expect(!String(decoding: bytes, as: UTF8.self).contains(Canary.key))
    #expect(try desk.run(keys).output.contains("Written: keys.html (in place of the page that was there)."))
    let other = try desk.write("<!DOCTYPE html>\nmine\n", to: "other.html")
    let refused = try desk.run(["key", "list", "--html", "other.html"])
    expectNoDifference(refused.status, 74)
    expectNoDifference(
      refused.errors,
      "keyusher: 'other.html' is there, and is no page over keys\nhint: name another file with --html\n")
    expectNoDifference(try desk.text(of: other), "<!DOCTYPE html>\nmine\n")
    try FileManager.default.createSymbolicLink(atPath: desk.work + "/link.html", withDestinationPath: page)
    for place in ["link.html", ".", "none/keys.html"] {
      expectNoDifference(try desk.run(["key", "list", "--html", place]).status, 74, "\(place)")
    }
    expectNoDifference(try desk.bytes(of: page), bytes)
  }

  @Test func `Entries of which no record tells stand there, each once, and nobody claims to know them`() throws {
    let desk = try KeyDesk.make()
    _ = try desk.run(["key", "list", "--html", "keys.html"])
    let text = try desk.text(of: desk.work + "/keys.html")
    #expect(
      text.contains(
        "<p class=\"what\">okx/bot was never checked. No deadline is known.</p>\n<p>What it can do is known only from whoever made it. No record here tells where it comes from.</p>"
      ))
    for name in KeyCommandTests.names {
      expectNoDifference(
        text.components(separatedBy: "<th role=\"rowheader\" scope=\"row\">\(name)<").count, 2, "\(name)")
    }
    // Copies that are no key in use need nobody.
    #expect(!text.contains("previous/gate-io/bot was") && !text.contains("pending/7q4m.credential was"))
    #expect(text.contains("the names that age lists"))
  }

  @Test func `What can't be read is told at the head, at the foot and on the screen`() throws {
    try keep()
    try desk.write("rubbish\n", to: desk.recordFile("abcd"))
    #expect(try list().output.contains("Record abcd can't be read: a key that only it names is missing here."))
    let lines = try lines()
    #expect(lines.contains("1 record can't be read: more keys may need you. What is missing"))
    #expect(
      lines.contains("Record abcd can't be read: what it says of keys is missing here. 'keyusher runs' says why."))
  }

  @Test func `A key that lies in no store is told with what can be done from here`() throws {
    let replay = ["replay", "\(sourceTree)/flows/gate-io/create-key.script"]
    expectNoDifference(try desk.run(replay, setting: SmallFlow.credential).errors, "")
    expectNoDifference(try list(["--since", "2026-11-26"], at: "2099-12-03").status, 0)
    let lines = try lines()
    #expect(lines.contains("Without a copy here nobody can ask about 1 key: gate-io/grid-bot-01."))
    #expect(!lines.contains { $0.contains("key verify gate-io") })
    #expect(lines.contains { $0.hasPrefix("gate-io/grid-bot-01, Kept outside of this computer's stores. | ") })
    #expect(try lines.contains { $0.hasSuffix(" gate-io/grid-bot-01 was made by run \(try desk.run()).") })
  }

  @Test func `Without a key the page is written all the same, so that no older one is taken for today's`() throws {
    #expect(try list().output.contains("  No key stands on it.\n"))
    expectNoDifference(
      try lines().prefix(4),
      [
        "API keys on office, 2026-12-03", "No key is listed here.", "0 keys that may still live.",
        "What this page rests on",
      ])
  }

  @Test func `Options that say nothing together are refused`() throws {
    for options in [["--csv"], ["--json"], ["--since", "yesterday"], ["--since", "2026-12-04"]] {
      expectNoDifference(try list(options).status, 64, "\(options)")
    }
    expectNoDifference(try desk.run(["key", "list", "--since", "2026-12-01"]).status, 64)
    #expect(!FileManager.default.fileExists(atPath: page))
  }
}
