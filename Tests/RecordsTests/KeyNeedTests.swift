import CustomDump
import FlowCore
import PlainText
import Testing

@testable import Inventory
@testable import Records

/// What keys need, by their records: an end that was told, a verdict against one, and that nobody asked.
@Suite struct KeyNeedTests {
  private let temporary: TemporaryFolder
  private let today = Day(year: 2026, month: 11, day: 23)!
  private static let rule = KeyEvent.mayEnd(
    "gate-io/bot", on: Day(year: 2026, month: 12, day: 1)!, after: 90, by: "Gate's help article 17521")

  init() throws { temporary = try TemporaryFolder() }

  /// Writes a record of an operation; the day of it is the 23rd of November, unless it is so many days before.
  private func write(
    _ kind: KeyOperation.Kind, _ key: String, _ events: [KeyEvent], as id: String, daysBefore: Int = 0
  ) throws {
    let moment = Timestamp.pinned().adding(days: -daysBefore)
    let header = RunHeader(
      of: KeyOperation(kind, key, in: "age", facts: ["exchange": "gate-io"]), id: id, toolVersion: "0.2.0", user: "ana",
      host: "office", began: moment)
    try temporary.records.create(header, random: pinnedBytes()).end(events, at: moment)
  }

  private func adopt(_ key: String, as id: String) throws {
    try write(.adopt, key, [.done(key, seen: "kept")], as: id, daysBefore: 300)
  }

  private func report(_ key: String, _ facts: [String: String]) -> KeyEvent {
    KeyEvent(.reported, key: key, by: "api.gateio.ws", facts: facts)
  }

  private var inventory: Inventory { Inventory(temporary.records) { _, _ in .sample } }

  private func needs(within days: Int = 14, on day: Day? = nil) throws -> [KeyNeed] {
    try inventory.origins().needs(on: day ?? today, within: days) { !$0.isPending }.now
  }

  private func words(_ needs: [KeyNeed]) -> [String] {
    needs.map { "\($0.name): \($0.reason)" }
  }

  @Test func `A key that nobody asked about needs that, once`() throws {
    try adopt("gate-io/bot", as: "aaaa")
    try write(.copy, "gate-io/bot", [.done("gate-io/bot", seen: "there")], as: "bbbb", daysBefore: 200)
    expectNoDifference(words(try needs()), ["gate-io/bot: neverAsked"])
    try write(.verify, "gate-io/bot", [.done("gate-io/bot", seen: "", told: .init(.asPlanned))], as: "cccc")
    expectNoDifference(words(try needs()), [])
    try write(.forget, "gate-io/bot", [.done("gate-io/bot", seen: "gone")], as: "dddd")
    expectNoDifference(words(try needs(on: Day(number: today.number + 400))), [])
  }

  @Test func `An end is told from so many days before it on, and after it`() throws {
    try adopt("gate-io/bot", as: "aaaa")
    try write(
      .verify, "gate-io/bot",
      [
        report("gate-io/bot", ["permissions": "spot"]), Self.rule,
        .done("gate-io/bot", seen: "", told: .init(.asPlanned)),
      ], as: "bbbb")
    let end = KeyEnd(
      day: Day(year: 2026, month: 12, day: 1)!, basis: .rule(by: "Gate's help article 17521", days: 90, ofUse: false))
    for (days, isTold) in [(7, false), (8, true), (400, true)] {
      expectNoDifference(try needs(within: days).map(\.reason), isTold ? [.ends(end)] : [])
    }
    expectNoDifference(try needs(within: 1, on: Day(year: 2026, month: 12, day: 3)).map(\.day), [end.day])
    // A later answer counts, whatever it leaves out.
    try write(
      .verify, "gate-io/bot",
      [report("gate-io/bot", ["expiry": "2027-01-05"]), .done("gate-io/bot", seen: "", told: .init(.asPlanned))],
      as: "cccc")
    expectNoDifference(
      try needs(within: 60).map(\.reason), [.ends(KeyEnd(day: Day(year: 2027, month: 1, day: 5)!, basis: .reported))])
    try write(
      .verify, "gate-io/bot",
      [report("gate-io/bot", ["expiry": "never"]), .done("gate-io/bot", seen: "", told: .init(.asPlanned))], as: "dddd")
    expectNoDifference(try needs(within: 60), [])
  }

  @Test func `What stands against a key, and an old look, are told behind what has a day`() throws {
    for (id, key) in [("a1", "gate-io/wide"), ("a2", "gate-io/old"), ("a3", "gate-io/refused"), ("a4", "gate-io/bot")] {
      try adopt(key, as: id)
    }
    try write(.verify, "gate-io/wide", [.done("gate-io/wide", seen: "", told: .init(.tooWide))], as: "b1")
    try write(.verify, "gate-io/refused", [.done("gate-io/refused", seen: "", told: .init(.refused))], as: "b3")
    try write(
      .verify, "gate-io/old", [.done("gate-io/old", seen: "", told: .init(.asPlanned))], as: "b2", daysBefore: 91)
    try write(
      .verify, "gate-io/bot",
      [report("gate-io/bot", [:]), Self.rule, .done("gate-io/bot", seen: "", told: .init(.tooWide))], as: "b4")
    let found = try needs()
    expectNoDifference(
      found.map { "\($0.key?.reference.name ?? "") \($0.day?.description ?? "-")" },
      [
        "gate-io/bot 2026-12-01", "gate-io/bot -", "gate-io/refused -", "gate-io/wide -", "gate-io/old -",
      ])
    expectNoDifference(found.last?.reason, .askedLongAgo(days: 91))
    // A look that told nothing takes nothing back.
    try write(
      .verify, "gate-io/old", [.done("gate-io/old", seen: "", told: .init(.notAsked))], as: "c2")
    expectNoDifference(try needs().last?.reason, .askedLongAgo(days: 91))
  }

  @Test func `A look that does not speak of the last day takes it from nobody`() throws {
    try adopt("gate-io/bot", as: "aaaa")
    let day = Day(year: 2026, month: 12, day: 1)!
    func look(_ facts: [String: String], _ verdict: KeyCheck.Verdict, as id: String) throws {
      try write(
        .verify, "gate-io/bot", [report("gate-io/bot", facts), .done("gate-io/bot", seen: "", told: .init(verdict))],
        as: id
      )
    }
    try look(["expiry": "2026-12-01"], .asPlanned, as: "b1")
    for (id, verdict) in [("b2", KeyCheck.Verdict.refused), ("b3", .untold), ("b4", .asPlanned), ("b5", .notAsked)] {
      try look(["cause": "address"], verdict, as: id)
      expectNoDifference(try needs().first?.day, day, "\(verdict)")
    }
    // Nobody can tell any more.
    try write(
      .verify, "gate-io/bot",
      [
        KeyEvent(.reported, key: "gate-io/bot", by: "api.gateio.ws", facts: [:], unknown: ["expiry": "null"]),
        .done("gate-io/bot", seen: "", told: .init(.asPlanned)),
      ], as: "b6")
    expectNoDifference(try needs(), [])
  }

  @Test func `A rule that no longer holds is no end, and one that was not looked at was seen when it was`() throws {
    try adopt("gate-io/bot", as: "aaaa")
    try write(
      .verify, "gate-io/bot",
      [
        report("gate-io/bot", ["ip-list": "none"]), Self.rule, .done("gate-io/bot", seen: "", told: .init(.asPlanned)),
      ], as: "b1", daysBefore: 5)
    try write(
      .verify, "gate-io/bot",
      [report("gate-io/bot", ["cause": "address"]), .done("gate-io/bot", seen: "", told: .init(.refused))], as: "b2")
    let check = try inventory.origins().check(of: CredentialReference(store: "age", name: "gate-io/bot"))
    expectNoDifference(check?.endsAt, .pinned().adding(days: -5))
    expectNoDifference(try needs().count, 2)
    // It is bound to an address by now.
    try write(
      .verify, "gate-io/bot",
      [report("gate-io/bot", ["ip-list": "203.0.113.7"]), .done("gate-io/bot", seen: "", told: .init(.asPlanned))],
      as: "b3")
    expectNoDifference(try needs(), [])
    expectNoDifference(try inventory.origins().ends { _ in true }.map(\.holds), [false])
  }

  @Test func `A key that lies in two stores is one, wherever it was asked about`() throws {
    try adopt("gate-io/bot", as: "aaaa")
    let copy = KeyOperation(.copy, "gate-io/bot", in: "age", facts: ["to-store": "pass"])
    let header = RunHeader(
      of: copy, id: "bbbb", toolVersion: "0.2.0", user: "ana", host: "office", began: .pinned().adding(days: -200))
    try temporary.records.create(header, random: pinnedBytes())
      .end([.done("gate-io/bot", seen: "there")], at: .pinned().adding(days: -200))
    expectNoDifference(words(try needs()), ["gate-io/bot: neverAsked"])
    try write(
      .verify, "gate-io/bot",
      [report("gate-io/bot", ["expiry": "2027-12-01"]), .done("gate-io/bot", seen: "", told: .init(.asPlanned))],
      as: "cccc")
    expectNoDifference(try needs(), [])
    try write(.forget, "gate-io/bot", [.done("gate-io/bot", seen: "gone")], as: "dddd")
    let ends = try inventory.origins().ends { !$0.isPending }
    expectNoDifference(ends.map(\.holds), [true])
    expectNoDifference(ends.map(\.key.reference.store), ["pass"])
  }

  @Test func `What stands in an exchange's place is no word of it`() throws {
    try adopt("gate-io/bot", as: "aaaa")
    for (id, host, verdict) in [
      ("b1", "api.gateio.ws", KeyCheck.Verdict.tooWide), ("b2", "127.0.0.1:4000", .asPlanned),
    ] {
      try write(
        .verify, "gate-io/bot",
        [
          KeyEvent(.reported, key: "gate-io/bot", by: host, facts: ["expiry": "2026-12-01"]),
          .done("gate-io/bot", seen: "", told: .init(verdict)),
        ], as: id)
    }
    let origins = try inventory.origins().withoutWord { $0.hasPrefix("127.") }
    let found = origins.needs(on: today, within: 0) { _ in true }.now
    expectNoDifference(found.map(\.reason), [.differs(.tooWide)])
    expectNoDifference(origins.unreadable.count, 0)
    expectNoDifference(try inventory.origins().needs(on: today, within: 0) { _ in true }.now, [])
  }

  @Test func `A day that each use moves is told once half of it is over`() throws {
    try adopt("gate-io/bot", as: "aaaa")
    let day = Day(number: today.number + 14)
    try write(
      .verify, "gate-io/bot",
      [
        report("gate-io/bot", [:]), .mayEnd("gate-io/bot", on: day, after: 14, ofUse: true, by: "a guide"),
        .done("gate-io/bot", seen: "", told: .init(.asPlanned)),
      ], as: "bbbb")
    for (days, count) in [(0, 0), (6, 0), (7, 1), (20, 1)] {
      expectNoDifference(try needs(on: Day(number: today.number + days)).count, count, "\(days)")
    }
  }

  @Test func `A look elsewhere tells nothing of the key's last day, and a rule nothing against a report`() {
    var ends = KeyEnds()
    ends.take(report("k", ["expiry": "2027-01-05 10:00 UTC"]))
    ends.take(KeyEvent(.reported, key: "k", by: "api-testnet.gateapi.io", facts: ["environment": "testnet"]))
    ends.take(Self.rule)
    ends.take(.wait("k", until: .pinned(), by: "api.gateio.ws"))
    expectNoDifference(ends.last, KeyEnd(day: Day(year: 2027, month: 1, day: 5)!, basis: .reported))
    expectNoDifference(
      Self.rule.words, "gate-io/bot: may end on 2026-12-01, after 90 days, by Gate's help article 17521")
  }
}
