import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

/// `key verify --from`: a key that is handed over, asked about, and kept nowhere.
@Suite struct HandedKeyTests {
  private let gate = PlayedKey.all[0]

  /// As a store has it, and as `exec --fd` gives it.
  private func entry(
    of key: PlayedKey = PlayedKey.all[0], _ parts: [String: String]? = nil, label: String = PlayedKey.name
  ) throws -> String {
    let object: [String: Any] = [
      "keyusher": 1, "exchange": key.exchange, "label": label, "credential": parts ?? key.parts,
    ]
    return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
  }

  private func verify(
    _ text: String, _ options: [String] = [], playing failure: Failure = .nothing, of key: PlayedKey? = nil,
    on desk: Desk
  ) throws -> Ran {
    let exchange = try PlayedExchanges(failure.state(of: [key ?? gate]))
    let ran = try desk.run(
      ["key", "verify", "--from", "fd:3", "--base-url", exchange.address] + options,
      setting: ["KEYUSHER_TEST_ID": "asked"], descriptors: [3: text + "\n"])
    expectNoDifference(Canary.secretTraces.first(in: Array((ran.output + ran.errors).utf8)), nil)
    return ran
  }

  @Test func `Without any store it is told what the key can do, and nothing of the key stays`() throws {
    let desk = try Desk()
    let ran = try verify(entry(), on: desk)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(
      ran.output.hasPrefix("gate-io/grid-bot-01: nobody said what it should do. This is what it can do.\n"),
      "\(ran.output)")
    #expect(ran.output.contains("Keyusher saw: this computer is on the list."), "\(ran.output)")
    #expect(try desk.run(["show", "asked"]).output.hasPrefix("Key asked about: gate-io/grid-bot-01, from fd:3"))
    expectNoDifference(try desk.records.runs(), ["asked"])
    for file in try desk.files() { expectNoDifference(Canary.trace(in: try desk.bytes(of: file)), nil, "\(file)") }
    expectNoDifference(try FileManager.default.contentsOfDirectory(atPath: desk.home), ["records"])
  }

  @Test func `Withdrawal that is on is too wide beside no plan, of which nothing is claimed`() throws {
    let binance = try #require(PlayedKey.all.first { $0.exchange == "binance" })
    let ran = try verify(entry(of: binance), playing: .withdrawal, of: binance, on: Desk())
    expectNoDifference(ran.status, 2)
    #expect(ran.output.contains(": TOO WIDE. It can do what nobody has planned.\n"), "\(ran.output)")
    #expect(ran.output.contains("withdrawal is on"), "\(ran.output)")
    #expect(ran.output.contains("No plan on record.") && !ran.output.contains("PLANNED"), "\(ran.output)")
  }

  @Test func `What it was meant to be can be said, and is held against it`() throws {
    let plan = ["--plan", "account,spot-write", "--ip-plan", PlayedKey.address]
    let fits = try verify(entry(), plan, on: Desk())
    expectNoDifference(fits.status, 0, "\(fits.errors)")
    #expect(fits.output.hasPrefix("gate-io/grid-bot-01: as planned, as far as Gate tells."), "\(fits.output)")
    let wide = try verify(entry(), plan, playing: .wide, on: Desk())
    expectNoDifference(wide.status, 2)
    #expect(
      wide.output.hasPrefix("gate-io/grid-bot-01: TOO WIDE. Two things differ from the plan of this command."),
      "\(wide.output)")
    #expect(
      wide.output.replacing(/\ --base-url [^ ]+/, with: "").contains(
        "keyusher key verify --from fd:3 --plan account,spot-write --ip-plan 203.0.113.7 --wait"))
    let strange = try verify(entry(), ["--plan", "account,teleport"], on: Desk())
    expectNoDifference(strange.status, 64)
    #expect(
      strange.errors.hasPrefix("keyusher: Gate has no permission 'teleport'\nhint: it has: "), "\(strange.errors)")
  }

  @Test func `Where the key is handed over it is used: a list that keeps that computer out is a refusal`() throws {
    let ran = try verify(entry(), ["--ip-plan", "list"], playing: .address, on: Desk())
    expectNoDifference(ran.status, 2)
    #expect(ran.output.hasPrefix("gate-io/grid-bot-01: REFUSED by Gate."), "\(ran.output)")
  }

  @Test func `The name and what is known go along as key send has them`() throws {
    let note = #"{"sent":1,"name":"gate-io/office","facts":{"program":"grid-bot","listed":"x"}}"#
    let ran = try verify(entry() + "\n" + note, ["--plan", "account"], on: Desk())
    expectNoDifference(ran.status, 2)
    #expect(ran.output.hasPrefix("gate-io/office: TOO WIDE."), "\(ran.output)")
    #expect(ran.output.contains("If grid-bot needs what you take away"), "\(ran.output)")
  }

  @Test func `The command that the laptop names works: exec hands the key to another home`() throws {
    let laptop = try TenKeysDesk.make()
    let exchange = try PlayedExchanges(Failure.address.state(of: [gate]))
    let told = try laptop.verify([gate.entry], at: exchange.address).output
    let command = try #require(told.split(separator: "\n").first { $0.contains(" --fd -- sh -c 'ssh SERVER ") })
      .trimmingCharacters(in: .whitespaces)
    expectNoDifference(
      command,
      "keyusher exec gate-io/grid-bot-01 --fd -- sh -c 'ssh SERVER keyusher key verify --from fd:0 --yes --plan "
        + "account,spot-write --ip-plan 203.0.113.7 <&\"$KEYUSHER_FD\"'")
    let server = try Desk()
    try exchange.play(Failure.nothing.state(of: [gate]))
    let line =
      command
      .replacing("keyusher exec gate-io", with: "\(keyusher) exec --passphrase env:STORE_WORD gate-io")
      .replacing("ssh SERVER keyusher", with: "env KEYUSHER_HOME=\(server.home) \(keyusher)")
      .replacing("--yes", with: "--base-url \(exchange.address)")
    let ran = try laptop.run(["-c", line], setting: ["STORE_WORD": PassphraseCanary.text], program: "/bin/sh")
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(ran.output.hasPrefix("gate-io/grid-bot-01: as planned, as far as Gate tells."), "\(ran.output)")
    expectNoDifference(try server.records.runs().count, 1)
  }

  @Test func `What is no key is refused without being quoted`() throws {
    let label = try entry(label: Canary.secret)
    let cases: [(text: String, status: Int32, start: String)] = [
      ("", 66, "keyusher: fd:3 is empty"), (Canary.secret, 65, "keyusher: what came from fd:3 is no key: "),
      (label, 64, "keyusher: what is said of the key holds a part of the key itself, and nothing was asked"),
      (try entry([:]), 65, "keyusher: what came from fd:3 is no key: its credential is empty"),
    ]
    for (text, status, start) in cases {
      let desk = try Desk()
      let ran = try verify(text, on: desk)
      expectNoDifference(ran.status, status, "\(ran.errors)")
      #expect(ran.errors.hasPrefix(start), "\(ran.errors)")
      expectNoDifference(try desk.files().filter { $0.hasSuffix(".jsonl") }, [])
    }
  }

  @Test func `A key on the command line, and a key that is meant twice, are refused`() throws {
    let desk = try Desk()
    let typed = try desk.run(["key", "verify", "--from", Canary.secret])
    expectNoDifference(typed.status, 64)
    #expect(typed.errors.hasPrefix("keyusher: --from takes env:NAME, file:PATH or fd:N, not the key itself"))
    for options in [["gate-io/bot"], ["--all"], ["--store", "age"]] {
      expectNoDifference(try desk.run(["key", "verify", "--from", "fd:3"] + options).status, 64, "\(options)")
    }
    expectNoDifference(try desk.run(["key", "verify", "--all", "--plan", "account"]).status, 64)
  }

  @Test func `At a terminal a key is not typed`() throws {
    let desk = try Desk()
    let pty = try desk.start(["key", "verify", "--from", "fd:0", "--base-url", "http://127.0.0.1:9"])
    try pty.expect("keyusher: fd:0 is a terminal, where a key would show")
    expectNoDifference(try pty.end(), .exited(64))
  }
}
