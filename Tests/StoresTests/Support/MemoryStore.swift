import SecretMemory
import Synchronization

@testable import Stores

/// A store in this process alone: the contract in its plainest form.
final class MemoryStore: CredentialStore {
  let id = "memory"
  private let entries = Mutex<[EntryName: SecretBytes]>([:])

  func condition() -> StoreCondition { StoreCondition(.ready, place: "memory") }

  func names() throws(StoreError) -> [EntryName] { entries.withLock { $0.keys.sorted() } }

  func get(_ name: EntryName) throws(StoreError) -> SecretBytes {
    guard let secret = entries.withLock({ $0[name] }) else { throw .missing(name) }
    return secret
  }

  func put(_ secret: SecretBytes, as name: EntryName) throws(StoreError) {
    guard try !contains(name) else { throw .taken(name) }
    entries.withLock { $0[name] = secret }
  }

  func rename(_ name: EntryName, to other: EntryName, replacing: Bool) throws(StoreError) {
    let secret = try get(name)
    if !replacing, try contains(other) { throw .taken(other) }
    entries.withLock { entries in
      entries[other] = secret
      entries[name] = nil
    }
  }

  func delete(_ name: EntryName) throws(StoreError) {
    guard entries.withLock({ $0.removeValue(forKey: name) }) != nil else { throw .missing(name) }
  }
}
