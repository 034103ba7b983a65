import CustomDump
import KeyusherHarness
import Testing

/// A question to Kraken shuts a program out that counts its nonces in seconds: it is never asked by itself.
@Suite struct NonceRiskTests {
  /// Whatever went wrong, nothing would get further than this.
  private static let nowhere: [String: String?] = ["HTTPS_PROXY": "http://127.0.0.1:9"]

  private func verify(_ adopted: [String] = [], on desk: Desk, _ options: [String] = []) throws -> Ran {
    let parts = ["K": "k9vQm2", "S": "c2VjcmV0"]
    let taken = try desk.run(
      ["key", "adopt", "kraken/x", "--key", "env:K", "--secret", "env:S", "--yes"] + adopted, setting: parts)
    expectNoDifference(taken.status, 0, "\(taken.errors)")
    expectNoDifference(try desk.run(["config", "set", "exchange.ask", "yes"]).status, 0)
    return try desk.unlocked(["key", "verify", "kraken/x"] + options, setting: Self.nowhere)
  }

  @Test(arguments: [[], ["--program", "mybot"]])
  func `where nobody knows in what it counts, nobody is asked without a yes`(_ adopted: [String]) throws {
    let ran = try verify(adopted, on: KeyDesk.make())
    expectNoDifference(ran.status, 69)
    #expect(
      ran.errors.contains("keyusher: nobody said in what the program that uses this key counts its nonces"),
      "\(ran.errors)")
  }

  @Test func `a program that counts in seconds is never shut out, whoever agrees`() throws {
    let desk = try KeyDesk.make()
    try desk.write(
      """
      format: 1
      program: oldbot
      title: oldbot
      docs: [{from: its package, date: 2026-11-23}]
      exchanges: [{exchange: kraken, name: kraken}]
      file: {form: lines, entries: [{part: key}, {part: [secret, private-key]}]}
      nonces: [{exchange: kraken, unit: seconds, source: {from: its package, date: 2026-11-23}}]

      """, to: desk.home + "/flows/programs/oldbot.yaml")
    let ran = try verify(["--program", "oldbot"], on: desk, ["--yes"])
    expectNoDifference(ran.status, 69)
    #expect(ran.errors.contains("keyusher: asking would shut 'oldbot' out for good"), "\(ran.errors)")
  }
}
