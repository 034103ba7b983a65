import Ceremony
import FlowCore
import Records
import SecretMemory
import Stores

/// A key that was taken in, and what was said of it.
struct Adoption: Equatable {
  var name: EntryName
  var store: String
  var exchange: String
  var label: String
  var account: String?
  var purpose: String?
  var program: String?
  var owner: String?
}

extension Adoption {
  /// What its record says is to be done.
  fileprivate var operation: KeyOperation {
    var facts = ["exchange": exchange, "label": label]
    facts["account"] = account
    facts["purpose"] = purpose
    facts["program"] = program
    facts["owner"] = owner
    return KeyOperation(.adopt, name.text, in: store, facts: facts)
  }
}

extension CommandContext {
  /// Puts on record that a key is taken in, once for each that is kept.
  ///
  /// - Parameter body: keeps it, and says what the key is called that it took the place of.
  private func recordAdoption(_ adoption: Adoption, _ body: () throws -> EntryName?) throws -> EntryName? {
    try KeyRecording(context: self).recording(adoption.operation) {
      let previous = try body()
      return (previous, .done(adoption.name.text, seen: "read back from \(adoption.store)", previous: previous?.text))
    }
  }

  /// Keeps a key under its very name, and puts that on record.
  ///
  /// It waits under the same pending name each time, so that one that was interrupted is not written twice.
  ///
  /// - Parameter replacing: whether it takes the place of the key that has the name.
  /// - Returns: what the key is called that it took the place of.
  @discardableResult
  func keep(
    _ adoption: Adoption, _ parts: [String: SecretBytes], in store: any CredentialStore, replacing: Bool = false
  ) throws -> EntryName? {
    let credential = StoredCredential(exchange: adoption.exchange, label: adoption.label, run: nil, parts: parts)
    let custody = Custody(store)
    guard let waiting = EntryName.pending(for: .adopt, step: adoption.name.text.replacing("/", with: ".")) else {
      throw StoreError.taken(adoption.name)
    }
    return try recordAdoption(adoption) {
      let pending = try custody.hold(credential.encoded(), as: waiting)
      if replacing { return try custody.replace(adoption.name, with: pending) }
      do throws(StoreError) {
        try custody.settle(pending, exactlyAs: adoption.name)
        return nil
      } catch {
        guard error == .taken(adoption.name) else { throw error }
        throw CommandError.overtaken(adoption.name, waiting: pending, in: store.id)
      }
    }
  }
}

// MARK: - Words

extension CommandError {
  fileprivate static func overtaken(_ name: EntryName, waiting: EntryName, in store: String) -> CommandError {
    CommandError(
      "another key got the name '\(name)' meanwhile; this one waits as '\(waiting)'",
      hints: ["keep it under another: keyusher key keep \(waiting) NAME --store \(store)"], status: .noInput)
  }
}
