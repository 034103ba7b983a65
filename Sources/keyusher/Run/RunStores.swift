import Ceremony
import FlowCore
import SecretMemory
import Stores

/// The stores of this computer, for one run: they ask through whoever is being asked.
final class RunStores: CredentialKeeping {
  private let run: String
  private let surroundings: Surroundings
  private let makeRoom: (any PassphraseAsking) throws -> StoreRegistry
  private let asking: PassphraseDialogue
  private let isAnothers: (CredentialReference) throws -> Bool
  private var openRoom: StoreRegistry?

  /// - Parameters:
  ///   - registry: makes the stores, which looks this computer over: done when the run comes to its store, not before.
  ///   - isAnothers: whether the record of another run, or of an operation, tells of an entry as its own key.
  init(
    run: String, surroundings: Surroundings, console: Console,
    registry: @escaping (any PassphraseAsking) throws -> StoreRegistry,
    isAnothers: @escaping (CredentialReference) throws -> Bool
  ) {
    self.isAnothers = isAnothers
    asking = PassphraseDialogue(nil, secondScreen: console.secondScreen, chance: .system)
    self.run = run
    self.surroundings = surroundings
    makeRoom = registry
  }

  let isRehearsal = false

  func survey() throws -> StoreSurvey { try registry().survey }

  func prove(_ id: String, asking questions: any StoreQuestions) throws -> (Verdict, means: String) {
    try open(id, questions) { store in
      let consented = store.condition().plaintext
      let isNew = try registry().setUpIfNeeded(store)
      let trial = StoreTrial(store: store, surroundings: surroundings)
      // What was just set up is open: there the passphrase's own key is proven too.
      guard isNew else {
        try trial.write()
        // Some tell only once they run that what they keep stands in plain text: then it is asked about before, next time.
        if let plaintext = store.condition().plaintext, consented == nil {
          throw StoreObstacle(
            description: "\(plaintext). Choose again; you will be asked whether that is what you want")
        }
        return (.yes, "a test entry was written, read back and deleted")
      }
      try trial.read()
      return (.yes, "it was set up; a test entry was written, opened with its identity and deleted")
    }
  }

  func hold(
    _ parts: [CredentialPart.Name: SecretBytes], takenAt step: Step.ID, as name: String, in id: String,
    asking questions: any StoreQuestions
  ) throws -> (CredentialReference, KeepingProof) {
    try open(id, questions) { store in
      let words = name.split(separator: "/", maxSplits: 1).map(String.init)
      let credential = StoredCredential(
        exchange: words.first ?? "", label: words.last ?? "", run: run, parts: parts)
      let pending = try Custody(store).hold(credential.encoded(), as: pending(of: step))
      return (CredentialReference(store: id, name: pending.text), .readBack)
    }
  }

  func find(
    takenAt step: Step.ID, as receipts: [PartReceipt], in id: String, asking questions: any StoreQuestions
  ) throws -> CredentialReference? {
    try open(id, questions) { store -> CredentialReference? in
      let names = Set(try store.names())
      let pending = try pending(of: step)
      let copies = [pending] + (2...999).compactMap { pending.numbered($0) }
      // The last that was written has the highest number. Only what is whole and fits counts as found.
      for name in copies.reversed() where names.contains(name) {
        let entry = try store.get(name)
        guard let credential = try? StoredCredential(decoding: entry) else { continue }
        if credential.fits(receipts) { return CredentialReference(store: id, name: name.text) }
      }
      return nil
    }
  }

  func name(
    _ reference: CredentialReference, _ name: String, asking questions: any StoreQuestions
  ) throws -> CredentialReference {
    try open(reference.store, questions) { store in
      // A record that was forged must not rename somebody's key.
      guard let pending = reference.name.flatMap(EntryName.init),
        pending.text.hasPrefix("\(EntryName.Kind.pending.rawValue)/\(run).")
      else { throw StoreError.broken(store: store.id, why: "the record names a copy that is not of this run") }
      let wanted = EntryName.fitting(name) ?? EntryName.fitting("key-\(run)")
      guard let wanted else { throw StoreError.broken(store: store.id, why: "no name fits '\(name)'") }
      let names = Set(try store.names())
      if !names.contains(pending), let settled = try settled(as: wanted, called: name, among: names, in: store) {
        return CredentialReference(store: store.id, name: settled.text)
      }
      return CredentialReference(store: store.id, name: try Custody(store).settle(pending, as: wanted).text)
    }
  }

  func lend(
    _ reference: CredentialReference, asking questions: any StoreQuestions,
    _ body: ([CredentialPart.Name: SecretBytes]) throws -> Observation
  ) throws -> Observation {
    try open(reference.store, questions) { store in
      guard let name = reference.name.flatMap(EntryName.init) else { throw StoreError.stopped }
      return try body(StoredCredential(decoding: store.get(name)).parts)
    }
  }

  func has(_ reference: CredentialReference) throws -> Bool {
    try open(reference.store, nil) { store in
      guard let name = reference.name.flatMap(EntryName.init) else { return false }
      // Where the store itself is gone nobody can say that a key is.
      try store.checkThatItTakes()
      return try store.contains(name)
    }
  }

  func delete(_ reference: CredentialReference, asking questions: any StoreQuestions) throws -> String? {
    try open(reference.store, questions) { store in
      guard let name = reference.name.flatMap(EntryName.init) else { throw StoreError.stopped }
      try Custody(store).forget(name)
      return store.history
    }
  }

  func rename(_ reference: CredentialReference, to name: String, asking questions: any StoreQuestions) throws {
    let isAnothers = try isAnothers(reference)
    try open(reference.store, questions) { store in
      // A record that was forged must not rename somebody's key.
      if isAnothers { throw StoreError.broken(store: store.id, why: "the record names a key that is not of this run") }
      guard let old = reference.name.flatMap(EntryName.init), let new = EntryName.chosen(name) else {
        throw StoreError.stopped
      }
      try store.exclusively { () throws(StoreError) in
        let names = Set(try store.names())
        if !names.contains(old), names.contains(new) { return }
        if names.contains(new) { throw .taken(new) }
        try store.rename(old, to: new, replacing: false)
        guard try store.contains(new) else { throw .missing(new) }
      }
    }
  }

  // MARK: - Private

  private func registry() throws -> StoreRegistry {
    if let openRoom { return openRoom }
    let registry = try makeRoom(asking)
    openRoom = registry
    return registry
  }

  /// Does something with a store; its errors get one line.
  private func open<Result>(
    _ id: String, _ questions: (any StoreQuestions)?, _ body: (any CredentialStore) throws -> Result
  ) throws -> Result {
    asking.questions = questions
    defer { asking.questions = nil }
    do {
      return try body(registry().store(id))
    } catch let error as StoreError {
      throw StoreObstacle(description: error.hint.map { "\(error.what). What to do: \($0)" } ?? error.what)
    } catch let error as CommandError {
      throw StoreObstacle(description: ([error.message] + error.hints).joined(separator: ". "))
    }
  }

  /// What a stop cut off before it was on record: an entry of this run under the name it was to get, or one like it.
  private func settled(
    as wanted: EntryName, called name: String, among names: Set<EntryName>, in store: any CredentialStore
  ) throws -> EntryName? {
    for candidate in [wanted] + (2...999).compactMap({ wanted.numbered($0) }) where names.contains(candidate) {
      let entry = try store.get(candidate)
      guard let credential = try? StoredCredential(decoding: entry) else { continue }
      if credential.run == run, "\(credential.exchange)/\(credential.label)" == name { return candidate }
    }
    return nil
  }

  private func pending(of step: Step.ID) throws -> EntryName {
    guard let name = EntryName.pending(run: run, step: step.rawValue) else {
      throw StoreObstacle(description: "no pending name can be made of run '\(run)' and step '\(step)'")
    }
    return name
  }
}

/// What stands in the way of keeping something, in one line.
struct StoreObstacle: Error, CustomStringConvertible {
  let description: String
}

/// The stores of a rehearsal: nothing is written.
struct RehearsedStores: CredentialKeeping {
  /// What there is.
  let look: () throws -> StoreSurvey
  let isRehearsal = true

  func survey() throws -> StoreSurvey { try look() }

  func prove(_ store: String, asking: any StoreQuestions) -> (Verdict, means: String) {
    (.notKnowable, "a dry run writes nothing")
  }

  func hold(
    _ parts: [CredentialPart.Name: SecretBytes], takenAt step: Step.ID, as name: String, in store: String,
    asking: any StoreQuestions
  ) -> (CredentialReference, KeepingProof) {
    (CredentialReference(store: store, name: name), .none)
  }

  func find(
    takenAt step: Step.ID, as receipts: [PartReceipt], in store: String, asking: any StoreQuestions
  ) -> CredentialReference? { nil }
  func name(_ reference: CredentialReference, _ name: String, asking: any StoreQuestions) -> CredentialReference {
    reference
  }
  func lend(
    _ reference: CredentialReference, asking: any StoreQuestions,
    _ body: ([CredentialPart.Name: SecretBytes]) throws -> Observation
  ) throws -> Observation { throw StoreObstacle(description: "a dry run keeps nothing that could be lent") }
  func has(_ reference: CredentialReference) -> Bool { true }
  func delete(_ reference: CredentialReference, asking: any StoreQuestions) throws -> String? {
    throw StoreObstacle(description: "a dry run deletes nothing")
  }
  func rename(_ reference: CredentialReference, to name: String, asking: any StoreQuestions) throws {
    throw StoreObstacle(description: "a dry run renames nothing")
  }
}

extension StoredCredential {
  /// Whether it can be what receipts tell of: the same parts, and each begins as is known.
  fileprivate func fits(_ receipts: [PartReceipt]) -> Bool {
    Set(parts.keys) == Set(receipts.map(\.part))
      && receipts.allSatisfy { receipt in
        guard let known = receipt.publicPart else { return true }
        return parts[receipt.part]?.begins(with: known) ?? false
      }
  }
}
