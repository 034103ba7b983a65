import Glibc

/// An address of IPv4 or IPv6, or all addresses that begin with the same bits (`203.0.113.0/24`).
struct Address: Equatable, Sendable {
  /// As it was written.
  let text: String
  private let bytes: [UInt8]
  private let bits: Int

  /// Nil if it is none.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let host = parts.first.map(String.init), let bytes = Address.bytes(host) else { return nil }
    self.text = text
    self.bytes = bytes
    if parts.count == 2 {
      guard let bits = Int(parts[1]), (0...bytes.count * 8).contains(bits) else { return nil }
      self.bits = bits
    } else {
      bits = bytes.count * 8
    }
  }

  /// Whether another address lies in it.
  func contains(_ other: Address) -> Bool {
    guard bytes.count == other.bytes.count, bits <= other.bits else { return false }
    return (0..<bits).allSatisfy { bit in
      (bytes[bit / 8] ^ other.bytes[bit / 8]) & (0x80 >> UInt8(bit % 8)) == 0
    }
  }

  // MARK: - Private

  private static func bytes(_ host: String) -> [UInt8]? {
    var room = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET, host, &room) == 1 { return Array(room[..<4]) }
    return inet_pton(AF_INET6, host, &room) == 1 ? room : nil
  }
}
