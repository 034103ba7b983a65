public import FlowCore
public import PlainText
public import Records

/// A key from its birth to its deletion, as the records on this computer tell.
public struct KeyLife: Equatable, Sendable {
  /// What tells it from any other, for ever.
  public var identity: String
  /// What was known of it last; the reference is where it lies, or lay last.
  public var facts: KeyFacts
  /// The run that made it, or the record by which it was taken in.
  public var run: String?
  public var adoption: String?
  /// Where copies of it lie, as far as records tell, the one that is in use first.
  public var places: [CredentialReference] = []
  /// What its exchange said of it last; nil where nobody is known to have asked.
  public var check: KeyCheck?
  /// Since when its exchange says that it can do more than was planned.
  public private(set) var tooWideSince: Timestamp?
  /// Who and what was given it, each once, the last first.
  public var given: [KeyHandout] = []
  /// The computers on which it was made, taken in or handed out.
  public var hosts: Set<String> = []
  /// Who made it, performed its ceremony or took it in; its owner stands in the facts.
  public var makers: Set<String> = []
  /// The same, and who handed it out.
  public var people: Set<String> { makers.union(given.map(\.person)) }
  /// The stores in which it lay.
  public var stores: Set<String> = []
  /// The hosts that took it.
  var hostsThatTookIt: Set<String> = []
  /// That somebody else may have it; it stays once the key is deleted.
  public var exposure: Exposure?
  public var deletion: Deletion?
  /// What tells the key that was made in its place from others.
  public var replacement: String?
  /// When a run that made no key for it looked at it last.
  public var reviewed: Timestamp?
  /// The last day that was ever told of it, with what was known of it then.
  var lastTold: LastDay?

  struct LastDay: Equatable, Sendable {
    var key: KeyFacts
    var end: KeyEnd
  }

  /// Since when that is known, and the id of the record that says so.
  public struct Exposure: Equatable, Sendable {
    public var since: Timestamp
    public var record: String
    /// The number by which the person means it there.
    public var number: Int?

    public init(since moment: Timestamp, record: String, number: Int? = nil) {
      (since, self.record, self.number) = (moment, record, number)
    }
  }

  /// That it is deleted at its exchange, and how that is known.
  public struct Deletion: Equatable, Sendable {
    public var at: Timestamp
    /// Who said so: a person; nil where the exchange does not know the key any more.
    public var person: String?

    public init(at moment: Timestamp, person: String? = nil) { (at, self.person) = (moment, person) }
  }

  init(_ identity: String, _ facts: KeyFacts, host: String, people: [String?]) {
    (self.identity, self.facts, hosts) = (identity, facts, [host])
    makers = Set(people.compactMap(\.self))
  }
}

/// Where a key stands in its life. The raw value is what JSON and options have.
public enum KeyState: String, Equatable, Sendable, CaseIterable {
  case active
  /// Its last day, or one that was set for it, is near.
  case due
  /// That day is over.
  case overdue
  /// Another one was made in its place, and this one is not known to be deleted.
  case replaced
  /// Somebody else may have it, and it is not known to be deleted.
  case exposed
  case deletedByWord = "revoked-by-word"
  case deletedByExchange = "revoked-as-the-exchange-says"
  /// No record tells of it.
  case unknown

  public var words: String {
    switch self {
    case .active: "active"
    case .due: "due"
    case .overdue: "overdue"
    case .replaced: "replaced"
    case .exposed: "exposed"
    case .deletedByWord: "revoked, by what was said"
    case .deletedByExchange: "revoked, as its exchange says"
    case .unknown: "unknown"
    }
  }

  /// Whether the key can still be used, as far as anybody knows.
  public var mayLive: Bool { self != .deletedByWord && self != .deletedByExchange }
}

extension KeyLife {
  /// Where it lies, or lay last, as records of what is said of keys name it: where a store knows no names, by what it is called.
  public var place: CredentialReference {
    CredentialReference(store: facts.reference.store, name: facts.reference.name ?? facts.calledAt)
  }

  /// What tells a key of which no record tells.
  public static func identity(at place: CredentialReference) -> String { "at \(place.place)" }

  /// A key of which no record tells; its exchange is the first word of its name.
  public init(ofKeyAt place: CredentialReference, identity: String? = nil, since moment: Timestamp) {
    let exchange = place.name?.split(separator: "/").first.map(String.init) ?? ""
    self.init(
      identity ?? KeyLife.identity(at: place), KeyFacts(place, exchange: exchange, since: moment), host: "", people: [])
    hosts = []
  }

  /// What tells a key from any other that a run made.
  static func identity(of key: KeyFacts, madeBy run: RunSummary) -> String {
    if key.reference.name != nil { return "made \(run.run) \(key.reference.place)" }
    return
      "made \(run.run) \(key.reference.place) \(run.keys.firstIndex { $0.since == key.since && $0.label == key.label } ?? 0)"
  }

  /// - Parameters:
  ///   - today: the day of the look, in UTC.
  ///   - days: how far ahead is looked.
  public func state(on today: Day, within days: Int) -> KeyState {
    if let deletion { return deletion.person == nil ? .deletedByExchange : .deletedByWord }
    if exposure != nil { return .exposed }
    if isReplaced { return .replaced }
    guard let end = check?.end else { return .active }
    if end.day < today { return .overdue }
    return end.isNear(on: today, within: days) ? .due : .active
  }

  /// Whether another took its place.
  var isReplaced: Bool { replacement != nil || facts.reference.isAside }

  /// Takes in what its exchange said: what does not tell how wide it is takes nothing back.
  mutating func take(_ check: KeyCheck) {
    switch check.verdict {
    case .tooWide: tooWideSince = tooWideSince ?? check.at
    case .asPlanned, .lessThanPlanned: tooWideSince = nil
    case .differs, .noPlan, .untold, .refused, .notAsked: break
    }
  }

  /// Takes in that it was given, each time once.
  mutating func take(_ handout: KeyHandout) {
    given.removeAll {
      ($0.kind, $0.to, $0.file, $0.host, $0.person)
        == (handout.kind, handout.to, handout.file, handout.host, handout.person)
    }
    given.insert(handout, at: 0)
    hosts.insert(handout.host)
  }
}

extension KeyFacts {
  /// What its exchange's list calls it, with the exchange before it; its entry's name where no record has that.
  var calledAt: String? {
    guard let exchange else { return nil }
    return label.map { "\(exchange)/\($0)" } ?? reference.name.flatMap { $0.hasPrefix(exchange + "/") ? $0 : nil }
  }
}

extension CredentialReference {
  /// Whether it lies aside since another took its name.
  var isAside: Bool { name?.hasPrefix("previous/") ?? false }
  /// Whether it is no entry that programs use.
  var isSpare: Bool { isPending || isAside }
}

extension KeyOrigins {
  /// Every key that ever was here, in the order of their places, and what is known of each by now.
  public var allLives: [KeyLife] {
    let places = Dictionary(grouping: facts.keys) { identity(of: $0) ?? "" }
    return lives.values.map { life in
      var life = life
      life.check = checks[life.identity]
      life.places = (places[life.identity] ?? []).sorted {
        ($0.isSpare ? 1 : 0, $0.place) < ($1.isSpare ? 1 : 0, $1.place)
      }
      if let first = life.places.first, let key = facts[first] { life.facts = key }
      return life
    }.sorted { ($0.facts.reference.place, $0.identity) < ($1.facts.reference.place, $1.identity) }
  }
}
