import Ceremony
import FlowCore
import FlowText
import PlainText
import SecretMemory

/// A part of a key that does not look as its exchange's do. Shapes are no law: it is said before anybody is asked, and
/// again with a refusal, which it may explain.
struct OddPart: Equatable, Sendable {
  /// Its name, for example `secret`, and what the exchange's page calls it.
  let name: CredentialPart.Name
  let title: String
  /// What is odd, in a sentence.
  let words: String

  var sentence: String { "\(title): \(words)" }

  /// Those of a credential, in the order of the page.
  static func all(in parts: [CredentialPart.Name: SecretBytes], of pack: Pack) -> [OddPart] {
    var hand = CredentialInHand()
    hand.parts = parts
    return pack.parts.compactMap { part in
      hand.oddity(of: part, among: pack.parts, words: \.literal).map {
        OddPart(name: part.name, title: part.title, words: display($0))
      }
    }
  }
}

extension Template {
  /// What stands in it without any answer.
  fileprivate var literal: String {
    segments.map { if case .literal(let text) = $0 { text } else { "" } }.joined()
  }
}
