import Ceremony
import FlowCore
import SecretMemory

/// Where a person is asked for passphrases: at the terminal of a command, or in the conversation of a run.
protocol PassphraseDesk: AnyObject {
  func remark(_ sentences: [Sentence])
  /// Takes a line unseen; empty if there was only Enter, nil if the person stops.
  func unseen(_ prompt: String) throws -> SecretBytes?
  /// Has a passphrase that was made here recognised where it is typed in the open later.
  func trace(_ secret: SecretBytes) throws
  /// The terminal's alternate screen, for what must not stay; nil if it has none.
  func secondScreen() -> SecondScreen?
}

extension Console: PassphraseDesk {
  /// A command asks for nothing in the open afterwards that it would write down.
  func trace(_ secret: SecretBytes) {}
  func secondScreen() -> SecondScreen? { hasSecondScreen ? SecondScreen(prompts) : nil }
}

/// The desk of a run: whatever is typed there is unseen, and commands are obeyed.
final class RunDesk: PassphraseDesk {
  /// What a script or a program gave in place of a person: it takes part in no dialogue.
  private(set) var given: SecretBytes?
  private let taking: any SecretTaking
  private let console: Console
  private var remarks: [Sentence] = []

  init(_ taking: any SecretTaking, console: Console) {
    self.taking = taking
    self.console = console
  }

  func remark(_ sentences: [Sentence]) { remarks += sentences }

  func unseen(_ prompt: String) throws -> SecretBytes? {
    let sentences = remarks
    remarks = []
    guard let (secret, source) = try taking.takeSecret(prompt, after: sentences) else { return nil }
    guard source.isPerson else {
      given = secret
      return nil
    }
    return secret
  }

  func trace(_ secret: SecretBytes) throws { try taking.trace(secret) }

  func secondScreen() -> SecondScreen? { console.secondScreen() }

  /// Says what was remarked after the last question.
  func conclude() throws {
    let sentences = remarks
    remarks = []
    try taking.say(sentences)
  }
}
