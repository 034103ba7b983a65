/// Bech32 (BIP 173) of any length, from memory to memory: a secret leaves no copy on the way.
struct Bech32 {
  /// What stands before the `1`; its case is the case of the whole text.
  let prefix: String

  /// The keys that people pass on, `age1…`.
  static let recipient = Bech32(prefix: "age")
  /// The keys that people keep, `AGE-SECRET-KEY-1…`.
  static let identity = Bech32(prefix: "AGE-SECRET-KEY-")

  /// How many characters `count` bytes become.
  func length(of count: Int) -> Int { prefix.utf8.count + 1 + (count * 8 + 4) / 5 + Bech32.checksumLength }

  /// Writes the bytes of a text to `room` and returns their number; nil if prefix, case, letters, spare bits or
  /// checksum are not right, or if there is no room.
  func decode(_ text: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Int? {
    guard text.starts(with: prefix.utf8 + [separator]) else { return nil }
    let letters = text.dropFirst(prefix.utf8.count + 1)
    guard letters.count >= Bech32.checksumLength else { return nil }
    let alphabet = alphabet
    let body = letters.dropLast(Bech32.checksumLength)
    var checksum = Checksum(prefix: prefix)
    var count = 0
    var spare: UInt32 = 0
    var spareBits = 0
    for index in letters.indices {
      guard let value = alphabet.firstIndex(of: letters[index]) else { return nil }
      checksum.take(UInt32(value))
      guard index < body.endIndex else { continue }
      spare = (spare << 5 | UInt32(value)) & 0xFFF
      spareBits += 5
      guard spareBits >= 8 else { continue }
      guard count < room.count else { return nil }
      spareBits -= 8
      room[count] = UInt8(truncatingIfNeeded: spare >> spareBits)
      count += 1
    }
    guard spareBits < 5, spare & (1 << spareBits - 1) == 0, checksum.value == 1 else { return nil }
    return count
  }

  /// Writes the text of bytes to `room`, which has `length(of:)` bytes, and returns its length.
  func encode(_ bytes: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer) -> Int {
    let alphabet = alphabet
    var checksum = Checksum(prefix: prefix)
    var length = 0
    func put(_ byte: UInt8) {
      guard length < room.count else { return }
      room[length] = byte
      length += 1
    }
    func put(value: UInt32) {
      checksum.take(value)
      put(alphabet[Int(value)])
    }
    for byte in prefix.utf8 { put(byte) }
    put(separator)
    var spare: UInt32 = 0
    var spareBits = 0
    for byte in bytes {
      spare = (spare << 8 | UInt32(byte)) & 0xFFF
      spareBits += 8
      while spareBits >= 5 {
        spareBits -= 5
        put(value: spare >> spareBits & 31)
      }
    }
    if spareBits > 0 { put(value: spare << (5 - spareBits) & 31) }
    for value in checksum.closing { put(alphabet[Int(value)]) }
    return length
  }

  // MARK: - Private

  private static let checksumLength = 6
  private static let lower = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  private static let upper = Array("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L".utf8)

  private var separator: UInt8 { UInt8(ascii: "1") }
  private var alphabet: [UInt8] { prefix == prefix.lowercased() ? Bech32.lower : Bech32.upper }

  /// The BCH code of BIP 173, fed five bits at a time.
  private struct Checksum {
    private(set) var value: UInt32 = 1

    init(prefix: String) {
      let prefix = prefix.lowercased().utf8
      for byte in prefix { take(UInt32(byte) >> 5) }
      take(0)
      for byte in prefix { take(UInt32(byte) & 31) }
    }

    mutating func take(_ bits: UInt32) {
      let top = value >> 25
      value = (value & 0x1FF_FFFF) << 5 ^ bits
      for (index, generator) in Checksum.generators.enumerated() where top >> index & 1 == 1 { value ^= generator }
    }

    /// The six values that make the whole come out as 1.
    var closing: [UInt32] {
      var whole = self
      for _ in 0..<Bech32.checksumLength { whole.take(0) }
      return (0..<Bech32.checksumLength).map { (whole.value ^ 1) >> (5 * (5 - $0)) & 31 }
    }

    private static let generators: [UInt32] = [
      0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3,
    ]
  }
}
