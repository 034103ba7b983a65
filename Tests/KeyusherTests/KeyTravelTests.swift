import AgeFormat
import CustomDump
import Foundation
import KeyusherHarness
import Outside
import PtyHarness
import SecretMemory
import Stores
import Testing

/// A key goes from one home to another in a file.
@Suite struct KeyTravelTests {
  static let pinned = [
    "KEYUSHER_TEST_CLOCK": "2026-11-29T10:00:00Z", "KEYUSHER_TEST_ID": "op", "KEYUSHER_TEST_USER": "ana",
    "KEYUSHER_TEST_HOST": "office",
  ]

  /// A second home, whose store has its own passphrase, and what a key is sent to it by.
  static func server() throws -> (desk: Desk, recipient: String) {
    let desk = try Desk.withStore()
    let ran = try desk.run(["store", "recipients", "--own"])
    expectNoDifference(ran.errors, "")
    return (desk, ran.output.trimmingCharacters(in: .newlines))
  }

  /// Sends the bot's key from a laptop; the file is in the server's working folder then.
  static func sent(_ options: [String] = []) throws -> (laptop: Desk, server: Desk, sending: Ran) {
    let (server, recipient) = try server()
    let laptop = try KeyDesk.make()
    let sending = try laptop.unlocked(
      ["key", "send", "gate-io/bot", "--to", recipient] + options, setting: pinned)
    expectNoDifference(sending.errors, "")
    let file = laptop.work + "/gate-io-bot.age"
    try FileManager.default.copyItem(atPath: file, toPath: server.work + "/gate-io-bot.age")
    return (laptop, server, sending)
  }

  static func receive(_ options: [String] = [], on server: Desk, file: String = "gate-io-bot.age") throws -> Ran {
    try server.run(
      ["key", "receive", file, "--passphrase", "file:\(server.passphraseFile())"] + options, setting: pinned)
  }

  private func digest(of file: String) throws -> String {
    let sum = try #require(tool("sha256sum"))
    let words = try output(of: sum, [file]).bytes
    return String(String(decoding: words, as: UTF8.self).prefix { $0 != " " })
  }

  /// A text whose lines may have been folded.
  private func flat(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  private func grouped(_ digest: String) -> String {
    stride(from: 0, to: 64, by: 8).map { String(digest.dropFirst($0).prefix(8)) }.joined(separator: " ")
  }

  @Test func `A laptop's key reaches a second home, and both sides show the same digest`() throws {
    let (laptop, server, sending) = try KeyTravelTests.sent()
    let file = server.work + "/gate-io-bot.age"
    let digest = try grouped(digest(of: file))
    expectNoDifference(
      flat(sending.output),
      flat(
        """
        Keyusher saw: written and read back: gate-io-bot.age
        Only the machine that it is for can open it.
        Digest: \(digest)
        Bring the file there in any way you like, then type there:
        keyusher key receive gate-io-bot.age
        It must show this digest. If it shows another, it is another file.
        If the key has an IP list, that machine's address must be on it.
        once it is there, delete the file here: whoever gets that machine's store can open it
        """))
    expectNoDifference(
      try FileManager.default.attributesOfItem(atPath: laptop.work + "/gate-io-bot.age")[.posixPermissions] as? Int,
      0o600)
    #expect(try server.text(of: file).hasPrefix("-----BEGIN AGE ENCRYPTED FILE-----\n"))

    let receiving = try KeyTravelTests.receive(on: server)
    expectNoDifference(receiving.errors, "")
    expectNoDifference(
      flat(receiving.output),
      flat(
        """
        Digest of the file: \(digest)
        Keyusher saw: kept as gate-io/bot in age, read back from the store
        the file still holds the key for this store: delete it, here and where it came from
        use it: keyusher exec gate-io/bot --store age -- PROGRAM
        """))
    #expect(FileManager.default.fileExists(atPath: file))
    // The entry is the same to the byte on both sides.
    let name = try #require(EntryName("gate-io/bot"))
    let here = try laptop.ageStore(KeyDesk.passphrase).get(name)
    #expect(try server.ageStore().get(name).constantTimeEquals(here))
    for desk in [laptop, server] {
      let holding = try desk.files().filter { Canary.trace(in: try desk.bytes(of: $0)) != nil }
      expectNoDifference(holding, [])
    }
  }

  @Test func `Both sides have a record of it`() throws {
    let (laptop, server, _) = try KeyTravelTests.sent()
    _ = try KeyTravelTests.receive(["--as", "gate-io/spot", "--wipe"], on: server)
    #expect(!FileManager.default.fileExists(atPath: server.work + "/gate-io-bot.age"))
    let digest = try grouped(digest(of: laptop.work + "/gate-io-bot.age"))
    let recipient = try server.ageStore().recipients()[0]
    let shown = try [laptop, server].map { desk in
      try desk.run(["show", "op"]).output.components(separatedBy: "  Final digest")[0]
    }
    expectNoDifference(
      flat(shown[0]),
      flat(
        """
        Key sent: gate-io/bot, from age
        By ana on office, 2026-11-29 10:00 UTC.
        For: \(recipient)
        File: gate-io-bot.age
        Digest: \(digest)
        Keyusher saw: the file was written and read back
        """))
    expectNoDifference(
      flat(shown[1]),
      flat(
        """
        Key received: gate-io/spot, into age
        By ana on office, 2026-11-29 10:00 UTC.
        Exchange: gate-io
        Called at the exchange: bot
        File: gate-io-bot.age
        Digest: \(digest)
        Keyusher saw: read back from age; the file is wiped
        """))
  }

  @Test func `What is known of a key goes with it, from home to home`() throws {
    guard let age = tool("age") else { return }
    let (server, recipient) = try KeyTravelTests.server()
    let laptop = try Desk.withStore()
    let own = try laptop.ageStore().recipients()[0].description
    let entry = #"{"keyusher":1,"exchange":"okx","label":"Grid","run":"7q4m","credential":{"key":"k","secret":"s"}}"#
    let known = #"{"sent":1,"name":"okx/grid","facts":{"purpose":"spot bot","program":"grid","owner":"Ana","x":"y"}}"#
    let made = try output(of: age, ["-r", own], input: Array("\(entry)\n\(known)\n".utf8))
    try Data(made.bytes).write(to: URL(fileURLWithPath: laptop.work + "/gate-io-bot.age"))
    expectNoDifference(try KeyTravelTests.receive(on: laptop).errors, "")
    let words = ["--to", recipient, "--output", server.work + "/gate-io-bot.age"]
    let ran = try laptop.run(
      ["key", "send", "okx/grid", "--passphrase", "file:\(laptop.passphraseFile())"] + words)
    expectNoDifference(ran.errors, "")
    expectNoDifference(try KeyTravelTests.receive(on: server).errors, "")
    expectNoDifference(
      try server.run(["key", "list"]).output,
      """
      okx/grid, in age
        For grid (spot bot).
        At okx: called Grid there.
        Taken in by ana, 2026-11-29. Owner: Ana.
        Its exchange was not asked from here.

      """)
    #expect(
      try server.run(["show", "op"]).output.contains(
        "  The key was made by run 7q4m, on the computer that it came from.\n"))
  }

  @Test func `The stock age opens what is sent, and an entry that it encrypted is received`() throws {
    guard let age = tool("age"), let keygen = tool("age-keygen") else { return }
    let laptop = try KeyDesk.make()
    expectNoDifference(try laptop.run(["-o", "other.txt"], program: keygen).status, 0)
    try laptop.write("# the server\n\(laptop.run(["-y", "other.txt"], program: keygen).output)", to: "server.recipient")
    let ran = try laptop.unlocked(["key", "send", "okx/bot", "--to", "server.recipient", "--output", "sent"])
    expectNoDifference(ran.errors, "")
    let opened = try laptop.run(["-d", "-i", "other.txt", "sent"], program: age).output
    let lines = opened.split(separator: "\n")
    expectNoDifference(lines.count, 2)
    let kept = try laptop.ageStore(KeyDesk.passphrase).get(#require(EntryName("okx/bot")))
    #expect(kept.isWord(String(lines[0])))
    expectNoDifference(lines[1], #"{"sent":1,"name":"okx/bot","facts":{}}"#)

    let (server, recipient) = try KeyTravelTests.server()
    let made = try output(of: age, ["-r", recipient], input: Array(lines[0].utf8))
    try Data(made.bytes).write(to: URL(fileURLWithPath: server.work + "/gate-io-bot.age"))
    expectNoDifference(try KeyTravelTests.receive(on: server).errors, "")
    #expect(try server.ageStore().get(#require(EntryName("okx/bot"))).constantTimeEquals(kept))
  }

  @Test func `Nothing in plain text is written, and no program is started`() throws {
    guard let strace = straceOfGuarded() else { return }
    let (laptop, server, _) = try KeyTravelTests.sent()
    let recipient = try server.ageStore().recipients()[0].description
    func trace(_ arguments: [String], on desk: Desk, _ passphrase: String) throws {
      let log = desk.path + "/strace.log"
      let ran = try desk.run(
        ["-f", "-v", "-s", "65536", "-e", "trace=execve,write,writev,pwrite64,memfd_create,sendto,connect", "-o", log]
          + [keyusher] + arguments + ["--passphrase", "file:\(desk.passphraseFile(passphrase))"], program: strace)
      expectNoDifference(ran.status, 0, "\(ran.errors)")
      let calls = try desk.bytes(of: log)
      expectNoDifference(Canary.trace(in: calls), nil)
      let text = String(decoding: calls, as: UTF8.self)
      #expect(text.contains("-----BEGIN AGE") || text.contains("age-encryption.org"), "writing was seen")
      expectNoDifference(text.components(separatedBy: "execve(").count - 1, 1)
    }
    try trace(
      ["key", "send", "gate-io/bot", "--to", recipient, "--output", "second"], on: laptop, KeyDesk.passphrase)
    try trace(["key", "receive", "gate-io-bot.age"], on: server, PassphraseCanary.text)
  }

  @Test func `A name that is taken is told, and nothing is overwritten`() throws {
    let (_, server, _) = try KeyTravelTests.sent()
    expectNoDifference(try KeyTravelTests.receive(on: server).status, 0)
    let entry = server.ageFolder + "/store/gate-io/bot.age"
    let before = try server.bytes(of: entry)
    for options in [[], ["--as", "gate-io/bot", "--wipe"]] {
      let ran = try KeyTravelTests.receive(options, on: server)
      expectNoDifference(ran.status, 66)
      expectNoDifference(
        ran.errors,
        """
        keyusher: there is a key 'gate-io/bot' in the store 'age' already, and nothing was received
        hint: give the other a name of its own: --as NAME
        hint: or put it in that one's place: --replace

        """)
    }
    expectNoDifference(try server.bytes(of: entry), before)
    #expect(FileManager.default.fileExists(atPath: server.work + "/gate-io-bot.age"))
    expectNoDifference(try server.keys(), ["gate-io/bot"])
    expectNoDifference(try server.records.runs(), ["op"])
  }

  @Test func `A file that is there is not written over, and what can't be written is on record as that`() throws {
    let (laptop, server, _) = try KeyTravelTests.sent()
    let recipient = try server.ageStore().recipients()[0].description
    let before = try laptop.bytes(of: laptop.work + "/gate-io-bot.age")
    let ran = try laptop.unlocked(["key", "send", "gate-io/bot", "--to", recipient])
    expectNoDifference(ran.status, 74)
    expectNoDifference(
      ran.errors,
      """
      keyusher: 'gate-io-bot.age' is there already, and stays as it is
      hint: choose another name, or move it away

      """)
    expectNoDifference(try laptop.bytes(of: laptop.work + "/gate-io-bot.age"), before)
    let lost = try laptop.unlocked(["key", "send", "gate-io/bot", "--to", recipient, "--output", "none/x"])
    expectNoDifference(lost.status, 74)
    expectNoDifference(
      lost.errors,
      """
      keyusher: can't write 'none/x': No such file or directory
      hint: choose another place with --output

      """)
    #expect(try laptop.run(["show", "op"]).output.contains("Key sent"))
    let failed = try #require(laptop.records.runs().first { $0 != "op" })
    #expect(try laptop.run(["show", failed]).output.contains("It failed: can't write 'none/x'"))
  }

  @Test func `A file that can't be wiped is told, and the key is kept all the same`() throws {
    let (_, server, _) = try KeyTravelTests.sent()
    #expect(symlink("gate-io-bot.age", server.work + "/link") == 0)
    let ran = try KeyTravelTests.receive(["--wipe"], on: server, file: "link")
    expectNoDifference(ran.status, 74)
    expectNoDifference(
      ran.errors,
      """
      keyusher: the key is kept, but 'link' could not be wiped: it is a link
      hint: delete it yourself

      """)
    expectNoDifference(try server.keys(), ["gate-io/bot"])
    let seen = "Keyusher saw: read back from age; the file could not be wiped\n"
    #expect(try server.run(["show", "op"]).output.contains(seen))
    #expect(try server.text(of: server.work + "/gate-io-bot.age").hasPrefix("-----BEGIN AGE"))
  }

  @Test func `A digest that was told holds the receiver to that file`() throws {
    let (_, server, _) = try KeyTravelTests.sent()
    let digest = try digest(of: server.work + "/gate-io-bot.age")
    let other = try KeyTravelTests.receive(["--expect", String(repeating: "0", count: 64)], on: server)
    expectNoDifference(other.status, 2)
    expectNoDifference(
      other.errors,
      """
      keyusher: 'gate-io-bot.age' is not the file of that digest, and nothing was received
      hint: its own is \(digest): copy the file again, or look at what 'key send' showed

      """)
    expectNoDifference(try server.keys(), [])
    expectNoDifference(try KeyTravelTests.receive(["--expect", grouped(digest).uppercased()], on: server).status, 0)
  }
}
