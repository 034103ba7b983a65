import CSodium
import PlainText

/// A SHA-256 digest, by libsodium.
struct Digest: Equatable, Sendable {
  static let byteCount = 32
  /// What the chain of a journal begins with: 32 zero bytes.
  static let zero = Digest(SIMD4())

  /// The bytes as they lie in memory: a record has two digests a line, and none should be a piece of memory by itself.
  private let words: SIMD4<UInt64>

  private init(_ words: SIMD4<UInt64>) { self.words = words }

  /// The digest of several pieces, one after the other.
  init(of pieces: [UInt8]...) {
    self.init { hash in
      for piece in pieces { piece.withUnsafeBytes { hash($0) } }
    }
  }

  /// The digest of all that `feed` hands over.
  init(_ feed: (_ hash: (UnsafeRawBufferPointer) -> Void) -> Void) {
    var state = crypto_hash_sha256_state()
    crypto_hash_sha256_init(&state)
    withUnsafeMutablePointer(to: &state) { state in
      feed { piece in
        guard let start = piece.baseAddress else { return }
        crypto_hash_sha256_update(state, start.assumingMemoryBound(to: UInt8.self), UInt64(piece.count))
      }
    }
    var words = SIMD4<UInt64>()
    withUnsafeMutablePointer(to: &words) { room in
      _ = room.withMemoryRebound(to: UInt8.self, capacity: Digest.byteCount) { crypto_hash_sha256_final(&state, $0) }
    }
    self.words = words
  }

  /// Reads 64 hexadecimal digits in lower case; nil if they are anything else.
  init?(hex: UnsafeRawBufferPointer) {
    guard hex.count == Digest.byteCount * 2 else { return nil }
    var words = SIMD4<UInt64>()
    let isRead = withUnsafeMutableBytes(of: &words) { room in
      for place in 0..<Digest.byteCount {
        guard let high = valueOfHexadecimalDigit(hex[2 * place]), let low = valueOfHexadecimalDigit(hex[2 * place + 1])
        else { return false }
        room[place] = high << 4 | low
      }
      return true
    }
    guard isRead else { return nil }
    self.words = words
  }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withUnsafeBytes(of: words, body)
  }

  /// 64 hexadecimal digits in lower case.
  var hex: String { withBytes(\.hexadecimal) }
}

/// The SHA-256 of bytes, in hexadecimal: how a script is named in the records it made.
public func hexadecimalSHA256(of bytes: [UInt8]) -> String { Digest(of: bytes).hex }
