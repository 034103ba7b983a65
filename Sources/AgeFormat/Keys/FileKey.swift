import SecretMemory

/// The secret of 16 bytes, new for each file, from which the keys of its header and payload are derived.
enum FileKey {
  static let byteCount = 16
  /// The length of a stanza's body.
  static let sealedCount = byteCount + AEAD.tagBytes

  static func seal(_ fileKey: SecretBytes, with wrapKey: SecretBytes) throws(AgeError) -> [UInt8] {
    var body = [UInt8](repeating: 0, count: sealedCount)
    try fileKey.withPointer { plain, count throws(AgeError) in
      try AEAD.seal(plain, count, key: wrapKey, nonce: AEAD.zeroNonce, into: &body)
    }
    return body
  }

  /// Nil if the key is another's. The length is looked at first: a key that opens several bodies must not help to
  /// guess a passphrase.
  static func open(_ body: [UInt8], with wrapKey: SecretBytes) throws(AgeError) -> SecretBytes? {
    guard body.count == sealedCount else { return nil }
    var isOpen = false
    let fileKey = try SecretBytes.whole(byteCount) { room throws(AgeError) in
      isOpen = try AEAD.open(body, key: wrapKey, nonce: AEAD.zeroNonce, into: room)
    }
    return isOpen ? fileKey : nil
  }
}
