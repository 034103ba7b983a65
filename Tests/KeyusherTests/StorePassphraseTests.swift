import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Testing

/// Passphrases as a person at a terminal gives them.
@Suite struct StorePassphraseTests {
  /// How to come to each prompt of a set-up.
  static let prompts: [[(prompt: String, typed: String)]] = [
    [("Number (Enter = 1): ", "")], [("Number (Enter = 1): ", "1\r"), ("Enter, and it is gone: ", "")],
    [("Number (Enter = 1): ", "1\r"), ("Enter, and it is gone: ", "\r"), ("Word ", "")],
    [("Number (Enter = 1): ", "2\r"), ("New passphrase: ", "")],
    [("Number (Enter = 1): ", "2\r"), ("New passphrase: ", PassphraseCanary.text + "\r"), ("The same again: ", "")],
  ]

  @Test("Leaving a set-up at any prompt leaves nothing", arguments: prompts.indices, [SIGINT, SIGTERM, SIGHUP, 0])
  func leaving(prompt: Int, signal: Int32) throws {
    let desk = try Desk()
    let pty = try desk.start(["store", "init"])
    for (text, typed) in StorePassphraseTests.prompts[prompt] {
      try pty.expect(text)
      try pty.send(typed)
    }
    switch signal {
    case 0: try pty.control("D")
    case SIGINT: try pty.control("C")
    default: pty.signal(signal)
    }
    expectNoDifference(try pty.end(), signal == 0 ? .exited(75) : .signalled(signal))
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(SecondScreen.isLeft(pty.raw))
    expectNoDifference(PassphraseCanary.trace(in: pty.raw), nil)
    expectNoDifference(try desk.files().filter { $0.hasPrefix(desk.home) && !$0.hasSuffix("/.lock") }, [])
  }

  @Test("Stopping at the passphrase leaves the probe nowhere", arguments: [SIGINT, 0])
  func stopping(signal: Int32) throws {
    let desk = try Desk.withStore()
    let pty = try desk.start(["store", "test"])
    try pty.expect("Passphrase for 'age': ")
    try pty.control(signal == 0 ? "D" : "C")
    expectNoDifference(try pty.end(), signal == 0 ? .exited(75) : .signalled(signal))
    expectNoDifference(try desk.ageStore().names(), [])
  }

  @Test(
    "A new passphrase from a file is refused as at a terminal",
    arguments: [#""correct horse battery""#, " correct horse battery", "correct horse battery "])
  func newByReference(text: String) throws {
    let desk = try Desk()
    try desk.write(text + "\n", to: "word")
    let ran = try desk.run(["store", "init", "--passphrase", "file:word"])
    expectNoDifference(ran.status, 69)
    expectNoDifference(
      ran.errors,
      """
      keyusher: the store 'age' wants its passphrase, and nobody can be asked
      hint: the one from file:word can't be taken: It must not begin or end with quotes or spaces: a paste often adds these.

      """)
    expectNoDifference(try desk.files().filter { $0.hasSuffix("/identities") }, [])
  }

  @Test(
    "One that opens the store only without its quotes or spaces is tried so, and that is said",
    arguments: ["\"", "' ", " "])
  func spare(end: String) throws {
    let desk = try KeyDesk.make()
    let given = end.reversed() + KeyDesk.passphrase + end
    let said = "It opens nothing as it was given. Tried without the quotes or spaces at its ends."
    let ran = try desk.run(
      ["exec", "gate-io/bot", "--passphrase", "env:STORE_WORD", "--", "true"], setting: ["STORE_WORD": given])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(ran.errors.contains(said.prefix(60)), "\(ran.errors)")
    let pty = try desk.start(["exec", "gate-io/bot", "--", "true"])
    try pty.expect("Passphrase for 'age': ")
    try pty.send(given + "\r")
    try pty.expect(String(said.prefix(60)))
    expectNoDifference(try pty.end(), .exited(0))
    let wrong = try desk.run(
      ["exec", "gate-io/bot", "--passphrase", "env:STORE_WORD", "--", "true"],
      setting: ["STORE_WORD": "\"wrong wrong wrong\""])
    expectNoDifference(wrong.status, 69)
    #expect(
      wrong.errors.contains("keyusher: 'true' was not started: the passphrase does not open the store 'age'"),
      "\(wrong.errors)")
  }
}
