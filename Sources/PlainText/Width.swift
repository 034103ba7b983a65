extension StringProtocol {
  /// How many columns of a terminal the text takes: wide characters two, combining ones none.
  ///
  /// It is the sum over scalars, since not every terminal joins a face and the colour of its skin. The text is one that may
  /// be shown (`display`).
  public var width: Int {
    if let count = utf8.withContiguousStorageIfAvailable({ $0.allSatisfy { $0 < 0x80 } ? $0.count : nil }) ?? nil {
      return count
    }
    return unicodeScalars.reduce(0) { $0 + $1.width }
  }

  /// As much of its beginning as fits in so many columns.
  public func prefix(columns: Int) -> SubSequence {
    var used = 0
    return prefix { character in
      used += String(character).width
      return used <= columns
    }
  }

  /// As much of its end as fits in so many columns.
  public func suffix(columns: Int) -> SubSequence {
    var used = 0
    var start = endIndex
    while start > startIndex {
      let before = index(before: start)
      used += String(self[before]).width
      guard used <= columns else { break }
      start = before
    }
    return self[start...]
  }
}

extension Unicode.Scalar {
  /// The columns of one scalar: East Asian wide ones and emoji two (UAX #11, Unicode 15), marks and formats none.
  var width: Int {
    if value < 0x300 { return 1 }
    switch value {
    // The halves of flags, which are emoji and narrow.
    case 0x1F1E6...0x1F1FF: return 1
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0
    case 0x302A...0x302D, 0x3099...0x309A, 0x16FE4: return 0
    // Signs that stand before a number and are seen, though their category is that of formats.
    case 0x600...0x605, 0x6DD, 0x70F, 0x890...0x891, 0x8E2, 0x110BD, 0x110CD: return 1
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3,
      0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FB,
      0x1F200...0x1F265, 0x20000...0x3FFFD:
      return 2
    default: break
    }
    if properties.isEmojiPresentation { return 2 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return 1
    }
  }
}
