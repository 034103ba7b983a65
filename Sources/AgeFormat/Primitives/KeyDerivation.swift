import CSodium
import SecretMemory

/// HMAC-SHA-256 and the key derivation over it (RFC 5869), as an age file uses them.
enum KeyDerivation {
  static let byteCount = HMAC.sha256.byteCount

  /// The tag of a message under a key that is secret.
  static func tag(of message: [UInt8], key: SecretBytes) throws(AgeError) -> [UInt8] {
    do throws(SecretMemoryError) {
      return try HMAC.sha256.tag(of: SecretBytes(copying: message), key: key).withBytes { Array($0) }
    } catch {
      throw .memory(error)
    }
  }

  /// Compares two public tags in constant time.
  static func isEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    one.count == byteCount && other.count == byteCount && sodium_memcmp(one, other, byteCount) == 0
  }

  /// HKDF-SHA-256: a key of 32 bytes out of another secret, for the purpose that `info` names.
  static func derivedKey(from secret: SecretBytes, salt: [UInt8], info: String) throws(AgeError) -> SecretBytes {
    do throws(SecretMemoryError) {
      let extracted = try HMAC.sha256.tag(of: secret, key: SecretBytes(copying: salt))
      return try HMAC.sha256.tag(of: SecretBytes(copying: Array(info.utf8) + [1]), key: extracted)
    } catch {
      throw .memory(error)
    }
  }
}
