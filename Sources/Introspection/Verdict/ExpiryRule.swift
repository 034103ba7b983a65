public import PlainText

/// When a key may end by a rule that its exchange states, and that no answer tells.
public struct RuledEnd: Equatable, Sendable {
  public var day: Day
  /// How many days the rule gives, and on whose word.
  public var days: Int
  public var by: String
  /// Whether the days count from the last use: then each use moves the end.
  public var isOfUse: Bool
}

extension ExchangeAPI {
  /// The first end by those rules whose conditions all hold for certain; nil if there is none.
  ///
  /// - Parameter now: seconds since 1970: when the key was used last, since it was used to ask.
  public func ruledEnd(_ observations: [KeyObservation], now: Int) -> RuledEnd? {
    let told = Told(observations)
    return rules.compactMap { rule in
      guard rule.conditions.allSatisfy({ $0.holds(for: told) }) else { return nil }
      let start = rule.after == .use ? now : told.moment(.created)
      return start.map {
        RuledEnd(day: Day(ofSecond: $0 + rule.days * 86_400), days: rule.days, by: rule.by, isOfUse: rule.after == .use)
      }
    }.min { $0.day < $1.day }
  }
}

extension ExchangeAPI.Rule.Condition {
  fileprivate func holds(for told: Told) -> Bool {
    switch self {
    case .noAddresses: told.isBound == false
    case .moreThanRead:
      told.grants?.contains { $0.isReadOnly != true && $0.meaning.map { $0.risk != .read } ?? false } ?? false
    }
  }
}
