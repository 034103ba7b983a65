import ArgumentParser

/// What a person says of a key that they take in, for the record.
struct KeyAbout: ParsableArguments {
  @Option(help: ArgumentHelp("The account at the exchange, for the record.", valueName: "text"))
  var account: String?

  @Option(help: ArgumentHelp("What the key is for, for the record.", valueName: "text"))
  var purpose: String?

  @Option(help: ArgumentHelp("The program that uses it, for the record.", valueName: "name"))
  var program: String?

  @Option(help: ArgumentHelp("Who owns it, for the record.", valueName: "name"))
  var owner: String?

  var texts: [String] { [account, purpose, program, owner].compactMap { $0 } }

  /// Throws if one of them looks like a secret, or is too long for a record.
  func check() throws {
    for (option, text) in [("account", account), ("purpose", purpose), ("program", program), ("owner", owner)] {
      try CommandError.refuseSecret(text, in: "--\(option)")
      try CommandError.refuseTooLong(text, in: "--\(option)")
    }
  }
}
