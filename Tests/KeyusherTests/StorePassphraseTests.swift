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
}
