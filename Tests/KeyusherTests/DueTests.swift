import CustomDump
import FlowCore
import Foundation
import KeyusherHarness
import Outside
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
        KeyEvent(.reported, key: "gate-io/grid-bot-01", by: "api.gateio.ws", facts: ["ip-list": "none"]),
        .mayEnd("gate-io/grid-bot-01", on: day, after: 90, by: "Gate's help article 17521"),
        .done("gate-io/grid-bot-01", seen: "too wide", told: .init(.tooWide)),
      ], at: "2026-12-01T10:00:00.000Z", as: "v1")
    try write(
      .verify, "okx/fine",
      [
        KeyEvent(.reported, key: "okx/fine", by: "www.okx.com", facts: ["expiry": "2027-02-01"]),
        .done("okx/fine", seen: "as planned", told: .init(.asPlanned)),
      ], at: "2026-12-01T10:00:00.000Z", as: "v3")
  }

  private func due(_ options: [String] = [], at day: String = "2026-12-03") throws -> Ran {
    try desk.run(["due"] + options, setting: ["KEYUSHER_TEST_CLOCK": "\(day)T14:05:00.000Z"])
  }

  @Test func `Without keys, and where all are in order, nothing is due`() throws {
    expectNoDifference(try due().output, "  No key that is kept here is on record.\n")
    expectNoDifference([try due().status, try due(["--json"]).status], [0, 0])
    expectNoDifference(try due(["--json"]).output, "[\n\n]\n")
    try write(.adopt, "okx/fine", [.done("okx/fine", seen: "kept")], at: "2026-12-01T10:00:00.000Z", as: "k3")
    try write(
      .verify, "okx/fine", [.done("okx/fine", seen: "", told: .init(.asPlanned))], at: "2026-12-02T10:00:00.000Z",
      as: "v3")
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
      2 keys need you, for 3 reasons.

      1. gate-io/grid-bot-01 may end in 7 days, on 2026-12-10.
        For freqtrade.
        By Gate's help article 17521, after 90 days, as it was seen on 2026-12-01.
        The exchange itself gives no day.
        Put a new one in its place, about 25 minutes:
        keyusher run gate-io/rotate-key --key gate-io/grid-bot-01

      2. gate-io/grid-bot-01 is too wide.
        For freqtrade.
        By its exchange, 2026-12-01.
        Change it on the exchange's page, then ask again:
        keyusher key verify gate-io/grid-bot-01

      3. kraken/tax was never checked. No deadline is known.
        For tax export.
        What it can do is known only from whoever made it.
        Ask its exchange:
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
    #expect(try due(at: "2027-02-03").output.contains("okx/fine ended 2 days ago, on 2027-02-01.\n"))
    #expect(try due(at: "2027-03-20").output.contains("kraken/tax was never checked."))
  }

  @Test func `Nothing is unlocked, and a record that can't be read hides no other`() throws {
    try keep()
    try desk.write("rubbish\n", to: desk.recordFile("abcd"))
    let ran = try due()
    #expect(ran.output.contains("2 keys need you, for 3 reasons.") && ran.status == 2, "\(ran.errors)")
    expectNoDifference(
      ran.errors,
      "keyusher: record 'abcd' can't be read: what it says of keys is missing here\nhint: 'keyusher runs' names each, and why\n"
    )
    expectNoDifference(try due(["--ics", desk.work + "/a.ics"]).status, 2)
    #expect(!FileManager.default.fileExists(atPath: desk.ageFolder))
    // From the index it is the same.
    expectNoDifference(try due().output, ran.output)
  }

  /// Each entry as a reader of calendars has it: kind, id, number, day, state, alarms, title, text.
  private static let reading = """
    import icalendar, json, sys
    data = open(sys.argv[1], "rb").read()
    assert all(len(line) <= 75 for line in data.split(b"\\r\\n")), "a line is too long"
    rows = []
    for entry in icalendar.Calendar.from_ical(data).subcomponents:
        day = entry.get("DTSTART") or entry.get("DUE")
        alarms = [str(alarm["TRIGGER"].dt.days) for alarm in entry.subcomponents]
        rows.append([entry.name, str(entry["UID"]), str(entry["SEQUENCE"]), str(day.dt), str(entry.get("STATUS", "")),
                     ",".join(alarms), str(entry["SUMMARY"]), str(entry.get("DESCRIPTION", ""))])
        assert entry.get("TRANSP", "TRANSPARENT") == "TRANSPARENT" and entry["DTSTAMP"].dt.utcoffset().seconds == 0
    print(json.dumps(rows))
    """

  /// Nil after saying that the reader is missing.
  private func calendar(_ options: [String] = [], at moment: String) throws -> [[String]]? {
    let python = "/usr/bin/env"
    guard try output(of: python, ["python3", "-c", "import icalendar"]).status == 0 else {
      missing("python's icalendar")
      return nil
    }
    let path = desk.work + "/keys.ics"
    let ran = try desk.run(["due", "--ics", path] + options, setting: ["KEYUSHER_TEST_CLOCK": moment])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    let read = try output(of: python, ["python3", "-c", DueTests.reading, path])
    return try #require(JSONSerialization.jsonObject(with: Data(read.bytes)) as? [[String]])
  }

  @Test func `Where no day is known no calendar is written`() throws {
    try write(.adopt, "okx/fine", [.done("okx/fine", seen: "kept")], at: "2026-12-01T10:00:00.000Z", as: "k3")
    let ran = try due(["--ics", desk.work + "/none.ics"])
    expectNoDifference(ran.output, "  No day is known, so nothing was written.\n")
    expectNoDifference(ran.status, 0)
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/none.ics"))
  }

  @Test func `A calendar has every last day, is brought up to date by the next one, and told what is over`() throws {
    try keep()
    guard let first = try calendar(at: "2026-12-03T14:05:00.000Z") else { return }
    expectNoDifference(
      first.map { [$0[0]] + $0[3...6] },
      [
        ["VEVENT", "2026-12-10", "CONFIRMED", "-7", "gate-io/grid-bot-01 may end"],
        ["VEVENT", "2027-02-01", "CONFIRMED", "-7", "okx/fine ends"],
      ])
    expectNoDifference(
      first[0][7],
      """
      For freqtrade.
      By Gate's help article 17521, after 90 days, as it was seen on 2026-12-01.
      The exchange itself gives no day.
      Put a new one in its place, about 25 minutes:
      keyusher run gate-io/rotate-key --key gate-io/grid-bot-01
      """)
    // The exchange gives another day, and a key is gone.
    try write(
      .verify, "okx/fine",
      [
        KeyEvent(.reported, key: "okx/fine", by: "www.okx.com", facts: ["expiry": "2027-05-01"]),
        .done("okx/fine", seen: "as planned", told: .init(.asPlanned)),
      ], at: "2026-12-04T10:00:00.000Z", as: "v4")
    try write(
      .forget, "gate-io/grid-bot-01", [.done("gate-io/grid-bot-01", seen: "gone")], at: "2026-12-04T11:00:00.000Z",
      as: "f1")
    let second = try #require(try calendar(["--todo"], at: "2026-12-04T14:05:00.000Z"))
    expectNoDifference(second.map { $0[1] }, first.map { $0[1] })
    #expect(zip(first, second).allSatisfy { Int($0[2]) ?? 0 < Int($1[2]) ?? 0 })
    expectNoDifference(
      second.map { [$0[0]] + $0[3...7] },
      [
        ["VTODO", "2026-12-10", "CANCELLED", "", "gate-io/grid-bot-01 may end", ""],
        [
          "VTODO", "2027-05-01", "", "-7", "okx/fine ends",
          """
          For tax export.
          Its exchange said so on 2026-12-04.
          Put a new one in its place, about 25 minutes:
          keyusher run okx/rotate-key --key okx/fine
          """,
        ],
      ])
    let ran = try desk.run(["due", "--ics", desk.work + "/again.ics"])
    expectNoDifference(
      ran.output.split(whereSeparator: \.isWhitespace).suffix(8).joined(separator: " "),
      "(1 day, and 1 that holds no more).")
    // What is no calendar is not written over.
    let other = try desk.write("mine\n", to: "other.txt")
    expectNoDifference(try desk.run(["due", "--ics", other]).status, 74)
    expectNoDifference(try desk.text(of: other), "mine\n")
    expectNoDifference(try desk.run(["due", "--todo"]).status, 64)
    expectNoDifference(try desk.run(["due", "--json", "--ics", "a"]).status, 64)
    // A key that was replaced is in use no more, and nothing is to be done about its day.
    try write(
      .adopt, "okx/fine", [.done("okx/fine", seen: "kept", previous: "previous/okx/fine")],
      facts: ["exchange": "okx"], at: "2026-12-05T10:00:00.000Z", as: "k4")
    let third = try #require(try calendar(at: "2026-12-05T14:05:00.000Z"))
    expectNoDifference(third.map { $0[4] }, ["CANCELLED", "CANCELLED"])
    expectNoDifference(try desk.run(["due", "--ics", "a", "--within", "1"]).status, 64)
  }
}
