import CustomDump
import Foundation
import Glibc
import KeyusherHarness
import PtyHarness
import Testing

@Suite struct TerminalDialogueTests {
  @Test func `Every dialogue can be read`() throws {
    #expect(TerminalDialogue.all.count > 15)
    for dialogue in TerminalDialogue.all { _ = try dialogue.get() }
  }

  @Test(
    "It is said and shown, and nothing is left that must not be",
    arguments: TerminalDialogue.all.compactMap { try? $0.get() })
  func walk(dialogue: TerminalDialogue) throws {
    let walk = try DialogueWalk()
    for line in dialogue.lines {
      do { try walk.take(line.word, line.text) } catch {
        throw TestFailure(description: "\(dialogue.name):\(line.number): \(line.word) \(line.text): \(error)")
      }
    }
    expectNoDifference(try walk.leaks(), [], "\(dialogue.name)")
  }
}

/// A dialogue as far as it was walked.
private final class DialogueWalk {
  private var desk: Desk
  private var setting: [String: String?] = [:]
  private var pty: Pty?
  /// What each terminal got.
  private var screens: [[UInt8]] = []
  private var printed = ""
  private var seen = ""
  private var made: [String] = []
  /// What must be nowhere.
  private var never: [String] = []
  /// What may stand on the screen all the same.
  private var opened: [String] = []
  /// Whether what others see of the program is looked at: not where the dialogue itself hands secrets over.
  private var isUnseen = false

  init() throws { desk = try Desk() }

  func take(_ word: TerminalDialogue.Word, _ raw: String) throws {
    let text = try filled(raw)
    switch word {
    case .with: desk = try desk(with: text)
    case .set:
      let name = text.prefix { $0 != "=" }
      setting[String(name)] = .some(name == text ? nil : String(text.dropFirst(name.count + 1)))
    case .write:
      let path = text.prefix { $0 != " " }
      try desk.write(text.dropFirst(path.count + 1) + "\n", to: place(of: path))
    case .start:
      pty = try desk.start(text.split(separator: " ").map(String.init), setting: setting)
      isUnseen = setting.isEmpty
    case .shell:
      let (bash, words) = desk.inWork("/bin/bash", ["-c", text])
      pty = try Pty(bash, words, environment: desk.environment(setting))
      isUnseen = false
    case .run:
      let ran = try desk.run(text.split(separator: " ").map(String.init), setting: setting)
      printed = ran.output + ran.errors
      guard ran.status == 0 else { throw TestFailure(description: "\(ran)") }
    case .prints: guard printed.contains(text) else { throw TestFailure(description: "printed: \(printed)") }
    case .see:
      seen = text
      try here.expect(text)
    case .type:
      try expectUnseen()
      try here.send(text + "\r")
    case .keys: try here.send(text)
    case .paste: try here.paste(text)
    case .press: try here.control(text.last ?? "^")
    case .signal: try here.signal(signal(text))
    case .words: try readWords()
    case .end: try end(text)
    case .restored: try expectRestored()
    case .never: never.append(text)
    case .holds:
      let path = text.prefix { $0 != " " }
      expectNoDifference(try desk.text(of: place(of: path)), text.dropFirst(path.count + 1) + "\n")
    case .open: opened.append(text)
    case .present: #expect(access(place(of: text), F_OK) == 0, "\(text) is not there")
    case .private: #expect(try mode(of: place(of: text)) == 0o600, "\(text)")
    case .absent: #expect(access(place(of: text), F_OK) != 0, "\(text) is there")
    }
  }

  /// Where a secret was left, or what must be nowhere.
  func leaks() throws -> [String] {
    if let pty { throw TestFailure(description: "no end; shown: \(pty.text)") }
    var places = screens.enumerated().map { ("screen \($0.offset + 1)", SecondScreen.without($0.element), opened) }
    for file in try desk.files() { places.append((file, try desk.bytes(of: file), [])) }
    let pairs = zip(made, made.dropFirst()).map { "\($0)-\($1)" }
    return places.flatMap { place, bytes, opened in
      let text = opened.reduce(String(decoding: bytes, as: UTF8.self)) { $0.replacing($1, with: "") }
      // A line that is longer than the terminal is broken as it is echoed.
      let hidden = opened.contains(made.joined(separator: "-")) ? [] : pairs
      return (never + hidden + [KeyDesk.passphrase]).filter(text.contains).map { "\(place): \($0)" }
        + traces(in: Array(text.utf8)).map { "\(place): \($0)" }
    }
  }

  // MARK: - Private

  private var here: Pty {
    get throws {
      guard let pty else { throw TestFailure(description: "nothing runs") }
      return pty
    }
  }

  private func traces(in bytes: [UInt8]) -> [String] {
    [Canary.trace(in: bytes), PassphraseCanary.trace(in: bytes)].compactMap { $0 }
  }

  /// Nobody who looks at the processes sees a secret.
  private func expectUnseen() throws {
    if isUnseen { expectNoDifference(traces(in: visible(of: try here.process)), []) }
  }

  private func mode(of path: String) throws -> mode_t {
    var status = stat()
    guard stat(path, &status) == 0 else { throw TestFailure(description: "\(path): \(errno)") }
    return status.st_mode & 0o777
  }

  private func end(_ text: String) throws {
    let pty = try here
    let ending = try pty.end()
    expectNoDifference(ending, try Int32(text).map(Pty.Ending.exited) ?? .signalled(signal(text)), "\(pty.text)")
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(SecondScreen.isLeft(pty.raw))
    screens.append(pty.raw)
    self.pty = nil
  }

  /// The terminal is as it was before, and what was seen last is not on the second screen.
  private func expectRestored() throws {
    let pty = try here
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(SecondScreen.isLeft(pty.raw) && plain(SecondScreen.without(pty.raw)).contains(seen))
  }

  private func readWords() throws {
    let pty = try here
    try pty.expect("In one line, with '-' between")
    try pty.expect("Enter, and it is gone: ")
    let lines = pty.text.components(separatedBy: "\n")
    guard let start = lines.lastIndex(where: { $0.hasPrefix("1 ") }) else { throw TestFailure(description: "no words") }
    let words = lines[start...].prefix(12).map { String($0.drop { $0 != " " }.dropFirst()) }
    expectNoDifference(words.count, 12)
    // One that is wider than the screen is folded between two words.
    let joined = words.joined(separator: "-")
    #expect(pty.text.contains(joined) || pty.text.replacing("-\n", with: "-").contains(joined))
    if !made.isEmpty { expectNoDifference(words, made) }
    made = words
  }

  private func wordAskedFor() throws -> String {
    let pty = try here
    try pty.expect("asked") { $0.text.hasSuffix(": ") }
    guard let number = Int(pty.text.components(separatedBy: "Word ").last?.dropLast(2) ?? ""),
      made.indices.contains(number - 1)
    else { throw TestFailure(description: "no word is asked for; shown: \(pty.text)") }
    return made[number - 1]
  }

  private func desk(with text: String) throws -> Desk {
    switch text {
    case "small": return try Desk.small()
    case "store": return try Desk.withStore()
    case "keys": return try KeyDesk.make()
    default: throw TestFailure(description: "there is no desk with \(text)")
    }
  }

  private func signal(_ name: String) throws -> Int32 {
    guard let number = ["HUP": SIGHUP, "INT": SIGINT, "TERM": SIGTERM][name] else {
      throw TestFailure(description: "there is no signal \(name)")
    }
    return number
  }

  private func place(of path: some StringProtocol) -> String {
    path.hasPrefix("~/")
      ? desk.userHome + path.dropFirst() : path.hasPrefix("/") ? String(path) : desk.work + "/" + path
  }

  /// The text with what its braces and escapes stand for.
  private func filled(_ text: String) throws -> String {
    var text = text
    for (escape, meant) in [("\\n", "\n"), ("\\r", "\r"), ("\\t", "\t"), ("\\e", "\u{1B}")] {
      text.replace(escape, with: meant)
    }
    for (name, value) in [
      ("keyusher", keyusher), ("home", desk.home), ("key", Canary.key), ("secret", Canary.secret),
      ("four", Canary.lastFour), ("pem", KeyDesk.pem), ("passphrase", PassphraseCanary.text),
      ("other", PassphraseCanary.other), ("keyring", KeyDesk.passphrase), ("words", made.joined(separator: "-")),
      ("script", SmallFlow.script),
    ] { text.replace("{\(name)}", with: value) }
    if text.contains("{run}") { text.replace("{run}", with: try desk.run()) }
    if text.contains("{word}") { text.replace("{word}", with: try wordAskedFor()) }
    return text
  }
}
