public import SecretMemory

/// For whom a file is encrypted.
public enum EncryptionKey: Sendable {
  /// Each of them can open it.
  case recipients([Recipient])
  /// Whoever knows it can open it, after 2^`workFactor` rounds of scrypt (1 to 22).
  case passphrase(SecretBytes, workFactor: Int)

  /// A passphrase with the usual work factor of 18: about a second, and 256 MiB.
  public static func passphrase(_ passphrase: SecretBytes) -> EncryptionKey {
    .passphrase(passphrase, workFactor: Scrypt.usualWorkFactor)
  }

  func stanzas(wrapping fileKey: SecretBytes) throws(AgeError) -> [Stanza] {
    switch self {
    case .recipients(let recipients):
      guard !recipients.isEmpty else { throw .noRecipients }
      return try recipients.map { recipient throws(AgeError) in try X25519.wrap(fileKey, for: recipient) }
    case .passphrase(let passphrase, let workFactor):
      return [try Scrypt.wrap(fileKey, for: passphrase, workFactor: workFactor)]
    }
  }
}

/// What a file is opened with.
public enum DecryptionKey: Sendable {
  /// One of them must fit.
  case identities([Identity])
  case passphrase(SecretBytes)
  /// What `encryptKeepingKey` handed back for this very file; that of any other is `headerForged`.
  case fileKey(SecretBytes)

  func fileKey(from stanzas: [Stanza]) throws(AgeError) -> SecretBytes {
    let hasPassphrase = stanzas.contains { $0.type == Scrypt.type }
    guard !hasPassphrase || stanzas.count == 1 else { throw .passphraseNotAlone }
    switch self {
    case .identities(let identities):
      guard !hasPassphrase else { throw .needsPassphrase }
      for identity in identities {
        for stanza in stanzas {
          if let fileKey = try X25519.unwrap(stanza, with: identity) { return fileKey }
        }
      }
      throw .noMatch
    case .passphrase(let passphrase):
      guard hasPassphrase, let stanza = stanzas.first else { throw .needsIdentity }
      return try Scrypt.unwrap(stanza, with: passphrase)
    case .fileKey(let fileKey):
      return fileKey
    }
  }
}
