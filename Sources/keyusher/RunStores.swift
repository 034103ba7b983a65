import Ceremony
import FlowCore
import SecretMemory
import Stores

/// The stores of this computer, for one run: they ask through whoever is being asked.
final class RunStores: CredentialKeeping {
  private let run: String
  private let surroundings: Surroundings
  private let makeRoom: (any PassphraseAsking) throws -> StoreRoom
  private let asking: RunPassphrases
  private var openRoom: StoreRoom?

  /// - Parameter room: makes the stores, which looks this computer over: done when the run comes to its store, not before.
  init(
    run: String, surroundings: Surroundings, stage: Stage, room: @escaping (any PassphraseAsking) throws -> StoreRoom
  ) {
    asking = RunPassphrases(stage)
    self.run = run
    self.surroundings = surroundings
    makeRoom = room
  }

  func survey() throws -> StoreSurvey { try room().survey }

  func prove(_ id: String, taking: any SecretTaking) throws -> (Verdict, means: String) {
    try open(id, taking) { store in
      let isNew = try room().setUpIfNeeded(store)
      let trial = StoreTrial(store: store, surroundings: surroundings)
      // What was just set up is open: there the passphrase's own key is proven too.
      guard isNew else {
        try trial.write()
        return (.yes, "a test entry was written, read back and deleted")
      }
      try trial.read()
      return (.yes, "it was set up; a test entry was written, opened with its identity and deleted")
    }
  }

  func hold(
    _ parts: [CredentialPart.Name: SecretBytes], takenAt step: Step.ID, as name: String, in id: String,
    taking: any SecretTaking
  ) throws -> (CredentialReference, KeepingProof) {
    try open(id, taking) { store in
      let words = name.split(separator: "/", maxSplits: 1).map(String.init)
      let credential = StoredCredential(
        exchange: words.first ?? "", label: words.last ?? "", run: run, parts: parts)
      let pending = try Custody(store).hold(credential.encoded(), as: pending(of: step))
      return (CredentialReference(store: id, name: pending.text), .readBack)
    }
  }

  func find(takenAt step: Step.ID, in id: String, taking: any SecretTaking) throws -> CredentialReference? {
    try open(id, taking) { store -> CredentialReference? in
      let pending = try pending(of: step)
      let names = Set(try store.names())
      // The last that was written has the highest number.
      let numbered = (2...).lazy.map { pending.numbered($0) }.prefix { $0.map(names.contains) ?? false }.last ?? nil
      guard let last = numbered ?? (names.contains(pending) ? pending : nil) else { return nil }
      // Only what can be read as a whole counts as found.
      _ = try StoredCredential(decoding: store.get(last))
      return CredentialReference(store: id, name: last.text)
    }
  }

  func name(_ reference: CredentialReference, _ name: String) throws -> CredentialReference {
    try open(reference.store, nil) { store in
      guard let pending = reference.name.flatMap(EntryName.init) else {
        throw StoreError.broken(store: store.id, why: "the pending copy has no name")
      }
      let wanted = EntryName.fitting(name) ?? EntryName.fitting("key-\(run)")
      guard let wanted else { throw StoreError.broken(store: store.id, why: "no name fits '\(name)'") }
      return CredentialReference(store: store.id, name: try Custody(store).settle(pending, as: wanted).text)
    }
  }

  // MARK: - Private

  private func room() throws -> StoreRoom {
    if let openRoom { return openRoom }
    let room = try makeRoom(asking)
    openRoom = room
    return room
  }

  /// Does something with a store; its errors get one line.
  private func open<Result>(
    _ id: String, _ taking: (any SecretTaking)?, _ body: (any CredentialStore) throws -> Result
  ) throws -> Result {
    asking.taking = taking
    defer { asking.taking = nil }
    do {
      return try body(room().store(id))
    } catch let error as StoreError {
      throw StoreObstacle(error)
    } catch let complaint as Complaint {
      throw StoreObstacle(description: ([complaint.message] + complaint.hints).joined(separator: ". "))
    }
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

  init(description: String) { self.description = description }

  init(_ error: StoreError) {
    description = error.hint.map { "\(error.what). What to do: \($0)" } ?? error.what
  }
}

/// The stores of a rehearsal: what is there is looked at, and nothing is written.
struct RehearsedStores: CredentialKeeping {
  let room: () throws -> StoreRoom

  func survey() throws -> StoreSurvey { try room().survey }

  func prove(_ store: String, taking: any SecretTaking) -> (Verdict, means: String) {
    (.notKnowable, "a dry run writes nothing")
  }

  func hold(
    _ parts: [CredentialPart.Name: SecretBytes], takenAt step: Step.ID, as name: String, in store: String,
    taking: any SecretTaking
  ) -> (CredentialReference, KeepingProof) {
    (CredentialReference(store: store, name: name), .none)
  }

  func find(takenAt step: Step.ID, in store: String, taking: any SecretTaking) -> CredentialReference? { nil }
  func name(_ reference: CredentialReference, _ name: String) -> CredentialReference { reference }
}
