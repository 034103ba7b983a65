/// How a part of an exchange's key looks, as bytes: one thing that is looked for.
public struct KeyShape: Sendable {
  /// The place of its exchange in the table.
  public var exchange: Int
  /// What the part is called, for example `secret`.
  public var part: String
  public var isSecret: Bool
  /// Whether its exchange calls it a private key.
  public var isPrivate: Bool
  /// Whether it is a private key in PEM; then only the beginning tells, and the other bounds are those of the whole block.
  public var isPEM: Bool
  /// In bytes.
  public var length: ClosedRange<Int>
  public var prefix: [UInt8]
  public var suffix: [UInt8]
  /// How many leading characters the exchange itself lists the key by; 0 for none.
  public var publicPrefix: Int
  /// For each byte, whether it can stand in it.
  public var allows: [Bool]

  /// - Parameter allows: whether a byte can stand in it.
  public init(
    exchange: Int, part: String, isSecret: Bool, isPrivate: Bool = false, isPEM: Bool = false, length: ClosedRange<Int>,
    prefix: String = "",
    suffix: String = "", publicPrefix: Int = 0, allows: (UInt8) -> Bool
  ) {
    (self.exchange, self.part, self.isSecret) = (exchange, part, isSecret)
    (self.isPrivate, self.isPEM) = (isPrivate, isPEM)
    (self.length, self.publicPrefix) = (length, publicPrefix)
    (self.prefix, self.suffix) = (Array(prefix.utf8), Array(suffix.utf8))
    self.allows = (0...UInt8.max).map(allows)
  }

  /// Whether a run of characters alone can be one: long enough, and of few characters. A passphrase is none of these.
  var isSought: Bool { !isPEM && length.lowerBound >= KeyShape.shortest && !allows[0x22] && !allows[0x20] }

  /// What is shorter stands in every text.
  static let shortest = 16
}

/// A key of which records on this computer tell, by the leading characters by which its exchange lists it.
public struct ListedKey: Sendable {
  public var exchange: Int
  public var listed: [UInt8]

  public init(exchange: Int, listed: String) { (self.exchange, self.listed) = (exchange, Array(listed.utf8)) }
}

/// Several exchanges of a table, by their places in it.
typealias ExchangeSet = UInt64
