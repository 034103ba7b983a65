import CSodium

/// A SHA-256 digest, by libsodium.
struct Digest: Equatable, Sendable {
  static let byteCount = 32
  /// What the chain of a journal begins with: 32 zero bytes.
  static let zero = Digest(bytes: [UInt8](repeating: 0, count: byteCount))

  let bytes: [UInt8]

  /// The digest of several pieces, one after the other.
  init(of pieces: [UInt8]...) {
    var state = crypto_hash_sha256_state()
    crypto_hash_sha256_init(&state)
    for piece in pieces { crypto_hash_sha256_update(&state, piece, UInt64(piece.count)) }
    var digest = [UInt8](repeating: 0, count: Digest.byteCount)
    crypto_hash_sha256_final(&state, &digest)
    bytes = digest
  }

  /// Reads 64 hexadecimal digits in lower case; nil if they are anything else.
  init?(hex: ArraySlice<UInt8>) {
    guard hex.count == Digest.byteCount * 2 else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in hex {
      let nibble: UInt8
      switch character {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): nibble = character - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): nibble = character - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | nibble)
        high = nil
      } else {
        high = nibble
      }
    }
    self.bytes = bytes
  }

  /// 64 hexadecimal digits in lower case.
  var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }
}

/// The SHA-256 of bytes, in hexadecimal: how a script is named in the records it made.
public func hexadecimalSHA256(of bytes: [UInt8]) -> String { Digest(of: bytes).hex }
