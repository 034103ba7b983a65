extension Key {
  /// Reads an entry of a state file's `keys`.
  ///
  /// - Parameter now: when a key was made of which the file does not say it.
  init(_ reader: inout MemberReader, now: Moment) throws(StateError) {
    let ids = ExchangeID.allCases.map(\.rawValue).joined(separator: ", ")
    guard let exchange = try reader.word("exchange", of: ExchangeID.self) else {
      throw reader.fault("exchange", "this is missing", hint: "one of \(ids)")
    }
    self.exchange = exchange
    name = try reader.required("key", hint: "the key's name, which requests carry")
    signer = try Key.signer(&reader, of: exchange)
    passphrase = try reader.text("passphrase")
    oneTimePassword = try reader.text("oneTimePassword")
    powers = try reader.texts("powers")
    isReadOnly = try reader.flag("readOnly") ?? false
    addresses = try Key.addresses(&reader)
    pairs = try reader.texts("pairs")
    label = try reader.text("label") ?? ""
    created = try reader.moment("created") ?? now
    updated = try reader.moment("updated") ?? created
    lastUsed = try reader.moment("lastUsed")
    expires = try reader.moment("expires")
    isLocked = try reader.flag("locked") ?? false
    environment = try reader.word("environment", of: State.Environment.self) ?? .live
    user = try reader.number("user", in: 1...(.max)) ?? 1
    isMain = try reader.flag("main") ?? true
    isUnified = try reader.flag("unified") ?? false
    isSpelledAsSeen = try reader.flag("spelledAsSeen") ?? false
    nonce = UInt64(try reader.number("nonce", in: 0...(.max)) ?? 0)
    nonceWindow = UInt64(try reader.number("nonceWindow", in: 0...(1 << 40)) ?? 0)
    try reader.end()
    try check(reader)
  }

  private static func signer(_ reader: inout MemberReader, of exchange: ExchangeID) throws(StateError) -> Signer {
    let secret = try reader.text("secret")
    let text = try reader.text("publicKey")
    let terms = exchange.protocol.terms
    switch (secret, text) {
    case (let secret?, nil):
      guard terms.hasSecrets else {
        throw reader.fault("secret", "\(exchange.rawValue) takes key pairs alone", hint: "give 'publicKey', a PEM")
      }
      if terms.isSecretBase64, Base64.bytes(secret) == nil {
        throw reader.fault("secret", "this is no Base64", hint: "its secrets are")
      }
      return .secret(secret)
    case (nil, let text?):
      guard let key = PublicKey(text) else {
        throw reader.fault(
          "publicKey", "this is no public key",
          hint: "a PEM that begins with -----BEGIN PUBLIC KEY-----, lines joined by \\n")
      }
      guard terms.pairs.contains(key.kind) else {
        throw reader.fault("publicKey", "\(exchange.rawValue) takes no key of this kind")
      }
      return .publicKey(key)
    case (nil, nil): throw reader.fault("secret", "this is missing", hint: "give 'secret' or 'publicKey'")
    case (_?, _?): throw reader.fault("publicKey", "a key has a secret or a public key, not both")
    }
  }

  private static func addresses(_ reader: inout MemberReader) throws(StateError) -> [Address] {
    var addresses: [Address] = []
    for text in try reader.texts("addresses") {
      guard let address = Address(text) else {
        throw reader.fault("addresses", "'\(text)' is no address", hint: "like 203.0.113.9 or 203.0.113.0/24")
      }
      addresses.append(address)
    }
    return addresses
  }

  /// Refuses what its exchange has not.
  private func check(_ reader: MemberReader) throws(StateError) {
    let terms = exchange.protocol.terms
    if terms.hasPassphrase != (passphrase != nil) {
      throw reader.fault(
        "passphrase", terms.hasPassphrase ? "this is missing" : "\(exchange.rawValue) has no passphrases")
    }
    if oneTimePassword != nil, exchange != .kraken {
      throw reader.fault("oneTimePassword", "\(exchange.rawValue) has none", hint: "a key of kraken may have one")
    }
    if !terms.environments.contains(environment) {
      throw reader.fault(
        "environment", "\(exchange.rawValue) has no keys of this environment",
        hint: "there are: \(terms.environments.map(\.rawValue).joined(separator: ", "))")
    }
  }
}
