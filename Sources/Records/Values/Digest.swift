import CSodium
import PlainText

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
    guard let bytes = hex.hexadecimalBytes, bytes.count == Digest.byteCount else { return nil }
    self.bytes = bytes
  }

  /// 64 hexadecimal digits in lower case.
  var hex: String { bytes.hexadecimal }

  private init(bytes: [UInt8]) { self.bytes = bytes }
}

/// The SHA-256 of bytes, in hexadecimal: how a script is named in the records it made.
public func hexadecimalSHA256(of bytes: [UInt8]) -> String { Digest(of: bytes).hex }
