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
    host: String = "office", as id: String
  ) throws {
    let moment = try #require(Timestamp("2026-12-01T10:00:00.000Z"))
    let header = RunHeader(
      of: KeyOperation(kind, key, in: "age", facts: facts), id: id, toolVersion: "0.2.0", user: "ana", host: host,
      began: moment)
    try desk.records.create(header) { [UInt8](repeating: 7, count: $0) }.end(events, at: moment)
  }

  private func adopt(
    _ key: String, as id: String, owner: String = "Ben", program: String? = nil, _ powers: KeyPowers? = nil
  )
    throws
  {
    let exchange = String(key.prefix { $0 != "/" })
    var facts = ["exchange": exchange, "label": String(key.dropFirst(exchange.count + 1)), "owner": owner]
    facts["program"] = program
    try write(.adopt, key, [.done(key, seen: "kept")], facts: facts, as: id)
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
    try pty.expect("Enter, or which:")
    try pty.send("\r")
    try pty.expect("On record as exposed: 5 of 5 keys")
    try pty.expect("its number, or ?")
    try pty.send("2\r")
    try pty.expect("4 keys are left. The next:")
    // Two prompts, and the first deletion is on the disk.
    expectNoDifference(try record().marks.map(\.kind), [.exposed, .exposed, .exposed, .exposed, .exposed, .deleted])
    expectNoDifference(try record().marks.last?.key.name, "gate-io/bot")
    try pty.send(":undo 2\r")
    try pty.expect("not deleted after all")
    try pty.send("1-4\r")
    try pty.expect("1 key is left:")
    try pty.send(":safe 5\r")
    try pty.expect("Why did it not leak?")
    try pty.send("it can only read\r")
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
    try pty.expect("Enter, or which:")
    try pty.send("0\r")
    try pty.expect("no number from 1 to 5")
    try pty.send("nonsense\r")
    try pty.expect("No key has to do with 'nonsense'")
    try pty.send("\(words)\r")
    try pty.expect("its number, or ?")
    expectNoDifference(try record().marks.count, count)
    try pty.send(":quit\r")
    try pty.expect("This goes on:")
    expectNoDifference(try pty.end(), .exited(75))
  }

  @Test func `A leak is gone on with after any interruption`() throws {
    try keep()
    var pty = try desk.start(["compromise"])
    try pty.expect("Enter, or which:")
    try pty.send("\r")
    try pty.expect("its number, or ?")
    try pty.send("1\r")
    try pty.expect("4 keys are left")
    pty.signal(SIGKILL)
    _ = try pty.end()
    pty = try desk.start(["compromise"])
    try pty.expect("4 of 5 keys are left.")
    try pty.expect("its number, or ?")
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    pty = try desk.start(["compromise"])
    try pty.expect("4 of 5 keys are left.")
    try pty.expect("its number, or ?")
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
    try pty.expect("Enter, or which:")
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    let lines = try desk.run(["compromise"]).output.split(separator: "\n")
    #expect(try #require(lines.firstIndex { $0.contains("https://") }) < 25)
    #expect(try desk.records.runs().count == 30)
  }
}
