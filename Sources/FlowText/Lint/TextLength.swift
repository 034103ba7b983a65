import FlowCore

extension FlowReader {
  /// So wide is a text on a screen of 80 columns.
  static let screenColumns = 76
  /// So many lines can be read without scrolling, with the title and the question beside them.
  static let mostLines = 18
  /// A paragraph of more lines is skipped over.
  static let mostParagraphLines = 4
  /// An answer in a text counts as wide as this.
  fileprivate static let answer = String(repeating: "x", count: 12)

  /// A text that must fit a screen.
  func screenText(_ node: TextNode, afterwards: Bool = false) -> Template {
    let text = template(node, afterwards: afterwards)
    reportLong(text.screenLines, at: node.place)
    return text
  }

  /// The paragraphs of a step.
  func paragraphs(_ node: TextNode) -> [Template] {
    let nodes: [TextNode] = if case .list = node.content { list(node, of: "paragraphs") } else { [node] }
    var lines = 0
    let texts = nodes.map { node in
      let text = template(node)
      let filled = text.filled(by: Self.answer)
      let height = wrappedLines(filled)
      lines += height
      guard height > Self.mostParagraphLines else { return text }
      for height in filled.split(separator: "\n\n").map(wrappedLines) where height > Self.mostParagraphLines {
        findings.report(
          .longParagraph, at: node.place, "a paragraph of \(height) lines at \(Self.screenColumns) columns",
          hint: "\(Self.mostParagraphLines) are the most; begin another with '- ', or move some into 'why' or 'help'"
        )
      }
      return text
    }
    // An empty line stands between two.
    reportLong(lines + max(nodes.count - 1, 0), at: node.place)
    return texts
  }

  private func reportLong(_ lines: Int, at place: Place) {
    guard lines > Self.mostLines else { return }
    findings.report(
      .longText, at: place, "a text of \(lines) lines at \(Self.screenColumns) columns",
      hint: "\(Self.mostLines) are the most that a screen shows at once; shorten it, or make two steps of it")
  }
}

extension Template {
  /// How many lines it takes on a screen.
  fileprivate var screenLines: Int { wrappedLines(filled(by: FlowReader.answer)) }

  /// The text with the same in place of each answer.
  func filled(by answer: String) -> String {
    if segments.count == 1, case .literal(let text) = segments[0] { return text }
    return segments.map { if case .literal(let text) = $0 { text } else { answer } }.joined()
  }
}

/// How many lines a text takes once it is wrapped between words; a word that is too wide goes on on the next line.
private func wrappedLines(_ text: some StringProtocol) -> Int {
  // Plain texts, which most are, have a column a byte.
  let lines = text.utf8.withContiguousStorageIfAvailable { bytes in
    guard bytes.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) else { return nil as Int? }
    let isOneLine = bytes.count <= FlowReader.screenColumns && !bytes.contains(UInt8(ascii: "\n"))
    return isOneLine ? 1 : LineCount(ofPlain: bytes).lines
  }
  if let lines = lines ?? nil { return lines }
  var count = LineCount()
  for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
    count.begin()
    for word in line.split(separator: " ") { count.add(word.columns) }
  }
  return count.lines
}

/// A text that is being wrapped.
private struct LineCount {
  private(set) var lines = 0
  private var used = 0

  init() {}

  init(ofPlain bytes: UnsafeBufferPointer<UInt8>) {
    begin()
    var width = 0
    for byte in bytes {
      if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\n") {
        width += 1
        continue
      }
      add(width)
      width = 0
      if byte == UInt8(ascii: "\n") { begin() }
    }
    add(width)
  }

  mutating func begin() {
    lines += 1
    used = 0
  }

  /// Adds a word of so many columns; none is no word.
  mutating func add(_ width: Int) {
    guard width > 0 else { return }
    if used > 0, used + 1 + width > FlowReader.screenColumns {
      lines += 1
      used = 0
    }
    used += (used > 0 ? 1 : 0) + width
    if used > FlowReader.screenColumns {
      lines += (used - 1) / FlowReader.screenColumns
      used = (used - 1) % FlowReader.screenColumns + 1
    }
  }
}
