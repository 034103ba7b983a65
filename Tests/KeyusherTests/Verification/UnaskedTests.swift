import CustomDump
import Foundation
import KeyusherHarness
import Testing

/// When no exchange is asked: `keyusher-net` is not even started.
@Suite struct UnaskedTests {
  @Test(arguments: ["never", "later", ""]) func `Without leave nobody is asked, and "never" is kept`(
    _ answer: String
  ) throws {
    let program = try MarkedProgram()
    let walk = try VerifiedWalk(at: nil, program: program.path)
    try walk.see(
      "No exchange is asked without your leave.", "This one would be asked:\n  api.gateio.ws\n",
      "are asked, too:\n  api-testnet.gateapi.io\n", "which itself is never sent")
    try walk.see("May exchanges be asked?")
    try walk.answer([("Number or name: ", answer)])
    let shown = try walk.finish()
    #expect(
      shown.contains(answer == "never" ? "no exchange was asked" : "you did not want it asked now"),
      "\(shown)")
    // On the spot, and on the card.
    for unasked in ["No exchange was asked: you said never.\n", "  No exchange was asked.\n"] {
      expectNoDifference(walk.pty.text.contains(unasked), answer == "never", "\(unasked)")
    }
    // What was put off is an exception, with a day to make up for it; what is never wanted is none.
    expectNoDifference(walk.pty.text.contains("No exceptions."), answer == "never")
    expectNoDifference(shown.contains("skipped: you did not want it asked now"), answer != "never", "\(shown)")
    expectNoDifference(program.hasAsked, false)
    let kept = try walk.desk.run(["config", "get", "exchange.ask"]).output
    expectNoDifference(kept.contains("never"), answer == "never", "\(kept)")
  }

  @Test func `Nobody can ask with a key that only the person has, and that is said where the answers would stand`()
    throws
  {
    let program = try MarkedProgram()
    let walk = try VerifiedWalk(of: "gate-io", at: "http://127.0.0.1:9", program: program.path)
    try walk.answer([
      ("Number or name: ", "2"), ("Answer: ", "grid-bot"), ("Numbers with commas, or none: ", ""),
      ("Number or name: ", "list"), ("Answer: ", PlayedKey.address), ("Number or name: ", "offline"),
      ("Number or name: ", "main"), ("Enter when the form is open: ", ""), ("Its name on the page: ", ""),
      ("Number or name: ", "app"), ("API key: ", Canary.key), ("Secret: ", Canary.secret),
      ("Last four: ", String(Canary.secret.suffix(4))), ("Numbers with commas, or none: ", "1,3"),
      ("Number or name: ", "list"),
    ])
    let unasked = "Gate was not asked: your own copy is the only one"
    try walk.see(unasked, "Review")
    _ = try walk.finish()
    expectNoDifference(walk.pty.text.components(separatedBy: unasked).count - 1, 2, walk.pty.text)
    expectNoDifference(program.hasAsked, false)
    let runs = try walk.desk.run(["runs"]).output
    #expect(
      runs.split(whereSeparator: \.isWhitespace).suffix(4) == ["completed;", "exchange", "not", "asked"], "\(runs)")
  }

  @Test func `With leave it is asked, and the leave is kept`() throws {
    let program = try MarkedProgram()
    let walk = try VerifiedWalk(at: nil, program: program.path)
    try walk.see("May exchanges be asked?")
    try walk.answer([("Number or name: ", "yes")])
    try walk.see("could not be asked.", "keyusher-net, which asks for Keyusher, did not")
    try walk.answer([("yes or no: ", "no")])
    _ = try walk.finish()
    expectNoDifference(program.hasAsked, true)
    #expect(try walk.desk.run(["config", "get", "exchange.ask"]).output.contains("yes"))
  }

  /// Says what the exchange said, in the script's own words.
  private func script(_ exchange: String, _ lines: String) throws -> String {
    let key = try #require(PlayedKey.all.first { $0.exchange == exchange })
    return try key.script.replacing("\nreview: finish", with: "\n\(lines)\nreview: finish")
      .replacing("  expect exceptions 0\n", with: "")
  }

  @Test func `A replay takes the script's word at each exchange, and starts nothing`() throws {
    let program = try MarkedProgram()
    for key in PlayedKey.all {
      for lines in ["powers: yes", "powers: no\npowers-differ: stays\npowers-reason: the bot lends coins"] {
        let desk = try Desk.withStore()
        let text = try script(key.exchange, lines)
        try desk.write(text, to: "a.script")
        let ran = try desk.run(["replay", "a.script"], setting: key.setting(for: text), program: program.path)
        expectNoDifference(ran.status, 0, "\(key.exchange): \(ran.errors)")
        #expect(ran.output.contains("as the script says"), "\(ran.output)")
        let record = try desk.text(of: desk.recordFile(desk.run()))
        #expect(record.contains("as the script says") && !record.contains("key-reported"))
      }
    }
    expectNoDifference(program.hasAsked, false)
  }

  @Test func `Neither does a rehearsal, nor a test of flows`() throws {
    let program = try MarkedProgram()
    let desk = try Desk.withStore()
    let text = try script("gate-io", "powers: not-knowable")
    try desk.write(text, to: "a.script")
    let setting = try #require(PlayedKey.all.first).setting(for: text)
    for arguments in [
      ["replay", "--dry-run", "a.script"], ["flow", "test", sourceTree + "/flows/gate-io/create-key.yaml"],
    ] {
      let ran = try desk.run(arguments, setting: setting, program: program.path)
      expectNoDifference(ran.status, 0, "\(ran)")
    }
    expectNoDifference(program.hasAsked, false)
  }
}
