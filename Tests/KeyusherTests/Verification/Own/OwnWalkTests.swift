import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

/// A run that makes a key of an eleventh exchange, and files of folders that would have a shipped one asked otherwise.
@Suite struct OwnWalkTests {
  /// What is piped in up to where the exchange is asked.
  private let answers =
    ["spot-bot", "grid-bot", "read, trade", "list", PlayedKey.address, "age", "yes", "ok", "grid-bot-01", "app"]
    + ["env:API_KEY", "env:API_SECRET", "read, trade", "list"]
  private let rows = [
    "ask acme live clock", "row unsigned GET api.acme.example /api/v4/spot/time", "ask acme live key",
    "row gate-v4 GET api.acme.example /api/v4/account/main_keys",
  ]

  private func run(
    _ words: [String], _ lines: [String], on exchange: OwnExchange, by program: AnsweringProgram
  ) throws -> Ran {
    try exchange.desk.run(
      words, input: lines.map { $0 + "\n" }.joined(),
      setting: ["API_KEY": Canary.key, "API_SECRET": Canary.secret], program: program.path)
  }

  private func exchange() throws -> OwnExchange {
    let exchange = try OwnExchange(on: Desk.withStore())
    _ = try exchange.desk.run(["config", "set", "exchange.ask", "yes"])
    return exchange
  }

  @Test func `A run shows what would be signed, asks, and names the host`() throws {
    let (exchange, program) = (try exchange(), try AnsweringProgram())
    let ran = try run(["run", "acme/create-key"], answers + ["yes", "finish"], on: exchange, by: program)
    expectNoDifference(ran.status, 0, "\(ran.errors)\(ran.output)")
    for text in [
      "'acme' does not come with Keyusher.", exchange.file, "GET /api/v4/account/main_keys, signed as gate-v4",
      "Trust these requests?", "Asking api.acme.example ...", "grid-bot-01: as planned",
    ] {
      #expect(ran.output.contains(text), "\(text) in \(ran.output)")
    }
    expectNoDifference(try program.asked(), rows)
    // What was trusted in the run is trusted by the command.
    #expect(try exchange.desk.run(["config"]).output.contains("exchange.trust.acme:"))
  }

  @Test func `Without trust nothing is sent, and the record says why`() throws {
    let (exchange, program) = (try exchange(), try AnsweringProgram())
    let ran = try run(["run", "acme/create-key"], answers + ["no", "finish"], on: exchange, by: program)
    expectNoDifference(ran.status, 0, "\(ran.errors)\(ran.output)")
    let shown = try exchange.desk.run(["show", exchange.desk.run()]).output
    #expect(shown.contains("you did not trust what would be signed for 'acme'"), "\(shown)")
    expectNoDifference(try program.asked(), [])
    #expect(try !exchange.desk.run(["config"]).output.contains("exchange.trust"))
  }

  @Test func `What a record keeps does not steer: a resume asks as the file says now, once that is trusted`() throws {
    let (exchange, program) = (try exchange(), try AnsweringProgram())
    let begun = try run(["run", "acme/create-key"], answers, on: exchange, by: program)
    expectNoDifference(begun.status, 4, "\(begun.errors)\(begun.output)")
    let run = try exchange.desk.run()
    #expect(begun.output.contains("Asked at api.acme.example:"))
    try exchange.change("https://api.acme.example", to: "https://api.other.example")
    _ = try exchange.desk.run(["config", "set", "exchange.trust.acme", String(repeating: "0", count: 64)])
    let pty = try exchange.desk.start(["resume", run], program: program.path)
    for text in ["What is signed for 'acme' has changed since you trusted it", "Asked at api.other.example:"] {
      try pty.expect(text)
    }
    try pty.expect("yes or no: ")
    expectNoDifference(try program.asked(), [])
    try pty.send("yes\r")
    try pty.expect("Passphrase for 'age': ")
    try pty.send(PassphraseCanary.text + "\r")
    try pty.expect("grid-bot-01: as planned")
    try pty.expect("Enter = finish, or a number to change: ")
    try pty.send("\r")
    expectNoDifference(try pty.end(), .exited(0))
    #expect(!pty.text.contains("api.acme.example"))
    expectNoDifference(try program.asked(), rows.map { $0.replacing("api.acme", with: "api.other") })
  }

  @Test func `A flow on record that speaks of another exchange's host has it asked at its own`() throws {
    let (exchange, program) = (try exchange(), try AnsweringProgram())
    let flow = try exchange.desk.text(of: exchange.folder + "/acme/pack.yaml")
    try exchange.desk.write(
      flow.replacing("www.acme.example", with: "api.gateio.ws"), to: exchange.folder + "/acme/pack.yaml")
    let ran = try run(["run", "acme/create-key"], answers + ["yes", "finish"], on: exchange, by: program)
    expectNoDifference(ran.status, 0, "\(ran.errors)\(ran.output)")
    let run = try exchange.desk.run()
    #expect(try exchange.desk.text(of: exchange.desk.recordFile(run)).contains("api.gateio.ws"))
    expectNoDifference(try program.asked(), rows)
  }
}
