import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// `key verify --wait`: what differs is looked at again, for as long as a change may be on its way.
@Suite struct VerifyWaitTests {
  private let gate = PlayedKey.all[0]

  private func start(_ options: [String] = [], at exchange: PlayedExchanges, on desk: Desk) throws -> Pty {
    try desk.start(
      ["key", "verify", gate.entry, "--wait", "--base-url", exchange.address, "--passphrase", "env:STORE_WORD"]
        + options, setting: ["STORE_WORD": PassphraseCanary.text, "KEYUSHER_TEST_ID": "asked"])
  }

  private func reports(in record: String) -> Int {
    record.split(separator: "\n").count { $0.contains(#""event":"key-reported""#) }
  }

  @Test func `It says until when it waits, and tells when it is as planned`() throws {
    let desk = try TenKeysDesk.make()
    let exchange = try PlayedExchanges(Failure.wide.state(of: [gate]))
    let pty = try start(at: exchange, on: desk)
    try pty.expect("gate-io/grid-bot-01: TOO WIDE.")
    try pty.expect("Waiting until ")
    try pty.expect("Gate takes up to 5 minutes to apply a change.")
    try pty.expect("Ctrl-C ends the waiting.")
    #expect(!pty.text.contains("Once it is saved there"))
    try exchange.play(Failure.nothing.state(of: [gate]))
    try pty.expect("gate-io/grid-bot-01: as planned")
    expectNoDifference(try pty.end(), .exited(0))
    let record = try desk.text(of: desk.recordFile("asked"))
    // The clock and two requests of the first look, and the same of the one that found it changed.
    expectNoDifference(reports(in: record), 6)
    #expect(record.contains(#""verdict":"as-planned""#) && record.contains("; looked "), "\(record)")
    expectNoDifference(try desk.run(["audit", "asked"]).status, 0)
  }

  @Test func `Of two things that differ each is told as it arrives`() throws {
    let desk = try TenKeysDesk.make()
    let exchange = try PlayedExchanges(Failure.wide.state(of: [gate]))
    let pty = try start(at: exchange, on: desk)
    try pty.expect("Ctrl-C ends the waiting.")
    var state = Failure.nothing.state(of: [gate])
    var key = try #require((state["keys"] as? [[String: Any]])?.first)
    key["addresses"] = [String]()
    state["keys"] = [key]
    try exchange.play(state)
    try pty.expect("Arrived: wallet read and write off.")
    try pty.expect("Still waiting for: add \(PlayedKey.address).")
    try exchange.play(Failure.nothing.state(of: [gate]))
    try pty.expect("gate-io/grid-bot-01: as planned")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.text.components(separatedBy: "Arrived:").count, 2, "once")
  }

  @Test func `A key that is refused is not waited for, and that is said`() throws {
    let desk = try TenKeysDesk.make()
    let exchange = try PlayedExchanges(Failure.wrongSecret.state(of: [gate]))
    let ran = try desk.verify([gate.entry], at: exchange.address, ["--wait"])
    expectNoDifference(ran.status, 2)
    #expect(ran.output.contains("REFUSED by Gate."))
    let said = ran.errors.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    expectNoDifference(
      said, "gate-io/grid-bot-01 is not waited for: a key that is refused does not become another by waiting.")
  }

  @Test func `Ctrl-C ends the waiting, with the last verdict told and on record`() throws {
    let desk = try TenKeysDesk.make()
    let exchange = try PlayedExchanges(Failure.wide.state(of: [gate]))
    let pty = try start(at: exchange, on: desk)
    try pty.expect("Ctrl-C ends the waiting.")
    try pty.control("C")
    try pty.expect("gate-io/grid-bot-01: as above, after ")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    let record = try desk.text(of: desk.recordFile("asked"))
    #expect(record.contains(#""difference":"too-wide""#), "\(record)")
    expectNoDifference(
      try desk.run(["show", "asked"]).output.contains("Keyusher saw: Gate says: wider than planned"), true)
  }

  @Test func `Ctrl-C while the exchange is asked ends it at once, and that is on record`() throws {
    let desk = try TenKeysDesk.make()
    var state = Failure.nothing.state(of: [gate])
    state["faults"] = [["request": "detail", "kind": "slow", "milliseconds": 60_000]]
    let exchange = try PlayedExchanges(state)
    let pty = try start(at: exchange, on: desk)
    try pty.expect("Asking Gate about gate-io/grid-bot-01 ...")
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    #expect(!pty.text.contains("gate-io/grid-bot-01:"), "\(pty.text)")
    let shown = try desk.run(["show", "asked"]).output
    #expect(shown.contains("It failed: it was stopped before the exchange had answered"), "\(shown)")
  }

  @Test func `When its time is over it ends, and a look that found nothing new adds nothing to the record`() throws {
    let desk = try TenKeysDesk.make()
    let exchange = try PlayedExchanges(Failure.wide.state(of: [gate]))
    let ran = try desk.run(
      [
        "key", "verify", gate.entry, "--wait", "--json", "--base-url", exchange.address, "--passphrase",
        "env:STORE_WORD",
      ],
      setting: [
        "STORE_WORD": PassphraseCanary.text, "KEYUSHER_TEST_ID": "asked",
        // Each reading is a second later.
        "KEYUSHER_TEST_CLOCK": "2026-11-30T12:00:00Z",
      ])
    expectNoDifference(ran.status, 2)
    expectNoDifference(ran.errors, "")
    let rows = try #require(JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [[String: Any]])
    expectNoDifference(rows.compactMap { $0["result"] as? String }, ["differs"])
    let looks = try exchange.requests().count { $0["request"] as? String == "detail" }
    #expect(looks > 10)
    let record = try desk.text(of: desk.recordFile("asked"))
    expectNoDifference(reports(in: record), 3)
    #expect(record.contains("; looked \(looks) times"), "\(record)")
  }

  @Test func `Where no source says how long a change takes there is no waiting, and that is said`() throws {
    let desk = try TenKeysDesk.make()
    let bybit = try #require(PlayedKey.all.first { $0.exchange == "bybit" })
    let exchange = try PlayedExchanges(Failure.wide.state(of: [bybit]))
    let ran = try desk.verify([bybit.entry], at: exchange.address, ["--wait"])
    expectNoDifference(ran.status, 2)
    expectNoDifference(
      ran.errors.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.joined(separator: " "),
      "How long Bybit takes to apply a change, no source says: that is not waited for.")
    #expect(
      ran.output.contains("Then look again:\n  keyusher key verify bybit/grid-bot-01 --base-url http://"),
      "\(ran.output)")
  }
}
