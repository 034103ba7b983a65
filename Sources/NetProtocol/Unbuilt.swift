import PlainText

/// Why a request about a key was not built, so that nothing was sent. It names a part of the credential, and holds
/// nothing of it.
public enum Unbuilt: Error, Equatable, Sendable {
  /// The table has no such exchange, environment or request.
  case noRow
  /// A row of one's own asks a host of an exchange that has rows in the table, or has such an exchange's name.
  case knownExchange
  /// A row of one's own is not as plain as it must be: its scheme, its host, its path, its mark; or it would do more than
  /// read where its scheme is at home.
  case ownRow
  /// A parameter that the row takes on is missing, or is none of the row's.
  case parameter(String)
  case part(String, PartFault)
  /// There was no guarded memory.
  case memory

  /// What is wrong with a part of a credential. The raw value is its word in an answer.
  public enum PartFault: String, CaseIterable, Sendable {
    case missing
    /// It has a character that can't stand in a header.
    case unprintable
    /// It is to be base64, and is not.
    case notBase64 = "not-base64"
    /// It is base64 of a key that has another length.
    case length
    /// It begins as a private key does, and can't be read as one.
    case unreadable
    /// It is a private key that a passphrase locks.
    case encrypted
    /// It is a public key.
    case publicKey = "public-key"
    /// It is a private key of another kind than the exchange takes, or one where the exchange has none.
    case kind
  }

  var words: String {
    switch self {
    case .noRow: "no-row"
    case .knownExchange: "known-exchange"
    case .ownRow: "own-row"
    case .parameter(let name): "parameter \(name)"
    case .part(let name, let fault): "part \(name) \(fault.rawValue)"
    case .memory: "memory"
    }
  }

  init?(words text: String) {
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    switch (words[0], words.count) {
    case ("no-row", 1): self = .noRow
    case ("known-exchange", 1): self = .knownExchange
    case ("own-row", 1): self = .ownRow
    case ("memory", 1): self = .memory
    case ("parameter", 2) where Unbuilt.isName(words[1]): self = .parameter(words[1])
    case ("part", 3) where Unbuilt.isName(words[1]):
      guard let fault = PartFault(rawValue: words[2]) else { return nil }
      self = .part(words[1], fault)
    default: return nil
    }
  }

  private static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count) && text.utf8.areWord(with: "-_")
  }
}
