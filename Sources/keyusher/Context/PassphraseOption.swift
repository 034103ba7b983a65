import ArgumentParser
import Ceremony
import FlowText
import SecretMemory
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
    if opening == nil, new == nil, console.isTerminal { return TerminalPassphrases(console) }
    return ReferredPassphrases(opening: opening, new: new)
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

/// Takes passphrases by reference; each is read once.
final class ReferredPassphrases: PassphraseAsking {
  private let opening: SecretReference?
  private let new: SecretReference?
  private let source = SecretSource()
  private var known: [SecretReference: SecretBytes] = [:]

  init(opening: SecretReference?, new: SecretReference?) {
    self.opening = opening
    self.new = new
  }

  func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
    if isRepeated { throw .wrongPassphrase(store: store) }
    guard let opening else { throw .noPassphrase(store: store, hint: Self.hint("--passphrase")) }
    return try read(opening, store)
  }

  func newPassphrase(for store: String) throws(StoreError) -> SecretBytes {
    guard let reference = new ?? opening else { throw .noPassphrase(store: store, hint: Self.hint("--passphrase")) }
    let taken = try read(reference, store, isNew: new != nil)
    if let flaw = PassphraseRule.flaw(of: taken) {
      throw .noPassphrase(store: store, hint: "the one from \(reference.written) can't be taken: \(flaw)")
    }
    return taken
  }

  private func read(_ reference: SecretReference, _ store: String, isNew: Bool = false) throws(StoreError)
    -> SecretBytes
  {
    let isLine = if case .fd = reference { true } else { false }
    if !(isNew && isLine), let known = known[reference] { return known }
    do {
      let secret = try source.read(reference)
      if !isNew { known[reference] = secret }
      return secret
    } catch let obstacle as SecretObstacle {
      throw .noPassphrase(
        store: store, hint: [obstacle.message, obstacle.hint].compactMap { $0 }.joined(separator: "; "))
    } catch let error as SecretMemoryError {
      throw .memory(error)
    } catch {
      throw .noPassphrase(store: store, hint: "\(reference.written) can't be read")
    }
  }

  private static func hint(_ option: String) -> String {
    "start it in a terminal, or give it with \(option) env:NAME, file:PATH or fd:N"
  }
}
