import CustomDump
import Foundation
import KeyusherHarness
import PtyHarness
import Records
import Testing

/// What is done with keys outside of runs stands on record, each time in a record of its own.
@Suite struct KeyRecordingTests {
  private static let pinned = [
    "KEYUSHER_TEST_CLOCK": "2026-11-29T10:00:00Z", "KEYUSHER_TEST_ID": "op", "KEYUSHER_TEST_USER": "ana",
    "KEYUSHER_TEST_HOST": "office",
  ]

  private func shown(_ arguments: [String], on desk: Desk) throws -> String {
    let ran = try desk.unlocked(arguments, setting: KeyRecordingTests.pinned)
    expectNoDifference(ran.errors, "")
    return try desk.run(["show", "op"]).output.split(separator: "\n").prefix { !$0.contains("Final digest") }
      .joined(separator: "\n")
  }

  @Test func `A renaming`() throws {
    expectNoDifference(
      try shown(["key", "rename", "gate-io/bot", "gate-io/spot"], on: KeyDesk.make()),
      """
      Key renamed: gate-io/bot to gate-io/spot, in age
        By ana on office, 2026-11-29 10:00 UTC.
        Keyusher saw: the store has it under its new name
      """)
  }

  @Test func `A pending copy that gets a name, with the run that left it`() throws {
    expectNoDifference(
      try shown(["key", "keep", "pending/7q4m.credential", "gate-io/found"], on: KeyDesk.make()),
      """
      Copy kept: pending/7q4m.credential as gate-io/found, in age
        By ana on office, 2026-11-29 10:00 UTC.
        The key was made by run 7q4m.
        Keyusher saw: the store has it under its new name
      """)
  }

  @Test func `A deletion`() throws {
    expectNoDifference(
      try shown(["key", "forget", "gate-io/bot", "--yes"], on: KeyDesk.make()),
      """
      Copy deleted: gate-io/bot, from age
        By ana on office, 2026-11-29 10:00 UTC.
        Keyusher saw: age has no entry of that name any more
      """)
  }

  @Test func `Lists tell it, each record stands for itself, and none is one to go on with`() throws {
    let desk = try KeyDesk.make()
    for (old, new) in [("bot", "spot"), ("spot", "grid")] {
      _ = try desk.run(["key", "rename", "gate-io/\(old)", "gate-io/\(new)"], setting: KeyRecordingTests.pinned)
    }
    expectNoDifference(
      try desk.run(["runs"]).output,
      """
        op Key renamed: gate-io/bot to gate-io/spot, in age, 2026-11-29 10:00 UTC
        op-2 Key renamed: gate-io/spot to gate-io/grid, in age, 2026-11-29 10:00 UTC

      """)
    let audited = try desk.run(["audit"])
    expectNoDifference(audited.status, 0)
    #expect(audited.output.contains("record op-2: 2 lines, whole and unchanged\n"))
    for verb in [["resume", "op"], ["discard", "op"], ["export", "op"]] {
      let ran = try desk.run(verb)
      expectNoDifference(
        ran.errors,
        """
        keyusher: record 'op' is about an operation on a key, and not a run
        hint: 'keyusher show op' prints it

        """)
      expectNoDifference(ran.status, 66)
    }
    expectNoDifference(try desk.run(["resume"]).status, 66)
  }

  @Test func `One that fails is on record as that, and one that was cut short says so`() throws {
    let desk = try KeyDesk.make()
    // A folder in the place of the new entry is seen by nobody before.
    #expect(mkdir(desk.home + "/age/store/gate-io/spot.age", 0o700) == 0)
    let ran = try desk.run(["key", "rename", "gate-io/bot", "gate-io/spot"], setting: KeyRecordingTests.pinned)
    #expect(ran.status != 0)
    #expect(try desk.run(["show", "op"]).output.contains("It failed: "))
    let file = desk.recordFile("op")
    let lines = try desk.text(of: file).split(separator: "\n")
    try Data((lines[0] + "\n").utf8).write(to: URL(fileURLWithPath: file))
    #expect(try desk.run(["show", "op"]).output.contains("Nobody can tell from the record what became of it"))
    #expect(try desk.run(["audit", "op"]).output.contains("; unfinished, or its end is missing"))
    let listed = try desk.run(["runs"]).output.replacing("\n  ", with: " ")
    #expect(listed.contains(": its end is not on record"))
  }

  @Test func `Where no record can be made nothing is done`() throws {
    let desk = try KeyDesk.make()
    let names = try desk.keys()
    expectNoDifference(names, KeyCommandTests.names)
    try desk.write("", to: desk.home + "/records")
    for verb in [["key", "forget", "gate-io/bot", "--yes"], ["key", "rename", "gate-io/bot", "gate-io/spot"]] {
      #expect(try desk.run(verb).errors.contains("is a link or a file, not a folder"))
    }
    #expect(unlink(desk.home + "/records") == 0)
    expectNoDifference(try desk.keys(), names)
  }

  @Test func `A key that is given to a program, only where that is wanted`() throws {
    let desk = try KeyDesk.make()
    let program = ["sh", "-c", "test -n \"$GATE_API_SECRET\" && echo given"]
    expectNoDifference(try desk.exec("gate-io/bot", program).output, "given\n")
    expectNoDifference(try desk.records.runs(), [])
    let ran = try desk.exec("gate-io/bot", ["--record"], program, setting: KeyRecordingTests.pinned)
    expectNoDifference(ran.output, "given\n")
    let shown = try desk.run(["show", "op"])
    #expect(
      shown.output.hasPrefix(
        """
        Key given to a program: gate-io/bot, from age
          By ana on office, 2026-11-29 10:00 UTC.
          Program: sh
          Final digest:
        """))
    #expect(try !desk.text(of: desk.recordFile("op")).contains("GATE_API_SECRET"))
    #expect(try desk.run(["audit", "op"]).output.contains("record op: 1 lines, whole and unchanged\n"))
    expectNoDifference(try desk.run(["config", "set", "exec.record", "yes"]).status, 0)
    expectNoDifference(try desk.exec("gate-io/bot", program).output, "given\n")
    expectNoDifference(try desk.records.runs().count, 2)
    let odd = try desk.run(["config", "set", "exec.record", "always"])
    #expect(odd.errors.contains("this is neither yes nor no"))
  }

  @Test func `Where a start can't be put on record nothing is run`() throws {
    let desk = try KeyDesk.make()
    try desk.write("", to: desk.home + "/records")
    let ran = try desk.exec("gate-io/bot", ["--record"], ["touch", "ran"])
    expectNoDifference(ran.status, 125)
    #expect(ran.errors.hasPrefix("keyusher: no record can be made, so nothing was run: "))
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
  }

  @Test func `A program that can't be run is on record as that`() throws {
    let desk = try KeyDesk.make()
    let plain = try desk.write("no program", to: "plain", mode: 0o600)
    _ = try desk.exec("gate-io/bot", ["--record"], [plain], setting: KeyRecordingTests.pinned)
    #expect(try desk.run(["show", "op"]).output.contains("It failed: can't run '\(plain)': "))
    // A folder for a while is named by chance, and is no secret.
    let chance = try desk.write("no program", to: "built-a1b2c3/plain", mode: 0o600)
    let ran = try desk.exec(
      "gate-io/bot", ["--record"], [chance],
      setting: KeyRecordingTests.pinned.merging(["KEYUSHER_TEST_ID": "chance"]) { $1 })
    expectNoDifference(ran.status, 126)
    let shown = try desk.run(["show", "chance"])
    #expect(shown.output.contains("It failed: can't run '\(chance)':"), "\(shown)")
  }

  @Test func `A key that was taken in, with what was said of it`() throws {
    let desk = try KeyDesk.make()
    let table = """
      name,exchange,account,purpose,program,owner,key,secret
      kraken/tax,kraken,main,tax export,taxes,Ana L.,env:K,env:S
      """
    let ran = try desk.run(
      ["key", "adopt", "--from", try desk.write(table, to: "keys.csv"), "--yes"],
      setting: KeyRecordingTests.pinned.merging(["K": Canary.key, "S": Canary.secret]) { $1 })
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(
      try desk.run(["show", "op"]).output.hasPrefix(
        """
        Key taken in: kraken/tax, into age
          By ana on office, 2026-11-29 10:00 UTC.
          Exchange: kraken
          Called at the exchange: tax
          Account: main
          Purpose: tax export
          Program: taxes
          Owner: Ana L.
          Keyusher saw: read back from age
        """))
    let listed = try desk.run(["key", "list"]).output
    #expect(listed.contains("Ana L.") && listed.contains("tax export"))
  }

  @Test(arguments: ["--account", "--purpose", "--program", "--owner"])
  func `What is said of a key that is taken in has its bounds`(option: String) throws {
    let desk = try KeyDesk.make()
    for text in [String(repeating: "a b ", count: 2000), Canary.secret] {
      let ran = try desk.run(
        ["key", "adopt", "gate-io/new", "--key", "env:K", "--secret", "env:S", option, text, "--yes"],
        setting: ["K": Canary.key, "S": Canary.secret])
      expectNoDifference(ran.status, 64)
      #expect(ran.errors.contains(option) && !ran.errors.contains(text))
      expectNoDifference(try desk.records.runs(), [])
    }
  }
}
