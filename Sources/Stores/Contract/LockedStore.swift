import Files
import Glibc
public import SecretMemory
import Synchronization

/// A store that has no lock of its own, under one: whoever uses the same home on this computer waits, from reading to writing.
///
/// Without it two that replace one key side by side would each keep the old one, and the first of the new ones would be lost.
/// Other computers, which a server may serve too, are not held back.
public final class LockedStore: CredentialStore {
  private let store: any CredentialStore
  private let home: String
  private let milliseconds: Int
  /// The thread for which this store has the lock; 0 for none.
  private let holder = Atomic<UInt>(0)

  /// - Parameters:
  ///   - home: a folder, made if it is not there; the lock is a file in it, `.lock-STORE`.
  ///   - milliseconds: how long another process is waited for.
  public init(_ store: any CredentialStore, home: String, milliseconds: Int = 10_000) {
    self.store = store
    self.home = home
    self.milliseconds = milliseconds
  }

  public func exclusively<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    let thread = UInt(pthread_self())
    if holder.load(ordering: .relaxed) == thread { return try body() }
    let lock = try telling { try FileLock.named(".lock-\(id)", in: .making(home), milliseconds: milliseconds) }
    guard let lock else { throw .unreachable(store: id, why: "another keyusher is writing there") }
    holder.store(thread, ordering: .relaxed)
    defer {
      holder.store(0, ordering: .relaxed)
      withExtendedLifetime(lock) {}
    }
    return try body()
  }

  // MARK: - What changes the store

  public func put(_ secret: SecretBytes, as name: EntryName) throws(StoreError) {
    try exclusively { () throws(StoreError) in try store.put(secret, as: name) }
  }

  public func rename(_ name: EntryName, to other: EntryName, replacing: Bool) throws(StoreError) {
    try exclusively { () throws(StoreError) in try store.rename(name, to: other, replacing: replacing) }
  }

  public func copy(_ name: EntryName, to other: EntryName) throws(StoreError) {
    try exclusively { () throws(StoreError) in try store.copy(name, to: other) }
  }

  public func delete(_ name: EntryName) throws(StoreError) {
    try exclusively { () throws(StoreError) in try store.delete(name) }
  }

  // MARK: - What reads it

  public var id: String { store.id }
  public var renamesAtOnce: Bool { store.renamesAtOnce }
  public var history: String? { store.history }
  public func condition() -> StoreCondition { store.condition() }
  public func names() throws(StoreError) -> [EntryName] { try store.names() }
  public func get(_ name: EntryName) throws(StoreError) -> SecretBytes { try store.get(name) }
  public func contains(_ name: EntryName) throws(StoreError) -> Bool { try store.contains(name) }
  public func mark(of name: EntryName) throws(StoreError) -> [UInt8]? { try store.mark(of: name) }
  public func confirm(_ name: EntryName, holds secret: SecretBytes) throws(StoreError) {
    try store.confirm(name, holds: secret)
  }
}
