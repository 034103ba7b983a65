import FlowCore

/// The findings of one file as they come up.
///
/// Their number and the work spent on hints are bounded, so that a file made of nothing but mistakes takes no longer.
final class Findings {
  /// A file with more mistakes than this is not read by anybody.
  static let most = 100

  let source: SourceText
  private(set) var list: [Finding] = []
  private var seen: Set<Key> = []
  private var comparisonsLeft = 50_000
  /// Whether a line must not be shown.
  private let isSensitive: (Substring) -> Bool
  private var hidden: Set<Substring> = []

  private struct Key: Hashable {
    var line: Int
    var column: Int
    var code: FindingCode
  }

  init(_ source: SourceText, isSensitive: @escaping (Substring) -> Bool = { _ in false }) {
    self.source = source
    self.isSensitive = isSensitive
  }

  var isFull: Bool { list.count >= Self.most }
  var hasErrors: Bool { list.contains { $0.severity == .error } }

  func report(
    _ code: FindingCode, at place: Place, _ message: @autoclosure () -> String,
    hint: @autoclosure () -> String? = nil
  ) {
    guard !isFull else { return }
    let (line, column, length) = source.locate(place)
    guard seen.insert(Key(line: line, column: column, code: code)).inserted else { return }
    let text = source.line(line)
    list.append(
      Finding(
        path: source.path, line: line, column: column, length: length, code: code, message: message(),
        hint: hint().flatMap { $0.isEmpty ? nil : $0 },
        excerpt: isSensitive(text) || hidden.contains(text) ? nil : String(text)))
    if isFull {
      list.append(
        Finding(
          path: source.path, line: line, column: column, code: .tooMany,
          message: "more than \(Self.most) findings; the rest is left out", hint: "mend these first"))
    }
  }

  /// Keeps a line out of all findings from here on.
  func hide(_ line: Substring) { hidden.insert(line) }

  /// The findings in the order of the file.
  var sorted: [Finding] {
    list.enumerated().sorted { left, right in
      if (left.element.code == .tooMany) != (right.element.code == .tooMany) { return right.element.code == .tooMany }
      return (left.element.line, left.element.column, left.offset)
        < (right.element.line, right.element.column, right.offset)
    }.map(\.element)
  }

  /// "did you mean 'prompt'?", or the words that would do if they are few, or nothing.
  func suggestion(for word: String, among candidates: [String]) -> String? {
    guard comparisonsLeft > 0 else { return nil }
    comparisonsLeft -= candidates.count
    if let near = nearest(to: word, among: candidates.prefix(20_000)) { return "did you mean \(quoted(near))?" }
    return candidates.isEmpty || candidates.count > 12 ? nil : "it can be \(listed(candidates))"
  }
}

/// A text of the file within a sentence: safe to show, and not too long.
func quoted(_ text: some StringProtocol) -> String {
  let shown = text.count > 60 ? "\(text.prefix(57))..." : String(text)
  return "'\(display(shown))'"
}

/// `'a', 'b' or 'c'`.
func listed(_ words: [String]) -> String {
  let quotedWords = words.map { quoted($0) }
  guard quotedWords.count > 1, let last = quotedWords.last else { return quotedWords.joined() }
  return quotedWords.dropLast().joined(separator: ", ") + " or " + last
}
