import Ceremony
import FlowCore
import SecretMemory
import Stores

/// The stores of this computer, for one run: each is opened once, and asks through whoever is being asked.
final class RunStores: CredentialKeeping {
  private let run: String
  private let room: StoreRoom
  private let asking: RunPassphrases
  private let random: (Int) -> [UInt8]
  private var opened: [String: any CredentialStore] = [:]

  /// - Parameter random: bytes from the system's source, for the probes.
  init(run: String, random: @escaping (Int) -> [UInt8], room: (any PassphraseAsking) throws -> StoreRoom) throws {
    asking = RunPassphrases()
    self.run = run
    self.random = random
    self.room = try room(asking)
  }

  func survey() -> StoreSurvey { room.survey }

  func prove(_ id: String, taking: any SecretTaking) throws -> (Verdict, means: String) {
    try open(id, taking) { store in
      try room.setUpIfNeeded(store)
      let probe = EntryName("\(EntryName.Kind.probe.rawValue)/\(hexadecimal(random(8)))")
      guard let probe else { throw StoreError.broken(store: id, why: "no name for a probe") }
      try Custody(store).prove(with: probe, SecretBytes(copying: random(RunStores.probeBytes)))
      return (.yes, "a test entry was written, read back and deleted")
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
      let pending = try free(pending(of: step), in: store)
      try Custody(store).hold(credential.encoded(), as: pending)
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

  private static let probeBytes = 32

  /// Does something with a store; its errors get one line.
  private func open<Result>(
    _ id: String, _ taking: (any SecretTaking)?, _ body: (any CredentialStore) throws -> Result
  ) throws -> Result {
    asking.taking = taking
    defer { asking.taking = nil }
    do {
      let store = try opened[id] ?? room.store(id)
      opened[id] = store
      return try body(store)
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

  /// The name, or the first with a number behind it that is free: an earlier copy may wait there.
  private func free(_ name: EntryName, in store: any CredentialStore) throws -> EntryName {
    let taken = Set(try store.names())
    guard taken.contains(name) else { return name }
    guard let free = (2...).lazy.compactMap({ name.numbered($0) }).first(where: { !taken.contains($0) }) else {
      throw StoreError.taken(name)
    }
    return free
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
  func name(_ reference: CredentialReference, _ name: String) -> CredentialReference { reference }
}

private func hexadecimal(_ bytes: [UInt8]) -> String {
  bytes.map { String($0 >> 4, radix: 16) + String($0 & 0xF, radix: 16) }.joined()
}
