/// A key that was found in one file, or as much of it as stands there. It holds nothing secret.
public struct FoundKey: Sendable, Equatable {
  /// The exchanges that it may be of, by their places in the table; none where nothing tells.
  public var exchanges: [Int]
  /// Whether a name or what stands around it tells the exchange, and not only how it looks.
  public var isNamed: Bool
  public var parts: [Part]
  /// The leading characters by which the exchange lists it; only where it can be of no other.
  public var listed: String?
  /// The place in the table of the listed key that begins so.
  public var knownKey: Int?

  public struct Part: Sendable, Equatable {
    /// `key`, `secret`, `private-key` or `passphrase`.
    public var name: String
    /// Where it stands, from 1.
    public var line: Int
    /// In characters.
    public var length: Int
    /// A number that equal parts have in common within one search; 0 for a passphrase.
    public var identity: UInt64
  }
}
