import CCrypto

/// Base64 (RFC 4648), canonical only.
enum Base64 {
  static func text(_ bytes: [UInt8]) -> String {
    var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
    let count = EVP_EncodeBlock(&text, bytes, Int32(bytes.count))
    return String(decoding: text.prefix(Int(count)), as: UTF8.self)
  }

  /// The bytes of a text in the standard alphabet, with padding; nil if it is not exactly what `text` would write for them.
  static func bytes(_ text: String) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: text.utf8.count / 4 * 3 + 3)
    let count = EVP_DecodeBlock(&bytes, Array(text.utf8), Int32(text.utf8.count))
    guard count >= 0 else { return nil }
    // Padding is counted as bytes.
    let padding = text.utf8.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    let decoded = Array(bytes.prefix(max(0, Int(count) - padding)))
    return self.text(decoded) == text ? decoded : nil
  }

  /// The bytes of a text in the alphabet for URLs, without padding.
  static func urlBytes(_ text: some StringProtocol) -> [UInt8]? {
    guard !text.contains(where: { "+/=".contains($0) }) else { return nil }
    let standard = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : String($0) }.joined()
    return bytes(standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4))
  }
}
