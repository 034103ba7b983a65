import CustomDump
import Foundation
import Outside
import Testing

@testable import FlowText

/// What reads YAML for flows makes the same of every text as Yams does: nodes, their places, and what is refused.
@Suite struct YamsAgreementTests {
  @Test func `every shipped file is the same tree`() throws {
    let texts = try FlowTree.files().map { String(decoding: try $0.bytes(), as: UTF8.self) }
    expectNoDifference(texts.map(lines), try yams(texts))
    #expect(texts.count > 80)
  }

  @Test func `hostile and odd texts are taken or refused alike`() throws {
    var texts = Self.odd + BadFlows.all.map { MarkedText($0.text).text } + BadPacks.all.map { MarkedText($0.text).text }
    texts += BadTrees.all.flatMap { files in files.others.map { files.text(of: $0.key)?.text ?? "" } }
    try expectAgreement(texts)
  }

  @Test func `flows with a few things changed are taken or refused alike`() throws {
    var random = Random(state: 20_261_129)
    let files = try FlowTree.files().map { Array(String(decoding: try $0.bytes(), as: UTF8.self).unicodeScalars) }
    let texts = (0..<1_500).map { _ in
      var text = random.pick(files)
      let start = random.below(text.count)
      text = Array(text[start..<min(start + 1_200, text.count)])
      for _ in 0...random.below(3) {
        let place = random.below(text.count)
        let end = min(place + random.below(4), text.count)
        text.replaceSubrange(place..<end, with: random.pick(Self.pieces).unicodeScalars)
      }
      return String(String.UnicodeScalarView(text))
    }
    try expectAgreement(texts)
  }

  // MARK: - Texts

  private static let pieces = [
    "", "- ", "  ", "\n", "\n  ", "{", "}", "[", "]", ": ", "id: ", "&a ", "*a", "!x ", "\"", "'", "|\n", ">-\n", "# ",
    "? ", "%YAML 1.2\n", "@", "---\n", "...\n", "\t", "\u{FEFF}", "é", "👩🏽", "\r\n", "\\u0", "- - ", ", a: b, a: c",
  ]

  private static let odd = [
    "", "# nothing", "---", "...", "--- a", "a: 1\n---\nb: 2", "\u{FEFF}a: 1\nb: é",
    "a: 1\r\nb:\r\n  - c\r\n  - \"d\r\n e\"\r\n",
    "a: |\n  one\n   two\n\n  three\nb: >-\n  one\n  two\n\n  three\n", "a: |2+\n   x\n\n\nb: c",
    "{a: 1, b: [2, {c: d}], e}",
    "é: ü\n👩🏽: {x: \"\\U0001F469\\x41\"}\n", "a: 1\na: 2", "{a: 1, \"a\": 2}", "a: {b: 1, b: 2}\na: 3",
    "é: 1\ne\u{301}: 2",
    "? a\n: b", "? [a]\n: b", "a: *b", "a: &b c\nd: *b", "&a a: !t b", "- a\nb: c", "a: \"b", "a: [b", "a: b: c",
    "\ta: b",
    "%TAG ! tag:x,2026:\n---\n!y a", "%FOO bar\n--- a", "a: 'it''s'", "a: @b", "a:\n- b\n-\n- c:\n", "\"a\nb\": c",
    "a\nb: c",
    String(repeating: "{a: ", count: 31) + String(repeating: "}", count: 31), "a: \u{2028}b\u{85}c", "a: b #c\nd: e#f",
  ]

  // MARK: - Either side

  private func expectAgreement(_ texts: [String]) throws {
    // The text without a byte-order mark, as every file is read.
    let sources = texts.map { SourceText($0, path: "").text }
    var compared = 0
    for (text, expected) in zip(sources, try yams(sources)) {
      let found = lines(text)
      // What a flow may not hold at all is found before the parser is asked.
      if found == ["refused"] { continue }
      // What an alias stands for Yams puts in, and no file here may have.
      if found.first?.hasPrefix("alias") == true, expected.first?.hasPrefix("alias") == false { continue }
      compared += 1
      // Yams says which mapping has a key twice, and nothing of what stands below it.
      if expected == ["duplicate-key"] {
        #expect(found.count == 1 && found != ["empty-file"], "\(text.debugDescription)")
      } else {
        expectNoDifference(found, expected.map { located($0, in: text) }, "\(text.debugDescription)")
      }
    }
    #expect(compared > sources.count / 2)
  }

  /// A refusal whose place counts characters, as a finding's does, and not scalars.
  private func located(_ line: String, in text: String) -> String {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count > 1, ["syntax", "alias", "several-documents"].contains(words[0]) else { return line }
    let numbers = words[1].split(separator: ":").compactMap { Int($0) }
    let place = SourceText(text, path: "").locate(Place(spot: Spot(line: numbers[0], column: numbers[1])))
    return ([words[0], "\(place.line):\(place.column)"] + words.dropFirst(2)).joined(separator: " ")
  }

  private func yams(_ texts: [String]) throws -> [[String]] {
    let (bytes, status) = try output(of: besideTests("YamsReader"), [], input: Array(JSONEncoder().encode(texts)))
    try #require(status == 0)
    return try JSONDecoder().decode([[String]].self, from: Data(bytes))
  }

  private func lines(_ text: String) -> [String] {
    let findings = Findings(SourceText(text, path: ""))
    var composer = Composer(findings)
    let root = composer.compose()
    guard let finding = findings.list.first(where: { $0.code != .anchor && $0.code != .tag }) else {
      return root.map(lines) ?? []
    }
    let place = "\(finding.line):\(finding.column)"
    switch finding.code {
    case .emptyFile, .duplicateKey: return [finding.code.rawValue]
    case .syntax: return ["syntax \(place) \(finding.message.dropFirst("this is not YAML: ".count))"]
    case .alias: return ["alias \(place)"]
    case .severalDocuments: return ["several-documents \(place)"]
    default: return ["refused"]
    }
  }

  private func lines(_ node: TextNode) -> [String] {
    let place = "\(node.spot.line):\(node.spot.column)"
    switch node.content {
    case .text(let text): return ["\(place) text \(text.debugDescription)"]
    case .list(let nodes): return ["\(place) list \(nodes.count)"] + nodes.flatMap(lines)
    case .mapping(let entries):
      return ["\(place) mapping \(entries.count)"]
        + entries.flatMap { entry in
          ["\(entry.keySpot.line):\(entry.keySpot.column) text \(entry.key.debugDescription)"] + lines(entry.value)
        }
    }
  }
}
