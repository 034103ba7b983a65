// Texts are looked for byte by byte. The standard library's own functions of these names bring the parser of regular
// expressions into every program: a megabyte, and no target of one sees them (Package.swift).

extension Collection<UInt8> {
  /// Where other bytes stand in it first; nil if nowhere.
  public func firstRange(of sought: some Collection<UInt8>) -> Range<Index>? {
    let sought = Array(sought)
    let found: Int?? = withContiguousStorageIfAvailable { firstOffset(of: sought, in: UnsafeRawBufferPointer($0)) }
    guard let offset = found ?? Array(self).withUnsafeBytes({ firstOffset(of: sought, in: $0) }) else { return nil }
    let start = index(startIndex, offsetBy: offset)
    return start..<index(start, offsetBy: sought.count)
  }
}

private func firstOffset(of sought: [UInt8], in bytes: UnsafeRawBufferPointer) -> Int? {
  guard let first = sought.first else { return 0 }
  var start = 0
  while let next = bytes[start...].firstIndex(of: first), bytes.count - next >= sought.count {
    if bytes[next...].starts(with: sought) { return next }
    start = next + 1
  }
  return nil
}

extension StringProtocol {
  /// Where another text stands in it first, by its bytes; nil if nowhere.
  public func firstRange(of text: some StringProtocol) -> Range<Index>? { utf8.firstRange(of: text.utf8) }

  /// Whether another text stands in it, by its bytes.
  public func contains(_ text: String) -> Bool { firstRange(of: text) != nil }
  public func contains(_ text: Substring) -> Bool { firstRange(of: text) != nil }

  /// The texts around another one.
  ///
  /// - Parameters:
  ///   - separator: what stands between them; one that is empty separates nothing.
  ///   - maxSplits: how often it separates at most.
  ///   - omittingEmptySubsequences: whether what is empty is left out; it does not count as a split then.
  public func split(
    by separator: String, maxSplits: Int = .max, omittingEmptySubsequences: Bool = true
  ) -> [SubSequence] {
    var pieces: [SubSequence] = []
    var rest = self[...]
    var splits = 0
    while !separator.isEmpty, splits < maxSplits, let range = rest.firstRange(of: separator) {
      let piece = rest[..<range.lowerBound]
      if !piece.isEmpty || !omittingEmptySubsequences {
        pieces.append(piece)
        splits += 1
      }
      rest = rest[range.upperBound...]
    }
    if !rest.isEmpty || !omittingEmptySubsequences { pieces.append(rest) }
    return pieces
  }

  /// The text with another one in the place of each of a text; of one that is empty there is none in it.
  public func replacing(_ text: String, with other: String) -> String {
    split(by: text, omittingEmptySubsequences: false).joined(separator: other)
  }
}
