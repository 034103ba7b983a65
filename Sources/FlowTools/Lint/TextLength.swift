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
      // Nearly every text is far from both limits: only of others the lines are counted.
      let most = text.paragraphs.map { mostWrappedLines($0.0.filled(by: answer)) }
      if most.allSatisfy({ $0 <= mostParagraphLines }), most.reduce(most.count, +) <= mostLines { continue }
      var lines = 0
      for (paragraph, place) in text.paragraphs {
        let filled = paragraph.filled(by: answer)
        let height = wrappedLines(filled)
        lines += height
        guard text.isSaid, height > mostParagraphLines else { continue }
        for height in filled.split(by: "\n\n").map(wrappedLines) where height > mostParagraphLines {
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

/// At least as many lines as a text takes once it is wrapped, without wrapping it: what fills no line leaves less room on it
/// than the longest word wants. No character but a control character is wider than it has bytes.
private func mostWrappedLines(_ text: String) -> Int {
  var (lines, bytes, word, longest) = (0, 0, 0, 0)
  func endLine() {
    // The margin is for what is indented.
    lines += 1 + (longest < screenColumns / 2 ? bytes / (screenColumns - 4 - longest) : 2 * bytes / (screenColumns / 2))
    (bytes, word, longest) = (0, 0, 0)
  }
  for byte in text.utf8 {
    switch byte {
    case UInt8(ascii: "\n"): endLine()
    case ..<0x20, 0x7F: return mostLines
    default:
      bytes += 1
      word = byte == UInt8(ascii: " ") ? 0 : word + 1
      longest = max(longest, word)
    }
  }
  endLine()
  return lines
}

/// How many lines a text takes once it is wrapped between words; a word that is too wide goes on on the next line.
private func wrappedLines(_ text: some StringProtocol) -> Int {
  let newline = UInt8(ascii: "\n")
  let isPlain = text.utf8.allSatisfy { (0x20..<0x7F).contains($0) || $0 == newline }
  let lines =
    isPlain
    ? Substring(text).utf8.split(separator: newline, omittingEmptySubsequences: false).map { Substring($0) }
    : Substring(text).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  return lines.reduce(0) { count, line in
    // Most lines fit, a column a byte.
    if isPlain, line.utf8.count <= screenColumns { return count + 1 }
    return count + wrapped(line, columns: screenColumns, longWords: .broken).count
  }
}
