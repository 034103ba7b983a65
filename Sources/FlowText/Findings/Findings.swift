import FlowCore
import PlainText

/// The findings of one file as they come up.
///
/// Their number and the work spent on hints are bounded, so that a file made of nothing but mistakes takes no longer.
package final class Findings {
  /// A file with more mistakes than this is not read by anybody.
  static let most = 100
  /// So often is anything reported at all, the same thing at the same place included.
  static let mostReports = 1_000
  /// How many bytes are looked through for lines and columns; a file of plain lines takes a fraction of it.
  static let mostLocated = 8 << 20

  /// The file itself.
  let source: SourceText
  private let includes: SourceFiles?
  private(set) var list: [Finding] = []
  /// How often something was reported while there was room for it.
  private(set) var reports = 0
  /// For how many of these the line and column were worked out.
  private(set) var located = 0
  private var bytesLeft = Findings.mostLocated
  private var noted: Set<Spelled> = []
  private var seen: Set<Key> = []
  private var comparisonsLeft = 50_000
  /// A longer line, in bytes, is not shown: nobody reads it.
  private static let widestExcerpt = 16 << 10
  /// Whether a line must not be shown.
  private let isSensitive: (Substring) -> Bool
  private var hidden: Set<Substring> = []

  /// A place as it is reported, before anything is looked up.
  private struct Spelled: Hashable {
    var spot: Spot
    var part: String?
    var code: FindingCode
  }

  private struct Key: Hashable {
    var path: String
    var line: Int
    var column: Int
    var code: FindingCode
  }

  /// - Parameter includes: the files that it includes.
  init(
    _ source: SourceText, includes: SourceFiles? = nil, isSensitive: @escaping (Substring) -> Bool = { _ in false }
  ) {
    self.source = source
    self.includes = includes
    self.isSensitive = isSensitive
  }

  /// Whether nothing more is reported: whoever goes through a long list can stop.
  package var isFull: Bool { list.count >= Self.most || reports >= Self.mostReports || bytesLeft <= 0 }
  var hasErrors: Bool { list.contains { $0.severity == .error } }

  package func report(
    _ code: FindingCode, at place: Place, _ message: @autoclosure () -> String,
    hint: @autoclosure () -> String? = nil
  ) {
    guard !isFull else { return }
    reports += 1
    if noted.insert(Spelled(spot: place.spot, part: place.part, code: code)).inserted {
      add(code, at: place, message, hint)
    }
    if isFull, let last = list.last {
      list.append(
        Finding(
          path: last.path, line: last.line, column: last.column, code: .tooMany,
          message: list.count >= Self.most
            ? "more than \(Self.most) findings; the rest is left out"
            : "the same mistakes over and over; the rest is left out", hint: "mend these first"))
    }
  }

  private func add(
    _ code: FindingCode, at place: Place, _ message: () -> String, _ hint: () -> String?
  ) {
    located += 1
    let source = source(of: place)
    bytesLeft -= source.effort(of: place)
    let (line, column, length) = source.locate(place)
    guard seen.insert(Key(path: source.path, line: line, column: column, code: code)).inserted else { return }
    let text = source.line(line)
    let isShown = text.utf8.count <= Self.widestExcerpt && !isSensitive(text) && !hidden.contains(text)
    list.append(
      Finding(
        path: source.path, line: line, column: column, length: length, code: code, message: message(),
        hint: hint().flatMap { $0.isEmpty ? nil : $0 }, excerpt: isShown ? String(text) : nil))
  }

  /// Takes over what was found in a file that this one includes.
  func take(_ finding: Finding) {
    guard !isFull else { return }
    let key = Key(path: finding.path, line: finding.line, column: finding.column, code: finding.code)
    if seen.insert(key).inserted { list.append(finding) }
  }

  /// The file that a place is in.
  func source(of place: Place) -> SourceText {
    place.spot.file == source.file ? source : includes?.texts[place.spot.file - 1] ?? source
  }

  /// Keeps a line out of all findings from here on.
  func hide(_ line: Substring) { hidden.insert(line) }

  /// The findings in the order of the file, then those in other files.
  var sorted: [Finding] {
    list.enumerated().sorted { left, right in
      if (left.element.code == .tooMany) != (right.element.code == .tooMany) { return right.element.code == .tooMany }
      let paths = (left.element.path, right.element.path)
      if paths.0 != paths.1 {
        return paths.0 == source.path || (paths.1 != source.path && paths.0 < paths.1)
      }
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
package func quoted(_ text: some StringProtocol) -> String {
  let shown = text.count > 60 ? "\(text.prefix(57))..." : String(text)
  return "'\(display(shown))'"
}

/// `'a', 'b' or 'c'`.
func listed(_ words: [String]) -> String {
  let quotedWords = words.map { quoted($0) }
  guard quotedWords.count > 1, let last = quotedWords.last else { return quotedWords.joined() }
  return quotedWords.dropLast().joined(separator: ", ") + " or " + last
}
