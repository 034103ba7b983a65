import CSodium
import SecretMemory

/// The file key wrapped for a passphrase: stanza `scrypt`, which stands alone in its header.
enum Scrypt {
  static let type = "scrypt"
  /// What new files are written with: about a second and 256 MiB.
  static let usualWorkFactor = 18
  /// What is still read: 1 GiB, and some seconds. A header must not be able to hold a reader for minutes, or take all memory.
  /// The reference bounds it too, at 22, which is 4 GiB; `age` itself writes 18.
  static let highestWorkFactor = 20

  static func wrap(_ fileKey: SecretBytes, for passphrase: SecretBytes, workFactor: Int) throws(AgeError) -> Stanza {
    guard (1...highestWorkFactor).contains(workFactor) else { throw .unusableWorkFactor(workFactor) }
    let salt = publicRandom(saltBytes)
    let key = try wrapKey(passphrase, salt: salt, workFactor: workFactor)
    return Stanza(
      [type, Base64.bare.text(salt), String(workFactor)], body: try FileKey.seal(fileKey, with: key))
  }

  static func unwrap(_ stanza: Stanza, with passphrase: SecretBytes) throws(AgeError) -> SecretBytes {
    guard stanza.type == type else { throw .needsIdentity }
    guard stanza.arguments.count == 3, stanza.body.count == FileKey.sealedCount,
      let salt = Base64.bare.decode(stanza.arguments[1].utf8), salt.count == saltBytes,
      isNumber(stanza.arguments[2])
    else { throw .malformedStanza(type: type) }
    guard let workFactor = Int(stanza.arguments[2]), workFactor <= highestWorkFactor else {
      throw .workFactorTooHigh(workFactor: String(stanza.arguments[2].prefix(9)), limit: highestWorkFactor)
    }
    let key = try wrapKey(passphrase, salt: salt, workFactor: workFactor)
    guard let fileKey = try FileKey.open(stanza.body, with: key) else { throw .wrongPassphrase }
    return fileKey
  }

  /// The memory that stretching needs.
  static func kibibytes(at workFactor: Int) -> Int { 1 << min(max(workFactor, 0), 40) }

  // MARK: - Private

  private static let saltBytes = 16

  /// Digits alone, the first not zero.
  private static func isNumber(_ text: String) -> Bool {
    text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && !text.hasPrefix("0")
  }

  private static func wrapKey(
    _ passphrase: SecretBytes, salt: [UInt8], workFactor: Int
  ) throws(AgeError) -> SecretBytes {
    guard !passphrase.isEmpty else { throw .emptyPassphrase }
    let salt = Array("age-encryption.org/v1/scrypt".utf8) + salt
    return try .whole(32) { room throws(AgeError) in
      let status = try passphrase.withPointer { passphrase, count in
        crypto_pwhash_scryptsalsa208sha256_ll(
          passphrase, count, salt, salt.count, 1 << UInt64(workFactor), 8, 1, room, 32)
      }
      guard status == 0 else { throw .noMemoryForPassphrase(workFactor: workFactor) }
    }
  }
}
