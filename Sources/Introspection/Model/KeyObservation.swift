/// One thing that an exchange's answer told of a key, or did not tell.
public struct KeyObservation: Equatable, Sendable {
  public var fact: KeyFact
  public var value: Value
  /// The request it was read from, by its id in the exchange's `api.yaml`; nil for what no request tells.
  public var request: String?

  public enum Value: Equatable, Sendable {
    /// A positive, parsed, rightly typed field said so.
    case told(FactValue)
    /// Nobody can tell: the reason, for a person. What came is named in it, never whole.
    case notKnowable(String)
  }

  public init(_ fact: KeyFact, _ value: Value, from request: String? = nil) {
    self.fact = fact
    self.value = value
    self.request = request
  }
}

/// What can be found out about a key. The raw value is its name in `api.yaml`, in records and in JSON.
public enum KeyFact: String, Equatable, Sendable, CaseIterable {
  /// Every right that the exchange lists for the key: `FactValue.grants`.
  case permissions
  /// Whether the key can send coins away: `truth`.
  case withdrawal
  /// The addresses that it is bound to: `texts`, empty where it is bound to none.
  case addresses = "ip-list"
  /// Whether it is bound to addresses at all, where the exchange tells no more: `truth`.
  case bound = "ip-bound"
  /// Whether the key can only read, whatever its list of rights says: `truth`.
  case readOnly = "read-only"
  /// The trading pairs that it is bound to: `texts`, empty where it is bound to none.
  case pairs
  /// When it ends: `moment`, or `never`.
  case expiry
  /// Whether the exchange calls it usable: `text`; `active` where it is.
  case state
  case label
  /// When it was made, changed and used: `moment`; `never` for one that was not used yet.
  case created, changed
  case lastUsed = "last-used"
  /// Whether it belongs to a sub-account: `truth`.
  case subAccount = "sub-account"
  /// Kraken's nonce that it has seen last, and by how much one may come late: `text`.
  case nonce
  case nonceWindow = "nonce-window"
  /// From and up to when it may look at the past: `moment`, or `never` where nothing is set.
  case queryFrom = "query-from"
  case queryTo = "query-to"
  /// The account's other keys, as the exchange lists them: `keys`.
  case otherKeys = "other-keys"
}

/// What a field said, rightly typed.
public enum FactValue: Equatable, Sendable {
  case truth(Bool)
  case text(String)
  case texts([String])
  /// Seconds since 1970.
  case moment(Int)
  case never
  case grants([Grant])
  case keys([ListedKey])
}

/// One right that an exchange lists for a key.
public struct Grant: Equatable, Sendable {
  /// As the exchange writes it, for example `spot`, `enableFutures` or `Wallet:Withdraw`.
  public var name: String
  /// Whether it only reads, where the exchange says so of each right.
  public var isReadOnly: Bool?
  /// What `api.yaml` knows of it; nil for a name that it does not know, which is shown as unknown and never dropped.
  public var meaning: Meaning?

  /// What a right means.
  public struct Meaning: Equatable, Sendable {
    /// For a person: "spot read and write".
    public var title: String
    /// The permission of the exchange's pack that it is, by id, which a plan can name; nil if the page has no such one.
    public var permission: String?
    public var risk: Risk

    public init(title: String, permission: String?, risk: Risk) {
      self.title = title
      self.permission = permission
      self.risk = risk
    }
  }

  /// What a thief could do with it, from the least to the worst; as a pack's permissions have it.
  public enum Risk: String, Equatable, Sendable, CaseIterable {
    case read, trade, borrow, transfer
    case manageKeys = "manage-keys"
    case withdraw
  }

  public init(_ name: String, isReadOnly: Bool? = nil, meaning: Meaning?) {
    self.name = name
    self.isReadOnly = isReadOnly
    self.meaning = meaning
  }
}

/// A key of the account, as the exchange lists it.
public struct ListedKey: Equatable, Sendable {
  /// The part of it that is shown, for example `c5dcfbf1f3a7`.
  public var shown: String
  public var label: String?
  /// Whether it can send coins away, and answers only to some addresses; nil where that was not told.
  public var withdraws: Bool?
  public var isBound: Bool?
  /// Seconds since 1970.
  public var created: Int?
  public var lastUsed: Int?

  public init(
    shown: String, label: String? = nil, withdraws: Bool? = nil, isBound: Bool? = nil, created: Int? = nil,
    lastUsed: Int? = nil
  ) {
    self.shown = shown
    self.label = label
    self.withdraws = withdraws
    self.isBound = isBound
    self.created = created
    self.lastUsed = lastUsed
  }
}
