public import SecretMemory

/// What opens files that were encrypted to its recipient: an X25519 secret key, written `AGE-SECRET-KEY-1…`.
public struct Identity: Sendable {
  /// 32 bytes.
  let scalar: SecretBytes
  public let recipient: Recipient

  /// A new identity from the system's random generator.
  public static func generate() throws(AgeError) -> Identity {
    try Identity(scalar: .random(X25519.byteCount))
  }

  /// Reads `AGE-SECRET-KEY-1…` with its checksum.
  ///
  /// Throws `malformedIdentity`, with line 1.
  public init(_ text: SecretBytes) throws(AgeError) {
    self = try text.withBytes { text throws(AgeError) in try Identity(text, line: 1) }
  }

  /// `AGE-SECRET-KEY-1…`, 74 characters, without a line end.
  public var text: SecretBytes {
    get throws(AgeError) {
      try .written(Bech32.identity.length(of: X25519.byteCount)) { room in
        scalar.withBytes { Bech32.identity.encode($0, into: room) }
      }
    }
  }

  // MARK: - Identity files

  /// Reads an identity file: one a line; empty lines and lines that begin with `#` are passed over.
  ///
  /// A file that is itself encrypted is decrypted first, by `AgeFile.decrypt`. Throws `noIdentities` if there is
  /// none, `malformedIdentity` and `unsupportedIdentity` with their line.
  public static func list(in file: SecretBytes) throws(AgeError) -> [Identity] {
    let identities = try file.withBytes { file throws(AgeError) in
      var identities: [Identity] = []
      let lines = file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        let line = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
        guard let first = line.first, first != UInt8(ascii: "#") else { continue }
        identities.append(try Identity(UnsafeRawBufferPointer(rebasing: line), line: index + 1))
      }
      return identities
    }
    guard !identities.isEmpty else { throw .noIdentities }
    return identities
  }

  /// An identity file as `age-keygen` writes it: the recipient as a comment, then the identity.
  public var file: SecretBytes {
    get throws(AgeError) {
      let comment = Array("# public key: \(recipient)\n".utf8)
      let text = try text
      return try .written(comment.count + text.count + 1) { room in
        room.copyBytes(from: comment)
        text.withBytes { UnsafeMutableRawBufferPointer(rebasing: room[comment.count...]).copyMemory(from: $0) }
        room[room.count - 1] = UInt8(ascii: "\n")
        return room.count
      }
    }
  }

  // MARK: - Private

  private init(scalar: SecretBytes) throws(AgeError) {
    self.scalar = scalar
    recipient = Recipient(point: try X25519.point(of: scalar))
  }

  private init(_ text: UnsafeRawBufferPointer, line: Int) throws(AgeError) {
    try self.init(
      scalar: .written(X25519.byteCount) { room throws(AgeError) in
        if let count = Bech32.identity.decode(text, into: room), count == X25519.byteCount { return count }
        let isOther = Identity.otherKinds.contains { text.starts(with: $0.utf8) }
        throw isOther ? .unsupportedIdentity(line: line) : .malformedIdentity(line: line)
      })
  }

  private static let otherKinds = ["AGE-PLUGIN-", "AGE-SECRET-KEY-PQ-", "-----BEGIN "]
}
