import CustomDump
import Foundation
import KeyusherHarness
import PtyHarness
import Testing

@Suite struct AdoptTests {
  static let references: [String: String?] = ["OLD_KEY": Canary.key, "OLD_SECRET": Canary.secret]

  /// The credential of a key, as the program would get it.
  static func content(of name: String, on desk: Desk) throws -> String {
    try desk.exec(name, ["--file"], ["sh", "-c", "cat $KEYUSHER_FILE"]).output
  }

  /// No trace of the key on the screen, nor in any file.
  static func expectNoTrace(_ output: String, on desk: Desk) throws {
    expectNoDifference(Canary.trace(in: Array(output.utf8)), nil)
    for file in try desk.files() { expectNoDifference(Canary.trace(in: try desk.bytes(of: file)), nil, "\(file)") }
  }

  @Test func `A key is taken in by reference, read back, and needs no passphrase for that`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(
      ["key", "adopt", "gate-io/old", "--exchange", "gate-io", "--key", "env:OLD_KEY", "--secret", "fd:9"],
      setting: AdoptTests.references, descriptors: [9: Canary.secret + "\n"])
    expectNoDifference(ran.errors, "  API key: 32 characters taken\n  Secret: 64 characters taken\n")
    #expect(ran.output.hasPrefix("  Keyusher saw: kept as gate-io/old in age, read back from the store\n"))
    try AdoptTests.expectNoTrace(ran.output + ran.errors, on: desk)
    expectNoDifference(
      try AdoptTests.content(of: "gate-io/old", on: desk),
      """
      {"keyusher":1,"exchange":"gate-io","label":"old","credential":{"key":"\(Canary.key)","secret":"\(Canary.secret)"}}
      """)
    expectNoDifference(try desk.keys(), (KeyCommandTests.names + ["gate-io/old"]).sorted())
  }

  @Test func `A private key in PEM and a passphrase are taken from files as they are`() throws {
    let desk = try KeyDesk.make()
    try desk.write(KeyDesk.pem, to: "key.pem")
    try desk.write(KeyDesk.keyPassphrase + "\n", to: "word")
    let ran = try desk.run(
      [
        "key", "adopt", "coinbase/old", "--exchange", "coinbase", "--label", "Grid bot", "--key", "env:OLD_KEY",
        "--private-key", "file:key.pem", "--key-passphrase", "file:word",
      ], setting: AdoptTests.references)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(AdoptTests.content(of: "coinbase/old", on: desk).utf8))
    let object = try #require(json as? [String: Any])
    expectNoDifference(object["label"] as? String, "Grid bot")
    expectNoDifference(
      object["credential"] as? [String: String],
      [
        "key": Canary.key, "passphrase": KeyDesk.keyPassphrase,
        "private-key": KeyDesk.pem.trimmingCharacters(in: .newlines),
      ])
  }

  @Test func `A private key in PEM is read to the end of a descriptor`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(
      ["key", "adopt", "coinbase/old", "--exchange", "coinbase", "--key", "fd:109", "--private-key", "fd:109"],
      descriptors: [109: Canary.key + "\n" + KeyDesk.pem])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    let json = try JSONSerialization.jsonObject(with: Data(AdoptTests.content(of: "coinbase/old", on: desk).utf8))
    expectNoDifference(
      (json as? [String: Any])?["credential"] as? [String: String],
      ["key": Canary.key, "private-key": KeyDesk.pem.trimmingCharacters(in: .newlines)])
  }

  @Test("A private key without its last line is not taken in", arguments: ["--private-key", "--secret"])
  func cutPEM(option: String) throws {
    let desk = try KeyDesk.make()
    let cut = KeyDesk.pem.split(separator: "\n").dropLast().joined(separator: "\n")
    let ran = try desk.run(
      ["key", "adopt", "coinbase/old", "--exchange", "coinbase", "--key", "env:OLD_KEY", option, "fd:109"],
      setting: AdoptTests.references, descriptors: [109: cut])
    expectNoDifference(ran.status, 65)
    #expect(ran.errors.contains("begins as a private key and has no last line"), "\(ran.errors)")
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
    try AdoptTests.expectNoTrace(ran.output + ran.errors, on: desk)
  }

  @Test func `A line that is too long for a secret is refused, not cut`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(
      ["key", "adopt", "gate-io/old", "--exchange", "gate-io", "--key", "env:OLD_KEY", "--secret", "fd:109"],
      setting: AdoptTests.references, descriptors: [109: String(repeating: "a", count: 65_537) + "\n"])
    expectNoDifference(ran.status, 65)
    #expect(ran.errors.contains("fd:109: "), "\(ran.errors)")
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
  }

  @Test func `A private key whose lines come as if typed is gathered to its last line`() throws {
    let desk = try KeyDesk.make()
    let pty = try desk.start(["key", "adopt", "bitfinex/old", "--exchange", "bitfinex"])
    try pty.answer(.key)
    try pty.expect("Secret: ")
    try pty.send(KeyDesk.pem.replacing("\n", with: "\r"))
    try pty.expect("private-key: ")
    try pty.expect("Passphrase (Enter = none): ")
    try pty.send("\r")
    try pty.expect("Keyusher saw: kept as bitfinex/old in age")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
    try AdoptTests.expectNoTrace(pty.text, on: desk)
    let json = try JSONSerialization.jsonObject(with: Data(AdoptTests.content(of: "bitfinex/old", on: desk).utf8))
    expectNoDifference(
      (json as? [String: Any])?["credential"] as? [String: String],
      ["key": Canary.key, "private-key": KeyDesk.pem.trimmingCharacters(in: .newlines)])
  }

  @Test(
    "A secret that came in three lines is not taken for a secret and a passphrase", arguments: ["bitfinex", "gate-io"],
    [true, false])
  func brokenSecret(exchange: String, isBracketed: Bool) throws {
    let desk = try KeyDesk.make()
    let pty = try desk.start(["key", "adopt", exchange + "/old", "--exchange", exchange])
    try pty.answer(.key)
    try pty.expect("Secret: ")
    let lines = [Canary.secret.prefix(30), Canary.secret.dropFirst(30).prefix(20), Canary.secret.suffix(14)]
    if isBracketed { try pty.paste(lines.joined(separator: "\n")) } else { try pty.send(lines.joined(separator: "\r")) }
    try pty.send("\r")
    try pty.expect("more lines came than were asked for")
    expectNoDifference(try pty.end(), .exited(65))
    expectNoDifference(pty.settings, pty.settingsBefore)
    try AdoptTests.expectNoTrace(pty.text, on: desk)
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
  }

  @Test func `What does not look right is told, and taken`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(
      ["key", "adopt", "gate-io/old", "--exchange", "gate-io", "--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET"],
      setting: ["OLD_KEY": Canary.secret, "OLD_SECRET": Canary.key])
    expectNoDifference(ran.status, 0)
    #expect(ran.errors.contains("Usually it has 32 characters at most."))
    #expect(ran.errors.contains("Usually it has 64 characters at least."))
    try AdoptTests.expectNoTrace(ran.output + ran.errors, on: desk)
  }

  @Test func `A key that takes another's place leaves it as the previous one`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.unlocked(
      ["key", "adopt", "okx/bot", "--replace", "--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET"],
      setting: ["OLD_KEY": "new-key", "OLD_SECRET": "new-secret"])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(ran.output.contains("What it was before is previous/okx/bot now."))
    expectNoDifference(
      try AdoptTests.content(of: "okx/bot", on: desk),
      #"{"keyusher":1,"exchange":"okx","label":"bot","credential":{"key":"new-key","secret":"new-secret"}}"#)
    expectNoDifference(try desk.keys(), (KeyCommandTests.names + ["previous/okx/bot"]).sorted())
  }

  @Test(
    "What is not in order is told before anything is read, and nothing is taken in",
    arguments: [
      (["gate-io/bot", "--exchange", "gate-io"], 66, "there is a key 'gate-io/bot' in the store already"),
      (["gate-io/new", "--replace"], 66, "there is no key 'gate-io/new' in the store 'age'"),
      (
        ["gate-io/new"], 64,
        "the exchange is not named\nhint: --exchange ID, for example: binance, bitget, bybit, coinbase, gate-io"
      ),
      (
        ["gate-io/new", "--exchange", "Gate.IO"], 64,
        "'Gate.IO' can't be an exchange's id\nhint: the nearest that can: gate.io"
      ),
      (["pending/new", "--exchange", "gate-io"], 64, "'pending/new' can't be a key's name: 'pending/' is for what"),
      (["gate-io/\(Canary.secret)", "--exchange", "gate-io"], 64, "what was given with the name looks like a secret"),
    ])
  func refused(arguments: [String], status: Int32, error: String) throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(
      ["key", "adopt"] + arguments + ["--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET"],
      setting: AdoptTests.references)
    expectNoDifference(ran.status, status)
    #expect(ran.errors.hasPrefix("keyusher: " + error), "\(ran.errors)")
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
    try AdoptTests.expectNoTrace(ran.output + ran.errors, on: desk)
  }

  @Test(
    "A part is never an argument, and a key is taken in whole",
    arguments: [
      ["--key", Canary.key], ["--key", "env:OLD_KEY"], ["--secret", "env:OLD_SECRET"],
      ["--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET", "--private-key", "env:OLD_SECRET"], [],
    ])
  func incomplete(parts: [String]) throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(
      ["key", "adopt", "gate-io/new", "--exchange", "gate-io"] + parts, setting: AdoptTests.references)
    expectNoDifference(ran.status, 64)
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
    try AdoptTests.expectNoTrace(ran.output + ran.errors, on: desk)
  }

  @Test func `A reference that leads nowhere, or to what others can read, is told`() throws {
    let desk = try KeyDesk.make()
    try desk.write(Canary.secret, to: "open", mode: 0o644)
    for (reference, words) in [
      ("env:NONE", "NONE is not set\nhint: set it for this command alone: NAME=… keyusher …\n"),
      ("env:EMPTY", "env:EMPTY is empty\nhint: "),
      ("file:none", "can't open 'none': No such file or directory\nhint: "),
      ("file:.", "'.' is not a plain file\nhint: "), ("file:open", "by others\nhint: "),
    ] {
      let ran = try desk.run(
        ["key", "adopt", "gate-io/new", "--exchange", "gate-io", "--key", "env:OLD_KEY", "--secret", reference],
        setting: AdoptTests.references.merging(["EMPTY": ""]) { $1 })
      expectNoDifference(ran.status, 65, "\(reference)")
      #expect(ran.errors.contains(words), "\(ran.errors)")
    }
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
  }

  @Test(
    "A label that holds the secret, or enough of it, is refused",
    arguments: [("my pass: hunter2", "hunter2"), ("my horse battery staple", "correct horse battery staple")])
  func held(label: String, secret: String) throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(
      [
        "key", "adopt", "gate-io/new", "--exchange", "gate-io", "--label", label, "--key", "env:OLD_KEY", "--secret",
        "env:SHORT",
      ], setting: ["OLD_KEY": Canary.key, "SHORT": secret])
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.contains("holds a part of the key itself"))
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
  }
}
