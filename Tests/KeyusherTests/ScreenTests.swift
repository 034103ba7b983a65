import CustomDump
import FlowCore
import Foundation
import KeyusherHarness
import PtyHarness
import Testing

@Suite struct ManyScreensTests {
  /// Walks the small flow to its end and returns what the terminal got.
  private func walk(_ changes: [String: String?] = [:], columns: Int = 80) throws -> [UInt8] {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id], setting: changes, columns: columns)
    for prompt in Prompt.way { try pty.answer(prompt) }
    expectNoDifference(try pty.end(), .exited(0))
    return pty.raw
  }

  /// The escape sequences that set colours.
  private func colours(_ raw: [UInt8]) -> Int {
    String(decoding: raw, as: UTF8.self).matches(of: /\u{1B}\[[0-9;]*m/).count
  }

  /// The text without what differs from run to run.
  private func words(_ raw: [UInt8]) -> String {
    plain(raw).replacing(/keyusher-desk-\w+/, with: "DESK").replacing(/Record: \w+/, with: "Record:")
      .replacing(/records\/\w+/, with: "records/").replacing(/Final digest: [0-9a-f\s]+/, with: "")
      .replacing(/keyusher (show|export) \w+/, with: "")
  }

  @Test func `Colour adds nothing to the words, and NO_COLOR and a dumb terminal do without`() throws {
    let coloured = try walk()
    #expect(colours(coloured) > 0)
    let plain = try walk(["NO_COLOR": "1"])
    expectNoDifference(colours(plain), 0)
    expectNoDifference(words(plain), words(coloured))
    let dumb = try walk(["TERM": "dumb"])
    #expect(!dumb.contains(0x1B))
    expectNoDifference(words(dumb), words(coloured))
  }

  @Test func `In the C locale everything is ASCII`() throws {
    let desk = try Desk()
    let title = "Schlüssel → “neu” 鍵"
    try desk.write(SmallFlow.text(title: title), to: desk.home + "/flows/test/small.yaml")
    let pty = try desk.start(["run", SmallFlow.id], setting: ["LC_ALL": "C"])
    for prompt in Prompt.way { try pty.answer(prompt) }
    expectNoDifference(try pty.end(), .exited(0))
    #expect(pty.raw.allSatisfy { $0 < 0x80 })
    #expect(pty.text.hasPrefix("Schluessel -> \"neu\" \\u{9375}\n"))
  }

  @Test func `On 40 columns no word of a made passphrase is broken`() throws {
    let desk = try Desk()
    let pty = try desk.start(["store", "init"], columns: 40)
    try pty.expect("Number (Enter = 1): ")
    try pty.send("\r")
    try pty.expect("with '-' between; folded\n")
    try pty.expect("Enter, and it is gone: ")
    let lines = pty.text.split(separator: "\n")
    let start = try #require(lines.lastIndex { $0.hasPrefix("1 ") })
    let words = lines[start...].prefix(12).map { String($0.drop { $0 != " " }.dropFirst()) }
    let head = try #require(lines.lastIndex { $0.hasPrefix("here, for it is wider") })
    let folded = lines[(head + 1)...].prefix { !$0.hasPrefix("It is shown") }
    expectNoDifference(folded.joined(), words.joined(separator: "-"))
    #expect(folded.count > 1 && folded.dropLast().allSatisfy { $0.hasSuffix("-") && $0.count <= 40 }, "\(folded)")
    try pty.control("C")
    _ = try pty.end()
  }

  @Test func `On 40 columns no line is longer, but for addresses and words that can't be broken`() throws {
    let desk = try Desk()
    let pty = try desk.start(["run", "gate-io/create-key"], columns: 40)
    for (prompt, answer) in [
      ("Number or name: ", "?"), ("Number or name: ", "spot-bot"), ("Answer: ", "grid-bot"),
      ("Numbers with commas, or none: ", ":why"), ("Numbers with commas, or none: ", "1, 10"),
      ("The word: ", "coins-can-leave"), ("Answer: ", "it pays out"), ("Number or name: ", "none"),
      ("Answer: ", "not known yet"), ("Number or name: ", "offline"), ("Number or name: ", ":differs it is blue"),
      ("Number or name: ", ":status"), ("Number or name: ", ":quit"),
    ] {
      try pty.expect(prompt)
      try pty.send(answer + "\r")
    }
    expectNoDifference(try pty.end(), .exited(75))
    for line in pty.text.split(separator: "\n") where line.count > 40 {
      #expect(!line.trimmingCharacters(in: .whitespaces).contains(" ") || line.contains("keyusher-desk"), "\(line)")
    }
    #expect(pty.text.contains("https://www.gate.com\n"))
  }

  @Test func `A whole run fits on 40 columns`() throws {
    let shown = plain(try walk(columns: 40)).split(separator: "\n")
    #expect(shown.count > 40)
    for line in shown where line.count > 40 {
      #expect(!line.trimmingCharacters(in: .whitespaces).contains(" "), "\(line)")
    }
  }

  @Test func `A checklist is folded to the terminal, and stands whole in a file`() throws {
    let desk = try Desk.small()
    try desk.write(SmallFlow.script, to: "a.script")
    expectNoDifference(try desk.run(["replay", "a.script"], setting: SmallFlow.credential).status, 0)
    let pty = try desk.start(["show"], columns: 40)
    expectNoDifference(try pty.end(), .exited(0))
    let shown = pty.text.split(separator: "\n")
    for line in shown where line.count > 40 {
      #expect(!line.trimmingCharacters(in: .whitespaces).contains(" "), "\(line)")
    }
    func words(_ text: String) -> [Substring] { text.split(whereSeparator: \.isWhitespace) }
    expectNoDifference(words(pty.text), words(try desk.run(["show"]).output))
  }

  @Test func `What is printed after a resize has the new width`() throws {
    let desk = try Desk()
    let pty = try desk.start(["run", "gate-io/create-key"])
    try pty.expect("Number or name: ")
    let before = pty.text.count
    #expect(pty.text.split(separator: "\n").contains { $0.count > 60 })
    pty.resize(columns: 40)
    try pty.send(":why\r")
    try pty.expect("28 March")
    try pty.expect("Number or name: ")
    let after = pty.text.dropFirst(before).split(separator: "\n")
    #expect(after.count > 3)
    for line in after { #expect(line.count <= 40, "\(line)") }
    pty.signal(SIGTERM)
    _ = try pty.end()
  }

  // MARK: - Long and hostile text

  @Test func `A paste of 10,000 characters at a line prompt is one answer, too long, and said so`() throws {
    let desk = try Desk.small()
    let pty = try desk.start(["run", SmallFlow.id])
    try pty.expect(Prompt.label.words)
    try pty.paste(String(repeating: "word and ", count: 1_112))
    try pty.send("\r")
    try pty.expect("4096 are the most.")
    for prompt in Prompt.way { try pty.answer(prompt) }
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(try desk.record(desk.run()).answers.first, "label: bot-1")
  }

  @Test func `A paste of 10,000 characters at a secret prompt is taken whole, and warned of`() throws {
    let desk = try Desk.small()
    let long = String(repeating: Canary.secret, count: 157)
    let pty = try desk.start(["run", SmallFlow.id])
    try pty.reach(.secret)
    try pty.paste(long)
    try pty.send("\r")
    try pty.expect("\(long.utf8.count) characters taken")
    try pty.expect(Prompt.again.words)
    try pty.send("no\r")
    try pty.answer(.copy)
    try pty.answer(.review)
    expectNoDifference(try pty.end(), .exited(0))
    expectNoDifference(Canary.trace(in: pty.raw), nil)
    for file in try desk.files() { expectNoDifference(Canary.trace(in: try desk.bytes(of: file)), nil, "\(file)") }
  }

  @Test(
    "Key and secret pasted at once are two answers, and nothing is left for the shell", arguments: [false, true])
  func both(bracketed: Bool) throws {
    let desk = try Desk.small()
    let pty = try Pty(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: desk.environment(["PS1": "shell$ "]))
    try pty.expect("shell$ ")
    try pty.send("'\(keyusher)' run \(SmallFlow.id)\r")
    try pty.reach(.key)
    let lines = "\(Canary.key)\n\(Canary.secret)\necho REACHED-$((6*7))\n"
    if bracketed {
      try pty.paste(lines)
      try pty.send("\r")
    } else {
      // The third line comes as a copy's last four, and is none.
      try pty.send(lines)
      try pty.expect("Those are not the last four")
    }
    for prompt in [Prompt.copy, .review] { try pty.answer(prompt) }
    try pty.expect("shell$ ")
    try pty.send("exit 0\r")
    _ = try pty.end()
    #expect(!pty.text.contains("REACHED-42"))
    expectNoDifference(Canary.trace(in: pty.raw), nil)
  }

  @Test func `Escape sequences in a flow, a note, a label or an id never reach the terminal raw`() throws {
    let desk = try Desk.small()
    let hostile = "a\u{1B}]0;owned\u{7}b\u{9B}31mc\u{202E}d"
    let ran = try desk.run(
      ["run", SmallFlow.id], input: ":note \(hostile)\n:differs \(hostile)\n:status\n\(hostile)\n:quit\n")
    // What can't be a name stops a pipe.
    expectNoDifference(ran.status, 65)
    var shown = [ran.output + ran.errors]
    for arguments in [
      ["show"], ["runs"], ["export"], ["export", "--format", "csv"], ["export", "--format", "html"],
      ["export", "--format", "script"], ["show", hostile], ["run", hostile], ["replay", hostile],
      ["flow", "show", hostile],
      [hostile], ["--flows", hostile, "flow", "list"],
    ] {
      let ran = try desk.run(arguments)
      shown.append(ran.output + ran.errors)
    }
    try desk.write(SmallFlow.text(title: hostile), to: "flows/test/bad.yaml")
    let lint = try desk.run(["flow", "lint", "flows"])
    expectNoDifference(lint.status, 2)
    shown.append(lint.output)
    for (index, text) in shown.enumerated() {
      for scalar in ["\u{1B}", "\u{7}", "\u{9B}", "\u{202E}"] {
        #expect(!text.contains(scalar), "output \(index): \(text)")
      }
    }
  }
}
