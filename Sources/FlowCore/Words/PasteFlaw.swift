import PlainText

/// What a paste alone can tell: that it is no part of a key, or not as the page gave it.
///
/// Looked for in the bytes themselves, which never become a `String`.
public enum PasteFlaw: Equatable, Sendable {
  /// What a page shows in place of a secret: one sign over and over.
  case mask
  /// A part is left out, as a list of keys shows it.
  case shortened
  /// What an example has in its place.
  case placeholder
  /// An object or a list in JSON, of which the part is to be copied alone.
  case json
  /// A public key, or a certificate.
  case publicKey
  /// A private key under a passphrase, which no program can use without it.
  case encryptedKey
  /// Signs that nobody sees, such as a byte order mark.
  case invisible
}

extension PasteFlaw {
  /// The first flaw of a part that was pasted.
  public init?(in bytes: UnsafeRawBufferPointer) {
    if bytes.isOneSignOverAndOver {
      self = .mask
    } else if bytes.has("PUBLIC KEY-----") || bytes.has("BEGIN CERTIFICATE") || bytes.starts(with: "ssh-".utf8) {
      self = .publicKey
    } else if bytes.isUnderAPassphrase {
      self = .encryptedKey
    } else if bytes.starts(with: "${".utf8) && bytes.last == 0x7D || bytes.starts(with: "{{".utf8) {
      self = .placeholder
    } else if let first = bytes.first, let last = bytes.last,
      (first, last) == (0x7B, 0x7D) || (first, last) == (0x5B, 0x5D)
    {
      self = .json
    } else if Self.placeholders.contains(where: bytes.hasIgnoringCase) || bytes.first == 0x3C && bytes.last == 0x3E {
      self = .placeholder
    } else if bytes.hasUnseen {
      self = .invisible
    } else if Self.gaps.contains(where: bytes.has) {
      self = .shortened
    } else {
      return nil
    }
  }

  private static let placeholders = [
    "your_", "your-", "yourapi", "yoursecret", "_here", "api_secret", "apisecret", "api-secret", "placeholder",
    "changeme", "<secret", "<key",
  ]

  /// What stands for the part that a page leaves out.
  private static let gaps = ["...", "\u{2026}", "***", "\u{2022}\u{2022}\u{2022}", "\u{25CF}\u{25CF}\u{25CF}"]

  /// What is to be said of it.
  public var words: String {
    switch self {
    case .mask:
      "This is what a page shows in place of a secret, not the secret itself. Look for a button that shows it."
    case .shortened: "A part of it is left out, as a list shows it. Look for the place that shows it whole."
    case .placeholder: "This is a placeholder from an example, and no part of a key."
    case .json: "This is JSON. Copy the one value out of it, without quotes."
    case .publicKey: "This is a public key or a certificate. What is wanted is the private part."
    case .encryptedKey: "This private key is under a passphrase. Most programs need it without one."
    case .invisible: "There are signs in it that nobody sees, such as a byte order mark. Copy it again."
    }
  }
}

extension Collection<UInt8> {
  /// How many characters of UTF-8 these bytes are.
  public var characterCount: Int { count { $0 & 0xC0 != 0x80 } }
}

extension UnsafeRawBufferPointer {
  /// Whether it is one sign, four times or more; hyphens and spaces between do not count.
  fileprivate var isOneSignOverAndOver: Bool {
    let signs = lazy.filter { $0 != 0x2D && $0 != 0x20 }
    guard let first = signs.first else { return count >= 4 }
    let size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    return signs.count / size >= 4 && zip(signs, signs.dropFirst(size)).allSatisfy { $0.0 == $0.1 }
  }

  /// Whether it is a private key in PEM that opens only with a passphrase. One of OpenSSH says so in its first bytes, which
  /// name a cipher; these are `none`, in base64, where there is none.
  fileprivate var isUnderAPassphrase: Bool {
    guard starts(with: "-----BEGIN ".utf8) else { return false }
    return has("ENCRYPTED") || has("b3BlbnNzaC1rZXktdjEA") && !has("b3BlbnNzaC1rZXktdjEAAAAABG5vbmU")
  }

  /// Whether there are signs in it that nobody sees, or a space that is none of the keyboard's.
  fileprivate var hasUnseen: Bool {
    var decoder = UTF8()
    var bytes = makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&bytes) {
      if scalar == "\n" || scalar == " " { continue }
      if scalar.isControlling || scalar.properties.isWhitespace { return true }
    }
    return false
  }

  fileprivate func has(_ text: String) -> Bool { has(Array(text.utf8)) }

  fileprivate func has(_ wanted: [UInt8]) -> Bool { contains(wanted) { $0 == $1 } }

  fileprivate func hasIgnoringCase(_ text: String) -> Bool {
    contains(Array(text.utf8)) { $0 == $1 || (0x41...0x5A).contains($0) && $0 | 0x20 == $1 }
  }

  private func contains(_ wanted: [UInt8], _ isSame: (UInt8, UInt8) -> Bool) -> Bool {
    var rest = self[...]
    while rest.count >= wanted.count {
      if zip(rest, wanted).allSatisfy(isSame) { return true }
      rest = rest.dropFirst()
    }
    return false
  }
}
