import CSodium
import SecretMemory

/// HMAC-SHA-256 and the key derivation over it (RFC 5869), with every intermediate in guarded memory.
enum HMAC {
  static let byteCount = 32

  /// The tag of a message under a key that is secret.
  static func tag(of message: [UInt8], key: SecretBytes) throws(AgeError) -> [UInt8] {
    var tag = [UInt8](repeating: 0, count: byteCount)
    try key.withPointer { key, count throws(AgeError) in
      try write(message, message.count, key, count, into: &tag)
    }
    return tag
  }

  /// Compares two public tags in constant time.
  static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == byteCount && other.count == byteCount && sodium_memcmp(one, other, byteCount) == 0
  }

  /// HKDF-SHA-256: a key of 32 bytes out of another secret, for the purpose that `info` names.
  static func derivedKey(from secret: SecretBytes, salt: [UInt8], info: String) throws(AgeError) -> SecretBytes {
    let extracted = try SecretBytes.whole(byteCount) { room throws(AgeError) in
      try secret.withPointer { secret, count throws(AgeError) in
        try write(secret, count, salt, salt.count, into: room)
      }
    }
    let purpose = Array(info.utf8) + [1]
    return try SecretBytes.whole(byteCount) { room throws(AgeError) in
      try extracted.withPointer { key, count throws(AgeError) in
        try write(purpose, purpose.count, key, count, into: room)
      }
    }
  }

  // MARK: - Private

  /// Writes the tag of a message under a key. The state holds what the key became, so that it must not lie on the stack.
  private static func write(
    _ message: UnsafePointer<UInt8>, _ count: Int, _ key: UnsafePointer<UInt8>, _ keyCount: Int,
    into room: UnsafeMutablePointer<UInt8>
  ) throws(AgeError) {
    let size = MemoryLayout<crypto_auth_hmacsha256_state>.stride
    guard let place = sodium_malloc(size) else { throw .memory(.noMemory(bytes: size)) }
    defer { sodium_free(place) }
    let state = place.bindMemory(to: crypto_auth_hmacsha256_state.self, capacity: 1)
    crypto_auth_hmacsha256_init(state, key, keyCount)
    crypto_auth_hmacsha256_update(state, message, UInt64(count))
    crypto_auth_hmacsha256_final(state, room)
  }
}
