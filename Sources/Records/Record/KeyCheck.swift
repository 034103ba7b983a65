public import FlowCore

/// What came of asking an exchange about a key, in a word, as lists tell it.
public struct KeyCheck: Equatable, Sendable {
  public var verdict: Verdict
  public var at: Timestamp
  /// The host that was asked; nil where the record names none.
  public var host: String?
  /// What was told of its powers, then or before; nil where no record has it.
  public var powers: KeyPowers?
  /// Whether the exchange said that there is no such key.
  public var isGone = false
  /// What was told of the key's last day, then or before.
  public var ends = KeyEnds()
  /// When that was told.
  public var endsAt: Timestamp
  /// The key's last day; nil where nobody told one.
  public var end: KeyEnd? { ends.last }

  /// How a key stands beside its plan. The raw value is what records and JSON have.
  public enum Verdict: String, Equatable, Sendable, CaseIterable {
    case asPlanned = "as-planned"
    case tooWide = "too-wide"
    /// It can do less than was planned, or is not usable.
    case lessThanPlanned = "less-than-planned"
    /// It is another one than was planned, by its name or its account; or a record does not say in which way it differs.
    case differs
    /// It told something, and nobody said what the key should do.
    case noPlan = "no-plan"
    /// It takes the key, and did not tell what the key may do.
    case untold
    case refused
    case notAsked = "not-asked"

    /// The same of a run, which is about more.
    public var ofKey: String { self == .notAsked ? "exchange not asked" : "key: \(words)" }

    /// Whether the exchange spoke against it.
    public var isAgainstKey: Bool {
      switch self {
      case .tooWide, .lessThanPlanned, .differs, .refused: true
      case .asPlanned, .noPlan, .untold, .notAsked: false
      }
    }

    public var words: String {
      switch self {
      case .asPlanned: "as planned"
      case .tooWide: "too wide"
      case .lessThanPlanned: "less than planned"
      case .differs: "not as planned"
      case .noPlan: "no plan to compare with"
      case .untold: "accepted; nobody can tell what it may do"
      case .refused: "refused"
      case .notAsked: "not asked"
      }
    }
  }

  /// What one question came to.
  public struct Told: Equatable, Sendable {
    public var verdict: Verdict
    public var powers: KeyPowers?
    public var isGone: Bool

    public init(_ verdict: Verdict, powers: KeyPowers? = nil, isGone: Bool = false) {
      (self.verdict, self.powers, self.isGone) = (verdict, powers, isGone)
    }
  }

  public init(_ told: Told, at moment: Timestamp, by host: String? = nil, ends: KeyEnds = KeyEnds()) {
    (verdict, powers, isGone) = (told.verdict, told.powers, told.isGone)
    (at, self.host, self.ends, endsAt) = (moment, host, ends, moment)
  }

  /// What stands after one more question: one that told nothing takes nothing back, nor does one that did not speak of the
  /// key's last day or its powers take those.
  public func standing(over before: KeyCheck?) -> KeyCheck {
    if verdict == .notAsked { return before ?? self }
    var check = self
    if let before, let kept = before.ends.kept(after: ends) { (check.ends, check.endsAt) = (kept, before.endsAt) }
    if powers == nil { check.powers = before?.powers }
    return check
  }
}

extension KeyEvent {
  /// What asking about a key came to, within a run.
  public static func checked(_ key: String, _ told: KeyCheck.Told) -> KeyEvent {
    var event = KeyEvent(.operated, key: key, by: "keyusher", facts: ["operation": "verify"])
    event.note(told)
    return event
  }

  /// The host whose word it tells of the key; nil of one at which the key was only looked for.
  public var askedHost: String? { kind == .reported && facts["environment"] == nil ? by : nil }

  /// The verdict that it tells; nil where it tells none.
  public var check: KeyCheck.Told? {
    guard kind == .operated else { return nil }
    let verdict = (facts[KeyEvent.difference] ?? facts[KeyEvent.verdict]).flatMap { KeyCheck.Verdict(rawValue: $0) }
    return verdict.map { KeyCheck.Told($0, powers: KeyPowers(facts), isGone: facts[KeyEvent.gone] != nil) }
  }

  /// Puts a verdict among the facts: in which way a key differs stands beside that it does.
  mutating func note(_ told: KeyCheck.Told) {
    let verdict = told.verdict
    let differs = verdict == .tooWide || verdict == .lessThanPlanned
    facts[KeyEvent.verdict] = (differs ? .differs : verdict).rawValue
    if differs { facts[KeyEvent.difference] = verdict.rawValue }
    if let powers = told.powers { facts.merge(powers.facts) { _, new in new } }
    if told.isGone { facts[KeyEvent.gone] = "yes" }
  }

  private static let (verdict, difference, gone) = ("verdict", "difference", "gone")
}

extension OperationRecord {
  /// What asking about the key came to; nil of other operations, and of one whose end tells nothing.
  public var check: KeyCheck? {
    guard operation.kind == .verify, case .done(let at, _, _) = outcome else { return nil }
    var ends = KeyEnds()
    var told: KeyCheck.Told?
    for case .key(_, let event) in entries.map(\.event) {
      ends.take(event)
      told = told ?? event.check
    }
    return told.map { KeyCheck($0, at: at, by: reports.compactMap(\.askedHost).last, ends: ends) }
  }
}
