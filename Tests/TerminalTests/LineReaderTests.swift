import CustomDump
import Foundation
import PtyHarness
import Testing

@Suite struct LineReaderTests {
  @Test func `Ctrl-D ends the input on an empty line and deletes on another`() throws {
    let pty = try start("line", "line")
    try pty.expect("line> ")
    try pty.send("abc\u{1}\u{4}\r")
    try pty.expect("line: [bc]")
    try pty.expect("line> ")
    try pty.control("D")
    try pty.expect("end of input")
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(pty.settings, pty.settingsBefore)
    #expect(pty.text.contains("line> \nend of input\n"))
  }

  @Test func `Up leads to the history, and a line is in it only once it was added`() throws {
    let pty = try start("line", "line", "remember", "line")
    try pty.expect("line> ")
    try pty.send("third\r")
    try pty.expect("line: [third]")
    try pty.expect("line> ")
    try pty.send("\u{10}\u{10}\r")
    try pty.expect("line: [first]")
    try pty.expect("line> ")
    try pty.send("\u{10}\r")
    try pty.expect("line: [first]")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `Tab lists the words that fit, one a line, and never a file`() throws {
    let pty = try start("choice", "choice", "choice")
    try pty.expect("choice> ")
    try pty.send("sp\t")
    try pty.expect("spot-")
    try pty.send("\t\t")
    try pty.expect("\n  spot-bot\n  spot-grid\nchoice> spot-")
    try pty.send("b\t\r")
    try pty.expect("line: [spot-bot]")
    try pty.expect("choice> ")
    try pty.send("tax, :w\t\r")
    try pty.expect("line: [tax, :why]")
    try pty.expect("choice> ")
    try pty.send("/et\t\r")
    try pty.expect("line: [/et]")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `A bracketed paste of two lines is one answer`() throws {
    let pty = try start("line")
    try pty.expect("line> ")
    try pty.paste("one\rtwo")
    try pty.send("\r")
    try pty.expect("line: [one|two]")
    expectNoDifference(try pty.end(), .exited(0))
  }

  /// A way by which readline gives back what was typed at an earlier prompt.
  struct Way: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var mode = "emacs"
    /// Typed at the first prompt, before Enter.
    var typed: String
    /// Typed at the next one.
    var tried: String
  }

  static let ways = [
    Way(testDescription: "yank", typed: "\(canary)\u{15}\u{19}", tried: "\u{19}"),
    Way(testDescription: "yank-pop", typed: "\(canary)\u{15}one\u{15}two\u{15}x", tried: "\u{19}\u{1B}y\u{1B}y"),
    Way(testDescription: "killed word", typed: "x \(canary)\u{17}", tried: "\u{19}"),
    Way(testDescription: "vi put", mode: "vi", typed: "\(canary)\u{1B}0Di\(canary)", tried: "\u{1B}p"),
  ]

  @Test("A forgotten line is out of reach of yank, one that is not forgotten is found", arguments: ways)
  func forgotten(way: Way) throws {
    for isForgotten in [true, false] {
      let pty = try start(
        "line", isForgotten ? "forget" : "end", "line",
        setting: ["INPUTRC": try inputrc("set editing-mode \(way.mode)")])
      try pty.expect("line> ")
      try pty.send("\(way.typed)\r")
      try pty.expect("line: [")
      try pty.expect("line> ")
      let before = pty.text.utf8.count
      try pty.send("\(way.tried)\r")
      expectNoDifference(try pty.end(), .exited(0))
      let later = String(decoding: pty.text.utf8.dropFirst(before), as: UTF8.self)
      // What is not forgotten must be found, or this test could not fail.
      expectNoDifference(later.contains(canary), !isForgotten)
    }
  }

  @Test func `A line that was not added is out of reach of Up, search and undo, even on a changed history line`() throws
  {
    let pty = try start("line", "forget", "line", "line", "line")
    try pty.expect("line> ")
    // Typed, left for the line before, and come back to.
    try pty.send("\(canary)\u{10}\u{E}\r")
    try pty.expect("line: [\(canary)]")
    let before = pty.text.utf8.count
    for tried in ["\u{10}\u{10}\u{E}\u{E}", "\u{12}\(canary.prefix(1))\u{7}", "\u{1F}\u{1F}"] {
      try pty.expect("line> ")
      try pty.send("\(tried)\u{5}\u{15}end\r")
      try pty.expect("line: [end]")
    }
    expectNoDifference(try pty.end(), .exited(0))
    #expect(!String(decoding: pty.text.utf8.dropFirst(before), as: UTF8.self).contains(canary.prefix(6)))
  }

  @Test func `The vi mode of an inputrc is honoured`() throws {
    let pty = try start("line", setting: ["INPUTRC": try inputrc("$if keyusher\nset editing-mode vi\n$endif")])
    try pty.expect("line> ")
    try pty.send("world\u{1B}0ihello \r")
    try pty.expect("line: [hello world]")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `After a resize the text folds to the new width`() throws {
    let pty = try start("text", "line", "text")
    try pty.expect("in a narrow terminal, word by word.\nline> ")
    pty.resize(columns: 40)
    try pty.send("x\r")
    try pty.expect("line: [x]")
    try pty.expect("This paragraph is long enough to be\nfolded in a narrow terminal, word by\nword.\n")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `Without UTF-8 the prompt is ASCII`() throws {
    let pty = try start("signs", setting: ["LC_ALL": "C"])
    try pty.expect("name -> ")
    try pty.send("x\r")
    try pty.expect("line: [x]")
    expectNoDifference(try pty.end(), .exited(0))
    #expect(pty.raw.allSatisfy { $0 < 0x80 })
  }

  @Test func `With UTF-8 Backspace takes a whole character off`() throws {
    let pty = try start("line")
    try pty.expect("line> ")
    try pty.send("schlü\u{7F}\u{7F}\u{7F}鍵\r")
    try pty.expect("line: [sc鍵]")
    expectNoDifference(try pty.end(), .exited(0))
  }

  @Test func `NO_COLOR keeps colour away`() throws {
    let coloured = try start("text")
    expectNoDifference(try coloured.end(), .exited(0))
    #expect(coloured.raw.contains(0x1B))
    let plain = try start("text", setting: ["NO_COLOR": "1"])
    expectNoDifference(try plain.end(), .exited(0))
    #expect(!plain.raw.contains(0x1B))
  }

  /// A file that readline is told to read, named after what it says.
  private func inputrc(_ text: String) throws -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(
      "keyusher-inputrc-\(checksum(text))-\(ProcessInfo.processInfo.processIdentifier)")
    try Data("\(text)\n".utf8).write(to: file, options: .atomic)
    return file.path
  }
}
