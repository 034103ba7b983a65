import Battery
import CustomDump
import Foundation
import KeyusherHarness
import Testing

/// Whatever is not in order: nothing is run, the status tells, and the error names what to do.
@Suite(.counted(as: .exec)) struct ExecRefusalTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var arguments: [String]
    var setting: [String: String?] = [:]
    var status: Int32 = 125
    var error: String

    init(
      _ description: String, _ arguments: [String], setting: [String: String?] = [:], status: Int32 = 125,
      _ error: String
    ) {
      testDescription = description
      self.arguments = arguments
      self.setting = setting
      self.status = status
      self.error = error
    }
  }

  static let cases = [
    Case(
      "a key that there is not", ["gate-io/bit"],
      "keyusher: there is no key 'gate-io/bit' in the store 'age'\nhint: did you mean 'gate-io/bot'?\n"),
    Case(
      "a store that there is not", ["gate-io/bot", "--store", "agee"],
      "keyusher: there is no store 'agee'\nhint: did you mean 'age'?\n"),
    Case(
      "a name that can be none", ["Gate io/Bot"],
      "keyusher: 'Gate io/Bot' can't be a key's name\nhint: the nearest that can: gate-io/bot\nhint: one to four words"),
    Case(
      "a pending copy", ["pending/7q4m.credential"],
      "keyusher: 'pending/7q4m.credential' is a pending copy, which has no name of its own yet\nhint: keep it under one"
    ),
    Case(
      "what a key was before", ["previous/gate-io/bot"],
      "keyusher: 'previous/gate-io/bot' is what a key was before it was replaced\nhint: keep it"),
    Case(
      "a key that is no JSON", ["gate-io/broken"],
      "keyusher: the key 'gate-io/broken' can't be read: it is not in Keyusher's form"),
    Case(
      "an empty secret", ["gate-io/empty"],
      "keyusher: the part 'secret' of the key 'gate-io/empty' is empty, so nothing was run\nhint: take the key in again"
    ),
    Case(
      "no secret", ["gate-io/half"], "keyusher: the key 'gate-io/half' has no secret, so nothing was run\nhint: take"),
    Case(
      "two parts of one name", ["gate-io/two", "--as", "ccxt"],
      "keyusher: two parts of the key 'gate-io/two' would be GATE_SECRET, so nothing was run\nhint: use --as env"),
    Case(
      "a part that the program does not know", ["gate-io/odd", "--as", "freqtrade"],
      "keyusher: freqtrade has no name for the part 'shoe-size'\nhint: name the variables"),
    Case(
      "a zero byte", ["gate-io/zero"],
      "keyusher: what is to be GATE_API_SECRET holds a zero byte, which no variable can, so nothing was run\nhint: give"
    ),
    Case(
      "what freqtrade takes for a number", ["bybit/number", "--as", "freqtrade"],
      "keyusher: freqtrade would take the value of FREQTRADE__EXCHANGE__KEY for a number"),
    Case(
      "a variable that there is not", ["gate-io/bot", "--only", "GATE_KEY"],
      "keyusher: the key 'gate-io/bot' gives no variable 'GATE_KEY', so nothing was run\nhint: it gives: GATE_API_KEY, GATE_API_SECRET\n"
    ),
    Case(
      "a variable that is set", ["gate-io/bot"], setting: ["GATE_API_SECRET": ""],
      "keyusher: GATE_API_SECRET is set in your environment already\nhint: unset GATE_API_SECRET, or let the key's"),
    Case(
      "a key in a key's program", ["gate-io/bot"], setting: ["KEYUSHER_EXEC": "okx/bot"],
      "keyusher: this runs inside 'keyusher exec okx/bot' already, and a program gets one key\nhint: run it outside"),
    Case(
      "a marker that is empty", ["gate-io/bot", "--override"], setting: ["KEYUSHER_EXEC": ""],
      "keyusher: this runs inside 'keyusher exec ' already"),
    Case(
      "a wrong passphrase", ["gate-io/bot"], setting: ["STORE_WORD": "wrong horse battery staple"], status: 69,
      "keyusher: 'touch' was not started: the passphrase does not open the store 'age', which has the key gate-io/bot\n"
        + "hint: begin the same command again, with the right passphrase\n"),
    Case(
      "a passphrase that is not set", ["gate-io/bot"], setting: ["STORE_WORD": nil], status: 69,
      "keyusher: the store 'age' wants its passphrase, and nobody can be asked\nhint: the variable STORE_WORD is not set"
    ),
    Case(
      "a way and another", ["gate-io/bot", "--fd", "--file"],
      "keyusher: --fd and --file are two ways to give one thing\nhint: take one of them\n"),
    Case(
      "a prefix that can be none", ["gate-io/bot", "--prefix", "1=A"],
      "keyusher: '1=A' can't stand before a variable's name here\nhint: take letters"),
    Case(
      "a prefix where there is none", ["gate-io/bot", "--as", "ccxt", "--prefix", "A"],
      "keyusher: 'A' can't stand before a variable's name here\nhint: --prefix is for --as env"),
    Case(
      "a prefix that makes a variable of Keyusher's own", ["gate-io/bot", "--prefix", "KEYUSHER"],
      "keyusher: KEYUSHER_API_KEY steers how programs run, and no key belongs there, so nothing was run\nhint: give the key with --fd or --file"
    ),
    Case("a mistyped option", ["gate-io/bot", "--frobnicate"], "Error: Unknown option '--frobnicate'"),
  ]

  @Test("Nothing is run", arguments: cases)
  func refused(example: Case) throws {
    let desk = try KeyDesk.make()
    let setting = ["STORE_WORD": KeyDesk.passphrase].merging(example.setting) { $1 }
    let ran = try desk.run(
      ["exec"] + example.arguments + ["--passphrase", "env:STORE_WORD", "--", "touch", "ran"], setting: setting)
    #expect(ran.errors.hasPrefix(example.error), "\(ran.errors)")
    expectNoDifference(ran.status, example.status)
    expectNoDifference(ran.output, "")
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
    expectNoDifference(Canary.trace(in: Array(ran.errors.utf8)), nil)
  }

  @Test func `Without a passphrase nobody waits, and the store is said to be locked`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(["exec", "gate-io/bot", "--", "touch", "ran"])
    expectNoDifference(ran.status, 69)
    #expect(ran.errors.contains("--passphrase env:NAME, file:PATH or fd:N"))
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
  }

  @Test func `A file of the store that is cut at any place runs nothing`() throws {
    let desk = try KeyDesk.make()
    let path = desk.home + "/age/store/gate-io/bot.age"
    let whole = try desk.bytes(of: path)
    for count in stride(from: 0, to: whole.count, by: 23) {
      try Data(whole[..<count]).write(to: URL(fileURLWithPath: path))
      let ran = try desk.exec("gate-io/bot", ["touch", "ran"])
      expectNoDifference(ran.status, 125, "cut at \(count)")
      #expect(ran.errors.hasPrefix("keyusher: the key 'gate-io/bot' can't be read: "), "\(ran.errors)")
    }
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
  }

  @Test func `A store that was never set up is told as such`() throws {
    let desk = try Desk()
    let ran = try desk.exec("gate-io/bot", ["touch", "ran"])
    #expect(
      ran.errors.hasPrefix("keyusher: there is no key") || ran.errors.contains("is not set up yet"), "\(ran.errors)")
    #expect([69, 125].contains(ran.status))
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
  }

  @Test("A program is wanted after two hyphens", arguments: [["exec", "gate-io/bot"], ["exec", "gate-io/bot", "--"]])
  func noProgram(arguments: [String]) throws {
    let ran = try KeyDesk.make().run(arguments)
    expectNoDifference(ran.status, 125)
    expectNoDifference(
      ran.errors,
      "keyusher: no program is named, so there is nothing to run\nhint: keyusher exec NAME -- PROGRAM ARGUMENTS\n")
  }

  @Test func `A program without the hyphens is not taken`() throws {
    let desk = try KeyDesk.make()
    let ran = try desk.run(["exec", "gate-io/bot", "touch", "ran"])
    expectNoDifference(ran.status, 125)
    #expect(!FileManager.default.fileExists(atPath: desk.work + "/ran"))
  }

  @Test func `What is set already gives way when it is told to`() throws {
    let ran = try KeyDesk.make().exec(
      "gate-io/bot", ["--override"], ["sh", "-c", "env | grep ^GATE"], setting: ["GATE_API_SECRET": "old"])
    expectNoDifference(
      ran.output.split(separator: "\n").sorted(), ["GATE_API_KEY=\(Canary.key)", "GATE_API_SECRET=\(Canary.secret)"])
  }
}
