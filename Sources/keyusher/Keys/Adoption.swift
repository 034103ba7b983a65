import Ceremony
import FlowCore
import PlainText
import Records
import SecretMemory
import Stores

/// A key that was taken in, and what was said of it.
struct Adoption: Equatable {
  var name: EntryName
  var store: String
  var exchange: String
  var label: String
  /// The leading characters by which the exchange lists it.
  var listed: String?
  var account: String?
  var purpose: String?
  var program: String?
  var owner: String?
}

extension Adoption {
  /// Where it waits until it has its name.
  fileprivate var waiting: EntryName? {
    EntryName.pending(for: .adopt, step: name.text.replacing("/", with: "."))
  }

  /// What its record says is to be done.
  fileprivate var operation: KeyOperation {
    var facts = ["exchange": exchange, "label": label]
    facts["listed"] = listed
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

  /// Deletes the copies that stopped commands left waiting of a key that is kept.
  func clearWaiting(_ adoption: Adoption, in store: any CredentialStore) throws {
    if let waiting = adoption.waiting { try Custody(store).clear(waiting, leftOf: adoption.name) }
  }

  /// Whether the store has this very key under the name: of the same exchange, the same in every part. What can't be read is
  /// another.
  ///
  /// - Parameter label: what the key is said to be called at the exchange; nil if nothing was said.
  func isKept(
    _ adoption: Adoption, _ parts: [String: SecretBytes], called label: String?, in store: any CredentialStore
  ) throws -> Bool {
    let entry: SecretBytes
    do throws(StoreError) { entry = try store.get(adoption.name) } catch {
      if case .stopped = error { throw error }
      return false
    }
    guard let kept = try? StoredCredential(decoding: entry) else { return false }
    return kept.exchange == adoption.exchange && label ?? kept.label == kept.label && kept.has(parts)
  }

  /// Leaves the key that is kept as it is, and says so.
  ///
  /// - Parameter isNew: whether something new was said of it, which goes on record.
  func leave(_ adoption: Adoption, isNew: Bool, in store: any CredentialStore) throws {
    try clearWaiting(adoption, in: store)
    if isNew { _ = try recordAdoption(adoption) { nil } }
    let end = isNew ? "what you said of it is on record now" : "nothing was changed"
    console.show([
      Sentence(
        .standing,
        "Keyusher saw: kept already as \(adoption.name) in \(store.id), the same in every part; \(end)")
    ])
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
    guard let waiting = adoption.waiting else { throw StoreError.taken(adoption.name) }
    return try recordAdoption(adoption) {
      let entry = try credential.encoded()
      let pending = try custody.hold(entry, as: waiting)
      if replacing { return try custody.replace(adoption.name, with: pending) }
      do throws(StoreError) {
        try custody.settle(pending, exactlyAs: adoption.name, holding: entry)
        return nil
      } catch {
        guard error == .taken(adoption.name) else { throw error }
        throw CommandError.overtaken(adoption.name, waiting: pending, in: store.id)
      }
    }
  }
}

extension StoredCredential {
  /// Whether these are its parts.
  func has(_ others: [String: SecretBytes]) -> Bool {
    parts.count == others.count && parts.allSatisfy { name, bytes in others[name]?.constantTimeEquals(bytes) == true }
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
