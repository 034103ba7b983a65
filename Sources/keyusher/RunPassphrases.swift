import Ceremony
import FlowCore
import SecretMemory
import Stores

/// Asks for a store's passphrase in the conversation of a run, as whoever is asked there answers: a person, or a script.
final class RunPassphrases: PassphraseAsking {
  /// Who is asked now; nil where the run may not ask.
  var taking: (any SecretTaking)?

  func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
    guard let taking else { throw .noPassphrase(store: store, hint: "go on in a terminal") }
    let again = isRepeated ? [Sentence(.problem, "That passphrase does not open the store '\(store)'.")] : []
    return try take(
      "Passphrase: ", after: again + [Sentence(.question, "The passphrase of the store '\(store)'")], taking)
  }

  func newPassphrase(for store: String) throws(StoreError) -> SecretBytes {
    guard let taking else { throw .noPassphrase(store: store, hint: "go on in a terminal") }
    return try take("Passphrase: ", after: [], taking)
  }

  private func take(
    _ prompt: String, after sentences: [Sentence], _ taking: any SecretTaking
  ) throws(StoreError) -> SecretBytes {
    let taken: SecretBytes?
    do { taken = try taking.takeSecret(prompt, after: sentences) } catch { throw .stopped }
    guard let taken else { throw .stopped }
    return taken
  }
}
