import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

/// `key verify` of a Gate key, against the exchange as `keyusher-standin` plays it.
@Suite struct KeyVerifyTests {
  /// A key that a run made and kept, for a spot bot at one address.
  private static func made(by script: String = "create-key.script") throws -> Desk {
    let desk = try KeyDesk.make()
    let straight = try String(contentsOfFile: sourceTree + "/flows/gate-io/\(script)", encoding: .utf8)
    try desk.write(
      straight.replacing("store: offline", with: "store: age"), to: "a.script")
    let ran = try desk.run(
      ["replay", "a.script"],
      setting: ["GATE_API_KEY": Canary.key, "GATE_API_SECRET": Canary.secret, "KEYUSHER_TEST_ID": "made"])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    return desk
  }

  private static let name = "gate-io/grid-bot-01"

  private static func state(
    powers: [String] = ["account:read", "spot"], addresses: [String] = ["203.0.113.7", "127.0.0.1"],
    _ more: [String: Any] = [:], key: [String: Any] = [:]
  ) -> [String: Any] {
    let entry: [String: Any] = [
      "exchange": "gate-io", "key": Canary.key, "secret": Canary.secret, "powers": powers, "addresses": addresses,
      "label": "grid-bot-01", "created": "2026-11-01T00:00:00Z",
    ]
    return ["keys": [entry.merging(key) { $1 }]].merging(more) { $1 }
  }

  private static func verify(
    _ state: [String: Any], _ options: [String] = [], on desk: Desk
  ) throws -> (ran: Ran, exchange: PlayedExchanges) {
    let exchange = try PlayedExchanges(state)
    let ran = try desk.unlocked(
      ["key", "verify", name, "--base-url", exchange.address] + options, setting: ["KEYUSHER_TEST_ID": "asked"])
    expectNoDifference(Canary.secretTraces.first(in: Array((ran.output + ran.errors).utf8)), nil)
    return (ran, exchange)
  }

  private static func lines(_ ran: Ran) -> [String] {
    ran.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  @Test func `too wide: what differs, what a thief could do, what to change where`() throws {
    let desk = try Self.made()
    let (ran, exchange) = try Self.verify(
      Self.state(powers: ["account:read", "spot", "wallet"], addresses: []), on: desk)
    let host = exchange.address.dropFirst("http://".count)
    expectNoDifference(ran.status, 2)
    var lines = Self.lines(ran)
    #expect(lines.remove(at: 1).hasPrefix("Asked \(host), "))
    #expect(lines.removeFirst { $0.hasPrefix("Gate says: made 2026-11-01") } != nil)
    // The server in its place goes along.
    expectNoDifference(
      lines.joined(separator: "\n").replacing(" --base-url \(exchange.address)", with: ""),
      """
      gate-io/grid-bot-01: TOO WIDE. Two things differ from the plan of run made.
      Keyusher saw: Gate accepts the key and its secret.
      Gate says: account read only. As planned.
      Gate says: spot read and write. As planned.
      Gate says: wallet read and write. NOT PLANNED.
      Nobody can tell: withdrawal: the documented list of rights has no name for
      withdrawal.
      Gate says: no IP list. PLANNED: 203.0.113.7.
      By Gate's help article 17521: it may end on 2027-01-30, after 90 days.
      Gate says: it is the account's only key.
      A thief could trade your coins away and move them between your accounts.
      With an IP list a thief elsewhere could do nothing with it.
      Whether it could send coins away, only the page shows.
      Change c0ffee17d3a9... here: wallet read and write off; add 203.0.113.7; see
      that withdrawal is off.
      https://www.gate.com/myaccount/profile/api-key/manage
      If grid-bot needs what you take away, that part of it stops.
      First make sure that grid-bot really runs at 203.0.113.7, or it will stop.
      Gate takes up to 5 minutes to apply a change.
      Once it is saved there, this looks until it has arrived:
      keyusher key verify gate-io/grid-bot-01 --wait
      """)
  }

  @Test func `it is on record: who was asked, when, and what each answer told`() throws {
    let desk = try Self.made()
    _ = try Self.verify(Self.state(), on: desk)
    let shown = try desk.run(["show", "asked"]).output
    #expect(shown.hasPrefix("Key asked about: gate-io/grid-bot-01, from age"))
    #expect(shown.contains(" says: permissions: account (read only), spot\n"), "\(shown)")
    #expect(shown.contains("Nobody can tell: withdrawal: the documented list of rights has no name"), "\(shown)")
    let record = try desk.text(of: desk.recordFile("asked"))
    for text in [
      #""event":"key-reported""#, #""request":"detail""#, #""request":"main-keys""#,
      #""permissions":"account (read only), spot""#, #""ip-list":"203.0.113.7, 127.0.0.1""#,
      #""withdrawal":"the documented list of rights has no name for withdrawal""#, #""verdict":"differs""#,
    ] {
      #expect(record.contains(text), "\(text) in \(record)")
    }
    expectNoDifference(try desk.run(["audit", "asked"]).status, 0)
    expectNoDifference(Canary.secretTraces.first(in: Array(record.utf8)), nil)
  }

  @Test func `the account's other keys: how many, which a thief would like, and what they are called here`() throws {
    let desk = try Self.made()
    func other(_ key: String, _ label: String, _ powers: [String], _ addresses: [String]) -> [String: Any] {
      [
        "exchange": "gate-io", "key": key, "secret": "s", "label": label,
        "powers": powers, "addresses": addresses,
      ]
    }
    let (old, tax) = ("a1b2c3d4e5f60718293a4b5c6d7e8f90", "b7c1d93e5a408c6fb2e4d7a1903f58c6")
    let payout = "c2d4f6a8b0e1937586fdcba01e2d3c4b"
    let taken = try desk.run(
      ["key", "adopt", "gate-io/tax", "--key", "env:K", "--secret", "env:S", "--yes"],
      setting: ["K": tax, "S": Canary.secret])
    expectNoDifference(taken.status, 0, "\(taken.errors)")
    var state = Self.state(addresses: ["203.0.113.7"], ["from": "203.0.113.7"])
    let own = try #require(state["keys"] as? [[String: Any]])
    state["keys"] =
      own + [
        other(old, "old", ["spot:read"], ["203.0.113.9"]), other(tax, "tax", ["account:read"], []),
        other(payout, "payout", ["withdraw"], []),
      ]
    let (ran, _) = try Self.verify(state, on: desk)
    expectNoDifference(ran.status, 0)
    let shown = ran.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(
      shown.contains(
        "Gate says: the account has 3 other keys. - payout, c2d4f6a8b0e1...: can withdraw, no IP list; not on record here. "
          + "- tax, b7c1d93e5a40...: no IP list; here it is gate-io/tax. - old, a1b2c3d4e5f6...: not on record here. "
          + "Whether the rest can withdraw, Gate does not tell."),
      "\(ran.output)")
    let record = try desk.text(of: desk.recordFile("asked"))
    #expect(
      record.contains(
        #""other-keys":"a1b2c3d4e5f6 (old), b7c1d93e5a40 (tax, no IP list), "#
          + #"c2d4f6a8b0e1 (payout, can withdraw, no IP list)""#), "\(record)")
    let (told, _) = try Self.verify(state, ["--json"], on: desk)
    let row = try #require(
      (JSONSerialization.jsonObject(with: Data(told.output.utf8)) as? [[String: Any]])?.first)
    expectNoDifference(row["otherKeyCount"] as? Int, 3)
    let keys = try #require(row["otherKeys"] as? [[String: Any]])
    expectNoDifference(keys.map { $0["label"] as? String }, ["payout", "tax", "old"])
    expectNoDifference(keys.map { $0["withdraws"] as? Bool }, [true, nil, nil])
    expectNoDifference(keys.map { $0["bound"] as? Bool }, [false, false, true])
    expectNoDifference(keys.map { $0["names"] as? [String] }, [[], ["gate-io/tax"], []])
  }

  @Test func `as planned, as far as it tells`() throws {
    let desk = try Self.made()
    let (ran, _) = try Self.verify(Self.state(addresses: ["203.0.113.7"], ["from": "203.0.113.7"]), on: desk)
    expectNoDifference(ran.status, 0)
    expectNoDifference(
      Self.lines(ran).first, "gate-io/grid-bot-01: as planned, as far as Gate tells.")
    #expect(ran.output.contains("Keyusher saw: this computer is on the list."))
  }

  @Test func `a list that keeps this computer out is what was planned`() throws {
    let desk = try Self.made()
    let (ran, _) = try Self.verify(Self.state(addresses: ["203.0.113.7"]), on: desk)
    expectNoDifference(ran.status, 0)
    expectNoDifference(
      Self.lines(ran).first, "gate-io/grid-bot-01: refused from here, as your IP list demands.")
  }

  @Test func `a list that keeps this computer out is a refusal where none was planned`() throws {
    let desk = try Self.made(by: "create-key.no-list.script")
    let exchange = try PlayedExchanges(Self.state(addresses: ["203.0.113.7"]))
    let ran = try desk.unlocked(["key", "verify", "gate-io/grid-bot-05", "--base-url", exchange.address])
    expectNoDifference(ran.status, 2)
    expectNoDifference(Self.lines(ran).first, "gate-io/grid-bot-05: REFUSED by Gate.")
    #expect(ran.output.contains("This computer's address is not on the key's IP list."))
  }

  @Test func `a clock that is two minutes off: nothing is signed`() throws {
    for offset in [-120_000, 120_000] {
      let desk = try Self.made()
      let (ran, exchange) = try Self.verify(Self.state(["clock": ["offset": offset]]), on: desk)
      expectNoDifference(ran.status, 69)
      #expect(ran.output.contains("This computer's clock and Gate's are too far apart."))
      expectNoDifference(try exchange.requests().compactMap { $0["path"] as? String }, ["/api/v4/spot/time"])
    }
  }

  @Test(arguments: [
    (3_000, "behind"), (-3_000, "ahead of"), (40, ""),
  ]) func `how the clocks stand is on record, and on screen where it counts`(_ offset: Int, _ side: String) throws {
    let desk = try Self.made()
    let (ran, _) = try Self.verify(
      Self.state(addresses: ["203.0.113.7"], ["from": "203.0.113.7", "clock": ["offset": offset]]), on: desk)
    expectNoDifference(ran.status, 0, "\(ran)")
    let shown = ran.output.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    let isTold = shown.contains("This computer's clock is ") && shown.contains(" \(side) Gate's, give or take 0.")
    expectNoDifference(isTold, !side.isEmpty, "\(ran.output)")
    expectNoDifference(shown.contains("; Gate takes up to 59."), !side.isEmpty, "\(ran.output)")
    let record = try desk.text(of: desk.recordFile("asked"))
    let words = side.isEmpty ? "this computer's clock agrees, to within 0." : "this computer's clock is "
    #expect(record.contains(#""clock-offset":"\#(words)"#) && (side.isEmpty || record.contains(side)), "\(record)")
    #expect(record.contains(#""request":"clock""#), "\(record)")
  }

  @Test func `one that is shut out is left alone for its time, across runs`() throws {
    let desk = try Self.made()
    let limited = Self.state([
      "faults": [["request": "detail", "kind": "error", "cause": "rate_limited", "retryAfter": 600]]
    ])
    let (first, exchange) = try Self.verify(limited, on: desk)
    expectNoDifference(first.status, 69)
    #expect(first.output.contains("Nothing is asked there until "))
    try exchange.play(Self.state())
    let asked = try exchange.requests().count
    let again = try desk.unlocked(["key", "verify", Self.name, "--base-url", exchange.address])
    expectNoDifference(again.status, 69)
    #expect(again.errors.hasPrefix("keyusher: Gate wants to be left alone until "), "\(again.errors)")
    expectNoDifference(try exchange.requests().count, asked)
  }

  @Test func `nobody is asked before somebody said that it may be`() throws {
    let desk = try Self.made()
    let unasked = try desk.unlocked(["key", "verify", Self.name])
    expectNoDifference(unasked.status, 69)
    #expect(unasked.errors.hasPrefix("keyusher: nobody has said yet whether exchanges may be asked"))
    expectNoDifference(try desk.run(["config", "set", "exchange.ask", "never"]).status, 0)
    let never = try desk.unlocked(["key", "verify", Self.name, "--yes"])
    expectNoDifference(never.status, 69)
    #expect(never.errors.hasPrefix("keyusher: no exchange is asked: you said never"))
    expectNoDifference(try desk.records.runs().count, 1)
  }

  @Test(arguments: [("", "nothing was asked: you said not now"), ("never", "no exchange is asked: you said never")])
  func `whether it may ask comes before the passphrase, and each no has one status`(
    _ answer: String, _ told: String
  ) throws {
    let desk = try Self.made()
    let pty = try desk.start(["key", "verify", Self.name])
    try pty.expect("api.gateio.ws")
    try pty.expect("May exchanges be asked? yes, never, or Enter for not now: ")
    try pty.send(answer + "\r")
    expectNoDifference(try pty.end(), .exited(69))
    #expect(pty.text.contains(told) && !pty.text.contains("Passphrase"), "\(pty.text)")
  }

  @Test(arguments: ["https://api.gateio.ws", "http://203.0.113.7:80", "http://127.0.0.1:80/api", "nonsense"])
  func `only a server on this computer is asked in the exchange's place`(_ address: String) throws {
    let ran = try KeyDesk.make().unlocked(["key", "verify", "gate-io/bot", "--base-url", address])
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.hasPrefix("keyusher: --base-url takes a server on this computer, without a path"))
  }

  @Test func `of several keys the worst counts, and each is told`() throws {
    let desk = try Self.made()
    try desk.keep("gate-io/other", of: "gate-io", ["key": "00000000000000000000000000000001", "secret": Canary.secret])
    try desk.keep("shop/one", of: "shop", ["key": "k", "secret": "s"])
    let exchange = try PlayedExchanges(Self.state())
    let ran = try desk.unlocked([
      "key", "verify", "gate-io/other", "shop/one", Self.name, "--json", "--base-url", exchange.address,
    ])
    expectNoDifference(ran.status, 2, "\(ran.errors)")
    let rows = try #require(JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [[String: Any]])
    expectNoDifference(rows.compactMap { $0["name"] as? String }, ["gate-io/other", Self.name, "shop/one"])
    expectNoDifference(rows.compactMap { $0["result"] as? String }, ["refused", "differs", "not-asked"])
  }
}

extension [String] {
  /// Takes out the first that fits.
  fileprivate mutating func removeFirst(where fits: (String) -> Bool) -> String? {
    firstIndex(where: fits).map { remove(at: $0) }
  }
}
