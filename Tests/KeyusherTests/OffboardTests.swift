import CustomDump
import FlowCore
import KeyusherHarness
import PlainText
import Records
import Testing

/// Somebody leaves who had keys.
@Suite struct OffboardTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private func write(
    _ kind: KeyOperation.Kind, _ key: String, _ events: [KeyEvent], facts: [String: String] = [:], user: String = "ben",
    at hour: Int = 10, as id: String
  ) throws {
    let moment = try #require(Timestamp("2026-12-01T\(hour):00:00.000Z"))
    let header = RunHeader(
      of: KeyOperation(kind, key, in: key.isEmpty ? "" : "age", facts: facts), id: id, toolVersion: "0.2.0", user: user,
      host: "office", began: moment)
    let journal = try desk.records.create(header) { [UInt8](repeating: 7, count: $0) }
    if !events.isEmpty { try journal.end(events, at: moment) }
  }

  /// A key that Ana owns, one that she handed out, and one of somebody else.
  private func keep() throws {
    for (id, key, owner) in [("k1", "gate-io/bot", "Ana"), ("k2", "okx/maker", "Ben"), ("k3", "kraken/tax", "Ben")] {
      let exchange = String(key.prefix { $0 != "/" })
      try write(
        .adopt, key, [.done(key, seen: "kept")],
        facts: ["exchange": exchange, "owner": owner, "program": "freqtrade", "label": "x\(id)"], as: id)
    }
    try write(.exec, "okx/maker", [], facts: ["program": "freqtrade"], user: "ana", as: "k4")
  }

  private func delete(_ key: String, as id: String) throws {
    let place = CredentialReference(store: "age", name: key)
    try write(.compromise, "", [.mark(.deleted, of: place, by: "ben"), .done("", seen: "")], at: 11, as: id)
  }

  @Test func `What the person had is listed with what replaces it, until nothing is left`() throws {
    try keep()
    let first = try desk.run(["offboard", "ana"])
    expectNoDifference(first.status, 2)
    // Who only looks leaves nothing on record.
    expectNoDifference(try desk.records.operations().count, 4)
    expectNoDifference(
      first.output,
      """
      2 keys of Ana are left.
        Replace one after the other: each program gets its new key before the old one
        is deleted.

      1. gate-io/bot
        Ana owns it. For freqtrade.
        Replace it, about 25 minutes:
        keyusher run gate-io/rotate-key --key gate-io/bot --owner NEW-OWNER

      2. okx/maker
        Ana handed it out. For freqtrade.
        Replace it, about 25 minutes:
        keyusher run okx/rotate-key --key okx/maker --owner NEW-OWNER

        If Ana may do harm, delete first and replace later: keyusher compromise

      """)
    let pty = try desk.start(["offboard", "Ana"])
    try pty.expect("leaves = on record, Enter = not:")
    try pty.send("leaves\r")
    try pty.expect("The same command shows what is left.")
    expectNoDifference(try pty.end(), .exited(2))
    let record = try #require(
      try desk.records.operations().first { try desk.records.read($0).header.operation?.kind == .offboard })
    try delete("gate-io/bot", as: "d1")
    let second = try desk.run(["offboard", "Ana"])
    #expect(second.output.hasPrefix("1 key of Ana is left, 1 deleted.\n"))
    #expect(second.output.contains("On record: \(record)."))
    try delete("okx/maker", as: "d2")
    let last = try desk.run(["offboard", "Ana"])
    expectNoDifference(last.status, 0)
    #expect(last.output.contains("is left: 2 are deleted."))
    let ended = try #require(OperationRecord(try desk.records.read(record)))
    expectNoDifference(
      ended.outcome,
      .done(try #require(ended.entries.last?.at), seen: "no key is left; deleted: gate-io/bot, okx/maker", history: nil)
    )
  }

  @Test func `Of somebody whom no record names it says so, and who is named`() throws {
    try keep()
    let ran = try desk.run(["offboard", "Zoe"])
    expectNoDifference(ran.status, 66)
    expectNoDifference(
      ran.errors, "keyusher: no key here has to do with 'Zoe'\nhint: who has: Ana, Ben, ana, ben\n")
  }

  @Test func `Where a record can't be read nobody can say that nothing is left`() throws {
    try keep()
    try desk.write("rubbish\n", to: desk.recordFile("abcd"))
    let ran = try desk.run(["offboard", "Ana"])
    expectNoDifference(ran.status, 2)
    #expect(ran.errors.contains("record 'abcd' can't be read"))
  }
}
