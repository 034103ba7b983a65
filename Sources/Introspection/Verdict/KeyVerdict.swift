/// What an exchange said of a key, held against what the key was meant to be: line by line, each with three possible ends.
public struct KeyVerdict: Equatable, Sendable {
  public var lines: [Line]
  /// What whoever steals the key could do with it as it stands, from the least to the worst; nil where nobody can tell.
  public var danger: Danger?

  /// One thing, as it is and as it was meant.
  public struct Line: Equatable, Sendable {
    public var subject: Subject
    /// What the exchange says: "spot read and write", "no IP list", or why nobody can tell.
    public var text: String
    public var end: End
    /// What has to be changed on the exchange's page: "wallet off", "add 203.0.113.7"; nil where nothing has.
    public var change: String?

    public init(_ subject: Subject, _ text: String, _ end: End, change: String? = nil) {
      self.subject = subject
      self.text = text
      self.end = end
      self.change = change
    }
  }

  public enum Subject: Equatable, Sendable {
    case right(String)
    case withdrawal, addresses, expiry, state, label, pairs, account
    /// Where it lives, of a key that was looked for elsewhere.
    case environment
    /// The account's other keys.
    case otherKeys
    /// How high its requests have counted.
    case nonce
    /// What the exchange said of the key's past: when it was made and used.
    case past
    /// When it may end by a rule, on whose word that is.
    case rule(by: String)
  }

  public enum End: Equatable, Sendable {
    case asPlanned
    /// It can do more than was meant: "not planned", or what was planned in its place.
    case tooWide(planned: String?)
    /// It can do less than was meant, or is not usable.
    case missing(planned: String?)
    /// No plan speaks of it.
    case noted
    /// What the exchange does not tell, or what can't be compared.
    case notKnowable
  }

  public struct Danger: Equatable, Sendable {
    public var risks: [Grant.Risk]
    /// Whether the key answers only to some addresses; nil where nobody can tell.
    public var isBound: Bool?
    /// Whether a right is among those listed whose meaning is not known.
    public var hasUnknown: Bool

    public init(risks: [Grant.Risk], isBound: Bool?, hasUnknown: Bool) {
      (self.risks, self.isBound, self.hasUnknown) = (risks, isBound, hasUnknown)
    }
  }

  public var differences: Int {
    lines.count { line in
      switch line.end {
      case .tooWide, .missing: true
      case .asPlanned, .noted, .notKnowable: false
      }
    }
  }

  public var isTooWide: Bool {
    lines.contains { if case .tooWide = $0.end { true } else { false } }
  }

  /// Whether it can do less than was meant: a key that has another name, or belongs elsewhere, may be able to do all of it.
  public var isTooNarrow: Bool {
    lines.contains { line in
      guard case .missing = line.end else { return false }
      return ![.label, .account, .environment].contains(line.subject)
    }
  }
}
