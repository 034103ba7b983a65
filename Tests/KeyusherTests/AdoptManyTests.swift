import CustomDump
import Foundation
import KeyusherHarness
import PtyHarness
import Testing

/// A firm's keys, taken in by one command.
@Suite struct AdoptManyTests {
  /// What the keys of an exchange have, each made so that it looks as that exchange's do.
  private static let exchanges: [(id: String, parts: [(name: String, make: @Sendable (Int) -> String)])] = [
    ("gate-io", [("key", { hex($0, 32) }), ("secret", { hex($0 + 1000, 64) })]),
    (
      "okx",
      [("key", { uuid($0) }), ("secret", { hex($0 + 2000, 32).uppercased() }), ("passphrase", { _ in "Desk-word-7" })]
    ),
    ("kucoin", [("key", { hex($0, 24) }), ("secret", { uuid($0 + 3000) }), ("passphrase", { " word\($0)" })]),
    ("binance", [("key", { hex($0, 64) }), ("secret", { hex($0 + 4000, 64) })]),
    ("kraken", [("key", { hex($0, 56) }), ("secret", { hex($0 + 5000, 86) + "==" })]),
    ("coinbase", [("key", { "organizations/\(uuid($0))/apiKeys/\(uuid($0 + 1))" }), ("private-key", { pem($0) })]),
  ]

  private static func hex(_ number: Int, _ length: Int) -> String {
    var state = UInt64(number) &* 0x9E37_79B9_7F4A_7C15 | 1
    return String(
      (0..<length).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Array("0123456789abcdef")[Int(state >> 60)]
      })
  }

  private static func uuid(_ number: Int) -> String {
    let text = hex(number, 32)
    return [
      text.prefix(8), text.dropFirst(8).prefix(4), text.dropFirst(12).prefix(4), text.dropFirst(16).prefix(4),
      text.suffix(12),
    ]
    .joined(separator: "-")
  }

  private static func pem(_ number: Int) -> String {
    "-----BEGIN EC PRIVATE KEY-----\n\(hex(number + 6000, 64))\n\(hex(number + 7000, 48))\n-----END EC PRIVATE KEY-----\n"
  }

  /// A key of the firm.
  private struct FirmsKey {
    var name: String
    var exchange: String
    var parts: [String: String]
  }

  /// Writes 42 keys' parts into files, and the file that names them; returns the keys.
  private static func firm(on desk: Desk) throws -> [FirmsKey] {
    var keys: [FirmsKey] = []
    var rows = ["name,exchange,label,account,purpose,program,owner,key,secret,passphrase,private-key"]
    for number in 0..<42 {
      let exchange = exchanges[number % exchanges.count]
      let name = "\(exchange.id)/desk-\(number)"
      var key = FirmsKey(name: name, exchange: exchange.id, parts: [:])
      for part in exchange.parts {
        key.parts[part.name] = part.make(number)
        try desk.write(part.make(number) + "\n", to: "parts/\(number).\(part.name)")
      }
      let references = ["key", "secret", "passphrase", "private-key"].map { part in
        key.parts[part] == nil ? "" : "file:parts/\(number).\(part)"
      }
      rows.append(
        ([name, number % 2 == 0 ? exchange.id : "", "Bot \(number)", "\"sub, \(number)\"", "spot", "freqtrade", "Ana"]
          + references)
          .joined(separator: ","))
      keys.append(key)
    }
    try desk.write(rows.joined(separator: "\r\n") + "\r\n", to: "keys.csv")
    return keys
  }

  private static func content(of name: String, on desk: Desk) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: Data(AdoptTests.content(of: name, on: desk).utf8))
    return json as? [String: Any] ?? [:]
  }

  @Test func `A firm's 42 keys on six exchanges are taken in by one command, and again without harm`() throws {
    let desk = try KeyDesk.make()
    let keys = try Self.firm(on: desk)
    let ran = try desk.run(["key", "adopt", "--from", "keys.csv"])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    // The passphrases of KuCoin begin with a space: that is said of each, with its place.
    let said = ran.errors.replacing("\n  kept", with: " kept")
    expectNoDifference(said.split(separator: "\n").count, 7, "\(ran.errors)")
    #expect(
      said.hasPrefix(
        "  keys.csv:4:93: API Passphrase: A quote or a space at its beginning or end is kept as part of it.\n"))
    let kept = keys.map { "  \($0.name): kept\n" }.joined()
    expectNoDifference(
      ran.output,
      kept + "  Keyusher saw: 42 keys kept in age, each read back from the store\n"
        + "  delete the copies that they came from\n")
    expectNoDifference(try desk.keys(), (KeyCommandTests.names + keys.map(\.name)).sorted())
    for key in [keys[0], keys[1], keys[2], keys[5], keys[41]] {
      let content = try Self.content(of: key.name, on: desk)
      expectNoDifference(content["credential"] as? [String: String], key.parts)
      expectNoDifference(content["exchange"] as? String, key.exchange)
      #expect((content["label"] as? String)?.hasPrefix("Bot ") == true)
    }
    for key in keys {
      for (name, part) in key.parts where name != "passphrase" { #expect(!(ran.output + ran.errors).contains(part)) }
    }

    let again = try desk.unlocked(["key", "adopt", "--from", "keys.csv"])
    expectNoDifference(again.status, 0, "\(again.errors)")
    #expect(again.output.hasPrefix("  gate-io/desk-0: already kept\n"))
    #expect(again.output.contains("  Keyusher saw: 42 were kept in age already, the same in every part\n"))
    expectNoDifference(try desk.keys(), (KeyCommandTests.names + keys.map(\.name)).sorted())
  }

  @Test func `A file that was taken in half is gone on with`() throws {
    let desk = try KeyDesk.make()
    let keys = try Self.firm(on: desk)
    let lines = try desk.text(of: desk.work + "/keys.csv").components(separatedBy: "\r\n")
    try desk.write(lines.prefix(11).joined(separator: "\r\n"), to: "half.csv")
    expectNoDifference(try desk.run(["key", "adopt", "--from", "half.csv"]).status, 0)
    let ran = try desk.unlocked(["key", "adopt", "--from", "keys.csv"])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(ran.output.contains("  \(keys[9].name): already kept\n  \(keys[10].name): kept\n"))
    #expect(ran.output.contains("Keyusher saw: 32 keys kept in age, each read back from the store\n"))
    #expect(ran.output.contains("Keyusher saw: 10 were kept in age already, the same in every part\n"))
    expectNoDifference(try desk.keys(), (KeyCommandTests.names + keys.map(\.name)).sorted())
  }

  @Test func `A key that waits since the command was killed is not written a second time`() throws {
    let desk = try KeyDesk.make()
    try desk.write(Canary.key, to: "k")
    try desk.write(Canary.secret, to: "s")
    try desk.write("name,key,secret\ngate-io/new,file:k,file:s\n", to: "keys.csv")
    expectNoDifference(try desk.run(["key", "adopt", "--from", "keys.csv"]).status, 0)
    // As a kill between writing and naming leaves it.
    let store = desk.home + "/age/store/"
    try FileManager.default.createDirectory(atPath: store + "pending", withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: store + "gate-io/new.age", toPath: store + "pending/adopt.gate-io.new.age")
    let ran = try desk.unlocked(["key", "adopt", "--from", "keys.csv"])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    expectNoDifference(try desk.keys(), (KeyCommandTests.names + ["gate-io/new"]).sorted())
  }

  @Test func `Lines of JSON are taken as rows are, and an exchange that no flow is for if that was agreed to`() throws {
    let desk = try KeyDesk.make()
    try desk.write(Canary.key, to: "k")
    try desk.write(
      #"{"name": "blofin/a", "exchange": "blofin", "owner": "Ana", "label": null, "key": "file:k", "secret": "env:S", "passphrase": "fd:9"}"#,
      to: "keys.jsonl")
    let setting: [String: String?] = ["S": Canary.secret]
    let refused = try desk.run(
      ["key", "adopt", "--from", "keys.jsonl"], setting: setting, descriptors: [9: " word \n"])
    expectNoDifference(refused.status, 65)
    let ran = try desk.run(
      ["key", "adopt", "--from", "keys.jsonl", "--unlisted"], setting: setting, descriptors: [9: " word \n"])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    expectNoDifference(
      try AdoptTests.content(of: "blofin/a", on: desk),
      """
      {"keyusher":1,"exchange":"blofin","label":"a","credential":\
      {"key":"\(Canary.key)","passphrase":" word ","secret":"\(Canary.secret)"}}
      """)
  }

  @Test(
    "What belongs to one key does not go with a file",
    arguments: [["gate-io/a"], ["--exchange", "okx"], ["--replace"], ["--key", "env:K"]])
  func mixed(arguments: [String]) throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(["key", "adopt", "--from", "keys.csv"] + arguments)
    expectNoDifference(ran.status, 64)
    expectNoDifference(
      ran.errors,
      "keyusher: --from takes names, exchanges and parts from the file, and nothing is replaced\n"
        + "hint: leave NAME, --exchange, --label, --replace and the parts out\n")
  }
}
