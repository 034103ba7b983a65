import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

/// What becomes of a run whose exchange is asked what the new key can do.
@Suite struct VerifiedWalkTests {
  private func export(_ walk: VerifiedWalk) throws -> String {
    try walk.desk.run(["export", walk.desk.run(), "--format", "markdown"]).output
  }

  @Test func `as planned: it stands on the card, on record and in the export`() throws {
    let exchange = try PlayedExchanges(VerifiedWalk.state())
    let walk = try VerifiedWalk(at: exchange.address)
    try walk.see(
      "gate-io/grid-bot-01: as planned, as far as Gate tells.",
      "Keyusher saw: this computer is on the list.")
    let shown = try walk.finish()
    #expect(shown.contains("Gate says: as planned, as far as it tells"), "\(shown)")
    // The key stands on record under the name that it got afterwards.
    #expect(shown.contains("Keyusher saw: read back from the store → kept as \(VerifiedWalk.name), in age"), "\(shown)")
    #expect(!shown.contains("Earlier"), "\(shown)")
    // What holds of the page is said once, and taken back once.
    for once in ["Keep the page open until", "You may leave the page with the secret now."] {
      expectNoDifference(walk.pty.text.components(separatedBy: once).count - 1, 1, "\(once)")
    }
    #expect(walk.pty.text.contains("Run \(try walk.desk.run()). No exceptions."))
    #expect(try export(walk).contains("as planned, as far as it tells"))
    let record = try walk.desk.text(of: walk.desk.recordFile(walk.desk.run()))
    // Of the clock, the account and its keys.
    expectNoDifference(record.components(separatedBy: #""event":"key-reported""#).count - 1, 3)
    let runs = try walk.desk.run(["runs"]).output.split(whereSeparator: \.isWhitespace)
    expectNoDifference(runs.suffix(4).joined(separator: " "), "completed; key: as planned")
    #expect(try walk.desk.run(["key", "list"]).output.contains(": as planned.\n"))
    expectNoDifference(try walk.trace(), nil)
  }

  @Test func `too wide leads back to the page, and is corrected when it was changed there`() throws {
    let exchange = try PlayedExchanges(VerifiedWalk.state(["account:read", "spot", "wallet"]))
    let walk = try VerifiedWalk(at: exchange.address)
    try walk.see("grid-bot-01: TOO WIDE. One thing differs from your plan.", "wallet read and write. NOT PLANNED.")
    try walk.see(
      "Change c0ffee17d3a9... here: wallet read and write off", "open until it is corrected, or has a reason")
    try walk.answer([("Number or name: ", "changed")])
    try walk.see("grid-bot-01: TOO WIDE.", "What about the key?")
    try exchange.play(VerifiedWalk.state())
    try walk.answer([("Number or name: ", "changed")])
    try walk.see("grid-bot-01: as planned, as far as Gate tells.", "exception 1: corrected")
    let shown = try walk.finish()
    #expect(shown.contains("Gate says: as planned, as far as it tells"), "\(shown)")
    #expect(try export(walk).contains("corrected"))
    expectNoDifference(try walk.trace(), nil)
  }

  @Test func `too wide can stay so with a reason, and never as completed by itself`() throws {
    let exchange = try PlayedExchanges(VerifiedWalk.state(["account:read", "spot", "wallet"]))
    let walk = try VerifiedWalk(at: exchange.address)
    try walk.answer([("Number or name: ", "stays"), ("Answer: ", "it moves funds to futures")])
    try walk.see("exception 1: accepted: it moves funds to futures")
    let shown = try walk.finish()
    #expect(shown.contains("Gate says: wider than planned"), "\(shown)")
    #expect(walk.pty.text.contains(". 1 exception."))
    #expect(try export(walk).contains("it moves funds to futures"))
  }

  private func unlocked(_ walk: VerifiedWalk, _ arguments: [String]) throws -> Ran {
    try walk.desk.run(
      arguments + ["--passphrase", "env:STORE_WORD"], setting: ["STORE_WORD": PassphraseCanary.text])
  }

  /// What a command shows, on one line.
  private func unwrapped(_ walk: VerifiedWalk, _ arguments: [String]) throws -> String {
    try walk.desk.run(arguments).output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
  }

  private func refused() throws -> (PlayedExchanges, VerifiedWalk) {
    let exchange = try PlayedExchanges(VerifiedWalk.state(secret: String(repeating: "0", count: 64)))
    return (exchange, try VerifiedWalk(at: exchange.address))
  }

  @Test func `a key that is refused and stays never ends as completed: it is left for later, and stands open`() throws {
    let (exchange, walk) = try refused()
    try walk.see("grid-bot-01: REFUSED by Gate.", "The secret does not fit the key.", "Gate did not take the key")
    try walk.see("they can't be pasted again", "delete the key there, and make")
    try walk.answer([("Number or name: ", "again")])
    try walk.see("grid-bot-01: REFUSED by Gate.", "Gate did not take the key")
    try walk.answer([("Number or name: ", "later")])
    try walk.see("The key is not settled. Listed as c0ffee17d3a9...", "the secret does not fit the key")
    expectNoDifference(try walk.pty.end(), .exited(3))
    #expect(walk.pty.text.contains("1 exception, 1 open."), "\(walk.pty.text)")
    let (run, reason) = (try walk.desk.run(), "Gate did not take the key grid-bot-01; it is left for later")
    let copy = "pending/\(run).credential"
    let runs = try unwrapped(walk, ["runs"])
    #expect(runs.contains("blocked: \(reason)") && !runs.contains("key: refused"), "\(runs)")
    #expect(try export(walk).contains(reason))
    let listed = try unwrapped(walk, ["key", "list"])
    #expect(listed.contains("Run \(run) ended: \(reason).") && !listed.contains("only copy"), "\(listed)")
    let shown = try unlocked(walk, ["key", "show", copy]).output
    #expect(shown.contains("keyusher key verify \(copy)"), "\(shown)")
    // The command that the end names works, and the key gets its name once it is taken.
    try exchange.play(VerifiedWalk.state())
    expectNoDifference(try walk.desk.verify([copy], at: exchange.address).status, 0)
    expectNoDifference(try unlocked(walk, ["key", "keep", copy, VerifiedWalk.name]).status, 0)
  }

  @Test func `a refused key that was deleted ends the run, and leaves nothing open`() throws {
    let (exchange, walk) = try refused()
    try walk.answer([("Number or name: ", "deleted"), ("yes or no: ", "no")])
    // It stands in the list still: the exchange is asked again.
    try walk.see("grid-bot-01: REFUSED by Gate.")
    try walk.answer([("Number or name: ", "deleted"), ("yes or no: ", "yes")])
    try walk.see("exception 1: accepted: grid-bot-01 is gone from the page's list")
    try walk.see("by what you said it is deleted", "Its copy in your store opens nothing any more:")
    expectNoDifference(try walk.pty.end(), .exited(3))
    expectNoDifference(walk.pty.text.contains("(open)"), false)
    // Of each time the clock and the key.
    expectNoDifference(try exchange.requests().count, 4)
    let run = try walk.desk.run()
    expectNoDifference(walk.pty.text.contains("keyusher key forget pending/\(run).credential"), true)
    let forgotten = try walk.desk.run(["key", "forget", "pending/\(run).credential", "--yes"])
    expectNoDifference(forgotten.status, 0, "\(forgotten)")
  }

  /// After a no the exchange can't be asked again, and the person leaves that out.
  private func unasked(_ state: [String: Any], _ first: String) throws -> VerifiedWalk {
    let exchange = try PlayedExchanges(state)
    let walk = try VerifiedWalk(at: exchange.address)
    try walk.see("What about the key?")
    var state = state
    state["faults"] = [["request": "detail", "kind": "edge-page"]]
    try exchange.play(state)
    try walk.answer([("Number or name: ", first), ("yes or no: ", "no")])
    try walk.see("Gate gave no new answer", "So its last word stands, and that was a no.")
    return walk
  }

  @Test func `what is left out after a no takes it not back: the key has its name by the person's word alone`() throws {
    let walk = try unasked(VerifiedWalk.state(["account:read", "spot", "wallet"]), "changed")
    try walk.answer([("Number or name: ", "as-planned")])
    try walk.see("it is called gate-io/grid-bot-01 now")
    let shown = try walk.finish()
    #expect(shown.contains("Gate says: wider than planned"), "\(shown)")
    #expect(shown.contains("You said: the page shows it as planned now. Gate gave no new answer."), "\(shown)")
    #expect(walk.pty.text.contains(". 2 exceptions, 1 open."), "\(walk.pty.text)")
  }

  @Test func `no page shows that a refused key is taken`() throws {
    let walk = try unasked(VerifiedWalk.state(secret: String(repeating: "0", count: 64)), "again")
    try walk.answer([("Number or name: ", "as-planned")])
    try walk.see("no page shows whether Gate takes it")
    try walk.answer([("Number or name: ", "later")])
    expectNoDifference(try walk.pty.end(), .exited(3))
    #expect(try !walk.desk.run(["key", "list"]).output.contains(VerifiedWalk.name))
  }

  @Test func `the key gets its name after the verdict`() throws {
    let exchange = try PlayedExchanges(VerifiedWalk.state(["account:read", "spot", "wallet"]))
    let walk = try VerifiedWalk(at: exchange.address)
    try walk.see("grid-bot-01: TOO WIDE.")
    try walk.answer([("Number or name: ", ":quit")])
    _ = try walk.pty.end()
    #expect(walk.pty.text.contains("Keyusher saw: kept in age; read back"), "\(walk.pty.text)")
    let run = try walk.desk.run()
    let listed = try walk.desk.run(["key", "list"]).output
    #expect(listed.contains("pending/\(run).credential") && !listed.contains(VerifiedWalk.name), "\(listed)")
    try exchange.play(VerifiedWalk.state())
    let pty = try walk.desk.start(["resume", run, "--base-url", exchange.address])
    for (prompt, answer) in [
      ("Number or name: ", "changed"), ("Passphrase for 'age': ", PassphraseCanary.text),
      ("Enter = finish, or a number to change: ", ""),
    ] {
      try pty.expect(prompt)
      try pty.send(answer + "\r")
    }
    expectNoDifference(try pty.end(), .exited(0))
    #expect(pty.text.contains("Keyusher saw: it is called gate-io/grid-bot-01 now"), "\(pty.text)")
    let named = try walk.desk.run(["key", "list"]).output
    #expect(!named.contains("pending/") && named.contains(VerifiedWalk.name), "\(named)")
  }

  @Test func `a key whose label was blanked is asked for a name, and gets no name like redacted`() throws {
    let exchange = try PlayedExchanges(VerifiedWalk.state(["account:read", "spot", "wallet"]))
    let walk = try VerifiedWalk(at: exchange.address)
    try walk.see("grid-bot-01: TOO WIDE.")
    try walk.answer([("Number or name: ", ":quit")])
    _ = try walk.pty.end()
    let run = try walk.desk.run()
    let lines = try walk.desk.run(["show", run, "--lines"]).output.split(separator: "\n")
    let line = try #require(lines.first { $0.contains(" label: grid-bot-01") }?.split(separator: " ").first)
    expectNoDifference(try walk.desk.run(["redact", run, String(line)]).status, 0)
    try exchange.play(VerifiedWalk.state())
    let pty = try walk.desk.start(["resume", run, "--base-url", exchange.address])
    for (prompt, answer) in [
      ("Number or name: ", "changed"), ("Passphrase for 'age': ", PassphraseCanary.text),
      ("Its name in the store: ", "two words"), ("Its name in the store: ", "grid-bot-02"),
      ("Enter = finish, or a number to change: ", ""),
    ] {
      try pty.expect(prompt)
      try pty.send(answer + "\r")
    }
    expectNoDifference(try pty.end(), .exited(0))
    #expect(pty.text.contains("it is called gate-io/grid-bot-02 now"), "\(pty.text)")
  }

  @Test func `what could not be asked can be left out, with an exception and a day to ask again`() throws {
    let exchange = try PlayedExchanges(VerifiedWalk.state(faults: [["request": "detail", "kind": "edge-page"]]))
    let walk = try VerifiedWalk(at: exchange.address)
    try walk.see("grid-bot-01: could not be asked.", "It could not be found out: Gate answers nobody from this")
    try walk.answer([("yes or no: ", "yes")])
    try walk.see("grid-bot-01: could not be asked.")
    try walk.answer([("yes or no: ", "no")])
    try walk.see("exception 1: skipped: Gate answers nobody from this")
    let shown = try walk.finish()
    #expect(shown.contains("skipped: Gate answers nobody"), "\(shown)")
    let words = walk.pty.text.split { $0 == " " || $0 == "\n" || $0 == "\r" }.joined(separator: " ")
    #expect(words.contains("ask Gate what grid-bot-01 can do: keyusher key verify gate-io/grid-bot-01"))
    #expect(try export(walk).contains("skipped"))
  }

  @Test func `an exchange that wants to be left alone is, at the same question and in the next run`() throws {
    let limit: [String: Any] = ["request": "detail", "kind": "error", "cause": "rate_limited", "retryAfter": 600]
    let exchange = try PlayedExchanges(VerifiedWalk.state(faults: [limit]))
    let walk = try VerifiedWalk(at: exchange.address)
    try walk.see("Gate was asked too often.", "Nothing is asked there until ")
    try exchange.play(VerifiedWalk.state())
    let asked = try exchange.requests().count
    try walk.answer([("yes or no: ", "yes")])
    // It is not asked whether to try again, since that would be refused until then.
    try walk.see("exception 1: skipped: Gate wants to be left alone until ")
    _ = try walk.finish()
    let later = try walk.desk.verify([VerifiedWalk.name], at: exchange.address)
    expectNoDifference(later.status, 69)
    #expect(later.errors.contains("Gate wants to be left alone until "), "\(later.errors)")
    expectNoDifference(try exchange.requests().count, asked)
    // What was said in the exchange's place is no word of the exchange.
    let program = try MarkedProgram()
    _ = try walk.desk.run(
      ["key", "verify", VerifiedWalk.name, "--yes", "--passphrase", "env:STORE_WORD"],
      setting: ["STORE_WORD": PassphraseCanary.text], program: program.path)
    expectNoDifference(program.hasAsked, true)
  }

  @Test func `a list that keeps this computer out is what was planned`() throws {
    let exchange = try PlayedExchanges(VerifiedWalk.state(from: nil))
    let walk = try VerifiedWalk(at: exchange.address)
    try walk.see(
      "grid-bot-01: refused from here, as your IP list demands.", "Your plan has an IP list")
    let shown = try walk.finish()
    #expect(shown.contains("Gate refuses it from here, as the key's IP list demands"), "\(shown)")
    #expect(walk.pty.text.contains("No exceptions."))
  }

  @Test func `a run that stopped at the check asks anew`() throws {
    let exchange = try PlayedExchanges(VerifiedWalk.state(faults: [["request": "*", "kind": "edge-page"]]))
    let walk = try VerifiedWalk(at: exchange.address)
    try walk.answer([("yes or no: ", ":quit")])
    _ = try walk.pty.end()
    // As it is typed again, it asks the same server.
    let command = try ["resume", walk.desk.run(), "--base-url", exchange.address]
    let said = "Saved. Go on with:\n  keyusher \(command.joined(separator: " "))\n"
    #expect(walk.pty.text.contains(said), "\(walk.pty.text)")
    try exchange.play(VerifiedWalk.state())
    let pty = try walk.desk.start(command)
    try pty.expect("Passphrase for 'age': ")
    try pty.send(PassphraseCanary.text + "\r")
    try pty.expect("grid-bot-01: as planned, as far as Gate tells.")
    try pty.expect("Enter = finish, or a number to change: ")
    try pty.send("\r")
    expectNoDifference(try pty.end(), .exited(0))
    #expect(try walk.desk.run(["show", walk.desk.run()]).output.contains("Gate says: as planned"))
  }
}
