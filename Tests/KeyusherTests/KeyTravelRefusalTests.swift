import AgeFormat
import CustomDump
import Foundation
import KeyusherHarness
import SecretMemory
import Stores
import Testing

/// What can't be sent or received is told, with what to do, and leaves nothing behind.
@Suite struct KeyTravelRefusalTests {
  /// Receives these bytes, and expects these words and nothing else to have come of it.
  private func expect(
    _ bytes: [UInt8], on server: Desk, status: Int32 = 65, _ errors: String, options: [String] = []
  ) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: server.work + "/in"))
    let ran = try KeyTravelTests.receive(options, on: server, file: "in")
    expectNoDifference(ran.errors, errors)
    expectNoDifference(ran.status, status)
    expectNoDifference(try server.keys(), [])
    expectNoDifference(try server.records.runs(), [])
    expectNoDifference(try server.bytes(of: server.work + "/in"), bytes)
  }

  private func encrypted(_ text: String, for recipient: String) throws -> [UInt8] {
    try AgeFile.encrypt(SecretBytes(copying: Array(text.utf8)), for: .recipients([Recipient(recipient)]))
  }

  @Test func `A file for another machine, one that was cut or changed, and one that is none`() throws {
    let (server, recipient) = try KeyTravelTests.server()
    let again = "send it again: keyusher key send NAME --to \(recipient)"
    let other = try Identity.generate().recipient.description
    try expect(
      encrypted("x", for: other), on: server,
      """
      keyusher: 'in' is for another machine: the store 'age' here does not open it
      hint: \(again)

      """)
    let passphrase = try SecretBytes(copying: Array("one two three".utf8))
    try expect(
      AgeFile.encrypt(passphrase, for: .passphrase(passphrase, workFactor: 4)), on: server,
      """
      keyusher: 'in' opens with a passphrase of its own, and not with this store
      hint: \(again)

      """)
    let whole = try encrypted(String(repeating: "x", count: 100), for: recipient)
    for (bytes, why) in [
      (Array(whole.dropLast()), "the contents were changed or cut off, at chunk 1 of 64 KiB"),
      (Array(whole.prefix(120)), "the age header can't be read at line 4"),
      (whole.dropLast() + [whole[whole.count - 1] ^ 1], "the contents were changed or cut off, at chunk 1 of 64 KiB"),
      (Array("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n".utf8), "the age armor can't be read at line 3"),
    ] {
      try expect(
        bytes, on: server,
        """
        keyusher: 'in' can't be opened, and nothing was received: \(why)
        hint: copy the file again, or \(again)

        """)
    }
    for bytes in [[], Array("GATE_API_KEY=…".utf8)] {
      try expect(
        bytes, on: server,
        """
        keyusher: 'in' is no age file, and nothing was received
        hint: 'keyusher key send' writes one; a key in another form is taken in by 'keyusher key adopt'

        """)
    }
  }

  @Test func `What is no key, and what has no name`() throws {
    let (server, recipient) = try KeyTravelTests.server()
    let empty = #"{"keyusher":1,"exchange":"okx","label":"b","credential":{}}"#
    for (text, why) in [
      ("a diary\n", "it is not in Keyusher's form from byte 0 on"), ("", "it is not in Keyusher's form from byte 0 on"),
      (#"{"keyusher":1,"exchange":"okx"}"#, "it has no 'label'"), (empty, "its credential is empty"),
      (#"{"keyusher":2}"#, "a later version of Keyusher wrote it (form 2; this one reads 1)"),
      (empty + "\n" + #"{"sent":7}"#, "a later version of Keyusher wrote it (form 7; this one reads 1)"),
    ] {
      try expect(
        encrypted(text, for: recipient), on: server,
        """
        keyusher: what 'in' holds is no key of a store: \(why)
        hint: 'keyusher key send' writes such files; a key in another form is taken in by 'keyusher key adopt'

        """)
    }
    let nameless = #"{"keyusher":1,"exchange":"okx","label":"--","credential":{"key":"k","secret":"s"}}"#
    try expect(
      encrypted(nameless + "\n" + #"{"sent":1,"name":"pending/x.y","facts":{}}"#, for: recipient), on: server,
      status: 64,
      "keyusher: 'in' does not say what the key is called\nhint: give it a name: --as NAME\n")
  }

  @Test(
    "What 'key adopt' would not take in is not received either",
    arguments: [
      (#""exchange":"../../etc","label":"b""#, #""key":"k""#, "", "its exchange is no id of one"),
      (#""exchange":"okx/b","label":"b""#, #""key":"k""#, "", "its exchange is no id of one"),
      (#""exchange":"okx","label":"b","run":"7q4m/../../x""#, #""key":"k""#, "", "its run is no id of one"),
      (#""exchange":"okx","label":"LONG""#, #""key":"k""#, "", "its label is longer than 4096 characters"),
      (#""exchange":"okx","label":"b\u202E""#, #""key":"k""#, "", "there are signs in its label that nobody sees"),
      (#""exchange":"okx","label":"b""#, #""":"""#, "", "one of its parts has a name that no part can have"),
      (#""exchange":"okx","label":"b""#, #""../key":"k""#, "", "one of its parts has a name that no part can have"),
      (#""exchange":"okx","label":"b""#, #""key":"k","secret":" ""#, "", "its part 'secret' is empty"),
      (#""exchange":"okx","label":"b""#, #""key":"k""#, #""owner":"LONG""#, "its owner is longer than 4096 characters"),
      (
        #""exchange":"okx","label":"b""#, #""key":"k""#, #""purpose":"\u001B[2J""#,
        "there are signs in its purpose that nobody sees"
      ),
    ])
  func unchecked(members: String, parts: String, facts: String, why: String) throws {
    let (server, recipient) = try KeyTravelTests.server()
    let text = """
      {"keyusher":1,\(members),"credential":{\(parts)}}
      {"sent":1,"name":"okx/b","facts":{\(facts)}}
      """
    try expect(
      encrypted(text.replacing("LONG", with: String(repeating: "x", count: 4097)), for: recipient), on: server,
      """
      keyusher: what 'in' holds is no key of a store: \(why)
      hint: 'keyusher key send' writes such files; a key in another form is taken in by 'keyusher key adopt'

      """)
  }

  @Test(
    "A secret that somebody put where it would go on record is refused",
    arguments: [
      #""exchange":"okx","label":"SECRET""#, #""exchange":"okx","label":"b","run":"SECRET""#,
    ])
  func onRecord(members: String) throws {
    let (server, recipient) = try KeyTravelTests.server()
    let secret = "correct-horse-battery-staple"
    let text = #"{"keyusher":1,\#(members),"credential":{"key":"k-4711-k","secret":"SECRET"}}"#
    try expect(
      encrypted(text.replacingOccurrences(of: "SECRET", with: secret), for: recipient), on: server, status: 64,
      """
      keyusher: the name or the label holds a part of the key itself, and nothing was taken in
      hint: take another; it may stand in your shell's history now: remove it there

      """, options: ["--as", "okx/b"])
  }

  @Test("The key's own secret is no name for a file, since that goes on record", arguments: [true, false])
  func nameOfFile(isMixed: Bool) throws {
    let secret = isMixed ? "ABCD7efgh8IJKL9mnop0QRST1" : "correct-horse-battery"
    let (server, recipient) = try KeyTravelTests.server()
    let laptop = try KeyDesk.make()
    try laptop.keep("okx/b", of: "okx", ["key": "k-4711-k", "secret": secret])
    func expect(_ ran: Ran, on desk: Desk, _ what: String, _ undone: String) throws {
      expectNoDifference(
        ran.errors,
        """
        keyusher: \(what) \(isMixed ? "looks like a secret, and nothing was written" : undone)
        hint: take \(isMixed ? "another name" : "another"); it may stand in your shell's history now: remove it there

        """)
      expectNoDifference(ran.status, 64)
      #expect(!(ran.output + ran.errors).contains(secret))
      expectNoDifference(try desk.records.runs(), [])
    }
    let send = ["key", "send", "okx/b", "--to", recipient, "--output"]
    try expect(
      laptop.unlocked(send + [secret]), on: laptop, "the file name after --output",
      "holds a part of the key itself, and nothing was written")
    expectNoDifference(try FileManager.default.contentsOfDirectory(atPath: laptop.work), [])
    expectNoDifference(try laptop.unlocked(send + ["b.age"]).status, 0)
    try FileManager.default.copyItem(atPath: laptop.work + "/b.age", toPath: "\(server.work)/\(secret).age")
    try expect(
      KeyTravelTests.receive(on: server, file: secret + ".age"), on: server, "the file's name",
      "holds a part of the key itself, and nothing was taken in")
    expectNoDifference(try server.keys(), [])
  }

  @Test func `No file, a folder, and no store`() throws {
    let (server, _) = try KeyTravelTests.server()
    for (file, why) in [("none", "No such file or directory"), (".", "it is no plain file")] {
      let ran = try KeyTravelTests.receive(on: server, file: file)
      expectNoDifference(ran.status, 66)
      expectNoDifference(
        ran.errors, "keyusher: can't read '\(file)': \(why)\nhint: name the file that 'keyusher key send' wrote\n")
    }
    let bare = try Desk()
    try bare.write("age-encryption.org/v1\n", to: "gate-io-bot.age")
    let notSetUp = "keyusher: the store 'age' is not set up yet\nhint: set it up: keyusher store init age\n"
    expectNoDifference(try KeyTravelTests.receive(on: bare).errors, notSetUp)
    expectNoDifference(try bare.run(["store", "recipients", "--own"]).errors, notSetUp)
  }

  @Test(
    "Whom it is for must be a recipient, or a file of them",
    arguments: [
      (
        "server.txt", 66,
        """
        'server.txt' is neither a recipient (age1...) nor a file of recipients that can be read
        hint: on the machine that the key is for: keyusher store recipients --own
        """
      ),
      (
        "list", 65,
        """
        'list' is no file of recipients: line 1 is no age recipient
        hint: one age1... a line, as 'keyusher store recipients --own' prints them
        """
      ),
      (
        "AGE-SECRET-KEY-1QQQQ", 64,
        """
        word 1 is no recipient
        hint: that is a secret key: it may stand in your shell's history now; make a new one, and give its age1...
        """
      ),
      (
        "age1qqqq", 64,
        """
        word 1 is no recipient
        hint: 'age-keygen -y FILE' prints the age1... of an identity; keys of plugins, ssh and post-quantum keys are not taken
        """
      ),
    ] as [(String, Int32, String)])
  func recipient(word: String, status: Int32, words: String) throws {
    let laptop = try KeyDesk.make()
    try laptop.write("  age1abc (yours)\n", to: "list")
    let ran = try laptop.unlocked(["key", "send", "gate-io/bot", "--to", word])
    expectNoDifference(ran.errors, "keyusher: \(words)\n")
    expectNoDifference(ran.status, status)
    #expect(!FileManager.default.fileExists(atPath: laptop.work + "/gate-io-bot.age"))
  }

  @Test func `A file of more recipients than can be written for, and a pipe that nobody writes to`() throws {
    let laptop = try KeyDesk.make()
    let lines = try (0...100).map { _ in try Identity.generate().recipient.description + "\n" }
    try laptop.write(lines.joined(), to: "many")
    #expect(mkfifo(laptop.work + "/pipe", 0o600) == 0)
    for (words, status, error) in [
      (["many"], 64, "there are more than 100 recipients, and nothing was written"),
      (
        lines.map { String($0.dropLast()) }, 64, "there are more than 100 recipients, and nothing was written"
      ), (["pipe"], 66, "'pipe' is neither a recipient (age1...) nor a file of recipients that can be read"),
    ] as [([String], Int32, String)] {
      let ran = try laptop.unlocked(["key", "send", "gate-io/bot"] + words.flatMap { ["--to", $0] })
      #expect(ran.errors.hasPrefix("keyusher: \(error)\nhint: "), "\(ran.errors)")
      expectNoDifference(ran.status, status)
    }
    #expect(!FileManager.default.fileExists(atPath: laptop.work + "/gate-io-bot.age"))
    try laptop.write(lines.dropLast().joined(), to: "many")
    expectNoDifference(try laptop.unlocked(["key", "send", "gate-io/bot", "--to", "many"]).status, 0)
    // A folder that is named by chance is no secret, though what stands around it makes it long enough for one.
    try laptop.write(lines[0], to: "k1e2y3f4/recipient")
    let words = ["--to", laptop.work + "/k1e2y3f4/recipient", "--output", "chance.age"]
    expectNoDifference(try laptop.unlocked(["key", "send", "gate-io/bot"] + words).errors, "")
  }

  @Test func `No key, a pending copy and a damaged one are not sent`() throws {
    let laptop = try KeyDesk.make()
    let recipient = try Identity.generate().recipient.description
    for (name, status) in [("gate-io/none", 66), ("pending/7q4m.credential", 64), ("gate-io/broken", 1)] as [(_, Int32)]
    {
      expectNoDifference(try laptop.unlocked(["key", "send", name, "--to", recipient]).status, status, "\(name)")
    }
    expectNoDifference(try FileManager.default.contentsOfDirectory(atPath: laptop.work), [])
  }

  @Test func `A store that was brought along does not know its own recipient before it was opened`() throws {
    let (server, recipient) = try KeyTravelTests.server()
    try FileManager.default.removeItem(atPath: server.ageFolder + "/recipient")
    let ran = try server.run(["store", "recipients", "--own"])
    expectNoDifference(ran.status, 69)
    expectNoDifference(
      ran.errors,
      """
      keyusher: the store 'age' was never opened here, so which recipient is yours is not known yet
      hint: open it once: keyusher store test age

      """)
    expectNoDifference(
      try server.run(["store", "test", "age", "--passphrase", "file:\(server.passphraseFile())"]).status, 0)
    expectNoDifference(try server.run(["store", "recipients", "--own"]).output, recipient + "\n")
  }
}
