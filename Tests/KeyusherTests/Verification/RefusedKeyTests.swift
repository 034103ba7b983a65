import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

/// What becomes of a key that its exchange has refused, after its run.
@Suite struct RefusedKeyTests {
  /// A run whose key was refused and left for later, and the name under which the key waits.
  private func left() throws -> (PlayedExchanges, VerifiedWalk, copy: String) {
    let exchange = try PlayedExchanges(VerifiedWalk.state(secret: String(repeating: "0", count: 64)))
    let walk = try VerifiedWalk(at: exchange.address)
    try walk.answer([("Number or name: ", "later")])
    expectNoDifference(try walk.pty.end(), .exited(3))
    return (exchange, walk, "pending/\(try walk.desk.run()).credential")
  }

  private func unlocked(_ walk: VerifiedWalk, _ arguments: [String]) throws -> Ran {
    let cut = arguments.firstIndex(of: "--") ?? arguments.endIndex
    return try walk.desk.run(
      arguments[..<cut] + ["--passphrase", "env:STORE_WORD"] + arguments[cut...],
      setting: ["STORE_WORD": PassphraseCanary.text])
  }

  /// On one line.
  private func words(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test func `it gets its name only by somebody who was told`() throws {
    let (exchange, walk, copy) = try left()
    let host = exchange.address.dropFirst("http://".count)
    let kept = try walk.desk.run(["key", "keep", copy])
    expectNoDifference(kept.status, 64)
    expectNoDifference(
      kept.errors,
      """
      keyusher: naming a key that was refused must be confirmed, and nobody can be asked
      hint: start it in a terminal, or say so beforehand: --yes

      """)
    let pty = try walk.desk.start(["key", "keep", copy])
    try pty.expect("\(host) refused")
    try pty.expect("Type keep, or Enter to leave it: ")
    try pty.send("\r")
    expectNoDifference(try pty.end(), .exited(3))
    #expect(try walk.desk.run(["key", "list"]).output.contains(copy))
    expectNoDifference(try walk.desk.run(["key", "keep", copy, "--yes"]).status, 0)
  }

  @Test func `exec says so in a line, until the exchange takes it`() throws {
    let (exchange, walk, copy) = try left()
    expectNoDifference(try walk.desk.run(["key", "keep", copy, "--yes"]).status, 0)
    let exec = ["exec", VerifiedWalk.name, "--", "/bin/true"]
    let warned = try unlocked(walk, exec)
    expectNoDifference(warned.status, 0)
    let host = exchange.address.dropFirst("http://".count)
    let line = words(warned.errors)
    #expect(line.hasPrefix("\(host) refused \(VerifiedWalk.name), "), "\(warned.errors)")
    #expect(line.hasSuffix("To ask again: keyusher key verify \(VerifiedWalk.name)"), "\(warned.errors)")
    // A question that nobody answers takes nothing back.
    expectNoDifference(try walk.desk.verify([VerifiedWalk.name], at: "http://127.0.0.1:9").status, 69)
    #expect(try words(unlocked(walk, exec).errors).contains(" refused "))
    try exchange.play(VerifiedWalk.state(["account:read", "spot", "wallet"]))
    expectNoDifference(try walk.desk.verify([VerifiedWalk.name], at: exchange.address).status, 2)
    #expect(try words(unlocked(walk, exec).errors).contains("\(VerifiedWalk.name) is too wide. To ask again:"))
    try exchange.play(VerifiedWalk.state())
    expectNoDifference(try walk.desk.verify([VerifiedWalk.name], at: exchange.address).status, 0)
    expectNoDifference(try unlocked(walk, exec).errors, "")
  }

  @Test func `show tells what it is called now, and what is not said of it any more`() throws {
    let (_, walk, copy) = try left()
    let run = try walk.desk.run()
    let before = try words(walk.desk.run(["show", run]).output)
    #expect(before.contains("In the store it waits as \(copy), where no program finds it."), "\(before)")
    let exported = try walk.desk.run(["export", run]).output
    expectNoDifference(try walk.desk.run(["key", "keep", copy, "gate-io/found", "--yes"]).status, 0)
    let shown = try words(walk.desk.run(["show", run]).output)
    #expect(!shown.contains("pending/") && !shown.contains("no program finds it"), "\(shown)")
    #expect(!shown.contains("give it its name") && !shown.contains("key keep"), "\(shown)")
    #expect(shown.contains("Since then the key is called gate-io/found, in age."), "\(shown)")
    #expect(shown.contains("keyusher key verify gate-io/found"), "\(shown)")
    // What is handed on of a record does not change by what is done later.
    expectNoDifference(try walk.desk.run(["export", run]).output, exported)
  }

  @Test func `show does not name a copy that was deleted`() throws {
    let (_, walk, copy) = try left()
    let run = try walk.desk.run()
    expectNoDifference(try walk.desk.run(["key", "forget", copy, "--yes"]).status, 0)
    let shown = try words(walk.desk.run(["show", run]).output)
    #expect(!shown.contains("pending/"), "\(shown)")
    #expect(shown.contains("Since then its copy was deleted from the store."), "\(shown)")
  }

  @Test func `show knows of a copy that another run deleted`() throws {
    let (_, walk, copy) = try left()
    let run = try walk.desk.run()
    expectNoDifference(try walk.desk.run(["key", "keep", copy, "--yes"]).status, 0)
    let script = try String(contentsOfFile: sourceTree + "/flows/gate-io/revoke-key.script", encoding: .utf8)
    try walk.desk.write(
      script.replacing(
        "clean-up: store, programs, paper\n  expect exceptions 0", with: "copies: delete\nclean-up: store"),
      to: "revoke.script")
    let revoking = try walk.desk.run(["replay", "revoke.script", "--quiet"])
    expectNoDifference(revoking.status, 0, "\(revoking.errors)")
    #expect(try walk.desk.run(["key", "list"]).output.contains("No keys yet"))
    let shown = try words(walk.desk.run(["show", run]).output)
    #expect(shown.contains("Since then its copy was deleted from the store."), "\(shown)")
  }
}
