import CustomDump
import Testing

@testable import FlowText

/// Whatever nodes a flow has: written as YAML, they are read as the same nodes.
@Suite struct NodeWriterTests {
  private static let pieces = [
    "a", "Word", "two words", ": ", ":", " #", "#", "- ", "-", "\"", "'", "\n", "\n\n", " ", "  ", "\\", "\\n", "{",
    "}",
    "[", "]", ",", "&a", "*a", "!x", "|", ">", "%", "@", "`", "?", "? ", "~", "null", "yes", "0x10", "1.0", "---",
    "...",
    "$(", "$$(", "$", "$(a)", "é", "e\u{301}", "\u{301}", " \u{301}", "👩🏽", "日本語",
    "\u{A0}", "\u{3000}", "<<", "=", "://", "…", String(repeating: "long", count: 40),
    String(repeating: "w ", count: 60), "[[[[[[", "{{{{{{{{", "{ [ {-? ", String(repeating: "[", count: 20),
    "\u{FFFE}", "\u{FFFF}", "\u{85}", "\u{2028}", "\u{2029}", "\u{7}", "\r", "\u{7F}", "\u{9F}", "\u{202E}",
    "\u{E0001}",
    String(repeating: "word", count: 20) + " ",
  ]

  private func text(_ random: inout Random) -> String {
    (0..<random.below(8)).map { _ in random.pick(Self.pieces) }.joined()
  }

  private func node(_ random: inout Random, depth: Int) -> TextNode {
    let spot = Spot(line: 1, column: 1)
    switch depth > 5 ? 0 : random.below(4) {
    case 2:
      return TextNode(content: .list((0..<random.below(4)).map { _ in node(&random, depth: depth + 1) }), spot: spot)
    case 3: return mapping(&random, depth: depth)
    default: return TextNode(content: .text(text(&random)), spot: spot)
    }
  }

  private func mapping(_ random: inout Random, depth: Int) -> TextNode {
    var entries: [TextNode.Entry] = []
    let spot = Spot(line: 1, column: 1)
    for number in 0..<random.below(4) {
      // The parser takes no key twice; one with a text of its own stands for every key that needs quotes.
      let key =
        random.below(3) == 0 ? "\(number)" + text(&random).prefix(40).replacing("\n", with: " ") : "key-\(number)"
      entries.append(TextNode.Entry(key: key, keySpot: spot, value: node(&random, depth: depth + 1)))
    }
    return TextNode(content: .mapping(entries), spot: spot)
  }

  @Test func `random nodes are read as they were written`() throws {
    var random = Random(state: 20_261_124)
    for _ in 0..<4_000 {
      let written = mapping(&random, depth: 0)
      let text = NodeWriter.text(written)
      let findings = Findings(SourceText(text, path: "record"))
      var composer = Composer(findings)
      let root = composer.compose()
      let read = try #require(root, "\(findings.list.map(\.message)): \(text)")
      expectNoDifference(findings.list, [])
      guard read.plain == written.plain else {
        expectNoDifference(read.plain, written.plain, "\(text)")
        return
      }
      expectNoDifference(NodeWriter.text(read), text)
    }
  }

  @Test func `a long text is folded at its spaces, and stays one line`() {
    let sentence = Array(repeating: "word", count: 60).joined(separator: " ")
    let root = TextNode(
      content: .mapping([
        TextNode.Entry(
          key: "say", keySpot: Spot(line: 1, column: 1),
          value: TextNode(content: .text(sentence), spot: Spot(line: 1, column: 1)))
      ]), spot: Spot(line: 1, column: 1))
    let lines = NodeWriter.text(root).split(separator: "\n")
    expectNoDifference(lines.first, "say: >-")
    #expect(lines.count > 2 && lines.allSatisfy { $0.count <= 100 })
  }
}

extension TextNode {
  /// Its content alone, spelled so that two are equal only if every scalar is.
  fileprivate var plain: String {
    switch content {
    case .text(let text): "'\(text.unicodeScalars.map { $0.escaped(asASCII: true) }.joined())'"
    case .list(let nodes): "[\(nodes.map(\.plain).joined(separator: ",\n"))]"
    case .mapping(let entries):
      "{\(entries.map { "\($0.key.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()): \($0.value.plain)" }.joined(separator: ",\n"))}"
    }
  }
}
