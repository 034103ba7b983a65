import CustomDump
import Foundation
import Testing

@testable import Terminal

@Suite struct ScreenTests {
  func screen(_ width: Int, colour: Bool = false, _ charset: Charset = .utf8) -> Screen {
    setlocale(LC_CTYPE, "C.UTF-8")
    return Screen(width: { width }, colour: colour, charset: charset)
  }

  @Test func `Text folds at the width and keeps its indentation`() {
    expectNoDifference(
      screen(24).lines("What is the key for?\n  1 portfolio tracker on the office box\n\n  2 spot bot"),
      ["What is the key for?", "  1 portfolio tracker on", "  the office box", "", "  2 spot bot"])
  }

  @Test func `A width below 20 counts as 20`() {
    expectNoDifference(screen(3).lines("one two three four five"), ["one two three four", "five"])
    // What fits is shown as it stands, where folding would have left it so.
    for (text, lines) in [
      ("one two three four 5", ["one two three four 5"]), ("one two three four 56", ["one two three four", "56"]),
      ("one  two", ["one two"]), ("  one ", ["  one"]), ("   ", [""]), ("at http://a.b c", ["at", "http://a.b", "c"]),
      ("one\ttwo", ["one two"]), ("one\ntwo", ["one", "two"]), ("ones–twos", ["ones–twos"]),
    ] { expectNoDifference(screen(20).lines(text), lines, "\(text)") }
  }

  @Test func `An address stands alone and whole, and no word is broken`() {
    expectNoDifference(
      screen(20).lines("  Open https://www.gate.com/myaccount/api_key_manage now, supercalifragilisticexpialidocious"),
      ["  Open", "https://www.gate.com/myaccount/api_key_manage", "  now,", "supercalifragilisticexpialidocious"])
    expectNoDifference(screen(20).lines("  https://a.example/b"), ["https://a.example/b"])
    expectNoDifference(screen(21).lines("  https://a.example/b"), ["  https://a.example/b"])
    let command = "keyusher run any/create-key"
    expectNoDifference(screen(20).lines("  \(command)", role: .command), [command])
    expectNoDifference(screen(20).lines("  keyusher runs", role: .command), ["  keyusher runs"])
  }

  @Test func `Wide characters fold by their columns`() {
    expectNoDifference(screen(20).lines("鍵鍵鍵鍵 鍵鍵鍵鍵 鍵鍵"), ["鍵鍵鍵鍵 鍵鍵鍵鍵", "鍵鍵"])
  }

  @Test func `Colour goes around the words and leaves the indentation alone`() {
    expectNoDifference(screen(40, colour: true).lines("  kept", role: .standing), ["  \u{1B}[32mkept\u{1B}[0m"])
    expectNoDifference(screen(40, colour: true).lines("", role: .standing), [""])
  }

  @Test("Every role says the same words with colour and without", arguments: Screen.Role.allCases)
  func roles(role: Screen.Role) {
    let text = "  claimed: logged in at the exchange, by a person"
    let coloured = screen(24, colour: true).lines(text, role: role).joined(separator: "\n")
    let stripped = coloured.replacing(#/\x{1B}\[[0-9]*m/#, with: "")
    expectNoDifference(stripped, screen(24).lines(text, role: role).joined(separator: "\n"))
  }

  @Test func `What stands behind a dash is folded behind it`() {
    expectNoDifference(
      screen(24).lines("  - [x] 1. Name the key of the bot"), ["  - [x] 1. Name the", "    key of the bot"])
  }

  @Test(
    "Without UTF-8 every character becomes ASCII",
    arguments: [
      ("a → b … “c” – d · e", "a -> b ... \"c\" - d - e"), ("schlüssel", "schluessel"), ("Ł鍵", "\\u{141}\\u{9375}"),
      ("plain", "plain"),
    ])
  func ascii(text: String, shown: String) {
    expectNoDifference(screen(80, .ascii).lines(text), [shown])
  }

  @Test(
    "Nothing that is not ours moves the cursor",
    arguments: [
      "\u{1B}[2J", "\u{1B}]52;c;eA==\u{7}", "\u{1B}]8;;https://x\u{1B}\\", "\u{9B}31m", "a\rb", "\u{8}", "\u{202E}abc",
      "\u{200B}",
      "\u{1B}P$q\u{1B}\\", "\u{0}", "\u{7F}", "\u{FEFF}", "\u{2066}x",
    ])
  func escapes(payload: String) {
    for charset in [Charset.utf8, .ascii] {
      let shown = screen(80, charset).lines("label \(payload) end").joined()
      #expect(shown.unicodeScalars.allSatisfy { !$0.properties.isDefaultIgnorableCodePoint && $0.value >= 0x20 })
      #expect(
        !shown.unicodeScalars.contains { (0x7F...0x9F).contains($0.value) || $0.value == 0x202E || $0.value == 0x2066 })
    }
  }

  @Test(
    "Colour is for terminals that want it",
    arguments: [
      (true, nil, "xterm", true), (true, "", "xterm", true), (true, "1", "xterm", false), (true, nil, "dumb", false),
      (true, nil, nil, false), (true, nil, "", false), (false, nil, "xterm", false),
    ] as [(Bool, String?, String?, Bool)])
  func wanted(isTerminal: Bool, noColour: String?, term: String?, wants: Bool) {
    expectNoDifference(Screen.wantsColour(isTerminal: isTerminal, noColour: noColour, term: term), wants)
  }

  @Test func `Writing reaches the descriptor whole, and a failure is told`() throws {
    let pipe = Pipe()
    let output = Output(descriptor: pipe.fileHandleForWriting.fileDescriptor)
    try Screen(on: output, charset: .utf8, noColour: nil, term: "xterm").write("kept\nand read back", role: .standing)
    try pipe.fileHandleForWriting.close()
    expectNoDifference(
      String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self), "kept\nand read back\n")
    #expect(throws: TerminalError.writing(errno: EBADF)) {
      try Screen(on: Output(descriptor: -1), charset: .utf8, noColour: nil, term: nil).write("lost")
    }
  }
}
