import CustomDump
import Foundation
import KeyusherHarness
import PtyHarness
import Records
import Testing

/// What a version left is used on: its half-done runs come to their ends, and its store and its settings take changes.
@Suite struct ReleaseUseTests {
  private static func surroundings(_ run: String) -> [String: String?] {
    [
      "KEYUSHER_TEST_CLOCK": "2026-11-23T10:59:00.000Z", "KEYUSHER_TEST_ID": run, "KEYUSHER_TEST_USER": "ada",
      "KEYUSHER_TEST_HOST": "office",
    ]
  }

  @Test(
    "A run that was left is gone on with to its end",
    arguments: [
      ("0.1.0", "piped", "bot\nkeep\nno\nfinish\n"), ("0.1.0", "half", "list\n1\nno\nfinish\n"),
      ("0.1.0", "pending", "yes\nfinish\n"), ("0.2.0", "piped", "bot\nkeep\nno\nfinish\n"),
    ])
  func finish(version: String, run: String, answers: String) throws {
    let desk = try ReleaseCorpus(version: version).desk()
    let before = try desk.text(of: desk.recordFile(run))
    let ran = try desk.run(["resume", run], input: answers, setting: Self.surroundings(run))
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    try expectWhole(run, of: version, on: desk, after: before)
    guard run == "pending" else { return }
    // The key that waited without a name is the one that the page showed then.
    let held = try desk.run(
      ["exec", "test/bot-5", "--passphrase", "env:STORE_WORD", "--", "/usr/bin/printenv", "TEST_API_KEY"],
      setting: ["STORE_WORD": KeyDesk.passphrase])
    expectNoDifference(held.errors, "")
    expectNoDifference(held.output, Canary.key + "\n")
  }

  @Test func `A run that was left at its credential takes it, and ends`() throws {
    let desk = try ReleaseCorpus(version: "0.1.0").desk()
    let before = try desk.text(of: desk.recordFile("cut"))
    let pty = try desk.start(["resume", "cut"], setting: Self.surroundings("cut"))
    try pty.expect("yes or no: ")
    try pty.send("yes\r")
    for (prompt, secret) in [("API key: ", Canary.key), ("Secret: ", Canary.secret), ("Last four: ", Canary.lastFour)] {
      try pty.expect(prompt)
      try pty.paste(secret)
      try pty.send("\r")
    }
    for (prompt, answer) in [("yes or no: ", "yes"), ("Enter = finish, or a number to change: ", "")] {
      try pty.expect(prompt)
      try pty.send(answer + "\r")
    }
    expectNoDifference(try pty.end(), .exited(0))
    try expectWhole("cut", of: "0.1.0", on: desk, after: before)
    expectNoDifference(Canary.trace(in: try desk.bytes(of: desk.recordFile("cut"))), nil)
  }

  /// The record has all that it had, in the format that it had, and an end.
  private func expectWhole(_ run: String, of version: String, on desk: Desk, after before: String) throws {
    let record = try desk.record(run)
    #expect(!record.status.isUnfinished)
    expectNoDifference(record.header.format, ["0.1.0": 1, "0.2.0": 3][version])
    expectNoDifference(try desk.records.audit(run).findings, [])
    let lines = before.split(separator: "\n")
    let kept = try desk.text(of: desk.recordFile(run)).split(separator: "\n")
    // A line that was torn when the program was killed is cut.
    #expect(kept.count > lines.count && zip(lines.dropLast(), kept).allSatisfy { $0 == $1 })
    for format in ["markdown", "html", "json", "csv", "script"] {
      let ran = try desk.run(["export", run, "--format", format])
      expectNoDifference(ran.errors, "")
      expectNoDifference(ran.status, 0)
    }
  }

  @Test func `The store takes another passphrase, a name and a key, and gives what it had`() throws {
    let desk = try ReleaseCorpus(version: "0.1.0").desk()
    let words: [String: String?] = [
      "OLD": KeyDesk.passphrase, "NEW": "another word for it", "KEY": Canary.key, "SECRET": Canary.secret,
    ]
    for command in [
      ["store", "passphrase", "--passphrase", "env:OLD", "--new-passphrase", "env:NEW"],
      ["key", "rename", "test/bot-4", "test/bot-9"],
      ["key", "adopt", "test/new", "--key", "env:KEY", "--secret", "env:SECRET"],
    ] {
      let ran = try desk.run(command, setting: words)
      expectNoDifference(ran.status, 0, "\(command): \(ran.errors)")
    }
    for (name, variable, value) in [
      ("gate-io/old-bot", "GATE_API_KEY", "0011223344556677889900aabbccddee"),
      ("test/bot-9", "TEST_API_KEY", Canary.key), ("test/new", "TEST_API_SECRET", Canary.secret),
    ] {
      let ran = try desk.run(
        ["exec", name, "--passphrase", "env:NEW", "--", "/usr/bin/printenv", variable], setting: words)
      expectNoDifference(ran.errors, "")
      expectNoDifference(ran.output, value + "\n")
    }
  }

  @Test func `The settings take one more, and stay as they were written`() throws {
    let desk = try ReleaseCorpus(version: "0.1.0").desk()
    let before = try desk.text(of: desk.home + "/config.yaml")
    expectNoDifference(try desk.run(["config", "set", "exchange.ask", "never"]).errors, "")
    expectNoDifference(try desk.text(of: desk.home + "/config.yaml"), before + "exchange.ask: never\n")
  }
}
