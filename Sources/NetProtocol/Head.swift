import SecretMemory

extension SecretBytes {
  func append(_ text: String) throws(SecretMemoryError) { try append(contentsOf: text.utf8) }

  /// The lines before the first empty one, and all that is behind it; nil if there is none.
  func headAndBody() throws -> (lines: [SecretBytes], body: SecretBytes)? {
    try withBytes { bytes in
      var lines: [SecretBytes] = []
      var start = 0
      while let end = bytes[start...].firstIndex(of: 0x0A) {
        if end == start { return (lines, try SecretBytes(copying: bytes[(end + 1)...])) }
        lines.append(try SecretBytes(copying: bytes[start..<end]))
        start = end + 1
      }
      return nil
    }
  }

  /// A line that holds no secret, as text.
  var publicText: String { publicPrefix(count) }

  /// What stands behind a word at the beginning of a line that holds no secret; nil if it begins otherwise.
  func text(after word: String) -> String? {
    withBytes { $0.starts(with: word.utf8) ? String(decoding: $0.dropFirst(word.utf8.count), as: UTF8.self) : nil }
  }
}
