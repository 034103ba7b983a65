import CustomDump
import FlowCore
import PlainText
import Testing

@testable import Inventory
@testable import Records

/// What becomes of a key from its birth to its deletion, as records tell one after the other.
@Suite struct KeyLifeTests {
  private let temporary: TemporaryFolder
  private let today = Day(year: 2026, month: 11, day: 23)!

  init() throws { temporary = try TemporaryFolder() }

  private var inventory: Inventory { Inventory(temporary.records) { _, _ in .sample } }

  private func write(
    _ kind: KeyOperation.Kind, _ key: String, _ events: [KeyEvent], facts: [String: String] = ["exchange": "gate-io"],
    host: String = "office", as id: String, daysBefore: Int = 0
  ) throws {
    let moment = Timestamp.pinned().adding(days: -daysBefore)
    let header = RunHeader(
      of: KeyOperation(kind, key, in: "age", facts: facts), id: id, toolVersion: "0.2.0", user: "ana", host: host,
      began: moment)
    let journal = try temporary.records.create(header, random: pinnedBytes())
    if !events.isEmpty { try journal.end(events, at: moment) }
  }

  private func adopt(_ key: String = "gate-io/bot", as id: String = "aaaa") throws {
    try write(
      .adopt, key, [.done(key, seen: "kept")],
      facts: ["exchange": "gate-io", "label": String(key.dropFirst(8)), "owner": "Ben"], as: id, daysBefore: 300)
  }

  private func look(_ told: KeyCheck.Told, as id: String, daysBefore: Int = 0, _ facts: [String: String] = [:]) throws {
    let report = KeyEvent(.reported, key: "gate-io/bot", by: "api.gateio.ws", facts: facts)
    try write(
      .verify, "gate-io/bot", [report, .done("gate-io/bot", seen: "", told: told)], as: id, daysBefore: daysBefore)
  }

  private func life(_ key: String = "gate-io/bot") throws -> KeyLife {
    try #require(try inventory.origins().allLives.first { $0.facts.reference.name == key })
  }

  private func state() throws -> KeyState { try life().state(on: today, within: 14) }

  private func mark(_ kinds: [KeyMark.Kind], as id: String, isOver: Bool = true, _ key: String = "gate-io/bot") throws {
    let place = CredentialReference(store: "age", name: key)
    try write(
      .compromise, "", kinds.map { .mark($0, of: place, by: "ana") } + (isOver ? [.done("", seen: "")] : []),
      facts: ["what": "all keys"], as: id)
  }

  @Test func `A key is due before its last day, and overdue behind it`() throws {
    try adopt()
    expectNoDifference(try state(), .active)
    for (number, (day, state)) in [
      ("2026-12-20", KeyState.active), ("2026-12-01", .due), ("2026-11-23", .due), ("2026-11-22", .overdue),
    ].enumerated() {
      try look(.init(.asPlanned), as: "b\(number)", daysBefore: 10 - number, ["expiry": day])
      expectNoDifference(try self.state(), state, "\(day)")
    }
  }

  @Test func `Since when a key is too wide is told until its exchange says otherwise`() throws {
    try adopt()
    expectNoDifference(try life().tooWideSince, nil)
    for (number, (verdict, since)) in [
      (KeyCheck.Verdict.tooWide, "2026-11-14"), (.tooWide, "2026-11-14"), (.refused, "2026-11-14"),
      (.untold, "2026-11-14"), (.asPlanned, nil), (.tooWide, "2026-11-19"), (.lessThanPlanned, nil),
    ].enumerated() {
      try look(.init(verdict), as: "b\(number)", daysBefore: 9 - number)
      expectNoDifference(try life().tooWideSince?.day, since, "\(number)")
    }
  }

  @Test func `Who was given a key is told once, the last first, and a failure gave it to nobody`() throws {
    try adopt()
    for (id, host, days) in [("b1", "office", 9), ("b2", "office", 3), ("b3", "lab", 5)] {
      try write(.exec, "gate-io/bot", [], facts: ["program": "freqtrade"], host: host, as: id, daysBefore: days)
    }
    try write(
      .send, "gate-io/bot", [.failed("gate-io/bot", reason: "the disk is full")],
      facts: ["recipient": "age1x", "file": "b.age"], as: "b4")
    try write(
      .config, "gate-io/bot", [], facts: ["program": "freqtrade", "file": "c.json"], as: "b5", daysBefore: 1)
    let life = try life()
    expectNoDifference(
      life.given.map { "\($0.kind) \($0.to) \($0.host) \($0.at.day) \($0.file ?? "")" },
      [
        "config freqtrade office 2026-11-22 c.json", "exec freqtrade office 2026-11-20 ",
        "exec freqtrade lab 2026-11-18 ",
      ])
    expectNoDifference(life.hosts, ["office", "lab"])
  }

  @Test func `What was said of an exposed key stands, and can be taken back`() throws {
    try adopt()
    try mark([.exposed], as: "b1", isOver: false)
    expectNoDifference(try state(), .exposed)
    expectNoDifference(try life().exposure?.record, "b1")
    expectNoDifference(
      try inventory.origins().needs(on: today, within: 14) { _ in true }.now.map(\.reason),
      [.exposed(since: .pinned())])
    try mark([.deleted], as: "b2")
    expectNoDifference(try state(), .deletedByWord)
    expectNoDifference(try life().deletion?.person, "ana")
    expectNoDifference(try inventory.origins().needs(on: today, within: 14) { _ in true }.now, [])
    try mark([.undeleted], as: "b3")
    expectNoDifference(try state(), .exposed)
    try mark([.safe], as: "b4")
    expectNoDifference(try state(), .active)
  }

  @Test func `A mark means the key that had the place last, also where its copy is gone`() throws {
    try adopt()
    try write(.rename, "gate-io/bot", [.done("gate-io/bot", seen: "")], facts: ["to": "gate-io/new"], as: "b1")
    try write(.forget, "gate-io/new", [.done("gate-io/new", seen: "gone")], as: "b2")
    try mark([.exposed], as: "b3", "gate-io/new")
    let life = try life("gate-io/new")
    expectNoDifference(life.state(on: today, within: 14), .exposed)
    expectNoDifference(life.places, [])
    expectNoDifference(life.identity, "adopted aaaa")
    expectNoDifference(
      try inventory.origins().needs(on: today, within: 14) { _ in true }.now.map(\.key?.reference.name), ["gate-io/new"]
    )
  }

  @Test func `What its exchange says outweighs what was said`() throws {
    try adopt()
    // Who never took it may not know it for another reason: it was mistyped.
    try look(.init(.refused, isGone: true), as: "b0", daysBefore: 9)
    expectNoDifference(try state(), .active)
    try look(.init(.asPlanned), as: "b1", daysBefore: 8)
    try look(.init(.refused, isGone: true), as: "b2", daysBefore: 7)
    expectNoDifference(try state(), .deletedByExchange)
    try look(.init(.asPlanned), as: "b2a", daysBefore: 6)
    expectNoDifference(try state(), .active)
    try mark([.exposed, .deleted], as: "b3")
    expectNoDifference(try state(), .deletedByWord)
    try look(.init(.tooWide), as: "b4", daysBefore: -1)
    expectNoDifference(try state(), .exposed)
    try look(.init(.refused), as: "b5", daysBefore: -2)
    expectNoDifference(try state(), .exposed)
  }

  @Test func `What an exchange told of a key's powers stays where a later look tells nothing`() throws {
    try adopt()
    let powers = KeyPowers(["spot read and write", "no IP list"], withdraws: nil, trades: true, isBound: false)
    try look(.init(.tooWide, powers: powers), as: "b1", daysBefore: 2)
    try look(.init(.refused), as: "b2", daysBefore: 1)
    expectNoDifference(try life().check?.powers, powers)
    expectNoDifference(try life().check?.verdict, .refused)
  }
}
