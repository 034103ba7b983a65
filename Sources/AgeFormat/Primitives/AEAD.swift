import CSodium
import SecretMemory

/// ChaCha20-Poly1305 (RFC 8439) without additional data, from memory to memory.
enum AEAD {
  static let tagBytes = 16
  static let nonceBytes = 12
  /// For keys that are used once.
  static let zeroNonce = [UInt8](repeating: 0, count: nonceBytes)

  /// Writes `count` + 16 bytes to `room`.
  static func seal(
    _ plain: UnsafePointer<UInt8>, _ count: Int, key: SecretBytes, nonce: [UInt8],
    into room: UnsafeMutablePointer<UInt8>
  ) throws(AgeError) {
    try key.withPointer { key, _ in
      _ = crypto_aead_chacha20poly1305_ietf_encrypt(room, nil, plain, UInt64(count), nil, 0, nil, nonce, key)
    }
  }

  /// Writes `sealed.count` - 16 bytes to `room` and says so; nothing is written if the tag is wrong.
  static func open(
    _ sealed: [UInt8], key: SecretBytes, nonce: [UInt8], into room: UnsafeMutablePointer<UInt8>
  ) throws(AgeError) -> Bool {
    guard sealed.count >= tagBytes else { return false }
    return try key.withPointer { key, _ in
      crypto_aead_chacha20poly1305_ietf_decrypt(
        room, nil, nil, sealed, UInt64(sealed.count), nil, 0, nonce, key) == 0
    }
  }
}
