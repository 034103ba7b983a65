import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import Outside
import PtyHarness
import Testing

/// However the asking ends, no `keyusher-net` goes on with it.
@Suite struct VerifyEndTests {
  private let gate = PlayedKey.all[0]

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGKILL])
  func `A signal in the middle of a request leaves no process behind`(_ signal: Int32) throws {
    let desk = try TenKeysDesk.make()
    // Under names of their own, by which their processes are found.
    let programs = try Desk()
    let (program, net) = (programs.work + "/keyusher", programs.work + "/keyusher-net")
    try install(copyOf: keyusher, at: program)
    try install(copyOf: besideTests("keyusher-net"), at: net)
    var state = Failure.nothing.state(of: [gate])
    state["faults"] = [["request": "detail", "kind": "slow", "milliseconds": 60_000]]
    let exchange = try PlayedExchanges(state)
    let pty = try desk.start(
      ["key", "verify", gate.entry, "--base-url", exchange.address, "--passphrase", "env:STORE_WORD"],
      setting: ["STORE_WORD": PassphraseCanary.text], program: program)
    try pty.expect("Asking Gate about gate-io/grid-bot-01 ...")
    #expect(runs(net))
    kill(pty.process, signal)
    expectNoDifference(try pty.end(), .signalled(signal))
    // It would give up by itself after eight seconds.
    let end = ContinuousClock.now + .seconds(4)
    while runs(net), ContinuousClock.now < end { poll(nil, 0, 10) }
    #expect(!runs(net))
  }

  /// Whether a process of a program is there.
  private func runs(_ program: String) -> Bool {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return processes.contains { process in
      let words = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
      return words.starts(with: Data(program.utf8) + [0])
    }
  }
}
