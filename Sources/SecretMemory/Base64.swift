import CSodium

/// Base64, canonical only; nothing but its characters may be in a text.
package enum Base64 {
  /// Without `=`: in headers.
  case bare
  /// With `=`: in armor, and as exchanges write secrets and signatures.
  case padded
  /// With `-` and `_`, and without `=`: in JSON Web Tokens.
  case url

  /// The bytes of a text, or nil if it is not exactly what `encode` would write for them.
  package func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    // libsodium 1.0.18 takes a byte over 127 for a `/` where `char` is signed.
    guard text.allSatisfy({ $0 < 0x80 }) else { return nil }
    let text = text.map { CChar(bitPattern: $0) }
    var bytes = [UInt8](repeating: 0, count: text.count / 4 * 3 + 3)
    var count = 0
    guard sodium_base642bin(&bytes, bytes.count, text, text.count, nil, &count, nil, variant) == 0 else { return nil }
    return Array(bytes[..<count])
  }

  package func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let bytes = Array(bytes)
    var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(bytes.count, variant))
    sodium_bin2base64(&text, text.count, bytes, bytes.count, variant)
    return text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  }

  package func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: encode(bytes), as: UTF8.self) }

  // MARK: - In guarded memory alone

  /// As the other `decode`; nothing passes through ordinary memory.
  package func decode(_ text: SecretBytes) throws(SecretMemoryError) -> SecretBytes? {
    let bytes = try SecretBytes(capacity: text.count / 4 * 3 + 3)
    var isBase64 = false
    bytes.fill { room in
      text.withBytes { text in
        guard let start = room.baseAddress?.assumingMemoryBound(to: UInt8.self), text.allSatisfy({ $0 < 0x80 }) else {
          return 0
        }
        var count = 0
        let characters = text.bindMemory(to: CChar.self)
        isBase64 =
          sodium_base642bin(start, room.count, characters.baseAddress, text.count, nil, &count, nil, variant) == 0
        return isBase64 ? count : 0
      }
    }
    return isBase64 ? bytes : nil
  }

  package func encode(_ bytes: SecretBytes) throws(SecretMemoryError) -> SecretBytes {
    let length = sodium_base64_encoded_len(bytes.count, variant)
    let text = try SecretBytes(capacity: length)
    text.fill { room in
      bytes.withBytes { bytes in
        guard let start = room.baseAddress?.assumingMemoryBound(to: CChar.self) else { return 0 }
        sodium_bin2base64(start, length, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count, variant)
        // Behind the text it has written a zero.
        return length - 1
      }
    }
    return text
  }

  // MARK: - Private

  private var variant: Int32 {
    switch self {
    case .bare: sodium_base64_VARIANT_ORIGINAL_NO_PADDING
    case .padded: sodium_base64_VARIANT_ORIGINAL
    case .url: sodium_base64_VARIANT_URLSAFE_NO_PADDING
    }
  }
}
