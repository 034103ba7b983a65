/// The bytes that a JSON string stands for, one at a time: nothing of it is collected anywhere.
///
/// The string must have passed `JSONParser`, and the memory must outlive the sequence.
package struct UnescapedString: Collection {
  /// A place in the text, and in the bytes that one escape stands for.
  package struct Index: Comparable {
    var position: Int
    var inner = 0

    package static func < (left: Index, right: Index) -> Bool {
      (left.position, left.inner) < (right.position, right.inner)
    }
  }

  private let bytes: UnsafeRawBufferPointer
  private let range: Range<Int>

  /// - Parameter range: what is between the quotes.
  package init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
  }

  package var startIndex: Index { Index(position: range.lowerBound) }
  package var endIndex: Index { Index(position: range.upperBound) }

  package subscript(index: Index) -> UInt8 {
    guard bytes[index.position] == UInt8(ascii: "\\") else { return bytes[index.position] }
    if let byte = byte(ofEscapeLetter: bytes[index.position + 1]) { return byte }
    let scalar = Self.scalar(bytes, at: index.position)?.value ?? "\u{FFFD}"
    return UTF8Length.byte(index.inner, of: scalar)
  }

  package func index(after index: Index) -> Index {
    guard bytes[index.position] == UInt8(ascii: "\\") else { return Index(position: index.position + 1) }
    guard bytes[index.position + 1] == UInt8(ascii: "u"), let scalar = Self.scalar(bytes, at: index.position) else {
      return Index(position: index.position + 2)
    }
    guard index.inner + 1 < UTF8Length.of(scalar.value) else { return Index(position: index.position + scalar.length) }
    return Index(position: index.position, inner: index.inner + 1)
  }

  /// The scalar of a `\uXXXX` or of a pair of them, and how long that is in the text; nil for half a pair.
  static func scalar(_ bytes: UnsafeRawBufferPointer, at position: Int) -> (value: Unicode.Scalar, length: Int)? {
    guard let first = unit(bytes, at: position) else { return nil }
    if let scalar = Unicode.Scalar(first) { return (scalar, 6) }
    guard (0xD800..<0xDC00).contains(first), let second = unit(bytes, at: position + 6),
      (0xDC00..<0xE000).contains(second)
    else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)).map { ($0, 12) }
  }

  // MARK: - Private

  private static func unit(_ bytes: UnsafeRawBufferPointer, at position: Int) -> UInt32? {
    guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
    else { return nil }
    var value: UInt32 = 0
    for digit in bytes[(position + 2)..<(position + 6)] {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt32(digit - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt32(digit - UInt8(ascii: "a") + 10)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = value << 4 | UInt32(digit - UInt8(ascii: "A") + 10)
      default: return nil
      }
    }
    return value
  }
}

/// How many bytes a character takes in UTF-8, and which.
package enum UTF8Length {
  static func of(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0..<0x80: 1
    case 0x80..<0x800: 2
    case 0x800..<0x10000: 3
    default: 4
    }
  }

  /// The byte of a scalar at this place.
  static func byte(_ place: Int, of scalar: Unicode.Scalar) -> UInt8 {
    let length = of(scalar)
    guard length > 1 else { return UInt8(truncatingIfNeeded: scalar.value) }
    let bits = UInt8(truncatingIfNeeded: scalar.value >> (6 * UInt32(length - 1 - place)))
    guard place == 0 else { return 0x80 | bits & 0x3F }
    return (0xFF << UInt8(8 - length)) | bits & (0x7F >> UInt8(length))
  }

  /// The length of the character that the bytes begin with; nil if that is not well-formed (Unicode 15, table 3-7).
  package static func of(_ bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
    guard let first = bytes.first else { return nil }
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch first {
      case 0..<0x80: (1, 0x80...0xBF)
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xE1...0xEF: (3, 0x80...0xBF)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: (0, 0x80...0xBF)
      }
    guard length > 0, bytes.count >= length else { return nil }
    for place in 1..<max(length, 1) {
      guard (place == 1 ? second : 0x80...0xBF).contains(bytes[bytes.startIndex + place]) else { return nil }
    }
    return length
  }
}
