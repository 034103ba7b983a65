import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// While exchanges are asked, and after it, no part of a key is where others can read it.
@Suite struct VerifySecrecyTests {
  @Test func `Neither arguments, environment, files, logs, records nor the screen have a secret of ten keys`() throws {
    let desk = try TenKeysDesk.make()
    // Slow enough to be looked at.
    var state = Failure.wide.state(of: PlayedKey.all)
    state["faults"] = [["request": "*", "kind": "slow", "milliseconds": 300]]
    let exchange = try PlayedExchanges(state)
    let pty = try desk.start(
      ["key", "verify", "--all", "--base-url", exchange.address, "--passphrase", "env:STORE_WORD"],
      setting: ["STORE_WORD": PassphraseCanary.text])
    var looks = 0
    try pty.expect("the verdict on the last key") { pty in
      let seen = visible(of: pty.process)
      if seen.hasHelper { looks += 1 }
      expectNoDifference(Canary.trace(in: seen), nil)
      return pty.text.contains("okx/grid-bot-01: ")
    }
    expectNoDifference(try pty.end(), .exited(2))
    #expect(looks > 3)
    expectNoDifference(Canary.secretTraces.first(in: Array(pty.text.utf8)), nil)
    for file in try desk.files() { expectNoDifference(Canary.trace(in: try desk.bytes(of: file)), nil, "\(file)") }
    let log = try exchange.requests()
    #expect(log.count >= 20)
    expectNoDifference(Canary.trace(in: Array("\(log)".utf8)), nil)
  }
}

extension [UInt8] {
  /// Whether the program that asks is among those seen.
  fileprivate var hasHelper: Bool { String(decoding: self, as: UTF8.self).contains("keyusher-net") }
}
