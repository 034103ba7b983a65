import CustomDump
import KeyusherHarness
import PtyHarness
import Testing

/// The account of a key in a rotation: carried over, asked, or left unsaid by a script that is older than the question.
@Suite struct RotatedAccountTests {
  private static let exchanges = ["binance", "bitget", "bybit", "gate-io", "kucoin", "mexc", "okx"]

  private func script(of exchange: String, on desk: Desk, account: String?, store: String = "offline") throws -> String
  {
    let text = try desk.text(of: sourceTree + "/flows/\(exchange)/rotate-key.script")
    #expect(text.contains("account: main\n"))
    let said = text.replacing("account: main\n", with: account.map { "account: \($0)\n" } ?? "")
    return try desk.write(said.replacing("store: offline", with: "store: \(store)"), to: "rotate.script")
  }

  @Test(arguments: exchanges)
  func `A script of before says no account, and comes to its end with its exceptions`(exchange: String) throws {
    let desk = try Desk()
    let ran = try desk.run(["flow", "test", script(of: exchange, on: desk, account: nil)])
    expectNoDifference(ran.status, 0, "\(ran.output)")
  }

  @Test func `The card and the list of keys say the account, and nothing of one that was not said`() throws {
    for (account, card) in [("sub", ", sub-account, for "), (nil, ", account not known, for ")] {
      let desk = try Desk.withStore()
      let ran = try desk.run(
        ["replay", script(of: "gate-io", on: desk, account: account, store: "age")], setting: SmallFlow.credential)
      expectNoDifference(ran.errors, "")
      #expect(ran.output.contains(card))
      let list = try desk.run(["key", "list", "--json"]).output
      expectNoDifference(list.contains("\"account\" : \"sub-account\""), account != nil, "\(list)")
      #expect(!list.contains("account not known"))
    }
  }

  @Test func `The form of the new key names the kind of account`() throws {
    let desk = try Desk()
    for (account, names) in [("testnet", true), (nil, false)] {
      let ran = try desk.run(
        ["replay", script(of: "gate-io", on: desk, account: account), "--dry-run"], setting: SmallFlow.credential)
      expectNoDifference(ran.output.contains("Account type: Testnet"), names)
    }
  }

  @Test func `What was not said of the old key is asked of the new one`() throws {
    let desk = try Desk()
    expectNoDifference(
      try desk.run(["replay", script(of: "gate-io", on: desk, account: nil)], setting: SmallFlow.credential).status, 0)
    let pty = try desk.start(["run", "gate-io/rotate-key", "--key", "grid-bot-02"])
    try pty.expect("Said there:")
    try pty.expect("yes or no: ")
    #expect(!pty.text.contains("account not known"))
    try pty.send("\r")
    try pty.expect("Which account is it of?")
    try pty.expect("4 account not known")
    try pty.expect("Number or name: ")
    #expect(!pty.text.contains("4 account not known\n  Enter = "))
    try pty.send(":quit\r")
    expectNoDifference(try pty.end(), .exited(75))
  }
}
