import PlainText

/// What the program was built from, as `--version` says it.
enum Release {
  /// `Keyusher 0.2.0 (commit 1a2b3c4d5e6f, flows of 2026-11-29)`.
  static var line: String { line(commit: Resources.commitTxt, flows: Resources.flows.map(\.text)) }

  /// - Parameters:
  ///   - commit: the file that `git archive` writes the whole commit into; before that it holds something else.
  ///   - flows: the texts that the program carries.
  static func line(commit: String, flows: [String]) -> String {
    let name = commit.trimmed
    let isCommit = name.utf8.count >= 40 && name.utf8.allSatisfy { "0123456789abcdef".utf8.contains($0) }
    let built = isCommit ? "commit \(name.prefix(12))" : "built from a checkout"
    let day = flows.compactMap(newestDay).max().map { ", flows of \($0)" } ?? ""
    return "Keyusher \(Surroundings.version) (\(built)\(day))"
  }

  /// The newest day on which anybody looked at a source of a text: what stands behind `date:` and `seen-live:`.
  private static func newestDay(in text: String) -> Day? {
    let pieces = text.utf8.split(separator: UInt8(ascii: ":"))
    return zip(pieces, pieces.dropFirst()).compactMap { key, value in
      let word = String(Substring(key.suffix(10)).reversed().prefix { $0.isLetter || $0 == "-" }.reversed())
      guard word == "date" || word == "seen-live" else { return nil }
      return Day(Substring(value.drop { $0 == UInt8(ascii: " ") }.prefix(10)))
    }.max()
  }
}
