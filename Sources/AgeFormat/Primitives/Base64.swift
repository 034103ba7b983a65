import CSodium

/// Base64 in the standard alphabet, canonical only; nothing but its characters may be in a text.
enum Base64 {
  /// Without `=`: in headers.
  case bare
  /// With `=`: in armor.
  case padded

  /// The bytes of a text, or nil if it is not exactly what `encode` would write for them.
  func decode(_ text: some Collection<UInt8>) -> [UInt8]? {
    // libsodium 1.0.18 takes a byte over 127 for a `/` where `char` is signed.
    guard text.allSatisfy({ $0 < 0x80 }) else { return nil }
    let text = text.map { CChar(bitPattern: $0) }
    var bytes = [UInt8](repeating: 0, count: text.count / 4 * 3 + 3)
    var count = 0
    guard sodium_base642bin(&bytes, bytes.count, text, text.count, nil, &count, nil, variant) == 0 else { return nil }
    return Array(bytes[..<count])
  }

  func encode(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let bytes = Array(bytes)
    var text = [CChar](repeating: 0, count: sodium_base64_encoded_len(bytes.count, variant))
    sodium_bin2base64(&text, text.count, bytes, bytes.count, variant)
    return text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
  }

  func text(_ bytes: some Collection<UInt8>) -> String { String(decoding: encode(bytes), as: UTF8.self) }

  private var variant: Int32 {
    switch self {
    case .bare: sodium_base64_VARIANT_ORIGINAL_NO_PADDING
    case .padded: sodium_base64_VARIANT_ORIGINAL
    }
  }
}
