import Ceremony
import CustomDump
import Foundation
import KeyusherHarness
import Outside
import Testing

@testable import keyusher

/// `key verify` of a key of an eleventh exchange: what is signed for it is trusted first.
@Suite struct OwnExchangeTests {
  private let rows = [
    "ask acme live clock", "row unsigned GET api.acme.example /api/v4/spot/time", "ask acme live key",
    "row gate-v4 GET api.acme.example /api/v4/account/main_keys",
  ]

  private func verify(
    _ exchange: OwnExchange, _ options: [String] = ["--yes"], by program: AnsweringProgram
  ) throws -> Ran {
    try exchange.desk.run(
      ["key", "verify", OwnExchange.key, "--passphrase", "env:STORE_WORD"] + options,
      setting: ["STORE_WORD": KeyDesk.passphrase], program: program.path)
  }

  private func digest(_ exchange: OwnExchange) throws -> String {
    let own = try #require(try FlowCatalog(folders: [exchange.folder]).ownAPI(of: "acme"))
    return OwnNetworkPart(own).digest
  }

  @Test func `It lints clean, as flows README shows it`() throws {
    let exchange = try OwnExchange()
    expectNoDifference(try exchange.desk.run(["flow", "lint", exchange.folder]).output, "no findings\n")
  }

  @Test func `On this computer it is asked as a shipped one is, and nothing has to be trusted`() throws {
    let exchange = try OwnExchange()
    let played = try PlayedExchanges(OwnExchange.state())
    let ran = try exchange.desk.unlocked(["key", "verify", OwnExchange.key, "--base-url", played.address])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(ran.output.contains("Acme accepts the key and its secret."), "\(ran.output)")
    #expect(ran.output.contains("Acme says: spot read and write."), "\(ran.output)")
    expectNoDifference(
      try played.requests().compactMap { $0["outcome"] as? String }, ["accepted", "accepted"])
    #expect(try !exchange.desk.run(["config"]).output.contains("exchange.trust"))
  }

  @Test func `Without trust nothing is sent, and --yes gives none`() throws {
    let exchange = try OwnExchange()
    let program = try AnsweringProgram()
    let ran = try verify(exchange, by: program)
    expectNoDifference(ran.status, 69)
    expectNoDifference(ran.output, "")
    let digest = try digest(exchange)
    let words = ran.errors.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    expectNoDifference(
      words,
      """
      'acme' does not come with Keyusher. This file says what is signed with your key, and where it goes: \(exchange.file) \
      Asked at api.acme.example: GET /api/v4/spot/time, not signed GET /api/v4/account/main_keys, signed as gate-v4 \
      Who wrote the file decides what is signed with your key. Whether all of it only reads, Keyusher can't know. \
      Who answers there could use a signature elsewhere, too: keep no key of another exchange under the name 'acme'. \
      Digest: \(Framing.grouped(digest)) \
      keyusher: nobody has said yet that what is signed for 'acme' is trusted \
      hint: read '\(exchange.file)'; if you trust it: keyusher config set exchange.trust.acme \(digest) \
      hint: at a terminal 'keyusher key verify' shows what would be signed, and asks
      """)
    expectNoDifference(try program.asked(), [])
    expectNoDifference(try exchange.desk.records.runs().count, 0)
  }

  @Test func `Trusted by its digest it is asked at its host, and stays so`() throws {
    let exchange = try OwnExchange()
    let program = try AnsweringProgram()
    let digest = try digest(exchange)
    let set = try exchange.desk.run(["config", "set", "exchange.trust.acme", digest])
    #expect(set.output.contains(digest), "\(set)")
    for _ in 0..<2 {
      let ran = try verify(exchange, by: program)
      expectNoDifference(ran.status, 0, "\(ran.errors)")
      #expect(ran.output.contains("Acme says: spot read and write."), "\(ran.output)")
    }
    expectNoDifference(try program.asked(), rows + rows)
  }

  @Test func `What changes in it is trusted anew, how answers are read is not`() throws {
    let exchange = try OwnExchange()
    let program = try AnsweringProgram()
    _ = try exchange.desk.run(["config", "set", "exchange.trust.acme", "\(digest(exchange)) 2026-11-30"])
    try exchange.change("title: spot read and write", to: "title: to trade")
    expectNoDifference(try verify(exchange, by: program).status, 0)
    for (old, new) in [
      ("main_keys", "withdrawals"), ("https://api.acme.example", "https://api.acme-2.example"),
      ("clock: {path: /api/v4/spot/time", "clock: {path: /time"), ("scheme: gate-v4", "scheme: mexc-v3"),
    ] {
      let before = try exchange.desk.text(of: exchange.file)
      try exchange.change(old, to: new)
      let ran = try verify(exchange, by: program)
      expectNoDifference(ran.status, 69, "\(new)")
      #expect(ran.errors.contains("What is signed for 'acme' has changed since you trusted it on 2026-11-30."))
      #expect(
        ran.errors.contains("\nkeyusher: what is signed for 'acme' has changed since you trusted it on 2026-11-30\n"))
      try exchange.write(before)
    }
    expectNoDifference(try program.asked(), rows)
    // It is taken back by name.
    expectNoDifference(try exchange.desk.run(["config", "unset", "exchange.trust.acme"]).status, 0)
    expectNoDifference(try verify(exchange, by: program).status, 69)
    expectNoDifference(try program.asked(), rows)
  }

  @Test func `With --json nobody is asked, and the error says how to trust it`() throws {
    let exchange = try OwnExchange()
    let program = try AnsweringProgram()
    let ran = try verify(exchange, ["--yes", "--json"], by: program)
    expectNoDifference(ran.status, 69)
    expectNoDifference(ran.output, "")
    expectNoDifference(
      ran.errors,
      """
      keyusher: nobody has said yet that what is signed for 'acme' is trusted
      hint: read '\(exchange.file)'; if you trust it: keyusher config set exchange.trust.acme \(try digest(exchange))
      hint: at a terminal 'keyusher key verify' shows what would be signed, and asks

      """)
    expectNoDifference(try program.asked(), [])
  }

  @Test func `Of several keys the others are asked all the same`() throws {
    let exchange = try OwnExchange()
    let program = try AnsweringProgram()
    let ran = try exchange.desk.run(
      ["key", "verify", OwnExchange.key, "gate-io/bot", "--json", "--yes", "--passphrase", "env:STORE_WORD"],
      setting: ["STORE_WORD": KeyDesk.passphrase], program: program.path)
    let rows = try #require(JSONSerialization.jsonObject(with: Data(ran.output.utf8)) as? [[String: Any]])
    expectNoDifference(rows.compactMap { $0["name"] as? String }, ["gate-io/bot", OwnExchange.key])
    expectNoDifference(rows.last?["result"] as? String, "not-asked")
    #expect(try program.asked().allSatisfy { !$0.contains("acme") })
    #expect(try program.asked().contains("ask gate-io live clock"))
  }

  @Test func `At a terminal it is shown and asked once, and Enter is a no`() throws {
    let exchange = try OwnExchange()
    let program = try AnsweringProgram()
    for (answer, ending) in [("", 69), ("y", 69), ("yes", 0)] as [(String, Int32)] {
      let pty = try exchange.desk.start(
        ["key", "verify", OwnExchange.key, "--yes", "--passphrase", "env:STORE_WORD"],
        setting: ["STORE_WORD": KeyDesk.passphrase], program: program.path)
      for text in ["'acme' does not come with Keyusher.", "GET /api/v4/account/main_keys", "Trust these requests?"] {
        try pty.expect(text)
      }
      expectNoDifference(try program.asked(), [])
      try pty.send(answer + "\r")
      expectNoDifference(try pty.end(), .exited(ending), "\(pty.text)")
    }
    expectNoDifference(try program.asked(), rows)
    #expect(try exchange.desk.run(["config", "get", "exchange.trust.acme"]).output.hasPrefix(digest(exchange)))
    expectNoDifference(try verify(exchange, by: program).status, 0)
  }

  @Test(
    "What is not signed for anybody is told with its place, and never asked to be trusted",
    arguments: [
      ("https://api.acme.example", "https://api.gateio.ws", "can't be asked: it is a host of 'gate-io'"),
      ("https://api.acme.example", "https://gateio.ws", "can't be asked: it is a host of 'gate-io'"),
      ("https://api.acme.example", "https://x.y.binance.com", "can't be asked: it is a host of 'binance'"),
      ("https://api.acme.example", "https://127.0.0.1", "is no host of an API"),
      ("https://api.acme.example", "https://localhost", "is no host of an API"),
      ("https://api.acme.example", "http://api.acme.example", "is no host of an API"),
      ("https://api.acme.example", "https://api.acme.example:8443", "is no host of an API"),
      ("https://api.acme.example", "https://me@api.acme.example", "is no host of an API"),
      (
        "https://api.acme.example}", "https://api.acme.example, mark: 'Host: api.gateio.ws'}",
        "can't be an environment's mark"
      ),
      ("    path: /api/v4/account", "    method: POST\n    path: /api/v4/account", "'gate-v4' signs no POST"),
      ("/api/v4/account/main_keys", "/users/self/verify", "is not signed: where 'gate-v4' is at home"),
      ("/api/v4/account/main_keys", "/api/v4/withdrawals?amount=1", "is no path of a request"),
      ("scheme: gate-v4", "scheme: okx-v5", "'okx-v5' signs with a part 'passphrase', and the pack has none"),
      ("api: acme", "api: gate-io", "the API calls itself 'gate-io', its folder says 'acme'"),
    ])
  func refused(old: String, new: String, why: String) throws {
    let exchange = try OwnExchange()
    let program = try AnsweringProgram()
    try exchange.change(old, to: new)
    let ran = try verify(exchange, by: program)
    expectNoDifference(ran.status, 65, "\(ran.errors)")
    #expect(ran.errors.contains(why) && ran.errors.contains("\(exchange.file):"), "\(ran.errors)")
    #expect(!ran.errors.contains("exchange.trust"), "\(ran.errors)")
    expectNoDifference(try program.asked(), [])
    #expect(try exchange.desk.run(["flow", "lint", exchange.folder]).output.contains(why))
  }

  @Test func `A file that others can write to is not used`() throws {
    let exchange = try OwnExchange()
    chmod(exchange.file, 0o666)
    let ran = try verify(exchange, by: AnsweringProgram())
    expectNoDifference(ran.status, 74)
    #expect(ran.errors.contains("others can write"), "\(ran.errors)")
  }

  @Test func `It takes each of the ten ways of signing`() throws {
    for key in PlayedKey.all {
      let text = try String(contentsOfFile: sourceTree + "/flows/\(key.exchange)/api.yaml", encoding: .utf8)
      let pack = try String(contentsOfFile: sourceTree + "/flows/\(key.exchange)/pack.yaml", encoding: .utf8)
      let exchange = try OwnExchange()
      try exchange.write(
        text.replacing("api: \(key.exchange)\n", with: "api: acme\n").replacingOccurrences(
          of: "host: https://[a-z0-9.-]+", with: "host: https://api.acme.example", options: .regularExpression))
      try exchange.desk.write(
        pack.replacing("pack: \(key.exchange)\n", with: "pack: acme\n"), to: exchange.folder + "/acme/pack.yaml")
      try exchange.desk.keep("acme/ten", of: "acme", key.parts)
      let played = try PlayedExchanges(["keys": [key.state], "from": PlayedKey.address])
      let ran = try exchange.desk.unlocked(["key", "verify", "acme/ten", "--base-url", played.address])
      expectNoDifference(ran.status, 0, "\(key.exchange): \(ran.errors)\(ran.output)")
      #expect(ran.output.contains("accepts the key"), "\(key.exchange): \(ran.output)")
    }
  }
}

/// Files that would have a shipped exchange asked otherwise.
@Suite struct OverlaidExchangeTests {
  private func asked(_ exchange: OwnExchange) throws -> (ran: Ran, asked: [String]) {
    let program = try AnsweringProgram()
    let ran = try exchange.desk.run(
      ["key", "verify", "gate-io/bot", "--yes", "--passphrase", "env:STORE_WORD"],
      setting: ["STORE_WORD": KeyDesk.passphrase], program: program.path)
    return (ran, try program.asked())
  }

  @Test func `One of its own name is not read, and that is said`() throws {
    let exchange = try OwnExchange()
    let shipped = try asked(exchange).asked
    expectNoDifference(shipped.first, "ask gate-io live clock")
    let file = try exchange.desk.write(
      OwnExchange.api().replacing("api: acme", with: "api: gate-io"), to: exchange.folder + "/gate-io/api.yaml")
    let (ran, asked) = try asked(exchange)
    expectNoDifference(asked, shipped)
    let words = ran.errors.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("'\(file)' is not read: how Gate is asked is part of Keyusher."), "\(ran.errors)")
    let lint = try exchange.desk.run(["flow", "lint", file]).output
    #expect(lint.contains("how this exchange is asked is part of Keyusher, and this file is not read"), "\(lint)")
  }

  @Test func `Neither by a link nor by capitals does another folder become it`() throws {
    let exchange = try OwnExchange()
    let shipped = try asked(exchange).asked
    let files = FileManager.default
    try files.createSymbolicLink(atPath: exchange.folder + "/gate-io", withDestinationPath: exchange.folder + "/acme")
    try files.createSymbolicLink(atPath: exchange.folder + "/Gate-IO", withDestinationPath: exchange.folder + "/acme")
    expectNoDifference(try asked(exchange).asked, shipped)
    // The other way round: a folder of one's own with a link to the file of another.
    try exchange.desk.write(OwnExchange.api().replacing("api: acme", with: "api: gate-io"), to: "gate.yaml")
    try files.removeItem(atPath: exchange.file)
    try files.createSymbolicLink(atPath: exchange.file, withDestinationPath: exchange.desk.work + "/gate.yaml")
    let program = try AnsweringProgram()
    try exchange.desk.keep("odd/one", of: "Gate-IO", ["key": Canary.key, "secret": Canary.secret])
    try exchange.desk.keep("odd/two", of: "../acme", ["key": Canary.key, "secret": Canary.secret])
    for (name, status, why) in [
      (OwnExchange.key, 65, "the API calls itself 'gate-io', its folder says 'acme'"),
      ("odd/one", 69, "Keyusher does not know how 'Gate-IO' is asked"),
      ("odd/two", 69, "Keyusher does not know how '../acme' is asked"),
    ] as [(String, Int32, String)] {
      let ran = try exchange.desk.run(
        ["key", "verify", name, "--yes", "--passphrase", "env:STORE_WORD"],
        setting: ["STORE_WORD": KeyDesk.passphrase], program: program.path)
      expectNoDifference(ran.status, status, "\(ran.errors)")
      #expect(ran.errors.contains(why), "\(ran.errors)")
    }
    expectNoDifference(try program.asked(), [])
  }
}
