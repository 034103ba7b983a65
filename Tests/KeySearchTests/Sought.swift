import SecretMemory

@testable import KeySearch

/// Two exchanges of our own, of shapes that many have: hexadecimal of 32 and 64, and base64 of 56 and 88; and a third with PEM.
enum Sought {
  static func isHex(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
  static func isBase64(_ byte: UInt8) -> Bool { Text.isWord(byte) || [0x2B, 0x2F, 0x3D].contains(byte) }

  static let table = SearchTable(
    exchanges: ["lake", "river", "spring"],
    shapes: [
      KeyShape(exchange: 0, part: "key", isSecret: false, length: 32...32, publicPrefix: 12, allows: isHex),
      KeyShape(exchange: 0, part: "secret", isSecret: true, length: 64...64, allows: isHex),
      KeyShape(exchange: 1, part: "key", isSecret: false, length: 56...56, allows: isBase64),
      KeyShape(
        exchange: 1, part: "secret", isSecret: true, isPrivate: true, length: 88...88, suffix: "==", allows: isBase64),
      KeyShape(exchange: 1, part: "passphrase", isSecret: true, length: 8...32) { $0 > 0x1F },
      KeyShape(exchange: 2, part: "key", isSecret: false, length: 36...95) {
        Text.isWord($0) || [0x2D, 0x2F].contains($0)
      },
      KeyShape(
        exchange: 2, part: "private-key", isSecret: true, isPEM: true, length: 100...4096,
        prefix: "-----BEGIN EC PRIVATE KEY-----"
      ) { $0 > 0x1F },
    ],
    names: [("lake", 0), ("river", 1), ("spring", 2)], programs: ["mybot"], variables: [("MYBOT_K", isSecret: false)],
    listed: [ListedKey(exchange: 0, listed: "c5dcfbf1f3a7")])

  static let key = "c5dcfbf1f3a7d8e9b0c1d2e3f4a5b617"
  static let otherKey = "9ad0c3e871f24b56d80e7c1f3a92b64d"
  static let secret = "9b1f7ce04d82a65f30e91c47b8d26fa513ce70a94d5b82f6e10739acd84be25f"
  static let base64Key = "Jq3xT9vLw0Zr7KdYb2Ns+H5eUfAa8Go1CpMi4Ry6XkVWtQzlEBhSuDjn"
  static let base64Secret = String(base64Key.reversed()) + "pL7mN4bV1cX9zA3sD5fG8hJ2kQ6wE0" + "=="
  static let name =
    "organizations/5b2f0c91-7d34-4e6a-9c18-e2a7d05f43b6/apiKeys/e84d6a17-20c9-4b3f-8f51-6d9ab37c02e5"
  static let pem = """
    -----BEGIN EC PRIVATE KEY-----
    MHcCAQEEIKq7Zb2YtN4wXo1RfUe9LjPv6GsDk3HcTmA8xQnB5rWuoAoGCCqGSM49
    AwEHoUQDQgAE7rVd0KpJ2sXyLb9NfTcQ4hWmGz1RoUe6AiYqB8kPvStHj3MxDnCw
    F5gZaLlOEuIbV7rKyJp0QsNfXhTc2WdGMA==
    -----END EC PRIVATE KEY-----

    """

  /// What is found in a text.
  static func keys(
    in text: String, path: String = "/x/file", pieces: Int = .max, isText: Bool = false, takesAnyPEM: Bool = false
  ) throws -> ContentSearch.Outcome {
    let search = try ContentSearch(table, seed: 7)
    return feed(search, Array(text.utf8), path: path, pieces: pieces, isText: isText, takesAnyPEM: takesAnyPEM)
  }

  static func feed(
    _ search: ContentSearch, _ bytes: [UInt8], path: String = "/x/file", pieces: Int = .max, isText: Bool = false,
    takesAnyPEM: Bool = false
  ) -> ContentSearch.Outcome {
    search.begin(isText: isText)
    var rest = bytes[...]
    while !rest.isEmpty, !search.room.isEmpty {
      let piece = rest.prefix(min(pieces, search.room.count))
      search.room.copyBytes(from: piece)
      search.filled(piece.count)
      rest = rest.dropFirst(piece.count)
    }
    return search.end(path: { path }, takesAnyPEM: takesAnyPEM)
  }
}

extension FoundKey {
  /// `lake: key@1 32, secret@2 64`, with what is known of it.
  var told: String {
    let names = exchanges.map { Sought.table.exchanges[$0] }.joined(separator: "|")
    let parts = parts.map { "\($0.name)@\($0.line) \($0.length)" }.joined(separator: ", ")
    return "\(names): \(parts)" + (listed.map { " listed \($0)" } ?? "") + (knownKey == nil ? "" : " known")
  }
}
