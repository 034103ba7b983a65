import CustomDump
import FlowCore
import Foundation
import Glibc
import KeyusherHarness
import PlainText
import PtyHarness
import Records
import Testing

/// What a person meets who fears that somebody else has their keys.
@Suite struct CompromiseTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private func write(
    _ kind: KeyOperation.Kind, _ key: String, _ events: [KeyEvent], facts: [String: String] = [:],
    host: String = "office", as id: String, at hour: Int = 10
  ) throws {
    let moment = try #require(Timestamp("2026-12-01T\(hour):00:00.000Z"))
    let header = RunHeader(
      of: KeyOperation(kind, key, in: "age", facts: facts), id: id, toolVersion: "0.2.0", user: "ana", host: host,
      began: moment)
    let journal = try desk.records.create(header) { [UInt8](repeating: 7, count: $0) }
    if !events.isEmpty { try journal.end(events, at: moment) }
  }

  private func adopt(
    _ key: String, as id: String, owner: String = "Ben", program: String? = nil, at hour: Int = 10,
    _ powers: KeyPowers? = nil
  ) throws {
    let exchange = String(key.prefix { $0 != "/" })
    var facts = ["exchange": exchange, "label": String(key.dropFirst(exchange.count + 1)), "owner": owner]
    facts["program"] = program
    try write(.adopt, key, [.done(key, seen: "kept")], facts: facts, as: id, at: hour)
    guard let powers else { return }
    try write(
      .verify, key,
      [
        KeyEvent(.reported, key: key, by: "api.example.com", facts: [:]),
        .done(key, seen: "", told: .init(.noPlan, powers: powers)),
      ], as: id + "v")
  }

  /// One key of each kind, the least dangerous first.
  private func keep() throws {
    try adopt("kraken/tax", as: "k1", KeyPowers(["read"], withdraws: false, trades: false, isBound: false))
    try adopt("okx/bound", as: "k2", KeyPowers(["trade"], withdraws: false, trades: true, isBound: true))
    try adopt("htx/open", as: "k3", KeyPowers(["trade"], withdraws: false, trades: true, isBound: false))
    try adopt("gate-io/bot", as: "k4", owner: "Ana", program: "freqtrade")
    try adopt("bybit/payout", as: "k5", KeyPowers(["all"], withdraws: true, trades: true, isBound: nil))
    try write(.exec, "htx/open", [], facts: ["program": "hummingbot"], host: "lab", as: "k6")
  }

  @Test func `Where nobody can be asked the whole list is told, the worst first, and nothing is marked`() throws {
    try keep()
    let ran = try desk.run(["compromise"])
    expectNoDifference(ran.status, 4)
    expectNoDifference(
      ran.output,
      """
        Is this computer suspect? Use another device; do not log in here.
        Delete keys first, ask questions later. Not sure which? Delete all.
        Bots stop. Open orders and positions stay: handle them by hand afterwards.
        1. Bybit, payout: can withdraw, IP list unknown
        https://www.bybit.com/app/user/api-management
        2. Gate, bot: withdrawal unknown, IP list unknown
        https://www.gate.com/myaccount/profile/api-key/manage
        3. HTX, open: can trade, no IP list
        https://www.htx.com/en-us/apikey
        4. OKX, bound: can trade, IP list
        https://www.okx.com/account/my-api
        5. Kraken, tax: read only
        https://pro.kraken.com/app/settings/api
        Keys that Keyusher does not know may exist: look at the whole list on each
        page.

      """)
    expectNoDifference(
      ran.errors,
      "keyusher: nothing was marked, since nobody can be asked\nhint: start it in a terminal\n")
    #expect(try desk.records.runs().count == 10)
  }

  @Test func `Without keys on record it says where to look`() throws {
    let ran = try desk.run(["compromise"])
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("look at the list of API keys at"))
  }

  /// The record of the leak.
  private func record() throws -> OperationRecord {
    let ids = try desk.records.operations()
    return try #require(
      ids.compactMap { OperationRecord(try desk.records.read($0)) }.last { $0.operation.kind == .compromise })
  }

  @Test func `Enter means all, each deletion is on record as it is said, and the end tells what is to do`() throws {
    try keep()
    let pty = try desk.start(["compromise"])
    try pty.expect("Enter = all, or which:")
    try pty.send("\r")
    try pty.expect("All 5 keys are on record as exposed")
    try pty.expect("Number, or ?")
    try pty.send("2\r")
    try pty.expect("4 keys are left. The next:")
    // Two prompts, and the first deletion is on the disk.
    expectNoDifference(try record().marks.map(\.kind), [.exposed, .exposed, .exposed, .exposed, .exposed, .deleted])
    expectNoDifference(try record().marks.last?.key.name, "gate-io/bot")
    try pty.send(":undo 2\r")
    try pty.expect("not dealt with, after all")
    try pty.send("1-4\r")
    try pty.expect("1 key is left:")
    try pty.send(":safe 5\r")
    try pty.expect("How do you know that?")
    try pty.send("it can only read\r")
    try pty.expect("Enter = finish, or ?")
    try pty.send(":undo 5\r")
    try pty.expect("1 key is left:")
    try pty.send(":safe 5\r")
    try pty.expect("How do you know that?")
    try pty.send("it can only read\r")
    try pty.expect("Enter = finish, or ?")
    try pty.send("\r")
    try pty.expect("Not leaked, as you said:")
    try pty.expect("Ana, who owns gate-io/bot.")
    try pty.expect("freqtrade, which had gate-io/bot:")
    try pty.expect("keyusher run gate-io/create-key")
    expectNoDifference(try pty.end(), .exited(0))
    let record = try record()
    #expect(record.outcome.isDone)
    #expect(
      record.entries.contains {
        if case .key(_, let event) = $0.event { event.facts["reason"] == "it can only read" } else { false }
      })
    #expect(try desk.run(["due", "--json"]).output.contains("kraken/tax") == false)
    let list = try desk.run(["key", "list", "--state", "revoked-by-word", "--json"]).output
    for name in ["bybit/payout", "gate-io/bot", "htx/open", "okx/bound"] { #expect(list.contains(name)) }
  }

  @Test(arguments: [
    ("ben", 4), ("LAB", 1), ("hummingbot", 1), ("freqtrade", 1), ("age", 5), ("2, 4-5", 3), ("okx", 1), ("bot", 1),
  ])
  func `What leaked can be named, and those keys alone are marked`(words: String, count: Int) throws {
    try keep()
    let pty = try desk.start(["compromise"])
    try pty.expect("Enter = all, or which:")
    try pty.send("0\r")
    try pty.expect("no number from 1 to 5")
    try pty.send("nonsense\r")
    try pty.expect("No key has to do with 'nonsense'")
    try pty.send("\(words)\r")
    try pty.expect("Number, or ?")
    expectNoDifference(try record().marks.count, count)
    try pty.send(":quit\r")
    try pty.expect("This goes on:")
    expectNoDifference(try pty.end(), .exited(75))
  }

  @Test func `A leak is gone on with after any interruption`() throws {
    try keep()
    var pty = try desk.start(["compromise"])
    try pty.expect("Enter = all, or which:")
    try pty.send("\r")
    try pty.expect("Number, or ?")
    try pty.send("1\r")
    try pty.expect("4 keys are left")
    pty.signal(SIGKILL)
    _ = try pty.end()
    pty = try desk.start(["compromise"])
    try pty.expect("4 of 5 keys are left.")
    try pty.expect("Number, or ?")
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    pty = try desk.start(["compromise"])
    try pty.expect("4 of 5 keys are left.")
    try pty.expect("Number, or ?")
    try pty.control("D")
    expectNoDifference(try pty.end(), .exited(75))
    #expect(try desk.run(["due"]).output.contains("gate-io/bot may be in other hands since"))
    #expect(try desk.run(["runs"]).output.contains("Keys exposed: all keys, to be sure"))
    expectNoDifference(try record().marks.count { $0.kind == .deleted }, 1)
  }

  @Test func `Of many keys the first stand on the screen, with the page of each`() throws {
    for number in 0..<30 { try adopt("gate-io/bot-\(number)", as: "m\(number)") }
    let pty = try desk.start(["compromise"])
    try pty.expect("And 22 more, less urgent.")
    try pty.expect("Enter = all, or which:")
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    let lines = try desk.run(["compromise"]).output.split(separator: "\n")
    #expect(try #require(lines.firstIndex { $0.contains("https://") }) < 25)
    #expect(try desk.records.runs().count == 30)
  }

  @Test func `Numbers stay after an interruption, and further keys come in`() throws {
    try keep()
    var pty = try desk.start(["compromise"])
    try pty.expect("Enter = all, or which:")
    try pty.send("2,4\r")
    try pty.expect("2 of 5 keys are on record as exposed")
    try pty.expect("Number, or ?")
    try pty.send(":quit\r")
    expectNoDifference(try pty.end(), .exited(75))
    pty = try desk.start(["compromise"])
    try pty.expect("4. OKX, bound")
    try pty.expect("Number, or ?")
    try pty.send("1\r")
    try pty.expect("No key here has the number 1.")
    try pty.send("4\r")
    try pty.expect("OKX, bound: deleted.")
    try pty.send(":add kraken\r")
    try pty.expect("5. Kraken, tax")
    try pty.send(":all\r")
    try pty.expect("2 more keys are on record as exposed")
    try pty.send(":quit\r")
    expectNoDifference(try pty.end(), .exited(75))
    expectNoDifference(
      try record().marks.map { "\($0.kind) \($0.number ?? 0) \($0.key.name ?? "")" },
      [
        "exposed 2 gate-io/bot", "exposed 4 okx/bound", "deleted 4 okx/bound", "exposed 5 kraken/tax",
        "exposed 6 bybit/payout", "exposed 7 htx/open",
      ])
  }

  @Test func `Of two keys that had one place the one that is meant is marked`() throws {
    try adopt("gate-io/bot", as: "k1")
    try write(.forget, "gate-io/bot", [.done("gate-io/bot", seen: "gone")], as: "k2", at: 11)
    try adopt("gate-io/bot", as: "k3", at: 12)
    let pty = try desk.start(["compromise"])
    try pty.expect("Enter = all, or which:")
    try pty.send("\r")
    try pty.expect("Number, or ?")
    try pty.send("2\r")
    try pty.expect("1 key is left:")
    try pty.send(":quit\r")
    _ = try pty.end()
    let marks = try record().marks
    expectNoDifference(Set(marks.prefix(2).map(\.identity)), ["adopted k1", "adopted k3"])
    let rows = try #require(
      try JSONSerialization.jsonObject(
        with: Data(desk.run(["key", "list", "--state", "any", "--json"]).output.utf8)) as? [[String: Any]])
    expectNoDifference(Set(rows.compactMap { $0["state"] as? String }), ["exposed", "revoked-by-word"])
  }

  @Test func `A leak whose beginning was cut off is asked about once more, and a key without a record stays exposed`()
    throws
  {
    try keep()
    try write(.compromise, "", [], facts: ["what": "all keys", "count": "5"], as: "cut")
    let pty = try desk.start(["compromise"])
    try pty.expect("Choose once more.")
    try pty.expect("Enter = all, or which:")
    try pty.send("\r")
    try pty.expect("All 5 keys are on record")
    try pty.expect("Number, or ?")
    try pty.send(":quit\r")
    _ = try pty.end()
    expectNoDifference(try record().id, "cut")
    // The record that tells of the key is damaged.
    try desk.write("rubbish\n", to: desk.recordFile("k1"))
    let again = try desk.start(["compromise"])
    try again.expect("5 of 5 keys are left.")
    try again.control("C")
    _ = try again.end()
    #expect(try desk.run(["due"]).output.contains("kraken/tax may be in other hands"))
  }

  @Test func `A key that only its store knows is listed, too`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(["compromise"])
    #expect(ran.output.contains("Gate, bot: withdrawal unknown, IP list unknown"), "\(ran.output)")
  }

  @Test func `A blanked mark leaves the leak as it is`() throws {
    try keep()
    let place = CredentialReference(store: "age", name: "gate-io/bot")
    try write(
      .compromise, "",
      [.mark(.exposed, of: place, by: "ana"), .mark(.deleted, of: place, by: "ana"), .done("", seen: "")],
      facts: ["what": "all keys"], as: "leak", at: 12)
    expectNoDifference(try desk.run(["redact", "leak", "2"]).status, 0)
    #expect(try record().outcome.isDone)
  }
}
