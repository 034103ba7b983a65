import SecretMemory

/// A private key in PEM as it is copied: with real line ends, with `\n` in their place, on one line, in quotes.
///
/// Source: RFC 7468, section 2; a body's line has 64 characters there, and 76 at most in what other programs write.
enum PEMText {
  /// Whether a line begins a text in PEM; quotes and spaces before it do not count.
  static func begins(_ line: SecretBytes) -> Bool {
    line.withBytes { bytes in bytes.drop { isAround($0) }.starts(with: begin.utf8) }
  }

  /// Whether a line has the mark of the last line in it.
  static func ends(_ line: SecretBytes) -> Bool {
    line.withBytes { bytes in place(of: end, in: bytes[...]) != nil }
  }

  static func joined(_ lines: [SecretBytes]) throws(SecretMemoryError) -> SecretBytes {
    let whole = try SecretBytes(capacity: lines.reduce(0) { $0 + $1.count + 1 })
    for (index, line) in lines.enumerated() {
      if index > 0 { try whole.append(newline) }
      try whole.append(contentsOf: line)
    }
    return whole
  }

  /// The same key with each line on its own, and with its end; nil if it is not made as such a text is.
  static func normalized(_ given: SecretBytes) throws(SecretMemoryError) -> SecretBytes? {
    try given.withBytes { bytes throws(SecretMemoryError) -> SecretBytes? in
      guard let parts = Parts(bytes) else { return nil }
      let whole = try SecretBytes(capacity: bytes.count + bytes.count / 32 + 8)
      try whole.append(contentsOf: parts.first)
      try whole.append(newline)
      for line in parts.lines {
        try whole.append(contentsOf: line)
        try whole.append(newline)
      }
      try whole.append(contentsOf: parts.last)
      try whole.append(newline)
      return whole
    }
  }

  // MARK: - Private

  private static let begin = "-----BEGIN "
  private static let end = "-----END "
  private static let dashes = "-----"
  private static let longestLine = 76
  private static let usualLine = 64
  private static let newline = UInt8(ascii: "\n")

  /// The first line, those between, and the last, as slices of what was given.
  private struct Parts {
    let first: Slice<UnsafeRawBufferPointer>
    var lines: [Slice<UnsafeRawBufferPointer>] = []
    let last: Slice<UnsafeRawBufferPointer>

    init?(_ bytes: UnsafeRawBufferPointer) {
      let whole = bytes.drop { isAround($0) }
      guard whole.starts(with: begin.utf8),
        let firstEnd = place(of: dashes, in: whole.dropFirst(begin.utf8.count))?.upperBound,
        let lastStart = place(of: end, in: whole[firstEnd...])?.lowerBound,
        let lastEnd = place(of: dashes, in: whole[lastStart...].dropFirst(end.utf8.count))?.upperBound,
        // What a copy out of JSON leaves behind it is no part of it; anything else is.
        PEMText.words(of: whole[lastEnd...]).allSatisfy({ $0.allSatisfy(isAround) })
      else { return nil }
      first = whole[whole.startIndex..<firstEnd]
      last = whole[lastStart..<lastEnd]
      let body = whole[firstEnd..<lastStart]
      // One with headers is under a passphrase: in those, spaces and empty lines count.
      if body.contains(UInt8(ascii: ":")) { return nil }
      for word in PEMText.words(of: body) {
        var rest = word
        let most = word.count <= longestLine ? longestLine : usualLine
        while !rest.isEmpty {
          lines.append(rest.prefix(most))
          rest = rest.dropFirst(most)
        }
      }
    }
  }

  /// What stands between white space and line ends, the ends real or written as `\n` and `\r`, however often the backslash was
  /// doubled on the way.
  private static func words(of bytes: Slice<UnsafeRawBufferPointer>) -> [Slice<UnsafeRawBufferPointer>] {
    var words: [Slice<UnsafeRawBufferPointer>] = []
    var start = bytes.startIndex
    var place = start
    while place < bytes.endIndex {
      guard let next = escapeEnd(in: bytes, at: place) ?? (isSpace(bytes[place]) ? place + 1 : nil) else {
        place += 1
        continue
      }
      words.append(bytes[start..<place])
      (start, place) = (next, next)
    }
    return (words + [bytes[start...]]).filter { !$0.isEmpty }
  }

  /// Where the escape of a line end that stands here ends; nil if none does.
  private static func escapeEnd(in bytes: Slice<UnsafeRawBufferPointer>, at place: Int) -> Int? {
    let backslash = UInt8(ascii: "\\")
    guard bytes[place] == backslash, let letter = bytes[place...].firstIndex(where: { $0 != backslash }),
      [UInt8(ascii: "n"), UInt8(ascii: "r")].contains(bytes[letter])
    else { return nil }
    return letter + 1
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  /// White space, quotes, and what stands behind a text in JSON.
  private static func isAround(_ byte: UInt8) -> Bool {
    isSpace(byte) || "\"'`,".utf8.contains(byte)
  }

  private static func place(of text: String, in bytes: Slice<UnsafeRawBufferPointer>) -> Range<Int>? {
    let wanted = Array(text.utf8)
    var start = bytes.startIndex
    while start + wanted.count <= bytes.endIndex {
      if bytes[start..<start + wanted.count].elementsEqual(wanted) { return start..<start + wanted.count }
      start += 1
    }
    return nil
  }
}
