import AgeFormat

extension AgeError {
  /// The classes of failure that the test vectors tell apart; `input` is ours, for what is no age file at all.
  enum Class: String, Sendable {
    case header = "header failure"
    case mac = "HMAC failure"
    case noMatch = "no match"
    case payload = "payload failure"
    case armor = "armor failure"
    case input = "input failure"
  }

  var failureClass: Class {
    switch self {
    case .notAge, .unsupportedVersion, .malformedHeader, .malformedStanza, .passphraseNotAlone, .workFactorTooHigh,
      .noPayload:
      .header
    case .noMatch, .wrongPassphrase, .needsIdentity, .needsPassphrase: .noMatch
    case .headerForged: .mac
    case .payloadForged: .payload
    case .malformedArmor: .armor
    case .emptyPassphrase, .noRecipients, .unusableWorkFactor, .noMemoryForPassphrase, .malformedIdentity,
      .unsupportedIdentity, .noIdentities, .malformedRecipient, .unsupportedRecipient, .memory:
      .input
    }
  }
}
