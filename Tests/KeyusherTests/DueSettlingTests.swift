import CustomDump
import FlowCore
import Foundation
import KeyusherHarness
import Outside
import PlainText
import PtyHarness
import Records
import Testing

/// What a run reminds of, and what becomes of it: put off, done, counted at the greeting, looked at each day.
@Suite struct DueSettlingTests {
  private static let later = ["KEYUSHER_TEST_CLOCK": "2026-12-28T10:00:00.000Z"]

  /// A desk on which a run made a key on the 28th of November; its end reminds of the 28th of December.
  private func desk() throws -> (desk: Desk, run: String) {
    let desk = try Desk()
    let text = try desk.text(of: sourceTree + "/flows/gate-io/create-key.script")
    let script = try desk.write(text, to: "create.script")
    let setting = SmallFlow.credential.merging(["KEYUSHER_TEST_CLOCK": "2026-11-28T10:00:00.000Z"]) { $1 }
    expectNoDifference(try desk.run(["replay", script], setting: setting).errors, "")
    return (desk, try desk.run())
  }

  private func due(_ desk: Desk, _ options: [String] = []) throws -> Ran {
    try desk.run(["due"] + options, setting: Self.later)
  }

  @Test func `What a run reminds of is due, is put off with a reason, and is done once that is said`() throws {
    let (desk, run) = try desk()
    let told = try due(desk)
    expectNoDifference(told.status, 2)
    expectNoDifference(
      told.output,
      """
      1 key needs you.

      1. grid-bot-01: look again today, 2026-12-28.
        For grid-bot.
        Is grid-bot-01 still in use, and still right?
        Run \(run) said so at its end, 2026-11-28.
        Look at the keys there, about 10 minutes:
        keyusher run gate-io/review-keys

      """)
    expectNoDifference(try due(desk, ["--snooze", run, "--for", "5d"]).status, 64)
    expectNoDifference(try due(desk, ["--snooze", run, "--reason", "away"]).status, 64)
    expectNoDifference(try due(desk, ["--for", "5d"]).status, 64)
    let nothing = try due(desk, ["--snooze", "okx/none", "--for", "5d", "--reason", "away"])
    expectNoDifference(nothing.status, 66)
    #expect(nothing.errors.contains("'okx/none' is not on the list"))
    expectNoDifference(
      try due(desk, ["--snooze", run, "--for", "5d", "--reason", "away"]).output,
      "  Put off until 2027-01-02: \(run).\n")
    let waiting = try due(desk)
    expectNoDifference(waiting.status, 0)
    #expect(waiting.output.hasSuffix("Put off until 2027-01-02: grid-bot-01.\n"))
    let record = try #require(try desk.records.operations().first)
    #expect(try desk.run(["show", record]).output.contains("Why: away"))
    let back = try desk.run(["due"], setting: ["KEYUSHER_TEST_CLOCK": "2027-01-02T10:00:00.000Z"])
    #expect(back.output.contains("look again: due since 2026-12-28"))
    let setting = ["KEYUSHER_TEST_CLOCK": "2027-01-02T10:00:00.000Z"]
    expectNoDifference(
      try desk.run(["due", "--done", run], setting: setting).output,
      "  Noted: what run \(run) reminded you of is done.\n")
    expectNoDifference(try desk.run(["due"], setting: setting).status, 0)
    expectNoDifference(try desk.run(["due", "--done", run], setting: setting).status, 66)
    // What is told ahead of its day can be done then.
    let (other, early) = try self.desk()
    let before = ["KEYUSHER_TEST_CLOCK": "2026-12-20T10:00:00.000Z"]
    #expect(try other.run(["due"], setting: before).output.contains("in 8 days"))
    expectNoDifference(try other.run(["due", "--done", early], setting: before).status, 0)
    expectNoDifference(try other.run(["due"], setting: Self.later).status, 0)
  }

  @Test func `The greeting has one line for it, and none where nothing is due`() throws {
    let (desk, run) = try desk()
    func greeting(at day: String = "2026-12-28") throws -> String {
      try desk.run([], input: "quit\n", setting: ["KEYUSHER_TEST_CLOCK": "\(day)T10:00:00.000Z"]).output
    }
    // Nobody has looked yet.
    #expect(try !greeting().contains("keyusher due"))
    _ = try due(desk)
    #expect(try greeting().contains("\n  1 key needs you: keyusher due\n"))
    #expect(try !greeting(at: "2026-12-01").contains("keyusher due"))
    expectNoDifference(try due(desk, ["--snooze", run, "--for", "5d", "--reason", "away"]).status, 0)
    #expect(try greeting().contains("\n  1 key needed you on 2026-12-28: keyusher due\n"))
    _ = try due(desk)
    #expect(try !greeting().contains("keyusher due"))
    #expect(try greeting(at: "2027-01-02").contains("\n  1 key needs you: keyusher due\n"))
  }

  @Test func `A calendar has what a run reminds of, too`() throws {
    let (desk, run) = try desk()
    let file = desk.work + "/keys.ics"
    expectNoDifference(try due(desk, ["--ics", file]).status, 0)
    let text = try desk.text(of: file)
    #expect(text.contains("DTSTART;VALUE=DATE:20261228\r\n"))
    #expect(text.contains("SUMMARY:grid-bot-01: look again\r\n"))
    _ = try desk.run(["due", "--done", run], setting: Self.later)
    expectNoDifference(try due(desk, ["--ics", file]).status, 0)
    #expect(try desk.text(of: file).contains("STATUS:CANCELLED\r\n"))
  }

  @Test func `A timer is shown, written once that is agreed, and is one that systemd takes`() throws {
    let desk = try Desk()
    let config = desk.work + "/my %config"
    let setting = ["XDG_CONFIG_HOME": config]
    let shown = try desk.run(["due", "--install"], setting: setting)
    expectNoDifference(shown.status, 64)
    #expect(shown.output.contains("OnCalendar="))
    #expect(shown.output.contains("0 9 * * * told=$("))
    #expect(!FileManager.default.fileExists(atPath: config))
    let pty = try desk.start(["due", "--install"], setting: setting)
    try pty.expect("Type install")
    try pty.send("install\r")
    try pty.expect("loginctl enable-linger")
    expectNoDifference(try pty.end(), .exited(0))
    let files = ["service", "timer"].map { "\(config)/systemd/user/keyusher-due.\($0)" }
    #expect(try desk.text(of: files[0]).contains("Environment=\"KEYUSHER_HOME=\(desk.home)\"\n"))
    let analyze = "/usr/bin/systemd-analyze"
    guard FileManager.default.isExecutableFile(atPath: analyze) else { return missing("systemd-analyze") }
    let ran = try output(
      of: "/usr/bin/env", ["XDG_RUNTIME_DIR=\(desk.work)", analyze, "--user", "verify"] + files)
    expectNoDifference(ran.status, 0, "\(String(decoding: ran.bytes, as: UTF8.self))")
  }

  @Test func `What cron would run says nothing where nothing is due, and what is due otherwise`() throws {
    let (desk, _) = try desk()
    let shown = try desk.run(["due", "--install"]).output
    let line = try #require(shown.split(separator: "\n").first { $0.contains("* * * told=") })
    let command = String(line.drop { $0 != "t" })
    for (clock, isTold) in [("2026-12-28", true), ("2026-12-01", false)] {
      let ran = try Ran(
        "/bin/sh", ["-c", command],
        environment: desk.environment(["KEYUSHER_TEST_CLOCK": "\(clock)T10:00:00.000Z"]), input: "", descriptors: [:],
        scratch: desk.path)
      expectNoDifference(ran.output.contains("look again"), isTold, "\(ran.errors)")
      expectNoDifference(ran.output.isEmpty, !isTold)
    }
  }
}
