import Ceremony
import FlowText
import SecretMemory
import Stores

/// Takes passphrases by reference; each is read once.
final class ReferredPassphrases: PassphraseAsking {
  private let opening: SecretReference?
  private let new: SecretReference?
  private let source = SecretSource()
  private let remark: ([Sentence]) -> Void
  /// What is tried if the one that was given opens nothing.
  private var spare: SecretBytes?
  private var known: [SecretReference: SecretBytes] = [:]

  /// - Parameter remark: says what is done with one that was given.
  init(opening: SecretReference?, new: SecretReference?, remark: @escaping ([Sentence]) -> Void = { _ in }) {
    self.remark = remark
    self.opening = opening
    self.new = new
  }

  func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
    if isRepeated {
      guard let other = spare else { throw .wrongPassphrase(store: store) }
      spare = nil
      remark([Sentence(.body, PassphraseRule.spareIsTried)])
      return other
    }
    guard let opening else { throw .noPassphrase(store: store, hint: Self.hint("--passphrase")) }
    let taken = try read(opening, store)
    spare = try PassphraseRule.spare(of: taken)
    return taken
  }

  func newPassphrase(for store: String) throws(StoreError) -> SecretBytes {
    guard let reference = new ?? opening else { throw .noPassphrase(store: store, hint: Self.hint("--passphrase")) }
    let taken = try read(reference, store, isNew: new != nil)
    if let flaw = PassphraseRule.flaw(of: taken) {
      throw .noPassphrase(store: store, hint: "the one from \(reference.shown) can't be taken: \(flaw)")
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
      throw .noPassphrase(store: store, hint: "\(reference.shown) can't be read")
    }
  }

  private static func hint(_ option: String) -> String {
    "start it in a terminal, or give it with \(option) env:NAME, file:PATH or fd:N"
  }
}
