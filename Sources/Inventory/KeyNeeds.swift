public import FlowCore
public import PlainText
public import Records

/// What a key needs of a person, and by when.
public struct KeyNeed: Equatable, Sendable {
  public enum Reason: Equatable, Sendable {
    /// Somebody else may have it, and it is not known to be deleted.
    case exposed(since: Timestamp)
    /// Another key was made in its place, and it is not known to be deleted.
    case replaced(by: String?)
    /// It ends, or has ended.
    case ends(KeyEnd)
    /// Its exchange said something against it.
    case differs(KeyCheck.Verdict)
    /// Nobody is known to have asked its exchange.
    case neverAsked
    /// It was asked so many days ago.
    case askedLongAgo(days: Int)
  }

  public var key: KeyFacts
  public var reason: Reason
  /// What its exchange said last; nil where it was not asked.
  public var check: KeyCheck?

  public init(key: KeyFacts, reason: Reason, check: KeyCheck?) {
    (self.key, self.reason, self.check) = (key, reason, check)
  }

  /// The day by which something is to be done; nil where none is known.
  public var day: Day? { if case .ends(let end) = reason { end.day } else { nil } }
}

extension KeyOrigins {
  /// For so many days what an exchange said of a key is worth something.
  public static let longestWithoutLook = 90

  /// What keys need: first what has a day, then what stands against a key, then what nobody knows of it.
  ///
  /// - Parameters:
  ///   - today: the day of the look, in UTC.
  ///   - days: how far ahead is looked.
  ///   - counts: whether an entry is a key in use, and neither a pending nor a replaced copy.
  public func needs(
    on today: Day, within days: Int, where counts: (CredentialReference) -> Bool
  ) -> [KeyNeed] {
    let listed = keys(where: counts)
    let identities = Set(listed.compactMap { identity(of: $0.reference) })
    // A copy that was deleted here leaves the key as it is.
    let others = lives.values.filter { $0.exposure != nil && !identities.contains($0.identity) }
    let known = listed.map { ($0, identity(of: $0.reference).flatMap { lives[$0] }) } + others.map { ($0.facts, $0) }
    return known.flatMap { needs(of: $0, $1, on: today, within: days) }.sorted { $0.comesBefore($1) }
  }

  /// - Parameter key: one of those that records tell of.
  private func needs(of key: KeyFacts, _ life: KeyLife?, on today: Day, within days: Int) -> [KeyNeed] {
    let check = life.map { checks[$0.identity] } ?? check(of: key.reference)
    if life?.deletion != nil { return [] }
    if let exposure = life?.exposure {
      return [KeyNeed(key: key, reason: .exposed(since: exposure.since), check: check)]
    }
    var reasons: [KeyNeed.Reason] = []
    if let other = life?.replacement { reasons.append(.replaced(by: lives[other]?.place.name)) }
    if let end = check?.end, end.isNear(on: today, within: days) { reasons.append(.ends(end)) }
    switch check.map({ ($0.verdict, today.number - Day(ofSecond: Int($0.at.milliseconds / 1000)).number) }) {
    case nil, (.notAsked, _)?: reasons.append(.neverAsked)
    case (let verdict, _)? where verdict.isAgainstKey: reasons.append(.differs(verdict))
    case (_, let age)? where age > KeyOrigins.longestWithoutLook: reasons.append(.askedLongAgo(days: age))
    default: break
    }
    return reasons.map { KeyNeed(key: key, reason: $0, check: check) }
  }
}

extension KeyNeed {
  fileprivate func comesBefore(_ other: KeyNeed) -> Bool {
    (isExposed ? 0 : 1, day ?? .never, rank, key.reference.place)
      < (other.isExposed ? 0 : 1, other.day ?? .never, other.rank, other.key.reference.place)
  }

  private var rank: Int {
    switch reason {
    case .exposed, .ends: 0
    case .replaced: 1
    case .differs: 2
    case .neverAsked: 3
    case .askedLongAgo: 4
    }
  }

  private var isExposed: Bool { if case .exposed = reason { true } else { false } }
}

extension KeyEnd {
  /// Whether somebody is needed for it: of one that each use moves not before half of its days are over without a look.
  func isNear(on today: Day, within days: Int) -> Bool {
    var notice = days
    if case .rule(_, let all, ofUse: true) = basis { notice = min(days, all / 2) }
    return day.number - today.number <= notice
  }
}

extension Day {
  fileprivate static let never = Day(number: .max)
}
