import FlowCore
import FlowText
import PlainText

/// So wide is a text on a screen of 80 columns.
private let screenColumns = 76
/// So many lines can be read without scrolling, with the title and the question beside them.
private let mostLines = 18
/// A paragraph of more lines is skipped over.
private let mostParagraphLines = 4
/// An answer in a text counts as wide as this.
private let answer = String(repeating: "x", count: 12)

extension Findings {
  /// Texts must fit a screen, and paragraphs must be short.
  func checkTexts(_ notes: LintNotes) {
    for text in notes.screenTexts where !isFull {
      var lines = 0
      for (paragraph, place) in text.paragraphs {
        let filled = paragraph.filled(by: answer)
        let height = wrappedLines(filled)
        lines += height
        guard text.isSaid, height > mostParagraphLines else { continue }
        for height in filled.split(separator: "\n\n").map(wrappedLines) where height > mostParagraphLines {
          report(
            .longParagraph, at: place, "a paragraph of \(height) lines at \(screenColumns) columns",
            hint: "\(mostParagraphLines) are the most; begin another with '- ', or move some into 'why' or 'help'")
        }
      }
      // An empty line stands between two.
      lines += max(text.paragraphs.count - 1, 0)
      guard lines > mostLines else { continue }
      report(
        .longText, at: text.place, "a text of \(lines) lines at \(screenColumns) columns",
        hint: "\(mostLines) are the most that a screen shows at once; shorten it, or make two steps of it")
    }
  }
}

/// How many lines a text takes once it is wrapped between words; a word that is too wide goes on on the next line.
private func wrappedLines(_ text: some StringProtocol) -> Int {
  // Plain texts, which most are, have a column a byte.
  let lines = text.utf8.withContiguousStorageIfAvailable { bytes in
    guard bytes.allSatisfy({ $0 < 0x80 && $0 != 0x0D }) else { return nil as Int? }
    let isOneLine = bytes.count <= screenColumns && !bytes.contains(UInt8(ascii: "\n"))
    return isOneLine ? 1 : LineCount(ofPlain: bytes).lines
  }
  if let lines = lines ?? nil { return lines }
  var count = LineCount()
  for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
    count.begin()
    for word in line.split(separator: " ") { count.add(word.width) }
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
    if used > 0, used + 1 + width > screenColumns {
      lines += 1
      used = 0
    }
    used += (used > 0 ? 1 : 0) + width
    if used > screenColumns {
      lines += (used - 1) / screenColumns
      used = (used - 1) % screenColumns + 1
    }
  }
}
