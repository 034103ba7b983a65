import Ceremony

/// Whether exchanges may be asked: settled once for a home, before the first request.
struct ExchangeConsent {
  let home: String
  /// The setting as it is.
  let setting: Bool?

  /// What is said before the question.
  ///
  /// - Parameters:
  ///   - hosts: who is going to be asked.
  ///   - elsewhere: who is asked about a key that one of these does not know.
  ///   - parts: the secret parts of keys that one of them wants as they are.
  ///   - hasOwn: whether one of them did not come with Keyusher.
  static func sentences(
    hosts: [String], elsewhere: [String], sending parts: [String], hasOwn: Bool, isProxied: Bool, asker: Asker = Asker()
  ) -> [Sentence] {
    let sent = Set(parts).sorted().map { " The \($0) goes there too: the exchange wants it." }.joined()
    return [
      .blank, Sentence(.heading, "No exchange is asked without your leave."),
      Sentence(
        .body, "An exchange can say what a key can do. \(hosts.count == 1 ? "This one" : "These") would be asked:"),
    ] + hosts.map { Sentence(.address, $0) } + (elsewhere.isEmpty ? [] : [Sentence(.body, ExchangeConsent.elsewhere)])
      + elsewhere.map { Sentence(.address, $0) } + [
        Sentence(
          .body,
          "It sees \(asker.name)'s address\(isProxied ? " (or the proxy's)" : ""), the key, and a signature made with "
            + "the secret, which itself is never sent.\(sent)"),
        Sentence(
          .body,
          hasOwn
            ? "Exchanges that come with Keyusher are asked only what reads. What others are asked you see next."
            : "Only what reads is asked; nothing is changed there."),
      ]
  }

  private static let elsewhere =
    "A key of a testnet or of another region is known there alone. So where a key is not known, these are asked, too:"

  static let question = "May exchanges be asked? yes, never, or Enter for not now: "

  /// Keeps an answer for good.
  func keep(_ word: String) throws {
    try SettingsFile.change(inHome: home) { $0.set(Configuration.Key.askExchanges.rawValue, to: word) }
  }
}

extension CommandError {
  static var exchangesNeverAsked: CommandError {
    CommandError(
      "no exchange is asked: you said never, and that is kept as the setting 'exchange.ask'",
      hints: ["to allow it: keyusher config set exchange.ask yes"], status: .unavailable)
  }

  static var exchangesNotAskedYet: CommandError {
    CommandError(
      "nobody has said yet whether exchanges may be asked, and nobody can be asked that here",
      hints: ["say so for once with --yes, or for good: keyusher config set exchange.ask yes"], status: .unavailable)
  }
}
