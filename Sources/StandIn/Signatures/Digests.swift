import CCrypto

/// Digests and keyed digests, by libcrypto.
enum Digests {
  static func sha256(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, EVP_sha256(), count: 32) }
  static func sha512(_ bytes: [UInt8]) -> [UInt8] { digest(bytes, EVP_sha512(), count: 64) }

  /// HMAC (RFC 2104) with SHA-256.
  static func hmac256(_ text: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
    code(Array(text), key, EVP_sha256(), count: 32)
  }

  /// HMAC with SHA-512.
  static func hmac512(_ text: some Sequence<UInt8>, key: [UInt8]) -> [UInt8] {
    code(Array(text), key, EVP_sha512(), count: 64)
  }

  // MARK: - Private

  private static func digest(_ bytes: [UInt8], _ type: OpaquePointer?, count: Int) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: count)
    precondition(EVP_Digest(bytes, bytes.count, &digest, nil, type, nil) == 1, "libcrypto has no such digest")
    return digest
  }

  private static func code(_ text: [UInt8], _ key: [UInt8], _ type: OpaquePointer?, count: Int) -> [UInt8] {
    var code = [UInt8](repeating: 0, count: count)
    let done = HMAC(type, key, Int32(key.count), text, text.count, &code, nil)
    precondition(done != nil, "libcrypto has no such digest")
    return code
  }
}
