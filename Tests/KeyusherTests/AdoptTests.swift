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
        "private-key": KeyDesk.pem,
      ])
    #expect(ran.errors.contains("Keys of coinbase have no passphrase, as far as is known here. It is kept."))
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
      ["key": Canary.key, "private-key": KeyDesk.pem])
  }

  @Test("A private key without its last line is not taken in", arguments: ["--private-key", "--secret"])
  func cutPEM(option: String) throws {
    let desk = try KeyDesk.make()
    let cut = KeyDesk.pem.split(separator: "\n").dropLast().joined(separator: "\n")
    let ran = try desk.run(
      ["key", "adopt", "coinbase/old", "--exchange", "coinbase", "--key", "env:OLD_KEY", option, "fd:109"],
      setting: AdoptTests.references, descriptors: [109: cut])
    expectNoDifference(ran.status, 65)
    let what =
      option == "--secret" ? "is a private key in PEM, and no Secret" : "begins as a private key and has no last line"
    #expect(ran.errors.contains(what), "\(ran.errors)")
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

  @Test func `What does not look right is told, and taken`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(
      ["key", "adopt", "gate-io/old", "--exchange", "gate-io", "--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET"],
      setting: ["OLD_KEY": Canary.secret, "OLD_SECRET": Canary.key])
    expectNoDifference(ran.status, 0)
    #expect(ran.errors.contains("This is 64 characters long, like a secret. The two may have been swapped."))
    #expect(ran.errors.contains("This is 32 characters long, like an API key. The secret is the longer one."))
    try AdoptTests.expectNoTrace(ran.output + ran.errors, on: desk)
  }

  @Test func `A key that takes another's place leaves it as the previous one`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.unlocked(
      [
        "key", "adopt", "okx/bot", "--replace", "--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET", "--part",
        "passphrase=env:OLD_WORD",
      ], setting: ["OLD_KEY": "new-key", "OLD_SECRET": "new-secret", "OLD_WORD": " new word"])
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(ran.output.contains("What it was before is previous/okx/bot now."))
    expectNoDifference(
      try AdoptTests.content(of: "okx/bot", on: desk),
      #"{"keyusher":1,"exchange":"okx","label":"bot","credential":{"key":"new-key","passphrase":" new word","secret":"new-secret"}}"#
    )
    expectNoDifference(try desk.keys(), (KeyCommandTests.names + ["previous/okx/bot"]).sorted())
  }

  private static let refusals: [(arguments: [String], status: Int32, error: String)] = [
    (["gate-io/bot", "--exchange", "gate-io"], 66, "there is a key 'gate-io/bot' in the store already"),
    (["gate-io/new", "--replace"], 66, "there is no key 'gate-io/new' in the store 'age'"),
    (
      ["new"], 64,
      "nothing says which exchange 'new' is a key of\nhint: --exchange ID; known: binance, bitget, bybit, coinbase,"
    ),
    (
      ["okex/new"], 64,
      "nothing says which exchange 'okex/new' is a key of\nhint: did you mean 'okx'? Say it: --exchange okx\n"
    ),
    (
      ["gate/new"], 64,
      "nothing says which exchange 'gate/new' is a key of\nhint: did you mean 'gate-io'? Say it: --exchange gate-io\n"
    ),
    (
      ["new", "--exchange", "okex"], 64,
      "no flow here is for an exchange 'okex'\nhint: did you mean 'okx'? If not, say so beforehand: --unlisted\n"
    ),
    (
      ["new", "--exchange", "bitfinex"], 64,
      "no flow here is for an exchange 'bitfinex'\nhint: if it is right, say so beforehand: --unlisted\n"
    ),
    (
      ["okx/new", "--exchange", "kraken"], 64,
      """
      'okx/new' is the name of a key of okx, and it is said to be one of kraken
      hint: which is right? Name it 'kraken/new', or say okx

      """
    ),
    (
      ["okx/new"], 64,
      """
      a key of okx is not whole without its Passphrase, and nothing was taken in
      hint: give it by reference: --key-passphrase REF
      hint: the parts of such a key: passphrase, key and secret

      """
    ),
    (
      ["gate-io/new", "--exchange", "Gate.IO"], 64,
      "'Gate.IO' can't be an exchange's id\nhint: the nearest that can: gate-io"
    ),
    (["pending/new", "--exchange", "gate-io"], 64, "'pending/new' can't be a key's name: 'pending/' is for what"),
    (["gate-io/\(Canary.secret)", "--exchange", "gate-io"], 64, "what was given with the name looks like a secret"),
  ]

  @Test(
    "What is not in order is told before anything is read, and nothing is taken in",
    arguments: refusals)
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
      ["--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET", "--part", "token=env:OLD_SECRET"],
      ["--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET", "--part", "key=env:OLD_SECRET"],
      ["--key", "env:OLD_KEY", "--part", "secret=\(Canary.secret)"], ["--key", "env:OLD_KEY", "--part", Canary.secret],
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

  @Test(
    "What is certainly no part of a key is refused, unless that was agreed to",
    arguments: [
      ("xxxxxxxxxxxx", "what a page shows in place of a secret"), ("YOUR_API_SECRET", "a placeholder from an example"),
      (Canary.key, "the same text as API key"), ("{\"secret\": \"a\"}", "This is JSON"),
      ("abcd…wxyz", "A part of it is left out"),
    ])
  func certain(secret: String, words: String) throws {
    let desk = try KeyDesk.make()
    let arguments = ["key", "adopt", "gate-io/new", "--key", "env:OLD_KEY", "--secret", "env:OLD_SECRET"]
    let setting: [String: String?] = ["OLD_KEY": Canary.key, "OLD_SECRET": secret]
    let refused = try desk.run(arguments, setting: setting)
    expectNoDifference(refused.status, 65)
    #expect(refused.errors.hasPrefix("keyusher: Secret, from env:OLD_SECRET: "), "\(refused.errors)")
    #expect(refused.errors.contains(words), "\(refused.errors)")
    #expect(
      refused.errors.hasSuffix(
        "hint: if it is right all the same, say so beforehand: --yes\nhint: nothing was taken in\n"),
      "\(refused.errors)")
    expectNoDifference(try desk.keys(), KeyCommandTests.names)
    let taken = try desk.run(arguments + ["--yes"], setting: setting)
    expectNoDifference(taken.status, 0, "\(taken.errors)")
    #expect(taken.errors.contains(words), "\(taken.errors)")
  }

  @Test func `A key that others put into pass comes from there by its entry`() throws {
    let desk = try KeyDesk.make()
    // Stands in for `pass`, which needs GnuPG; PassTests try the real one.
    try desk.write("#!/bin/sh\ncat \"$PASSWORD_STORE_DIR/$3.gpg\"\n", to: "\(desk.path)/bin/pass", mode: 0o755)
    try desk.write("#!/bin/sh\n", to: "\(desk.path)/bin/gpg", mode: 0o755)
    let store = desk.path + "/password-store"
    try desk.write(Canary.key + "\nuser: ana\n", to: store + "/gate/key.gpg")
    try desk.write(Canary.secret + "\n", to: store + "/gate/secret.gpg")
    let pass: [String: String?] = ["PATH": "\(desk.path)/bin:/usr/bin:/bin", "PASSWORD_STORE_DIR": store]
    let ran = try desk.run(
      ["key", "adopt", "gate-io/new", "--key", "pass:gate/key", "--secret", "pass:gate/secret"], setting: pass)
    expectNoDifference(ran.status, 0, "\(ran.errors)")
    #expect(try AdoptTests.content(of: "gate-io/new", on: desk).contains(#""secret":"\#(Canary.secret)""#))
    for entry in ["gate", "gate/none", "../gate/key"] {
      let ran = try desk.run(
        ["key", "adopt", "gate-io/other", "--key", "pass:gate/key", "--secret", "pass:\(entry)"], setting: pass)
      expectNoDifference(ran.status, 65)
      #expect(ran.errors.hasPrefix("keyusher: there is no entry '\(entry)' in pass\n"), "\(ran.errors)")
    }
  }
}
