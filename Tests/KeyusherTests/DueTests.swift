import CustomDump
import FlowCore
import Foundation
import KeyusherHarness
import PlainText
import Records
import Testing

/// What `due` says of keys, by their records alone.
@Suite struct DueTests {
  private let desk: Desk

  init() throws { desk = try Desk() }

  private func write(
    _ kind: KeyOperation.Kind, _ key: String, _ events: [KeyEvent], in store: String = "age",
    facts: [String: String] = [:], at moment: String, as id: String
  ) throws {
    let moment = try #require(Timestamp(moment))
    let header = RunHeader(
      of: KeyOperation(kind, key, in: store, facts: facts), id: id, toolVersion: "0.2.0", user: "ana", host: "office",
      began: moment)
    try desk.records.create(header) { [UInt8](repeating: 7, count: $0) }.end(events, at: moment)
  }

  /// Three keys: one that may end by a rule and is too wide, one that nobody asked about, and one that is in order.
  private func keep() throws {
    let day = try #require(Day("2026-12-10"))
    for (id, key, exchange, store) in [
      ("k1", "gate-io/grid-bot-01", "gate-io", "age"), ("k2", "kraken/tax", "kraken", "pass"),
      ("k3", "okx/fine", "okx", "age"),
    ] {
      try write(
        .adopt, key, [.done(key, seen: "kept")], in: store,
        facts: ["exchange": exchange, "program": exchange == "gate-io" ? "freqtrade" : "tax export"],
        at: "2026-09-11T10:00:00.000Z", as: id)
    }
    try write(
      .verify, "gate-io/grid-bot-01",
      [
        KeyEvent(.reported, key: "gate-io/grid-bot-01", by: "api.gateio.ws", facts: ["addresses": "none"]),
        .mayEnd("gate-io/grid-bot-01", on: day, after: 90, by: "Gate's help article 17521"),
        .done("gate-io/grid-bot-01", seen: "too wide", verdict: .tooWide),
      ], at: "2026-12-01T10:00:00.000Z", as: "v1")
    try write(
      .verify, "okx/fine",
      [
        KeyEvent(.reported, key: "okx/fine", by: "www.okx.com", facts: ["expiry": "2027-02-01"]),
        .done("okx/fine", seen: "as planned", verdict: .asPlanned),
      ], at: "2026-12-01T10:00:00.000Z", as: "v3")
  }

  private func due(_ options: [String] = [], at day: String = "2026-12-03") throws -> Ran {
    try desk.run(["due"] + options, setting: ["KEYUSHER_TEST_CLOCK": "\(day)T14:05:00.000Z"])
  }

  @Test func `Without keys, and where all are in order, nothing is due`() throws {
    #expect(try due().output.hasPrefix("  No keys yet. "))
    expectNoDifference([try due().status, try due(["--json"]).status], [0, 0])
    expectNoDifference(try due(["--json"]).output, "[\n\n]\n")
    try write(.adopt, "okx/fine", [.done("okx/fine", seen: "kept")], at: "2026-12-01T10:00:00.000Z", as: "k3")
    try write(
      .verify, "okx/fine", [.done("okx/fine", seen: "", verdict: .asPlanned)], at: "2026-12-02T10:00:00.000Z", as: "v3")
    expectNoDifference(try due().output, "  No key needs you within 14 days.\n")
    expectNoDifference(try due(["--within", "1"]).output, "  No key needs you within 1 day.\n")
  }

  @Test func `Each need has its day, whose word it is, and one command`() throws {
    try keep()
    let ran = try due()
    expectNoDifference(ran.status, 2)
    expectNoDifference(
      ran.output,
      """
      2 keys need you.

      1. gate-io/grid-bot-01 may end in 7 days, on 2026-12-10.
        freqtrade stops working without it.
        By Gate's help article 17521, after 90 days. The exchange itself gives no day.
        Put a new one in its place, about 25 minutes:
        keyusher run gate-io/rotate-key --key gate-io/grid-bot-01

      2. gate-io/grid-bot-01 is too wide. No deadline is known.
        By its exchange, 2026-12-01.
        Change it on the exchange's page, then ask again:
        keyusher key verify gate-io/grid-bot-01

      3. kraken/tax was never checked. No deadline is known.
        What it can really do is the word of whoever made it.
        Ask its exchange, a minute:
        keyusher key verify kraken/tax --store pass

      """)
  }

  @Test func `How far ahead is looked is said, and what is over stays due`() throws {
    try keep()
    expectNoDifference(try due(["--within", "6d"]).output.contains("may end"), false)
    #expect(try due(["--within", "70"]).output.contains("okx/fine ends in 60 days, on 2027-02-01.\n"))
    for (day, words) in [
      ("2026-12-09", "may end in 1 day, on 2026-12-10."), ("2026-12-10", "may end today, 2026-12-10."),
      ("2026-12-11", "may have ended 1 day ago, on 2026-12-10."),
    ] {
      #expect(try due(at: day).output.contains("gate-io/grid-bot-01 \(words)\n"))
    }
    #expect(try due(at: "2027-02-03").output.contains("okx/fine has ended 2 days ago, on 2027-02-01.\n"))
    #expect(try due(at: "2027-03-20").output.contains("kraken/tax was never checked."))
  }

  @Test func `Nothing is unlocked, and a record that can't be read hides no other`() throws {
    try keep()
    try desk.write("rubbish\n", to: desk.recordFile("abcd"))
    let ran = try due()
    #expect(ran.output.contains("2 keys need you.") && ran.status == 2, "\(ran.errors)")
    #expect(!FileManager.default.fileExists(atPath: desk.ageFolder))
    // From the index it is the same.
    expectNoDifference(try due().output, ran.output)
  }
}
