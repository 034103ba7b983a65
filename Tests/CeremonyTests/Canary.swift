import Ceremony
import CustomDump
import FlowCore
import Foundation
import Testing

/// The secret of all tests, and the key that belongs to it; both look as Gate documents them.
enum Canary {
  static let secret = "9b1f0e6ad27c48b35fe1c07d94a6328eb50d1f79c3a8e46217db05f8a9c1e6d3"
  static let key = "3e81c5d90af7426bb8d1e07f5c92a64d"
  static let lastFour = "e6d3"

  /// Whether any 16 bytes of the secret stand in a text, or of the key; of the key, 12 are public.
  static func sings(in text: String) -> Bool {
    [secret, key].contains { canary in
      (0...(canary.count - 16)).contains { start in
        let window = canary.dropFirst(start).prefix(16)
        return text.withCString { text in window.withCString { strstr(text, $0) != nil } }
      }
    }
  }

  /// Fails if the canary is in anything that is left of a dialogue.
  static func expectSilence(_ ledger: Ledger, _ state: State, sourceLocation: SourceLocation = #_sourceLocation) {
    let dumped =
      "\(ledger.events)" + ledger.texts.joined(separator: "\n") + ledger.prompts.joined(separator: "\n")
      + ledger.remembered.joined(separator: "\n") + "\(state)"
    #expect(!sings(in: dumped), "the secret is left somewhere", sourceLocation: sourceLocation)
  }
}

@Suite struct CanaryTests {
  @Test func `the canary is heard where it is`() {
    #expect(Canary.sings(in: "a " + Canary.secret.dropFirst(20).prefix(16) + " b"))
    #expect(Canary.sings(in: Canary.key))
    #expect(!Canary.sings(in: "begins with " + Canary.key.prefix(12)))
    expectNoDifference([Canary.secret.count, Canary.key.count], [64, 32])
    #expect(Canary.secret.hasSuffix(Canary.lastFour))
  }
}
