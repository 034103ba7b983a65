public import FlowCore
public import PlainText
public import Records

/// What a key needs of a person, and by when.
public struct KeyNeed: Equatable, Sendable {
  public enum Reason: Equatable, Sendable {
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
    keys(where: counts).flatMap { needs(of: $0, on: today, within: days) }.sorted { $0.comesBefore($1) }
  }

  /// - Parameter key: one of those that records tell of.
  private func needs(of key: KeyFacts, on today: Day, within days: Int) -> [KeyNeed] {
    let check = check(of: key.reference)
    var reasons: [KeyNeed.Reason] = []
    if let end = check?.end, end.day.number - today.number <= end.notice(within: days) { reasons.append(.ends(end)) }
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
    (day ?? .never, rank, key.reference.place) < (other.day ?? .never, other.rank, other.key.reference.place)
  }

  private var rank: Int {
    switch reason {
    case .ends: 0
    case .differs: 1
    case .neverAsked: 2
    case .askedLongAgo: 3
    }
  }
}

extension KeyEnd {
  /// How many days before it somebody is needed: of one that each use moves not before half of its days are over without a look.
  fileprivate func notice(within days: Int) -> Int {
    if case .rule(_, let all, ofUse: true) = basis { min(days, all / 2) } else { days }
  }
}

extension Day {
  fileprivate static let never = Day(number: .max)
}
