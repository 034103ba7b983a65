import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Testing

/// Passphrases as a person at a terminal gives them.
@Suite struct StorePassphraseTests {
  private static let onSecondScreen = Array("\u{1B}[?1049h".utf8)
  private static let backOnFirst = Array("\u{1B}[H\u{1B}[2J\u{1B}[?1049l".utf8)

  /// The words that stand on the second screen.
  private func words(_ pty: Pty) throws -> [String] {
    try pty.expect("In one line, with '-' between:\n")
    try pty.expect("Enter, and it is gone: ")
    let lines = pty.text.components(separatedBy: "\n")
    let start = try #require(lines.lastIndex { $0.hasPrefix("1 ") })
    return lines[start...].prefix(12).map { String($0.drop { $0 != " " }.dropFirst()) }
  }

  /// What the terminal received outside of its second screen.
  private func firstScreen(_ raw: [UInt8]) -> [UInt8] {
    var (shown, rest) = ([UInt8](), raw[...])
    while let start = rest.firstRange(of: Self.onSecondScreen) {
      shown += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstRange(of: Self.backOnFirst) else { return shown + rest }
      rest = rest[end.upperBound...]
    }
    return shown + rest
  }

  @Test func `A made passphrase is shown once on a screen of its own, and typed back`() throws {
    let desk = try Desk()
    let pty = try desk.start(["store", "init"])
    try pty.expect("1 make one for me: 12 words, 132 bits")
    try pty.expect("Number (Enter = 1): ")
    try pty.send("\r")
    let words = try words(pty)
    expectNoDifference(words.count, 12)
    #expect(pty.text.contains(words.joined(separator: "-")))
    try pty.send("\r")
    // A word that is not the right one: it is all shown once more.
    try pty.expect("Word ")
    try pty.expect(": ")
    try pty.send("zebra-crossing\r")
    try pty.expect("That is not what was shown.")
    expectNoDifference(try self.words(pty), words)
    try pty.send("\r")
    try pty.expect("To see that you have it")
    for _ in 0..<3 {
      try pty.expect("Word ")
      try pty.expect("asked") { $0.text.hasSuffix(": ") }
      let number = try #require(Int(pty.text.components(separatedBy: "Word ").last?.dropLast(2) ?? ""))
      try pty.send(words[number - 1] + "\r")
    }
    try pty.expect("written down: the words were typed back")
    try pty.expect("set up: ")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)

    let passphrase = words.joined(separator: "-")
    let outside = String(decoding: firstScreen(pty.raw), as: UTF8.self)
    for word in zip(words, words.dropFirst()).map({ "\($0)-\($1)" }) { #expect(!outside.contains(word)) }
    for file in try desk.files() { #expect(!(try desk.text(of: file).contains(words[0] + "-" + words[1]))) }
    let ran = try desk.run(["store", "test", "--passphrase", "env:PASS"], setting: ["PASS": passphrase])
    expectNoDifference(ran.status, 0)
  }

  @Test func `Stopping takes the words off the screen, and what is not right shows them again`() throws {
    let desk = try Desk()
    let script = "set -m; '\(keyusher)' store init; echo \"stopped: $?\"; read -r _; fg >/dev/null; echo \"ended: $?\""
    let pty = try desk.start([], script: script)
    try pty.expect("Number (Enter = 1): ")
    try pty.send("\r")
    let words = try words(pty)
    try pty.control("Z")
    try pty.expect("stopped: \(128 + SIGTSTP)")
    expectNoDifference(pty.settings, pty.settingsBefore)
    let leaving = try #require(pty.raw.firstRange(of: Self.backOnFirst))
    let stopped = try #require(pty.raw.firstRange(of: Array("stopped: ".utf8)))
    #expect(leaving.upperBound <= stopped.lowerBound)
    try pty.send("\n")
    try pty.expect("What stood on the screen was taken off it.")
    try pty.expect("Enter, and it is gone: ")
    try pty.send("\r")
    try pty.expect("shows it once more.")
    try pty.expect("Word ")
    try pty.expect(": ")
    try pty.send("\r")
    expectNoDifference(try self.words(pty), words)
    try pty.send("\r")
    try pty.expect("Word ")
    try pty.expect("asked") { $0.text.hasSuffix(": ") }
    try pty.paste(words.joined(separator: "-"))
    try pty.send("\r")
    try pty.expect("set up: ")
    try pty.expect("ended: 0")
    expectNoDifference(try pty.end(), .exited(0))
    // The first screen is not cleared by what leaves the second one.
    for mark in [Self.onSecondScreen, Self.backOnFirst] {
      expectNoDifference(pty.raw.split(separator: mark, omittingEmptySubsequences: false).count, 3)
    }
    let outside = String(decoding: firstScreen(pty.raw), as: UTF8.self)
    for word in zip(words, words.dropFirst()).map({ "\($0)-\($1)" }) { #expect(!outside.contains(word)) }
  }

  @Test func `A passphrase that is typed where a number is wanted does not show`() throws {
    let desk = try Desk()
    let pty = try desk.start(["store", "init"])
    try pty.expect("Number (Enter = 1): ")
    try pty.send(PassphraseCanary.text + "\r")
    try pty.expect("Type 1 or 2, and nothing else.")
    try pty.expect("Number (Enter = 1): ")
    try pty.control("C")
    expectNoDifference(try pty.end(), .signalled(SIGINT))
    expectNoDifference(PassphraseCanary.trace(in: pty.raw), nil)
    expectNoDifference(pty.settings, pty.settingsBefore)
  }

  @Test func `All of a made passphrase in one line will do`() throws {
    let desk = try Desk()
    let pty = try desk.start(["store", "init"])
    try pty.expect("Number (Enter = 1): ")
    try pty.send("1\r")
    let words = try words(pty)
    try pty.send("\r")
    try pty.expect("Word ")
    try pty.expect("asked") { $0.text.hasSuffix(": ") }
    try pty.paste(words.joined(separator: "-"))
    try pty.send("\r")
    try pty.expect("set up: ")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `A person's own passphrase is typed twice, and must be one that protects`() throws {
    let desk = try Desk()
    let pty = try desk.start(["store", "init"])
    try pty.expect("Number (Enter = 1): ")
    try pty.send("three\r")
    try pty.expect("Type 1 or 2, and nothing else.")
    try pty.expect("Number (Enter = 1): ")
    try pty.send("2\r")
    try pty.expect("12 characters at least")
    for (typed, said) in [
      ("", "Nothing was typed: an empty passphrase would protect nothing."),
      ("tooshort", "That is 8 characters long; 12"),
      ("aaaaaaaaaaaaaaaaa", "It is the same few characters over and over."),
      (" \(PassphraseCanary.text)", "quotes or spaces"),
      ("\"\(PassphraseCanary.text)\"", "quotes or spaces"), ("öäüöäüöä", "That is 8 characters long"),
    ] {
      try pty.expect("New passphrase: ")
      try pty.send(typed + "\r")
      try pty.expect(said)
    }
    try pty.expect("New passphrase: ")
    try pty.paste("\(PassphraseCanary.text)\nsecond line")
    try pty.send("\r")
    try pty.expect("It must be one line.")
    try pty.expect("New passphrase: ")
    try pty.send(PassphraseCanary.text + "\r")
    try pty.expect("The same again: ")
    try pty.send(PassphraseCanary.other + "\r")
    try pty.expect("The two are not the same.")
    try pty.expect("New passphrase: ")
    try pty.send(PassphraseCanary.text + "\r")
    try pty.expect("The same again: ")
    // It is asked for here, and nobody who looks at the processes sees what was given.
    expectNoDifference(PassphraseCanary.trace(in: visible(of: pty.process)), nil)
    try pty.send(PassphraseCanary.text + "\r")
    try pty.expect("taken: 28 characters")
    try pty.expect("How hard it is to guess can't be measured here")
    try pty.expect("set up: ")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
    expectNoDifference(PassphraseCanary.trace(in: pty.raw), nil)
    expectNoDifference(try desk.filesWithPassphrase(), [])
    let ran = try desk.run(["store", "test", "--passphrase", "env:PASS"], setting: ["PASS": PassphraseCanary.text])
    expectNoDifference(ran.status, 0)
  }

  @Test func `A terminal that can't take off its screen what it has shown makes no passphrase`() throws {
    let desk = try Desk()
    let pty = try desk.start(["store", "init"], setting: ["TERM": "dumb"])
    try pty.expect("so none is made for")
    try pty.expect("New passphrase: ")
    try pty.control("D")
    expectNoDifference(try pty.end(), .exited(75))
    #expect(!pty.raw.contains(0x1B))
  }

  /// How to come to each prompt of a set-up.
  static let prompts: [[(prompt: String, typed: String)]] = [
    [("Number (Enter = 1): ", "")], [("Number (Enter = 1): ", "1\r"), ("Enter, and it is gone: ", "")],
    [("Number (Enter = 1): ", "1\r"), ("Enter, and it is gone: ", "\r"), ("Word ", "")],
    [("Number (Enter = 1): ", "2\r"), ("New passphrase: ", "")],
    [("Number (Enter = 1): ", "2\r"), ("New passphrase: ", PassphraseCanary.text + "\r"), ("The same again: ", "")],
  ]

  @Test("Leaving a set-up at any prompt leaves nothing", arguments: prompts.indices, [SIGINT, SIGTERM, SIGHUP, 0])
  func leaving(prompt: Int, signal: Int32) throws {
    let desk = try Desk()
    let pty = try desk.start(["store", "init"])
    for (text, typed) in StorePassphraseTests.prompts[prompt] {
      try pty.expect(text)
      try pty.send(typed)
    }
    switch signal {
    case 0: try pty.control("D")
    case SIGINT: try pty.control("C")
    default: pty.signal(signal)
    }
    expectNoDifference(try pty.end(), signal == 0 ? .exited(75) : .signalled(signal))
    expectNoDifference(pty.settings, pty.settingsBefore)
    let opened = pty.raw.split(separator: Self.onSecondScreen, omittingEmptySubsequences: false).count
    expectNoDifference(pty.raw.split(separator: Self.backOnFirst, omittingEmptySubsequences: false).count, opened)
    expectNoDifference(PassphraseCanary.trace(in: pty.raw), nil)
    expectNoDifference(try desk.files().filter { $0.hasPrefix(desk.home) && !$0.hasSuffix("/.lock") }, [])
  }

  @Test func `A wrong passphrase is asked for again, three times in all`() throws {
    let desk = try Desk.withStore()
    let pty = try desk.start(["store", "test"])
    try pty.expect("Passphrase for 'age': ")
    try pty.send("\r")
    try pty.expect("Nothing was typed. Ctrl-C leaves everything as it is.")
    try pty.expect("Passphrase for 'age': ")
    try pty.send("wrong\r")
    try pty.expect("That passphrase does not open the store 'age'.")
    try pty.expect("Passphrase for 'age': ")
    try pty.send(PassphraseCanary.text + "\r")
    try pty.expect("read in full as a program would")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
    expectNoDifference(PassphraseCanary.trace(in: pty.raw), nil)

    let again = try desk.start(["store", "test"])
    for _ in 0..<3 {
      try again.expect("Passphrase for 'age': ")
      try again.send(PassphraseCanary.other + "\r")
    }
    try again.expect("that passphrase does not open the store 'age'")
    expectNoDifference(try again.end(), .exited(69))
    expectNoDifference(try desk.ageStore().names(), [])
  }

  @Test("Stopping at the passphrase leaves the probe nowhere", arguments: [SIGINT, 0])
  func stopping(signal: Int32) throws {
    let desk = try Desk.withStore()
    let pty = try desk.start(["store", "test"])
    try pty.expect("Passphrase for 'age': ")
    try pty.control(signal == 0 ? "D" : "C")
    expectNoDifference(try pty.end(), signal == 0 ? .exited(75) : .signalled(signal))
    expectNoDifference(try desk.ageStore().names(), [])
  }

  @Test func `The question does not go into the file that a command prints to`() throws {
    let desk = try Desk.withStore()
    let pty = try desk.start([], setting: [:], script: "'\(keyusher)' store test > out; echo ended $?")
    try pty.expect("Passphrase for 'age': ")
    try pty.send(PassphraseCanary.text + "\r")
    try pty.expect("ended 0")
    _ = try pty.end()
    let printed = try desk.text(of: desk.work + "/out")
    #expect(printed.contains("read in full"))
    #expect(!printed.contains("Passphrase for"))
    #expect(!printed.contains("\u{1B}"))
  }
}

extension Desk {
  /// Starts a line of shell on a terminal.
  func start(_ arguments: [String], setting changes: [String: String?] = [:], script: String) throws -> Pty {
    let (program, words) = inWork("/bin/bash", ["-c", script] + arguments)
    return try Pty(program, words, environment: environment(changes))
  }
}
