import CustomDump
import KeyusherHarness
import PtyHarness
import Testing

/// Names of keys: which are proposed, which were meant, and what became of the key that has one.
@Suite struct KnownNameTests {
  /// Replays a shipped script of Gate.io, with a store in place of the person's own hands.
  private func replay(_ name: String, on desk: Desk, _ change: (String) -> String = { $0 }) throws -> Ran {
    let text = try desk.text(of: sourceTree + "/flows/gate-io/\(name).script")
    let script = try desk.write(change(text.replacing("store: offline", with: "store: age")), to: "\(name).script")
    return try desk.run(["replay", script], setting: SmallFlow.credential)
  }

  /// What Enter takes where a new key is named.
  private func proposedName(on desk: Desk) throws -> String {
    let text = try desk.text(of: sourceTree + "/flows/gate-io/create-key.script")
    let script = try desk.write(String(text.split(separator: "label:")[0]), to: "new.script")
    let pty = try desk.start(["replay", script, "--ask-missing"])
    try pty.expect("Its name on the page: ")
    let line = try #require(pty.text.split(separator: "\n").last { $0.contains("Enter = ") })
    try pty.send(":quit\r")
    _ = try pty.end()
    return String(line.trimmingPrefix("  Enter = "))
  }

  @Test func `A name that a key has, or had, here is not proposed for a new one`() throws {
    let desk = try Desk.withStore()
    expectNoDifference(try proposedName(on: desk), "grid-bot-01")
    expectNoDifference(try replay("create-key", on: desk).errors, "")
    expectNoDifference(try proposedName(on: desk), "grid-bot-02")
    let rotated = try replay("rotate-key", on: desk) { $0.replacing("gone: yes", with: "gone: yes\ncopies: replace") }
    expectNoDifference(rotated.errors, "")
    #expect(try desk.keys().contains("gate-io/grid-bot-01"))
    expectNoDifference(try proposedName(on: desk), "grid-bot-03")
    let adopted = try desk.run(
      ["key", "adopt", "gate-io/grid-bot-03", "--key", "env:GATE_API_KEY", "--secret", "env:GATE_API_SECRET"],
      setting: SmallFlow.credential)
    expectNoDifference(adopted.status, 0)
    expectNoDifference(try proposedName(on: desk), "grid-bot-04")
  }

  @Test func `A revocation in which the page lists no such key says so at its end`() throws {
    let desk = try Desk()
    let ran = try replay("revoke-key", on: desk) { $0.replacing("delete: deleted", with: "delete: not-there") }
    expectNoDifference(ran.errors, "")
    #expect(ran.output.contains("Done: no such key was in the list, and none was deleted there."))
    #expect(!ran.output.contains("is gone, or off"))
    #expect(ran.output.contains("keyusher run gate-io/review-keys"))
    #expect(try !replay("revoke-key", on: desk).output.contains("none was deleted"))
  }

  @Test func `An unfinished rotation is listed with the key that it is for`() throws {
    let desk = try Desk()
    let script = try desk.write("flow gate-io/rotate-key\nold-key: grid-bot-07\n:quit\n", to: "begun.script")
    expectNoDifference(try desk.run(["replay", script]).status, 75)
    #expect(try desk.run(["runs"]).output.contains("Replace a Gate.io API key (grid-bot-07), "))
  }

  @Test func `A copy that a review has deleted is not listed as kept any more`() throws {
    let desk = try Desk.withStore()
    let adopted = try desk.run(
      ["key", "adopt", "gate-io/old", "--key", "env:GATE_API_KEY", "--secret", "env:GATE_API_SECRET"],
      setting: SmallFlow.credential)
    expectNoDifference(adopted.status, 0)
    let script = """
      flow gate-io/review-keys
      login: yes
      list: known
      old-key: old
      in-use: nobody
      set: none
      addresses: list
      verdict: delete
      delete: deleted
      gone: yes
      copies: delete
      more: yes

      """
    let pty = try desk.start(["replay", try desk.write(script, to: "review.script"), "--ask-missing"])
    try pty.expect("kept as gate-io/old in")
    try pty.expect("the old key's copy is deleted: gate-io/old in age")
    try pty.expect("  1 old, ")
    try pty.expect("Number or name: ")
    let list = try #require(pty.text.split(separator: "\n  1 old, ").last)
    #expect(!list.contains("kept as"), "\(list)")
    try pty.send(":quit\r")
    _ = try pty.end()
  }

  @Test func `A name that begins nearly as its exchange is called is asked about`() throws {
    for (answer, name) in [("yes", "gate-io/x"), ("", "gat-io/x")] {
      let desk = try Desk.withStore()
      let pty = try desk.start(["key", "adopt", "gat-io/x"])
      try pty.expect("Enter = gate-io")
      try pty.expect("Number or name: ")
      try pty.send("\r")
      try pty.expect("'gat-io/x' begins like the name of an exchange, and is none.")
      try pty.expect("Call it gate-io/x? yes, or Enter for no: ")
      try pty.send(answer + "\r")
      try pty.expect("API key: ")
      try pty.send(Canary.key + "\r")
      try pty.expect("Secret: ")
      try pty.send(Canary.secret + "\r")
      try pty.expect("kept as \(name) in age")
      expectNoDifference(try pty.end(), .exited(0))
    }
  }

  @Test func `A key that came takes the place of the one that has its name where that is wanted`() throws {
    let (_, server, _) = try KeyTravelTests.sent()
    expectNoDifference(try KeyTravelTests.receive(["--replace"], on: server).status, 66)
    let other = ["OLD_KEY": String(Canary.key.reversed()), "OLD_SECRET": Canary.secret]
    let adopted = try server.run(
      ["key", "adopt", "gate-io/bot", "--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET"], setting: other)
    expectNoDifference(adopted.status, 0)
    let refused = try KeyTravelTests.receive(on: server)
    expectNoDifference(refused.status, 66)
    #expect(refused.errors.contains("or put it in that one's place: --replace"))
    let ran = try KeyTravelTests.receive(["--replace"], on: server)
    expectNoDifference(ran.errors, "")
    #expect(ran.output.contains("What it was before is previous/gate-io/bot now."))
    expectNoDifference(try server.keys(), ["gate-io/bot", "previous/gate-io/bot"])
    let again = try KeyTravelTests.receive(["--replace"], on: server)
    #expect(
      again.output.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
        "kept already as gate-io/bot in age, the same in every part; nothing was changed"))
    expectNoDifference(try server.keys(), ["gate-io/bot", "previous/gate-io/bot"])
  }
}
