import Ceremony
import FlowText
import Introspection
import Inventory
import PlainText

/// What asking can do to a program that uses the key, where each request carries a number that must be higher than any before:
/// Keyusher counts in milliseconds, and a program that counts in seconds never gets above that again.
enum NonceRisk: Equatable, Sendable {
  case none
  /// It counts in seconds.
  case shutsOut(program: String)
  /// Nobody said in what the program counts, or which it is.
  case unknown(program: String?, exchange: String)

  /// What is said before somebody decides.
  var sentences: [Sentence] {
    guard case .unknown(let program, let exchange) = self else { return [] }
    let who = program.map { "'\(display($0))'" } ?? "A program that uses this key"
    return [
      Sentence(.warning, "\(who) may be shut out by this question, for good."),
      Sentence(
        .body,
        "\(exchange) takes only rising numbers (nonces), and Keyusher's count in milliseconds. A program that counts in "
          + "seconds could not use the key any more; one that counts in milliseconds or finer goes on."),
    ]
  }

  var question: String {
    guard case .unknown(_, let exchange) = self else { return "" }
    return "Ask \(exchange) all the same?"
  }

  static let notAsked = "it was not asked, so that no program is shut out"
}

extension KeyVerifier {
  /// - Parameter program: the program that uses the key, where that is known.
  func nonceRisk(for program: String?, at place: Place) -> NonceRisk {
    // A server on this computer is no exchange.
    guard place.api.nonce != nil, base == nil else { return .none }
    guard let program, let pack = try? catalog.program(program),
      let nonce = pack.nonces.first(where: { $0.exchange == place.api.id })
    else { return .unknown(program: program, exchange: place.pack.short) }
    return nonce.unit == "seconds" ? .shutsOut(program: program) : .none
  }
}

extension CommandError {
  static func shutsOut(_ program: String) -> CommandError {
    CommandError(
      "asking would shut '\(program)' out for good: it counts its nonces in seconds, Keyusher in milliseconds",
      hints: ["look at the key on the exchange's page instead"], status: .unavailable)
  }

  static var nonceNotRisked: CommandError {
    CommandError(NonceRisk.notAsked, hints: [], status: .unavailable)
  }

  static var nonceUnknown: CommandError {
    CommandError(
      "nobody said in what the program that uses this key counts its nonces; one that counts in seconds would be shut out",
      hints: ["ask at a terminal, where somebody can decide"], status: .unavailable)
  }
}
