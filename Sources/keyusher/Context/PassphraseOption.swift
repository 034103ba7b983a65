import ArgumentParser
import FlowText
import Stores

/// Where a store's passphrase comes from: for every command that may open one.
struct PassphraseOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Where the store's passphrase comes from, instead of asking: env:NAME, file:PATH or fd:N.", valueName: "ref"))
  var passphrase: String?

  /// Where it comes from, if that was said.
  var reference: SecretReference? { passphrase.flatMap { SecretReference($0) } }

  /// Who is asked: the reference that was given, the person at the terminal, or nobody.
  func asking(on console: Console, new: String? = nil) throws -> any PassphraseAsking {
    let opening = try PassphraseOption.reference(passphrase, in: "--passphrase")
    let new = try PassphraseOption.reference(new, in: "--new-passphrase")
    if opening == nil, new == nil, console.canAskUnseen {
      return PassphraseDialogue(console, secondScreen: console.secondScreen, chance: .system)
    }
    return ReferredPassphrases(opening: opening, new: new, remark: console.remark)
  }

  private static func reference(_ text: String?, in option: String) throws -> SecretReference? {
    guard let text else { return nil }
    if let reference = SecretReference(text) { return reference }
    throw CommandError(
      "\(option) takes env:NAME, file:PATH or fd:N, not a passphrase itself",
      hints: ["if it was one, it may stand in your shell's history now: remove it there, and change it"],
      status: .usage)
  }
}
