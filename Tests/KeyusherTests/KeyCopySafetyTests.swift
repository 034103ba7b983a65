import CustomDump
import Foundation
import KeyusherHarness
import PtyHarness
import Records
import Testing

/// A run deletes a copy only where records tell that it is one of the key that is gone; whatever else may be one is left.
@Suite struct KeyCopySafetyTests {
  private static let setting: [String: String?] = [
    "KA": Canary.key, "SA": Canary.secret, "KB": String(repeating: "b", count: 32),
    "SB": String(repeating: "c", count: 64),
  ]

  private func adopt(_ arguments: String..., on desk: Desk) throws {
    let ran = try desk.run(["key", "adopt"] + arguments + ["--yes"], setting: KeyCopySafetyTests.setting)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
  }

  private func revoke(on desk: Desk, _ copies: String? = nil, name: String = "grid-bot-01") throws -> Ran {
    let text = """
      flow gate-io/revoke-key
      old-key: \(name)
      reason: not-used
      login: yes
      delete: deleted
      gone: yes
      \(copies.map { "copies: \($0)\n" } ?? "")clean-up: store, programs, paper
      review: finish

      """
    return try desk.run(["replay", try desk.write(text, to: "revoke.script")])
  }

  @Test func `a key that was taken in is deleted, by its record`() throws {
    let desk = try Desk.withStore()
    try adopt("gate-io/grid-bot-01", "--key", "env:KA", "--secret", "env:SA", on: desk)
    let ran = try revoke(on: desk, "delete")
    expectNoDifference(ran.errors, "")
    #expect(ran.output.contains("Keyusher saw: the old key's copy is deleted: gate-io/grid-bot-01 in age"))
    expectNoDifference(try desk.keys(), [])
  }

  @Test func `of two keys with one label nothing tells which is meant, and neither is deleted`() throws {
    let desk = try Desk.withStore()
    try adopt("gate-io/sub-1/grid-bot-01", "--key", "env:KA", "--secret", "env:SA", on: desk)
    try adopt("gate-io/sub-2/grid-bot-01", "--key", "env:KB", "--secret", "env:SB", on: desk)
    let ran = try revoke(on: desk)
    expectNoDifference(ran.errors, "")
    #expect(ran.output.contains("nobody can tell: no record tells whether this is it: gate-io/sub-1/grid-bot-01"))
    expectNoDifference(try desk.keys().count, 2)
  }

  @Test func `after a replacement the copy of the key that is gone is the previous one`() throws {
    let desk = try Desk.withStore()
    try adopt("gate-io/grid-bot-01", "--key", "env:KA", "--secret", "env:SA", "--owner", "Ana", on: desk)
    let replaced = try desk.unlocked(
      [
        "key", "adopt", "gate-io/grid-bot-01", "--replace", "--key", "env:KB", "--secret", "env:SB", "--exchange",
        "gate-io",
        "--yes",
      ], setting: KeyCopySafetyTests.setting)
    expectNoDifference(replaced.status, 0, "\(replaced.errors)")
    #expect(try desk.run(["key", "list"]).output.contains("Ana"))
    // Both are called so at the exchange, as far as anybody said.
    let ran = try revoke(on: desk)
    expectNoDifference(ran.errors, "")
    expectNoDifference(
      Set(try desk.keys()), ["gate-io/grid-bot-01", "previous/gate-io/grid-bot-01"])
  }

  @Test func `what no record tells of is never deleted`() throws {
    let desk = try KeyDesk.make()
    let names = try desk.keys()
    let ran = try revoke(on: desk, name: "bot")
    expectNoDifference(ran.errors, "")
    #expect(ran.output.contains("nobody can tell: no record tells whether this is it: gate-io/bot in age"))
    expectNoDifference(try desk.keys(), names)
  }

  @Test func `a store that is gone, or shut, is no proof that a key is`() throws {
    let desk = try Desk.withStore()
    try adopt("gate-io/grid-bot-01", "--key", "env:KA", "--secret", "env:SA", on: desk)
    try FileManager.default.moveItem(atPath: desk.home + "/age", toPath: desk.home + "/away")
    let ran = try revoke(on: desk)
    expectNoDifference(ran.errors, "")
    #expect(ran.output.contains("nobody can tell: age could not be looked into"))
    #expect(!ran.output.contains("Keyusher saw: the old key's copy is deleted"))
  }

  @Test func `a deletion of a key that got another name meanwhile does nothing`() throws {
    let desk = try Desk.withStore()
    try adopt("gate-io/x", "--key", "env:KA", "--secret", "env:SA", on: desk)
    try adopt("gate-io/y", "--key", "env:KB", "--secret", "env:SB", on: desk)
    let pty = try desk.start(["key", "forget", "gate-io/x"])
    try pty.expect("Type forget")
    for (old, new) in [("x", "z"), ("y", "x")] {
      expectNoDifference(try desk.run(["key", "rename", "gate-io/\(old)", "gate-io/\(new)"]).status, 0)
    }
    try pty.send("forget\r")
    try pty.expect("is another key by now, and nothing was deleted")
    expectNoDifference(try pty.end(), .exited(66))
    expectNoDifference(try desk.keys(), ["gate-io/x", "gate-io/z"])
  }

  @Test func `a key of another exchange is not taken for the one that is meant`() throws {
    let desk = try Desk.withStore()
    let pty = try desk.start(["run", "kraken/revoke-key", "--key", "gate-io/x"])
    try pty.expect("gate-io/x is no key of this exchange.")
    try pty.send(":quit\r")
    _ = try pty.end()
  }

  @Test func `what is known of a key goes along when it is put aside and renamed`() throws {
    let desk = try Desk.withStore()
    try adopt("gate-io/grid", "--key", "env:KA", "--secret", "env:SA", "--owner", "Ana", on: desk)
    let replaced = try desk.unlocked(
      [
        "key", "adopt", "gate-io/grid", "--replace", "--key", "env:KB", "--secret", "env:SB", "--exchange", "gate-io",
        "--owner", "Bo", "--yes",
      ],
      setting: KeyCopySafetyTests.setting)
    expectNoDifference(replaced.status, 0, "\(replaced.errors)")
    expectNoDifference(try desk.run(["key", "rename", "gate-io/grid", "gate-io/spot"]).status, 0)
    let listed = try desk.run(["key", "list", "--json"]).output
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(listed.utf8)) as? [[String: Any]])
    expectNoDifference(
      rows.map { ["\($0["name"] ?? "")", "\($0["owner"] ?? "")"] },
      [["gate-io/spot", "Bo"], ["previous/gate-io/spot", "Ana"]])
  }
}
