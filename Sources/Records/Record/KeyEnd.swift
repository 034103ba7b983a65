public import FlowCore
public import PlainText

/// The last day of a key, as far as somebody said it.
public struct KeyEnd: Equatable, Sendable {
  /// On whose word.
  public enum Basis: Equatable, Sendable {
    /// Its exchange reported it with the key.
    case reported
    /// A rule that its exchange states, by which it is so many days: no answer tells the day.
    case rule(by: String, days: Int)
  }

  public var day: Day
  public var basis: Basis

  public init(day: Day, basis: Basis) { (self.day, self.basis) = (day, basis) }
}

/// What was told of a key's last day, event after event. What a later answer says or leaves out counts.
public struct KeyEnds: Equatable, Sendable {
  public private(set) var last: KeyEnd?

  public init() {}

  public mutating func take(_ event: KeyEvent) {
    if event.askedHost != nil {
      last = event.facts[KeyEnds.reported].flatMap { Day($0.prefix(10)) }.map { KeyEnd(day: $0, basis: .reported) }
    } else if let end = event.ruledEnd, last?.basis != .reported {
      last = end
    }
  }

  /// The fact of a report: a moment, `never`, or nothing.
  private static let reported = "expiry"
}

extension KeyEvent {
  /// The event that says until when a key may be valid by a rule of its exchange.
  public static func mayEnd(_ key: String, on day: Day, after days: Int, by rule: String) -> KeyEvent {
    KeyEvent(.dated, key: key, by: rule, facts: [validUntil: day.description, ruleDays: "\(days)"])
  }

  fileprivate var ruledEnd: KeyEnd? {
    guard kind == .dated, let by, let day = facts[KeyEvent.validUntil].flatMap({ Day($0) }),
      let days = facts[KeyEvent.ruleDays].flatMap({ Int($0) })
    else { return nil }
    return KeyEnd(day: day, basis: .rule(by: by, days: days))
  }
}
