public import FlowCore
public import PlainText

/// The last day of a key, as far as somebody said it.
public struct KeyEnd: Equatable, Sendable {
  /// On whose word.
  public enum Basis: Equatable, Sendable {
    /// Its exchange reported it with the key.
    case reported
    /// A rule, on the word that is named, by which it is so many days: no answer tells the day.
    ///
    /// - Parameter ofUse: whether they count from the last use, so that each use moves the day.
    case rule(by: String, days: Int, ofUse: Bool)
  }

  public var day: Day
  public var basis: Basis

  public init(day: Day, basis: Basis) { (self.day, self.basis) = (day, basis) }
}

/// What was told of a key's last day, event after event. What a later answer says counts, also that it ends never; an answer that
/// does not speak of it takes nothing back.
public struct KeyEnds: Equatable, Sendable {
  public private(set) var last: KeyEnd?
  /// Whether anything spoke of it.
  public private(set) var isTold = false
  /// Whether an answer spoke of what rules look at: then one that was not told again holds no more.
  public private(set) var speaksOfRules = false

  public init() {}

  /// What was known before.
  package init(isTold: Bool, speaksOfRules: Bool, _ last: KeyEnd?) {
    (self.isTold, self.speaksOfRules, self.last) = (isTold, speaksOfRules, last)
  }

  /// What stands where later answers do not speak of the last day; nil if they took it back.
  func kept(after later: KeyEnds) -> KeyEnds? {
    if later.isTold { return nil }
    if case .rule? = last?.basis, later.speaksOfRules { return nil }
    return self
  }

  public mutating func take(_ event: KeyEvent) {
    if event.askedHost != nil, KeyEnds.ofRules.contains(where: { event.facts[$0] != nil }) { speaksOfRules = true }
    if event.askedHost != nil, event.facts[KeyEnds.reported] ?? event.unknown[KeyEnds.reported] != nil {
      last = event.facts[KeyEnds.reported].flatMap { Day($0.prefix(10)) }.map { KeyEnd(day: $0, basis: .reported) }
      isTold = true
    } else if let end = event.ruledEnd, last?.basis != .reported {
      last = end
      isTold = true
    }
  }

  /// The facts of a report that conditions of rules look at.
  private static let ofRules = ["ip-list", "ip-bound", "permissions"]
  /// The fact of a report: a moment, `never`, or why nobody can tell.
  private static let reported = "expiry"
}

extension KeyEvent {
  /// The event that says until when a key may be valid by a rule.
  ///
  /// - Parameter ofUse: whether the days count from the last use.
  public static func mayEnd(
    _ key: String, on day: Day, after days: Int, ofUse: Bool = false, by rule: String
  ) -> KeyEvent {
    var facts = [validUntil: day.description, ruleDays: "\(days)"]
    if ofUse { facts[ruleOfUse] = "yes" }
    return KeyEvent(.dated, key: key, by: rule, facts: facts)
  }

  fileprivate var ruledEnd: KeyEnd? {
    guard kind == .dated, let by, let day = facts[KeyEvent.validUntil].flatMap({ Day($0) }),
      let days = facts[KeyEvent.ruleDays].flatMap({ Int($0) })
    else { return nil }
    return KeyEnd(day: day, basis: .rule(by: by, days: days, ofUse: facts[KeyEvent.ruleOfUse] != nil))
  }
}
