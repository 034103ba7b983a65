public import SecretMemory

/// A place that keeps entries: secrets under names. One file a store; one contract suite is run against each.
///
/// What an entry holds is opaque here: `StoredCredential` writes and reads it. Names go by argument or path, secrets only
/// through guarded memory and pipes. No call waits for ever: every helper program has a deadline.
public protocol CredentialStore {
  /// The store's id in records, scripts and the configuration, for example `age`.
  var id: String { get }

  /// What can be said of the store without asking anybody and without touching a secret.
  func condition() -> StoreCondition

  /// The names of all entries, of every kind, in order. Asks for nothing to be unlocked where the store can tell without.
  func names() throws(StoreError) -> [EntryName]

  /// The bytes of an entry. Throws `missing` if there is none, `locked` if it can't be opened now.
  func get(_ name: EntryName) throws(StoreError) -> SecretBytes

  /// Writes a new entry, durably. Throws `taken` if there is one of that name, and then has changed nothing.
  func put(_ secret: SecretBytes, as name: EntryName) throws(StoreError)

  /// Finds out whether the entry that was just written holds these bytes. Throws `differs` if it does not.
  func confirm(_ name: EntryName, holds secret: SecretBytes) throws(StoreError)

  /// Gives an entry another name. At every moment the bytes are under one of the two names at least.
  ///
  /// - Parameter replacing: whether an entry that has the other name may go; otherwise `taken` is thrown.
  func rename(_ name: EntryName, to other: EntryName, replacing: Bool) throws(StoreError)

  /// Whether a renaming is one step, which no kill can leave half done.
  var renamesAtOnce: Bool { get }

  /// Writes the same bytes under a second name, which must be free.
  func copy(_ name: EntryName, to other: EntryName) throws(StoreError)

  /// Deletes an entry. Throws `missing` if there is none.
  func delete(_ name: EntryName) throws(StoreError)

  /// What tells an entry from another that has its name later, without unlocking anything and with nothing that is secret;
  /// nil where the store has no such thing.
  func mark(of name: EntryName) throws(StoreError) -> [UInt8]?

  /// What still keeps an entry after it was deleted, such as the store's history: for a person, before a full stop. Nil if
  /// nothing is known to.
  var history: String? { get }

  /// Does several things while no other process of ours changes the store, where the store has a lock: what `body` reads is
  /// so still when it writes.
  func exclusively<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result
}

extension CredentialStore {
  public var renamesAtOnce: Bool { false }
  public var history: String? { nil }
  public func mark(of name: EntryName) throws(StoreError) -> [UInt8]? { nil }

  public func exclusively<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    try body()
  }

  public func confirm(_ name: EntryName, holds secret: SecretBytes) throws(StoreError) {
    guard try get(name).constantTimeEquals(secret) else { throw .differs(name) }
  }

  public func copy(_ name: EntryName, to other: EntryName) throws(StoreError) {
    let secret = try get(name)
    try put(secret, as: other)
    try confirm(other, holds: secret)
  }

  /// Whether there is an entry of this name.
  public func contains(_ name: EntryName) throws(StoreError) -> Bool {
    try names().contains(name)
  }
}

/// What can be said of a store before it is tried.
public struct StoreCondition: Equatable, Sendable {
  public enum Readiness: Equatable, Sendable {
    /// It can be tried.
    case ready
    /// It works once it is set up, which `keyusher store init` or choosing it in a run does.
    case needsSetUp
    /// It can't be used now, for this reason.
    case unusable(StoreError)
  }

  public var readiness: Readiness
  /// Where it keeps what it keeps, for a person: a folder, an address, a program.
  public var place: String
  /// Why what it keeps would stand in plain text; nil if it would not, as far as can be known.
  public var plaintext: String?

  public init(_ readiness: Readiness, place: String, plaintext: String? = nil) {
    self.readiness = readiness
    self.place = place
    self.plaintext = plaintext
  }

  /// Ready, unless a look says what stands in the way; the look may also say why what it keeps is plain text.
  init(place: String, _ look: () throws(StoreError) -> String?) {
    do throws(StoreError) {
      self.init(.ready, place: place, plaintext: try look())
    } catch {
      self.init(.unusable(error), place: place)
    }
  }
}
