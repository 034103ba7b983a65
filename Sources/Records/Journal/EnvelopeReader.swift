/// Reads what stands before the payload of a line, piece by piece.
struct EnvelopeReader {
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// What was not read yet.
  var rest: Slice<UnsafeRawBufferPointer> { bytes[position...] }

  /// Passes over a fixed text, if it stands there.
  mutating func skip(_ text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard bytes.count - position >= count else { return false }
    for place in 0..<count where bytes[position + place] != text.utf8Start[place] { return false }
    position += count
    return true
  }

  /// A decimal number without leading zeros.
  mutating func number() -> Int? {
    let start = position
    var value = 0
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
      let (tens, isTooLong) = value.multipliedReportingOverflow(by: 10)
      let (sum, isTooLarge) = tens.addingReportingOverflow(Int(bytes[position] - UInt8(ascii: "0")))
      guard !isTooLong, !isTooLarge else { return nil }
      value = sum
      position += 1
    }
    return start == position || bytes[start] == UInt8(ascii: "0") ? nil : value
  }

  mutating func digest() -> Digest? {
    let count = Digest.byteCount * 2
    guard bytes.count - position >= count,
      let digest = Digest(hex: UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]))
    else { return nil }
    position += count
    return digest
  }

  /// No salt, or one in the only base64 form it has: the last character carries four bits that mean nothing, and are zero.
  mutating func salt() -> [UInt8]? {
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return [] }
    // Sixteen bytes are 22 characters, and two signs that say so.
    guard bytes.count - position >= 24, bytes[position + 22] == UInt8(ascii: "="),
      bytes[position + 23] == UInt8(ascii: "=")
    else { return nil }
    var salt: [UInt8] = []
    salt.reserveCapacity(JournalLine.saltByteCount)
    var bits: UInt32 = 0
    var count = 0
    for place in position..<position + 22 {
      guard let value = EnvelopeReader.base64Value(of: bytes[place]) else { return nil }
      bits = bits << 6 | value
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      salt.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      bits &= 1 << UInt32(count) - 1
    }
    guard bits == 0 else { return nil }
    position += 24
    return salt
  }

  private static func base64Value(of character: UInt8) -> UInt32? {
    switch character {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
