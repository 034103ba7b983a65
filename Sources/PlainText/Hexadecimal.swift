extension Sequence<UInt8> {
  /// Two hexadecimal digits a byte, in lower case.
  public var hexadecimal: String {
    var text: [UInt8] = []
    text.reserveCapacity(underestimatedCount * 2)
    for byte in self {
      text.append(hexadecimalDigit(byte >> 4))
      text.append(hexadecimalDigit(byte & 15))
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  /// The bytes that these are the hexadecimal digits of, two in lower case each; nil if there is anything else.
  public var hexadecimalBytes: [UInt8]? {
    guard count % 2 == 0 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count / 2)
    var high: UInt8?
    for character in self {
      guard let value = valueOfHexadecimalDigit(character) else { return nil }
      if let first = high { bytes.append(first << 4 | value) }
      high = high == nil ? value : nil
    }
    return bytes
  }
}

extension FixedWidthInteger {
  /// The number in hexadecimal, with zeros before it up to so many digits.
  public func hexadecimal(digits: Int = 1, uppercase: Bool = false) -> String {
    let text = String(self, radix: 16, uppercase: uppercase)
    return String(repeating: "0", count: Swift.max(digits - text.count, 0)) + text
  }
}

/// The digit of a number below 16, in lower case.
package func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}

/// The number that a digit in lower case stands for; nil if it is none.
@inlinable package func valueOfHexadecimalDigit(_ character: UInt8) -> UInt8? {
  switch character {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
  default: nil
  }
}
