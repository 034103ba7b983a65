import Ceremony
import FlowCore
import SecretMemory
import Stores

/// The stores of this computer, for one run: they ask through whoever is being asked.
final class RunStores: CredentialKeeping {
  private let run: String
  private let surroundings: Surroundings
  private let room: StoreRoom
  private let asking: RunPassphrases

  init(run: String, surroundings: Surroundings, stage: Stage, room: (any PassphraseAsking) throws -> StoreRoom) throws {
    asking = RunPassphrases(stage)
    self.run = run
    self.surroundings = surroundings
    self.room = try room(asking)
  }

  func survey() -> StoreSurvey { room.survey }

  func prove(_ id: String, taking: any SecretTaking) throws -> (Verdict, means: String) {
    try open(id, taking) { store in
      let isNew = try room.setUpIfNeeded(store)
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
      guard try store.contains(pending) else { return nil }
      // Only what can be read as a whole counts as found.
      _ = try StoredCredential(decoding: store.get(pending))
      return CredentialReference(store: id, name: pending.text)
    }
  }

  func name(_ reference: CredentialReference, _ name: String, taking: any SecretTaking) throws -> CredentialReference {
    try open(reference.store, taking) { store in
      let pending = try entry(of: reference)
      let wanted = EntryName.fitting(name) ?? EntryName.fitting("key-\(run)")
      guard let wanted else { throw StoreError.broken(store: store.id, why: "no name fits '\(name)'") }
      if try !store.contains(pending), let named = try alreadyNamed(wanted, in: store) {
        return CredentialReference(store: store.id, name: named.text)
      }
      return CredentialReference(store: store.id, name: try Custody(store).settle(pending, as: wanted).text)
    }
  }

  func leave(_ reference: CredentialReference) throws -> CredentialReference {
    try open(reference.store, nil) { store in
      let pending = try entry(of: reference)
      guard try store.contains(pending) else { throw StoreError.missing(pending) }
      return reference
    }
  }

  // MARK: - Private

  private func entry(of reference: CredentialReference) throws -> EntryName {
    guard let name = reference.name.flatMap(EntryName.init) else {
      throw StoreError.broken(store: reference.store, why: "the pending copy has no name")
    }
    return name
  }

  /// After a stop between the naming and its line on record: the last of the names that it can have got, if what it holds
  /// says that it is of this run.
  private func alreadyNamed(_ wanted: EntryName, in store: any CredentialStore) throws -> EntryName? {
    let taken = try Set(store.names())
    let numbered = (2...max(taken.count + 1, 2)).compactMap { wanted.numbered($0) }
    return try ([wanted] + numbered).last { name in
      guard taken.contains(name) else { return false }
      do {
        return try StoredCredential(decoding: store.get(name)).run == run
      } catch let error as StoreError {
        // What somebody else put there need not be readable.
        if case .damaged = error { return false }
        throw error
      } catch {
        return false
      }
    }
  }

  /// Does something with a store; its errors get one line.
  private func open<Result>(
    _ id: String, _ taking: (any SecretTaking)?, _ body: (any CredentialStore) throws -> Result
  ) throws -> Result {
    asking.taking = taking
    defer { asking.taking = nil }
    do {
      return try body(room.store(id))
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
  let room: StoreRoom

  func survey() -> StoreSurvey { room.survey }

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
  func name(_ reference: CredentialReference, _ name: String, taking: any SecretTaking) -> CredentialReference {
    reference
  }
  func leave(_ reference: CredentialReference) -> CredentialReference { reference }
}
