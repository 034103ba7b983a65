import CSodium

/// Recognises a secret in a text without holding the secret: keyed digests of its windows of 16 bytes, or of the whole if it
/// is shorter.
///
/// The key is made for each trace and kept in guarded memory, so that the digests say nothing of the secret.
public struct SecretTrace: Sendable {
  private let key: SecretBytes
  private let window: Int
  private let digests: Set<UInt64>

  /// How many bytes in a row are enough to be recognised.
  public static let windowBytes = 16
  /// A secret of fewer bytes than this would be recognised everywhere, and is not traced.
  public static let leastBytes = 6

  public init(of secret: SecretBytes) throws(SecretMemoryError) {
    let key = try SecretBytes(copying: SecretTrace.randomKey())
    let window = min(secret.count, SecretTrace.windowBytes)
    self.key = key
    self.window = window
    digests =
      window < SecretTrace.leastBytes
      ? [] : key.withBytes { key in secret.withBytes { SecretTrace.digests(of: $0, window, key) } }
  }

  /// Whether a text contains the secret, or 16 bytes of it in a row.
  public func isFound(in text: String) -> Bool {
    guard !digests.isEmpty else { return false }
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count >= window else { return false }
      let found = key.withBytes { key in SecretTrace.digests(of: UnsafeRawBufferPointer(bytes), window, key) }
      return !found.isDisjoint(with: digests)
    }
  }

  // MARK: - Private

  private static func randomKey() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Int(crypto_shorthash_KEYBYTES))
    randombytes_buf(&bytes, bytes.count)
    return bytes
  }

  private static func digests(
    of bytes: UnsafeRawBufferPointer, _ window: Int, _ key: UnsafeRawBufferPointer
  ) -> Set<UInt64> {
    guard let start = bytes.baseAddress, let key = key.baseAddress, bytes.count >= window else { return [] }
    var digests: Set<UInt64> = []
    for offset in 0...(bytes.count - window) {
      var digest: UInt64 = 0
      withUnsafeMutableBytes(of: &digest) { room in
        guard let room = room.bindMemory(to: UInt8.self).baseAddress else { return }
        _ = crypto_shorthash(
          room, (start + offset).assumingMemoryBound(to: UInt8.self), UInt64(window),
          key.assumingMemoryBound(to: UInt8.self))
      }
      digests.insert(digest)
    }
    return digests
  }
}
