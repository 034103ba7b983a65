/// Bytes of a text, where they lie. All that is done for each byte takes this one type: code for any collection would be called
/// for each byte anew.
typealias Bytes = UnsafeBufferPointer<UInt8>

extension Bytes {
  /// A part of it, as bytes of its own.
  @inline(__always) func part(_ range: Range<Int>) -> Bytes { Bytes(rebasing: self[range]) }

  func isText(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && hasPrefix(Bytes(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  func hasPrefix(_ other: Bytes) -> Bool { count >= other.count && isEqual(to: other, from: 0) }

  func hasSuffix(_ other: Bytes) -> Bool { count >= other.count && isEqual(to: other, from: count - other.count) }

  private func isEqual(to other: Bytes, from start: Int) -> Bool {
    var place = 0
    while place < other.count {
      if self[start + place] != other[place] { return false }
      place += 1
    }
    return true
  }

  func hasPrefix(_ other: [UInt8]) -> Bool { other.withUnsafeBufferPointer { hasPrefix($0) } }
  func hasSuffix(_ other: [UInt8]) -> Bool { other.withUnsafeBufferPointer { hasSuffix($0) } }

  /// Whether another text stands at a place.
  func stands(_ text: StaticString, at place: Int) -> Bool {
    place >= 0 && place + text.utf8CodeUnitCount <= count
      && part(place..<place + text.utf8CodeUnitCount).isText(text)
  }

  /// How often a byte stands in it.
  func count(of byte: UInt8) -> Int {
    var sum = 0
    for here in self where here == byte { sum += 1 }
    return sum
  }

  /// A number that tells words apart; not for what is secret.
  var digest: UInt64 {
    var sum: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in self { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return sum
  }
}

/// Small work on bytes of text.
enum Text {
  @inline(__always) static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  @inline(__always) static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
  @inline(__always) static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }
  /// Whether it is a letter or digit of ASCII.
  @inline(__always) static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 26 }
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  static func isQuote(_ byte: UInt8) -> Bool { byte == 0x22 || byte == 0x27 || byte == 0x60 }
  static func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
  @inline(__always) static func small(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

  /// The digest of a text's letters and digits, in small letters.
  static func digest(_ text: String) -> UInt64 {
    let letters = text.utf8.filter(isWord).map(small)
    return letters.withUnsafeBufferPointer { $0.digest }
  }
}
