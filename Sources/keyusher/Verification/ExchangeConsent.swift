import Ceremony
import HelperPrograms
import Introspection
import PlainText

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
    let isOne = hosts.count + elsewhere.count == 1
    let sent = Set(parts).sorted().map { " The \($0) goes there too: the exchange wants it." }.joined()
    return [
      .blank, Sentence(.heading, "No exchange is asked without your leave."),
      Sentence(
        .body, "An exchange can say what a key can do. \(hosts.count == 1 ? "This one" : "These") would be asked:"),
    ] + hosts.map { Sentence(.address, $0) } + (elsewhere.isEmpty ? [] : [Sentence(.body, ExchangeConsent.elsewhere)])
      + elsewhere.map { Sentence(.address, $0) } + [
        Sentence(
          .body,
          "\(isOne ? "It" : "Each that is asked") sees \(asker.name)'s address\(isProxied ? " (or the proxy's)" : ""), the key, and a signature made with "
            + "the secret, which itself is never sent.\(sent)"),
        Sentence(
          .body,
          hasOwn
            ? "Exchanges that come with Keyusher are asked only what reads. What others are asked you see next."
            : "Only what reads is asked; nothing is changed there."),
        Sentence(.body, "What you say holds for every exchange; the setting exchange.ask changes it."),
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

/// Whether a command may ask exchanges: asked once for a home, and as soon as it is known which they are.
struct Leave {
  /// Whether the command line says that it may.
  let isAgreed: Bool
  /// Whether any is asked at all: a server on this computer needs no leave.
  let isNeeded: Bool
  let asker: Asker
  let surroundings: Surroundings
  let console: Console

  /// Throws unless it may.
  ///
  /// - Parameter places: who would be asked; none where that is not known yet, and then a person is asked later.
  func settle(for places: [KeyVerifier.Place]) throws {
    if !isNeeded { return }
    let home = try surroundings.home()
    let consent = ExchangeConsent(home: home, setting: try Configuration(home: home).asksExchanges)
    switch consent.setting {
    case true?: return
    case false?: throw CommandError.exchangesNeverAsked
    case nil: break
    }
    if isAgreed { return }
    guard console.isTerminal else { throw CommandError.exchangesNotAskedYet }
    if places.isEmpty { return }
    let hosts = Set(places.map(\.host))
    console.remark(
      ExchangeConsent.sentences(
        hosts: hosts.sorted(), elsewhere: Set(places.flatMap(\.otherHosts)).subtracting(hosts).sorted(),
        sending: places.flatMap(\.api.sends),
        hasOwn: places.contains { $0.own != nil },
        isProxied: !asker.isElsewhere && NetProgram.usesProxy(surroundings.environment), asker: asker))
    switch try console.answer(ExchangeConsent.question).trimmed.lowercased() {
    case "yes", "y": try consent.keep("yes")
    case "never":
      try consent.keep("never")
      throw CommandError.exchangesNeverAsked
    default: throw CommandError.exchangesNotNow
    }
  }
}

extension CommandError {
  static var exchangesNeverAsked: CommandError {
    CommandError(
      "no exchange is asked: you said never, and that is kept as the setting 'exchange.ask'",
      hints: ["to allow it: keyusher config set exchange.ask yes"], status: .unavailable)
  }

  static var exchangesNotNow: CommandError {
    CommandError("nothing was asked: you said not now", hints: [], status: .unavailable)
  }

  static var exchangesNotAskedYet: CommandError {
    CommandError(
      "nobody has said yet whether exchanges may be asked, and nobody can be asked that here",
      hints: ["say so for once with --yes, or for good: keyusher config set exchange.ask yes"], status: .unavailable)
  }
}
