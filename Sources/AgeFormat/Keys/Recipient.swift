/// Someone to encrypt to: an X25519 public key, written `age1…`. It is no secret.
public struct Recipient: Hashable, Sendable, CustomStringConvertible {
  /// 32 bytes.
  let point: [UInt8]

  init(point: [UInt8]) { self.point = point }

  /// Reads `age1…` with its checksum.
  ///
  /// Throws `malformedRecipient`, also for the few points that hide nothing, or `unsupportedRecipient` for a plugin's, a post-quantum or an SSH key, each with
  /// the line number given.
  public init(_ text: some StringProtocol, line: Int = 1) throws(AgeError) {
    var point = [UInt8](repeating: 0, count: X25519.byteCount)
    let letters = Array(text.utf8)
    let count = letters.withUnsafeBytes { letters in
      point.withUnsafeMutableBytes { Bech32.recipient.decode(letters, into: $0) }
    }
    guard count == X25519.byteCount, X25519.isUsable(point) else {
      // `age1pq1…`, `age1yubikey1…`: a second separator, which X25519 keys never have.
      let isOther = text.hasPrefix("ssh-") || text.hasPrefix("age1") && text.dropFirst(4).contains("1")
      throw isOther ? .unsupportedRecipient(line: line) : .malformedRecipient(line: line)
    }
    self.point = point
  }

  /// `age1…`, 62 characters.
  public var description: String {
    var letters = [UInt8](repeating: 0, count: Bech32.recipient.length(of: point.count))
    let count = letters.withUnsafeMutableBytes { room in
      point.withUnsafeBytes { Bech32.recipient.encode($0, into: room) }
    }
    return String(decoding: letters[..<count], as: UTF8.self)
  }

  /// Reads a recipients file: one a line; empty lines and lines that begin with `#` are passed over.
  ///
  /// Throws `noRecipients` if there is none.
  public static func list(in file: [UInt8]) throws(AgeError) -> [Recipient] {
    var recipients: [Recipient] = []
    let lines = file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      guard let first = line.first, first != UInt8(ascii: "#") else { continue }
      recipients.append(try Recipient(String(decoding: line, as: UTF8.self), line: index + 1))
    }
    guard !recipients.isEmpty else { throw .noRecipients }
    return recipients
  }
}
