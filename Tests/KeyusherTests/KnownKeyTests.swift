import CustomDump
import KeyusherHarness
import PtyHarness
import Testing

/// What a run knows of the keys that others made on the same computer.
@Suite struct KnownKeyTests {
  /// A desk on which a key of Gate.io was made by the shipped script, and the run that made it.
  private func deskWithKey() throws -> (desk: Desk, run: String) {
    let desk = try Desk()
    let ran = try desk.run(
      ["replay", sourceTree + "/flows/gate-io/create-key.script"], setting: SmallFlow.credential)
    expectNoDifference(ran.errors, "")
    return (desk, try desk.run())
  }

  @Test func `A rotation lists the key, and takes over what was said when it was made, on one word`() throws {
    let (desk, run) = try deskWithKey()
    let pty = try desk.start(["run", "gate-io/rotate-key"])
    try pty.expect("1 grid-bot-01, listed as c0ffee17d3a9..., made 20")
    try pty.expect("Number or name: ")
    try pty.send("1\r")
    try pty.expect("Run \(run) made grid-bot-01. Said there:")
    for line in [
      "Which account is it of? main account", "What is the key for? spot bot", "Which program will use it? grid-bot",
      "What may it do? account read only, spot read and write",
      "From where will it be used? from a fixed address: an IP list", "Which address? 203.0.113.7",
    ] { try pty.expect(line) }
    try pty.expect("Is all of this still so?")
    try pty.expect("yes or no: ")
    try pty.send("\r")
    try pty.expect("you said: grid-bot-01")
    // Where it is kept is tried anew.
    try pty.expect("Where to keep the secret?")
    try pty.expect("Enter = offline: you write it down yourself")
    try pty.send("\r")
    try pty.expect("Is all this true, and are you in?")
    try pty.send(":quit\r")
    expectNoDifference(try pty.end(), .exited(75))
    let rotation = try #require(try desk.records.runs().first { $0 != run })
    let shown = try desk.run(["show", rotation]).output
    #expect(shown.contains("chosen → grid-bot (Enter on the default,"))
  }

  @Test func `Whoever says that not all is so is asked each, with what was said proposed`() throws {
    let (desk, run) = try deskWithKey()
    let pty = try desk.start(["run", "gate-io/rotate-key"])
    try pty.expect("Number or name: ")
    try pty.send("1\r")
    try pty.expect("Is all of this still so?")
    try pty.expect("yes or no: ")
    try pty.send("no\r")
    try pty.expect("you said: grid-bot-01")
    try pty.expect("Run \(run) made it.")
    for (question, proposed) in [
      ("Which account is it of?", "main account"), ("What is the key for?", "spot bot"),
      ("Which program will use it?", "grid-bot"),
      ("What may it do?", "account read only, spot read and write"),
      ("From where will it be used?", "from a fixed address: an IP list"), ("Which address?", "203.0.113.7"),
      ("Where to keep the secret?", "offline: you write it down yourself"),
    ] {
      try pty.expect(question)
      try pty.expect("Enter = \(proposed)")
      try pty.expect(": ")
      try pty.send("\r")
    }
    try pty.expect("Is all this true, and are you in?")
    try pty.send(":quit\r")
    expectNoDifference(try pty.end(), .exited(75))
  }

  @Test func `A key of another exchange, and a name that no run gave, are not known`() throws {
    let (desk, _) = try deskWithKey()
    let other = try desk.start(["run", "kraken/rotate-key"])
    try other.expect("Answer: ")
    #expect(!other.text.contains("grid-bot-01"))
    try other.send(":quit\r")
    _ = try other.end()
    let pty = try desk.start(["run", "gate-io/rotate-key"])
    try pty.expect("Number or name: ")
    try pty.send("2\r")
    try pty.expect("There is no number 2 here.")
    try pty.expect("Number or name: ")
    try pty.send("bot-2\r")
    try pty.expect("you said: bot-2")
    try pty.expect("Which account is it of?")
    try pty.expect("Number or name: ")
    try pty.send("2\r")
    try pty.expect("What is the key for?")
    try pty.expect("Number or name: ")
    #expect(!pty.text.contains("made it."))
    #expect(!pty.text.contains("Enter = spot bot"))
    try pty.send(":quit\r")
    _ = try pty.end()
  }

  @Test func `A key that was deleted by what another run says is not listed any more`() throws {
    let (desk, _) = try deskWithKey()
    let script = try String(contentsOfFile: sourceTree + "/flows/gate-io/revoke-key.script", encoding: .utf8)
    let named = script.replacing(/old-key: .*/, with: "old-key: grid-bot-01")
    try desk.write(named, to: "b.script")
    expectNoDifference(try desk.run(["replay", "b.script"]).status, 0)
    let pty = try desk.start(["run", "gate-io/revoke-key"])
    try pty.expect("Which key?")
    try pty.expect("Answer: ")
    #expect(!pty.text.contains("grid-bot-01"))
    try pty.send(":quit\r")
    _ = try pty.end()
  }

  @Test func `A pipe names a key by its number, too`() throws {
    let (desk, _) = try deskWithKey()
    let ran = try desk.run(["run", "gate-io/revoke-key"], input: "1\n1\n")
    expectNoDifference(ran.status, 4)
    #expect(ran.output.contains("the script said: grid-bot-01"))
    expectNoDifference(try desk.run(["run", "gate-io/revoke-key"], input: "7\n").status, 65)
  }

  @Test func `A rehearsal knows none, so that it goes alike on every computer`() throws {
    let (desk, _) = try deskWithKey()
    let ran = try desk.run(
      ["replay", sourceTree + "/flows/gate-io/rotate-key.script", "--dry-run"], setting: SmallFlow.credential)
    expectNoDifference(ran.status, 0)
    #expect(!ran.output.contains("listed as c0ffee17d3a9..., made"))
  }

  @Test func `Nothing is on record before the first answer`() throws {
    let desk = try Desk()
    let pty = try desk.start(["run", "gate-io/create-key"])
    try pty.expect("kept from your first answer on")
    try pty.expect("Number or name: ")
    try pty.send("?\r")
    try pty.expect("A key has two parts")
    try pty.send("rubbish\r")
    try pty.expect("'rubbish'")
    try pty.send(":quit\r")
    try pty.expect("Nothing was answered, so nothing is on record.")
    expectNoDifference(try pty.end(), .exited(75))
    expectNoDifference(try desk.records.runs(), [])
    let again = try desk.start(["run", "gate-io/create-key"])
    try again.expect("Number or name: ")
    try again.send("2\r")
    try again.expect("Which program will use it?")
    again.signal(9)
    _ = try again.end()
    let record = try desk.records.read(desk.run())
    // What stood on the screen before it is there, too.
    #expect(
      record.entries.contains {
        if case .shown(_, let texts) = $0.event { texts.contains("What is the key for?") } else { false }
      })
  }

  @Test func `A name that looks like a slip is asked for again, and taken the second time`() throws {
    let (desk, _) = try deskWithKey()
    let pty = try desk.start(["run", "gate-io/revoke-key"])
    try pty.expect("Number or name: ")
    try pty.send("grid-bto-01\r")
    try pty.expect("A key named grid-bot-01 is known here. If you do mean grid-bto-01")
    try pty.expect("Number or name: ")
    try pty.send("\r")
    try pty.expect("Number or name: ")
    try pty.send("grid-bto-01\r")
    try pty.expect("you said: grid-bto-01")
    try pty.send(":quit\r")
    _ = try pty.end()
    let script = try desk.write("flow gate-io/revoke-key\nold-key: grid-bto-01\n", to: "slip.script")
    let ran = try desk.run(["replay", script])
    #expect(ran.output.contains("the script said: grid-bto-01"))
  }

  @Test(arguments: ["grid-bot-01", "gate-io/grid-bot-01"])
  func `A run can be begun for a key, which is not asked for again`(name: String) throws {
    let (desk, run) = try deskWithKey()
    let pty = try desk.start(["run", "gate-io/rotate-key", "--key", name])
    try pty.expect("Run \(run) made grid-bot-01. Said there:")
    try pty.expect("yes or no: ")
    try pty.send("no\r")
    try pty.expect("you said: grid-bot-01")
    try pty.expect("Which account is it of?")
    try pty.send(":quit\r")
    _ = try pty.end()
    let none = try desk.run(["run", "gate-io/create-key", "--key", name])
    expectNoDifference(
      none.errors,
      "keyusher: the flow 'gate-io/create-key' asks for no key that is there already\nhint: leave out --key\n")
    expectNoDifference(none.status, 64)
  }

  @Test func `A review proposes each key in turn, those too that only a store knows`() throws {
    let desk = try KeyDesk.make()
    let script = """
      flow gate-io/review-keys
      login: yes
      list: known
      old-key: bot
      in-use: one
      set: none
      addresses: list
      verdict: keep

      """
    let ran = try desk.run(["replay", try desk.write(script, to: "review.script"), "--ask-missing"])
    #expect(ran.output.contains("Known here and not looked at yet: broken, empty, half, odd, two, zero."))
    let run = try #require(try desk.records.runs().first)
    let pty = try desk.start(["resume", run])
    try pty.expect("Go on to the next?")
    try pty.send("\r")
    try pty.expect("Enter = broken")
    try pty.send(":quit\r")
    _ = try pty.end()
  }

  @Test func `A copy is deleted after the claim that the key is gone, and its name goes to the new key`() throws {
    func replay(_ name: String, on desk: Desk, _ change: (String) -> String = { $0 }) throws -> Ran {
      let text = try desk.text(of: sourceTree + "/flows/gate-io/\(name).script")
      let script = try desk.write(change(text.replacing("store: offline", with: "store: age")), to: "\(name).script")
      return try desk.run(["replay", script], setting: SmallFlow.credential)
    }
    let unsaid = try Desk.withStore()
    expectNoDifference(try replay("create-key", on: unsaid).errors, "")
    #expect(try replay("rotate-key", on: unsaid).errors.contains("expected step 'clean-up', the flow asks 'copies'"))
    #expect(try unsaid.keys().contains("gate-io/grid-bot-01"))
    let desk = try Desk.withStore()
    expectNoDifference(try replay("create-key", on: desk).errors, "")
    let rotated = try replay("rotate-key", on: desk) { $0.replacing("gone: yes", with: "gone: yes\ncopies: replace") }
    expectNoDifference(rotated.errors, "")
    #expect(rotated.output.contains("Keyusher saw: the old key's copy is deleted: gate-io/grid-bot-01 in age"))
    #expect(rotated.output.contains("Done: gate-io/grid-bot-01 is kept in age."))
    #expect(try desk.keys().contains("gate-io/grid-bot-01"))
    #expect(try !desk.keys().contains("gate-io/grid-bot-02"))
  }
}
