import Ceremony
import FlowCore
import SecretMemory
import Stores

/// Asks for a store's passphrase in the conversation of a run, as whoever is asked there answers: a person, or a script.
final class RunPassphrases: PassphraseAsking {
  /// Who is asked now; nil where the run may not ask.
  var taking: (any SecretTaking)?
  private let console: Console

  init(_ console: Console) { self.console = console }

  func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
    try ask(store) { asking throws(StoreError) in
      try asking.passphrase(opening: store, isRepeated: isRepeated)
    }
  }

  func newPassphrase(for store: String) throws(StoreError) -> SecretBytes {
    let taken = try ask(store) { asking throws(StoreError) in try asking.newPassphrase(for: store) }
    if let flaw = PassphraseRule.flaw(of: taken) { throw .noPassphrase(store: store, hint: flaw) }
    return taken
  }

  private func ask(
    _ store: String, _ body: (TerminalPassphrases) throws(StoreError) -> SecretBytes
  ) throws(StoreError) -> SecretBytes {
    guard let taking else { throw .noPassphrase(store: store, hint: "go on in a terminal") }
    let desk = RunDesk(taking, console: console)
    let taken: SecretBytes
    do {
      taken = try body(TerminalPassphrases(desk))
    } catch {
      if let given = desk.given { return given }
      throw error
    }
    do { try desk.conclude() } catch { throw .stopped }
    return taken
  }
}
