/// Something that is done with a key outside a run: what a record of its own is about.
///
/// Such a record has a header, which is on the disk before anything is done, and a `key-operated` event, which says what was
/// seen of it afterwards. Without that event nobody can tell from the record what became of it.
public struct KeyOperation: Equatable, Sendable {
  public enum Kind: String, Equatable, Sendable, CaseIterable {
    /// A key that was made elsewhere is taken in.
    case adopt
    /// A pending or a previous copy gets a name.
    case keep
    case rename, copy
    /// A copy is deleted from its store.
    case forget
    /// A program is started with it.
    case exec
    /// It is written in plain text to the file that a program reads.
    case config
    /// It is written to a file for another machine, and taken from one.
    case send, receive
    /// The exchange is asked what it can do.
    case verify
    /// Somebody else may have keys: which, and what becomes of each. It names no one key.
    case compromise
    /// Somebody leaves, whose keys are replaced. It names no one key.
    case offboard
    /// What 'due' tells of a key or of a run waits until a day, or is done.
    case snooze, done
  }

  public var kind: Kind
  /// The key's name in its store, before what is done.
  public var key: String
  /// The store's id.
  public var store: String
  /// The run that made the key, where known.
  public var origin: String?
  /// What belongs to the operation, by name: `to` (a name), `to-store`, `exchange`, `label`, `listed`, `account`,
  /// `purpose`, `program`, `owner`; of a sent key `recipient`, `file` and `digest`; of one that is asked about `environment`, and `base` where a
  /// server on this computer is asked in the exchange's place, `via` where it is asked through another computer; of what waits
  /// `until` and `reason`.
  public var facts: [String: String]

  public init(_ kind: Kind, _ key: String, in store: String, origin: String? = nil, facts: [String: String] = [:]) {
    self.kind = kind
    self.key = key
    self.store = store
    self.origin = origin
    self.facts = facts
  }

  /// The name that the key has afterwards, and the store it lies in then.
  public var result: (key: String, store: String) { (facts["to"] ?? key, facts["to-store"] ?? store) }
}
