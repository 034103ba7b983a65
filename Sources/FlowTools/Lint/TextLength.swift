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
  // Most texts fit on a line, a column a byte.
  if text.utf8.count <= screenColumns, text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) }) { return 1 }
  return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).reduce(0) {
    $0 + wrapped($1, columns: screenColumns, longWords: .broken).count
  }
}
