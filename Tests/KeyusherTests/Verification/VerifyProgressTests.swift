import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// While exchanges are asked, a terminal says so in a line that is gone again.
@Suite struct VerifyProgressTests {
  /// Asks about two keys, at exchanges that take their time.
  private func ask(_ options: [String] = [], setting: [String: String?] = [:], columns: Int = 80) throws -> Pty {
    let keys = PlayedKey.all.filter { ["gate-io", "kraken"].contains($0.exchange) }
    var state = Failure.nothing.state(of: keys)
    state["faults"] = [["request": "*", "kind": "slow", "milliseconds": 400]]
    let exchange = try PlayedExchanges(state)
    let desk = try TenKeysDesk.make()
    let pty = try desk.start(
      ["key", "verify"] + keys.map(\.entry) + ["--base-url", exchange.address, "--passphrase", "env:STORE_WORD"]
        + options, setting: setting.merging(["STORE_WORD": PassphraseCanary.text]) { $1 }, columns: columns)
    expectNoDifference(try pty.end(), .exited(0), "\(pty.text)")
    withExtendedLifetime(desk) {}
    return pty
  }

  private let erase = "\r\u{1B}[K"

  @Test func `It says which key is asked about, and how many there are`() throws {
    let shown = String(decoding: try ask().raw, as: UTF8.self)
    #expect(shown.contains("\(erase)Asking Gate (1 of 2) about gate-io/grid-bot-01 ...\(erase)"), "\(shown)")
    // The line is gone before the verdict.
    let verdict = try #require(shown.range(of: "gate-io/grid-bot-01: as planned"))
    let before = String(shown[..<verdict.lowerBound].split(separator: "\u{1B}[K").last ?? "")
    #expect(!before.contains("Asking"), "\(before)")
  }

  @Test func `On a narrow terminal it stays on its line`() throws {
    let shown = String(decoding: try ask(setting: ["NO_COLOR": "1"], columns: 40).raw, as: UTF8.self)
    #expect(shown.contains("\(erase)Asking Gate (1 of 2) about gate-io/grid\(erase)"), "\(shown)")
  }

  @Test func `A terminal that can't rewrite a line, and a program that reads, get none`() throws {
    #expect(!(try ask(setting: ["TERM": "dumb"]).text.contains("Asking ")))
    #expect(!(try ask(["--json"]).text.contains("Asking ")))
  }
}
