public import SecretMemory

/// Why an age file, a key or a list of keys could not be read or written.
///
/// The cases hold public facts alone: no passphrase, key or plaintext. Lines and chunks count from 1.
public enum AgeError: Error, Equatable, Sendable {
  /// It does not begin as an age file does.
  case notAge
  /// It is an age file of another version than 1.
  case unsupportedVersion
  /// A line of the header breaks the format.
  case malformedHeader(line: Int)
  /// A recipient stanza of a known type breaks the rules of its type.
  case malformedStanza(type: String)
  /// A passphrase stanza has company, which the format forbids.
  case passphraseNotAlone
  /// The passphrase was stretched with 2^`workFactor` rounds; reading stops at `limit`.
  case workFactorTooHigh(workFactor: String, limit: Int)
  /// The file ends before its payload begins.
  case noPayload
  /// None of the identities opens the file.
  case noMatch
  /// The passphrase does not open the file.
  case wrongPassphrase
  /// The file is for identities, but a passphrase was given.
  case needsIdentity
  /// The file is for a passphrase, but identities were given.
  case needsPassphrase
  /// The header was changed after it was written.
  case headerForged
  /// A chunk of the payload was changed, cut off or added.
  case payloadForged(chunk: Int)
  /// A line of the armor breaks its form.
  case malformedArmor(line: Int)

  case emptyPassphrase
  case noRecipients
  /// A work factor to write with that nobody could read, or none at all.
  case unusableWorkFactor(Int)
  /// The system gave no memory to stretch a passphrase with 2^`workFactor` rounds.
  case noMemoryForPassphrase(workFactor: Int)
  /// An identity that is not in order: its letters, its checksum or its length.
  case malformedIdentity(line: Int)
  /// An identity of a kind that is not built in, such as a plugin's or an SSH key.
  case unsupportedIdentity(line: Int)
  case noIdentities
  case malformedRecipient(line: Int)
  /// A recipient of a kind that is not built in, such as a plugin's or an SSH key.
  case unsupportedRecipient(line: Int)
  case memory(SecretMemoryError)
}
