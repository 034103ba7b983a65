import CSodium
import SecretMemory

/// The file key wrapped for one recipient: stanza `X25519`.
enum X25519 {
  static let byteCount = 32
  static let type = "X25519"

  /// The public point of a secret scalar.
  static func point(of scalar: SecretBytes) throws(AgeError) -> [UInt8] {
    var point = [UInt8](repeating: 0, count: byteCount)
    try scalar.withPointer { scalar, _ in _ = crypto_scalarmult_base(&point, scalar) }
    return point
  }

  /// Whether secrets shared with this point are secret.
  static func isUsable(_ point: [UInt8]) -> Bool {
    let scalar = [UInt8](repeating: 1, count: byteCount)
    var shared = scalar
    return crypto_scalarmult(&shared, scalar, point) == 0
  }

  static func wrap(_ fileKey: SecretBytes, for recipient: Recipient) throws(AgeError) -> Stanza {
    let ephemeral = try SecretBytes.random(byteCount)
    let share = try point(of: ephemeral)
    guard let key = try wrapKey(ephemeral, recipient.point, share: share, recipient: recipient) else {
      throw .malformedRecipient(line: 1)
    }
    return Stanza([type, Base64.bare.text(share)], body: try FileKey.seal(fileKey, with: key))
  }

  /// The file key, or nil if the stanza is another recipient's or of another type.
  static func unwrap(_ stanza: Stanza, with identity: Identity) throws(AgeError) -> SecretBytes? {
    guard stanza.type == type else { return nil }
    guard stanza.arguments.count == 2, stanza.body.count == FileKey.sealedCount,
      let share = Base64.bare.decode(stanza.arguments[1].utf8), share.count == byteCount,
      let key = try wrapKey(identity.scalar, share, share: share, recipient: identity.recipient)
    else { throw .malformedStanza(type: type) }
    return try FileKey.open(stanza.body, with: key)
  }

  // MARK: - Private

  /// Nil if the point is one of the few that make every secret zero.
  private static func wrapKey(
    _ scalar: SecretBytes, _ point: [UInt8], share: [UInt8], recipient: Recipient
  ) throws(AgeError) -> SecretBytes? {
    var isUsable = false
    let shared = try SecretBytes.whole(byteCount) { room throws(AgeError) in
      isUsable = try scalar.withPointer { scalar, _ in crypto_scalarmult(room, scalar, point) == 0 }
    }
    guard isUsable else { return nil }
    return try KeyDerivation.derivedKey(
      from: shared, salt: share + recipient.point, info: "age-encryption.org/v1/X25519")
  }
}
