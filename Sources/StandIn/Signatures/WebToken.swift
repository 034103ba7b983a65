import PlainText

/// A signed token (RFC 7519, compact form of RFC 7515): what it says, and whether a key's owner says it.
struct WebToken {
  let header: JSON
  let claims: JSON
  private let signed: String
  private let signature: [UInt8]

  /// Reads three parts in Base64 for URLs; nil if it is no token.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Base64.urlBytes(parts[0]).flatMap({ try? JSON(parsing: $0) }),
      let claims = Base64.urlBytes(parts[1]).flatMap({ try? JSON(parsing: $0) }),
      let signature = Base64.urlBytes(parts[2])
    else { return nil }
    self.header = header
    self.claims = claims
    self.signature = signature
    signed = "\(parts[0]).\(parts[1])"
  }

  /// Whether it is signed by this key, and says the algorithm that the key is for.
  func isSigned(by key: PublicKey) -> Bool {
    let algorithm =
      switch key.kind {
      case .p256: "ES256"
      case .ed25519: "EdDSA"
      case .rsa: ""
      }
    return header["alg"]?.text == algorithm && key.verifies(signature, of: signed.utf8)
  }
}
