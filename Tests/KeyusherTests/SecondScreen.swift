import PtyHarness

/// The second screen of a terminal, on which secrets are shown and which is cleared before it is left.
enum SecondScreen {
  static let opening = Array("\u{1B}[?1049h".utf8)
  static let leaving = Array("\u{1B}[H\u{1B}[2J\u{1B}[?1049l".utf8)

  /// What a terminal received outside of it.
  static func without(_ raw: [UInt8]) -> [UInt8] {
    var (shown, rest) = ([UInt8](), raw[...])
    while let start = rest.firstRange(of: opening) {
      shown += rest[..<start.lowerBound]
      guard let end = rest[start.upperBound...].firstRange(of: leaving) else { return shown + rest }
      rest = rest[end.upperBound...]
    }
    return shown + rest
  }

  /// Whether it was left, and the first screen not cleared, as often as it was opened.
  static func isLeft(_ raw: [UInt8]) -> Bool { count(of: opening, in: raw) == count(of: leaving, in: raw) }

  private static func count(of mark: [UInt8], in raw: [UInt8]) -> Int {
    raw.split(separator: mark, omittingEmptySubsequences: false).count
  }
}
