import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import Outside
import PtyHarness
import SecretMemory
import Stores
import Testing

@Suite struct StoreCommandTests {
  private func mode(_ path: String) -> UInt32 {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : 0
  }

  // MARK: - List

  @Test func `The list begins with the default, and says what each store is good for and what not`() throws {
    let desk = try Desk()
    let ran = try desk.run(["store", "list"])
    expectNoDifference(ran.status, 0)
    expectNoDifference(ran.errors, "")
    #expect(
      ran.output.hasPrefix(
        "age (the default): not set up yet\n  keyusher store init age\n  at: \(desk.ageFolder)\n  is: "))
    let stores = ran.output.split(separator: "\n").filter { !$0.hasPrefix(" ") }.count
    expectNoDifference(ran.output.components(separatedBy: "\n  protects against: ").count - 1, stores)
    expectNoDifference(ran.output.components(separatedBy: "\n  not against: ").count - 1, stores)
    #expect(ran.output.contains("\noffline: always there\n"))
    #expect(!FileManager.default.fileExists(atPath: desk.home))
  }

  @Test func `A store that is set up is ready, and another default is named`() throws {
    let desk = try Desk.withStore()
    try desk.write("store: offline\n", to: desk.home + "/config.yaml")
    let ran = try desk.run(["store", "list", "--brief"])
    #expect(ran.output.hasPrefix("age: ready\n  at: \(desk.ageFolder)\n"))
    #expect(ran.output.contains("offline (the default): always there\n"))
    #expect(!ran.output.contains("protects against"))
  }

  @Test func `A default that is not on this computer is warned of`() throws {
    let desk = try Desk()
    try desk.write("store: docker-credential-nowhere\n", to: desk.home + "/config.yaml")
    let ran = try desk.run(["store", "list"])
    #expect(ran.output.contains("The default is 'docker-credential-nowhere', which is not here."))
    expectNoDifference(try desk.run(["store", "test"]).status, 69)
  }

  // MARK: - Set-up

  @Test("A store is set up with a passphrase from anywhere but the command line", arguments: ["env", "file", "fd"])
  func setUp(source: String) throws {
    let desk = try Desk()
    let reference = try ["env": "env:PASS", "fd": "fd:3"][source] ?? "file:\(desk.passphraseFile())"
    let ran = try desk.run(
      ["store", "init", "--passphrase", reference],
      setting: source == "env" ? ["PASS": PassphraseCanary.text] : [:],
      descriptors: source == "fd" ? [3: PassphraseCanary.text + "\n"] : [:])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    for text in ["set up: \(desk.ageFolder)\n", "Lose that file or the passphrase", "keyusher store backup FILE"] {
      #expect(ran.output.contains(text))
    }
    expectNoDifference(mode(desk.ageFolder + "/identities"), 0o600)
    expectNoDifference(mode(desk.ageFolder), 0o700)
    expectNoDifference(desk.ageStore().condition().readiness, .ready)
    // It is the passphrase that was given which opens it.
    let store = desk.ageStore()
    try store.put(SecretBytes(copying: Array("x".utf8)), as: #require(EntryName("gate-io/bot")))
    #expect(try desk.ageStore().get(#require(EntryName("gate-io/bot"))).isWord("x"))
    expectNoDifference(try desk.filesWithPassphrase(), [])
    expectNoDifference(PassphraseCanary.trace(in: Array(ran.output.utf8)), nil)
  }

  @Test func `A store that is there is not set up anew`() throws {
    let desk = try Desk.withStore()
    let before = try desk.bytes(of: desk.ageFolder + "/identities")
    let ran = try desk.run(["store", "init", "--passphrase", "file:\(desk.passphraseFile(PassphraseCanary.other))"])
    expectNoDifference(ran.status, 0)
    expectNoDifference(ran.output, "  The store 'age' is set up already; nothing was changed.\n")
    expectNoDifference(try desk.bytes(of: desk.ageFolder + "/identities"), before)
  }

  /// A reference, what is behind it, the exit status, what is said.
  static let refusals: [(reference: String?, value: String?, status: Int32, says: String)] = [
    (
      nil, nil, 69,
      "the store 'age' wants its passphrase, and nobody can be asked\nhint: start it in a terminal, or give it with --passphrase env:NAME, file:PATH or fd:N\n"
    ),
    (PassphraseCanary.text, nil, 64, "--passphrase takes env:NAME, file:PATH or fd:N, not a passphrase itself\n"),
    ("env:PASS", nil, 69, "hint: the variable PASS is not set"),
    ("env:PASS", "", 69, "hint: env:PASS is empty"),
    ("env:PASS", "short-one", 69, "That is 9 characters long; 12 is the least."),
    ("env:PASS", "aaaaaaaaaaaaaaaa", 69, "the same few characters"),
    ("file:/nonexistent", nil, 69, "hint: can't open '/nonexistent'"),
    ("fd:77", nil, 69, "descriptor 77 is not open"),
  ]

  @Test("Without a passphrase that will do, nothing is set up", arguments: refusals.indices)
  func refused(index: Int) throws {
    let (reference, value, status, says) = StoreCommandTests.refusals[index]
    let desk = try Desk()
    let ran = try desk.run(
      ["store", "init"] + (reference.map { ["--passphrase", $0] } ?? []), setting: ["PASS": value])
    expectNoDifference(ran.status, status)
    expectNoDifference(ran.output, "")
    #expect(ran.errors.contains(says), "\(ran.errors)")
    expectNoDifference(PassphraseCanary.trace(in: Array(ran.errors.utf8)), nil)
    #expect(!FileManager.default.fileExists(atPath: desk.ageFolder + "/identities"))
    expectNoDifference(try desk.filesWithPassphrase(), [])
  }

  @Test(
    "A store of somebody else's is set up by them",
    arguments: [
      ("pass", "pass init GPG-ID"), ("secret-service", "your desktop"), ("openbao", "config set openbao.address"),
      ("offline", "you write the key down"), ("docker-credential-pass", "manual"), ("agee", "did you mean 'age'?"),
    ])
  func others(store: String, hint: String) throws {
    let ran = try Desk().run(["store", "init", store])
    expectNoDifference(ran.status, 64)
    #expect(ran.errors.contains(hint))
  }

  // MARK: - Test

  @Test func `A test reads for real, says what it has proven, and leaves nothing`() throws {
    let desk = try Desk.withStore()
    let ran = try desk.run(["store", "test", "age", "--passphrase", "file:\(desk.passphraseFile())"])
    expectNoDifference(ran.status, 0)
    expectNoDifference(
      ran.output,
      """
      Store 'age', \(desk.ageFolder)
        a random entry was written, confirmed and deleted
        another was written, read in full as a program would, compared and deleted
        Not proven: that it holds after a power failure, or that there is a backup.

      """)
    expectNoDifference(try desk.ageStore().names(), [])
    expectNoDifference(try desk.filesWithPassphrase(), [])
  }

  @Test("A test that can't read says how far it came, and leaves nothing", arguments: [nil, PassphraseCanary.other])
  func unread(passphrase: String?) throws {
    let desk = try Desk.withStore()
    let words = try passphrase.map { ["--passphrase", "file:\(try desk.passphraseFile($0))"] } ?? []
    let ran = try desk.run(["store", "test"] + words)
    expectNoDifference(ran.status, 69)
    #expect(ran.output.hasSuffix("\n  a random entry was written, confirmed and deleted\n"))
    #expect(
      ran.errors.contains(
        passphrase == nil ? "wants its passphrase, and nobody can be asked" : "that passphrase does not open the store")
    )
    expectNoDifference(try desk.ageStore().names(), [])
  }

  @Test func `A store that is not set up, or not there, is not tried`() throws {
    let desk = try Desk()
    let ran = try desk.run(["store", "test"])
    expectNoDifference(ran.status, 69)
    expectNoDifference(
      ran.errors, "keyusher: the store 'age' is not set up yet\nhint: keyusher store init age\n")
    expectNoDifference(
      try desk.run(["store", "test", "agee"]).errors, "keyusher: there is no store 'agee'\nhint: did you mean 'age'?\n")
    #expect(!FileManager.default.fileExists(atPath: desk.home))
  }

  // MARK: - Passphrase and backup

  @Test func `A changed passphrase opens the store, and the old one no more`() throws {
    let desk = try Desk.withStore()
    let name = try #require(EntryName("gate-io/bot"))
    try desk.ageStore().put(SecretBytes(copying: Array("x".utf8)), as: name)
    let (old, new) = (try desk.passphraseFile(), try desk.passphraseFile(PassphraseCanary.other))
    let ran = try desk.run(["store", "passphrase", "--passphrase", "file:\(old)", "--new-passphrase", "file:\(new)"])
    expectNoDifference(ran.errors, "")
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("that were made before still open with the old"))
    #expect(try desk.ageStore(PassphraseCanary.other).get(name).isWord("x"))
    #expect(throws: StoreError.wrongPassphrase(store: "age")) { try desk.ageStore().get(name) }
    expectNoDifference(try desk.filesWithPassphrase(), [])
  }

  @Test func `Both passphrases can come as two lines of one descriptor`() throws {
    let desk = try Desk.withStore()
    let ran = try desk.run(
      ["store", "passphrase", "--passphrase", "fd:3", "--new-passphrase", "fd:3"],
      descriptors: [3: "\(PassphraseCanary.text)\n\(PassphraseCanary.other)\n"])
    expectNoDifference(ran.status, 0)
    expectNoDifference(
      try desk.run(
        ["store", "test", "--passphrase", "fd:3"], descriptors: [3: PassphraseCanary.other]
      ).status, 0)
  }

  static let halves: [(words: [String], status: Int32)] = [
    (["--passphrase", "env:A"], 64), (["--new-passphrase", "env:B"], 64), ([], 69),
    (["--passphrase", "env:B", "--new-passphrase", "env:A"], 69),
    (["--passphrase", "env:A", "--new-passphrase", "env:C"], 69),
  ]

  @Test("A passphrase is not changed with half of what it takes, or the wrong one", arguments: halves.indices)
  func unchanged(index: Int) throws {
    let (words, status) = StoreCommandTests.halves[index]
    let desk = try Desk.withStore()
    let before = try desk.bytes(of: desk.ageFolder + "/identities")
    let ran = try desk.run(
      ["store", "passphrase"] + words,
      setting: ["A": PassphraseCanary.text, "B": PassphraseCanary.other, "C": "short"])
    expectNoDifference(ran.status, status)
    expectNoDifference(try desk.bytes(of: desk.ageFolder + "/identities"), before)
  }

  @Test func `A backup is the identities file, for its owner alone, and restores the store`() throws {
    let desk = try Desk.withStore()
    let name = try #require(EntryName("gate-io/bot"))
    try desk.ageStore().put(SecretBytes(copying: Array("x".utf8)), as: name)
    let ran = try desk.run(["store", "backup", "copy.age"])
    expectNoDifference(ran.status, 0)
    #expect(ran.output.contains("written and read back: copy.age\n"))
    #expect(ran.output.contains("It does not hold the keys themselves"))
    let bytes = try desk.bytes(of: desk.work + "/copy.age")
    expectNoDifference(bytes, try desk.bytes(of: desk.ageFolder + "/identities"))
    expectNoDifference(mode(desk.work + "/copy.age"), 0o600)
    #expect(try desk.run(["store", "backup", "copy.age"]).output.contains("(in place of the file that was there)"))

    unlink(desk.ageFolder + "/identities")
    let words = try desk.run(["store", "list"]).output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(words.contains("put it back from your backup"))
    expectNoDifference(try desk.run(["doctor"]).status, 2)
    try desk.write(String(decoding: bytes, as: UTF8.self), to: desk.ageFolder + "/identities")
    #expect(try desk.ageStore().get(name).isWord("x"))
  }

  @Test func `A backup goes nowhere but into a plain file, and only if there is something to back up`() throws {
    let desk = try Desk.withStore()
    expectNoDifference(try desk.run(["store", "backup", "/nonexistent/copy"]).status, 74)
    expectNoDifference(try desk.run(["store", "backup", "/dev/full"]).status, 74)
    let ran = try Desk().run(["store", "backup", "copy.age"])
    expectNoDifference(ran.status, 69)
    #expect(ran.errors.contains("is not set up yet"))
  }
}
