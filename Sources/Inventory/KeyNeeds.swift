public import FlowCore
public import PlainText
public import Records

/// What needs a person, of a key or of a run, and by when.
public struct KeyNeed: Equatable, Sendable {
  public enum Reason: Equatable, Sendable {
    /// Somebody else may have it, and it is not known to be deleted.
    case exposed(since: Timestamp)
    /// Another key was made in its place, and it is not known to be deleted.
    case replaced(by: String?)
    /// It ends, or has ended.
    case ends(KeyEnd)
    /// A run said at its end that somebody is to look again on a day.
    case reminder(Record.Reminder, on: Day)
    /// A run ended with something that it had been warned of.
    case warning(String)
    /// Its exchange said something against it.
    case differs(KeyCheck.Verdict)
    /// Nobody is known to have asked its exchange.
    case neverAsked
    /// It was asked so many days ago.
    case askedLongAgo(days: Int)
  }

  /// The key; nil of a run that is about none, or about several.
  public var key: KeyFacts?
  /// The run that says so; nil of what follows from the key itself.
  public var run: RunSummary?
  public var reason: Reason
  /// What its exchange said last; nil where it was not asked.
  public var check: KeyCheck?
  /// From which day on it is one, where that is to come.
  var from: Day?

  public init(key: KeyFacts?, run: RunSummary? = nil, reason: Reason, check: KeyCheck? = nil) {
    (self.key, self.run, self.reason, self.check) = (key, run, reason, check)
  }

  /// The day by which something is to be done; nil where none is known.
  public var day: Day? {
    switch reason {
    case .ends(let end): end.day
    case .reminder(_, let day): day
    default: nil
    }
  }

  /// The reason in a word, as JSON and records have it.
  public var word: String {
    switch reason {
    case .exposed: "exposed"
    case .replaced: "replaced"
    case .ends: "ends"
    case .reminder: "reminder"
    case .warning: "warning"
    case .differs: "differs"
    case .neverAsked: "never-asked"
    case .askedLongAgo: "asked-long-ago"
    }
  }

  public var exchange: String? { key?.exchange ?? run?.provider }
  /// What it is about, for a person: the key's name in its store, or the run's title.
  public var name: String { key.map { $0.reference.name ?? $0.label ?? "" } ?? run?.title ?? "" }
}

/// What is due, and what would be, did it not wait.
public struct KeyNeeds: Equatable, Sendable {
  public var now: [KeyNeed]
  /// Each with the day until which it waits.
  public var snoozed: [(need: KeyNeed, until: Day)]

  public static func == (one: KeyNeeds, other: KeyNeeds) -> Bool {
    one.now == other.now && one.snoozed.elementsEqual(other.snoozed) { $0 == $1 }
  }
}

extension KeyOrigins {
  /// For so many days what an exchange said of a key is worth something.
  public static let longestWithoutLook = 90
  /// A hundred years, in days.
  private static let farAhead = 36_500

  /// What is needed: first what can't wait, then what has a day, then what stands against a key, then what nobody knows of it.
  ///
  /// - Parameters:
  ///   - today: the day of the look, in UTC.
  ///   - days: how far ahead is looked.
  ///   - counts: whether an entry is a key in use, and neither a pending nor a replaced copy.
  public func needs(
    on today: Day, within days: Int, where counts: (CredentialReference) -> Bool
  ) -> KeyNeeds {
    var found = KeyNeeds(now: [], snoozed: [])
    let all = ofKeys(on: today, within: days, where: counts) + ofRuns(on: today, within: days)
    for (need, waiting) in all.sorted(by: { $0.need.comesBefore($1.need) }) {
      let until = waiting.compactMap { snoozed["\($0) \(need.word)"] }.max()
      if let until, today < until, need.mayWait(on: today) {
        found.snoozed.append((need, until))
      } else {
        found.now.append(need)
      }
    }
    return found
  }

  /// Every day of which runs reminded at their ends, and whether it still holds.
  public func reminders(on today: Day) -> [(identity: String, need: KeyNeed, day: Day, holds: Bool)] {
    let open = Dictionary(grouping: ofRuns(on: today, within: KeyOrigins.farAhead).map(\.need)) { $0.run?.run ?? "" }
    return summaries.flatMap { run in
      run.reminders.enumerated().compactMap { number, reminder in
        Day(reminder.day).map { day in
          let need = open[run.run]?.first { $0.reason == .reminder(reminder, on: day) }
          return (
            "reminder \(run.run) \(number)",
            need ?? KeyNeed(key: life(of: run)?.facts, run: run, reason: .reminder(reminder, on: day)), day, need != nil
          )
        }
      }
    }
  }

  // MARK: - Private

  /// What is due, and what will be, each with that by which it can be snoozed.
  func coming(
    on today: Day, within days: Int, where counts: (CredentialReference) -> Bool
  ) -> [(need: KeyNeed, waiting: [String])] {
    var found = ofKeys(on: today, within: days, where: counts) + ofRuns(on: today, within: KeyOrigins.farAhead)
    for key in keys(where: counts) {
      guard let identity = identity(of: key.reference), let life = lives[identity], life.deletion == nil,
        life.exposure == nil, let check = checks[identity]
      else { continue }
      if let end = check.end { found.append((KeyNeed(key: key, reason: .ends(end), check: check), [identity])) }
      if check.verdict != .notAsked, !check.verdict.isAgainstKey {
        let age = KeyOrigins.longestWithoutLook + 1
        var need = KeyNeed(key: key, reason: .askedLongAgo(days: age), check: check)
        need.from = Day(number: Day(ofSecond: Int(check.at.milliseconds / 1000)).number + age)
        found.append((need, [identity]))
      }
    }
    return found
  }

  /// What keys need by themselves, each with that by which it can be snoozed.
  private func ofKeys(
    on today: Day, within days: Int, where counts: (CredentialReference) -> Bool
  ) -> [(need: KeyNeed, waiting: [String])] {
    let listed = keys(where: counts)
    let identities = Set(listed.compactMap { identity(of: $0.reference) })
    // A copy that was deleted here leaves the key as it is.
    let others = lives.values.filter {
      ($0.exposure != nil || $0.isReplaced) && !identities.contains($0.identity)
    }
    let known = listed.map { ($0, identity(of: $0.reference).flatMap { lives[$0] }) } + others.map { ($0.facts, $0) }
    return known.flatMap { key, life in
      needs(of: key, life, on: today, within: days, where: counts).map { ($0, [life?.identity].compactMap(\.self)) }
    }
  }

  /// What one key needs; none if it is deleted.
  ///
  /// - Parameters:
  ///   - life: nil of one that only a store knows.
  ///   - counts: whether an entry is a key in use.
  public func needs(
    of key: KeyFacts, _ life: KeyLife?, on today: Day, within days: Int, where counts: (CredentialReference) -> Bool
  ) -> [KeyNeed] {
    let check = life.map { checks[$0.identity] } ?? check(of: key.reference)
    if life?.deletion != nil { return [] }
    if let exposure = life?.exposure {
      return [KeyNeed(key: key, reason: .exposed(since: exposure.since), check: check)]
    }
    var reasons: [KeyNeed.Reason] = []
    if let life, life.isReplaced {
      reasons.append(.replaced(by: life.replacement.flatMap { lives[$0]?.place.name }))
      // Of one that is in use no more that alone matters.
      if !counts(key.reference) { return reasons.map { KeyNeed(key: key, reason: $0, check: check) } }
    }
    if let end = check?.end, end.isNear(on: today, within: days) { reasons.append(.ends(end)) }
    switch check.map({ ($0.verdict, today.number - Day(ofSecond: Int($0.at.milliseconds / 1000)).number) }) {
    case nil, (.notAsked, _)?: reasons.append(.neverAsked)
    case (let verdict, _)? where verdict.isAgainstKey: reasons.append(.differs(verdict))
    case (_, let age)? where age > KeyOrigins.longestWithoutLook: reasons.append(.askedLongAgo(days: age))
    default: break
    }
    return reasons.map { KeyNeed(key: key, reason: $0, check: check) }
  }

  /// What runs said at their ends, as far as nothing has settled it since.
  private func ofRuns(on today: Day, within days: Int) -> [(need: KeyNeed, waiting: [String])] {
    var latest: [String: Timestamp] = [:]
    for run in summaries where run.outcome == .completed {
      latest[run.flowID] = max(latest[run.flowID] ?? run.lastAt, run.lastAt)
    }
    return summaries.flatMap { run -> [(need: KeyNeed, waiting: [String])] in
      if run.isDiscarded || run.reminders.isEmpty && run.openWarnings.isEmpty { return [] }
      let life = life(of: run)
      // What is deleted needs nobody, and who deals with a leak has other worries.
      if let life, life.deletion != nil || life.exposure != nil { return [] }
      let check = life.flatMap { checks[$0.identity] }
      // The next run of a flow that is about no one key stands for the one before.
      let next = run.oldLabel == nil && run.keys.isEmpty ? latest[run.flowID] : nil
      let isLookedAt = (life?.reviewed ?? next ?? run.lastAt) > run.lastAt
      var reasons: [KeyNeed.Reason] = []
      for reminder in run.reminders {
        guard let day = Day(reminder.day), day.number - today.number <= days, done[run.run].map({ $0 < day }) ?? true
        else { continue }
        let isSettled =
          switch reminder.settledBy {
          case .review: isLookedAt
          case .verify: check.map { $0.verdict != .notAsked && $0.at > run.lastAt } ?? false
          case .lastDay: check?.end != nil
          case nil: false
          }
        if !isSettled { reasons.append(.reminder(reminder, on: day)) }
      }
      if run.outcome == .completed, done[run.run] == nil, !isLookedAt {
        reasons += run.openWarnings.map { .warning($0) }
      }
      return reasons.map { reason in
        let need = KeyNeed(key: life?.facts, run: run, reason: reason, check: check)
        return (need, ["run \(run.run)"] + (life.map { [$0.identity] } ?? []))
      }
    }
  }

  /// The key that a run is about, if it is about one: the last that it made, or the one that it named.
  private func life(of run: RunSummary) -> KeyLife? {
    if let made = run.keys.last { return lives[KeyLife.identity(of: made, madeBy: run)] }
    guard let name = run.oldLabel else { return nil }
    let fitting = identities["\(run.provider)/\(name)"] ?? []
    return fitting.count == 1 ? fitting.first.flatMap { lives[$0] } : nil
  }
}

extension KeyNeed {
  fileprivate func comesBefore(_ other: KeyNeed) -> Bool {
    (isExposed ? 0 : 1, day ?? .never, rank, name) < (
      other.isExposed ? 0 : 1, other.day ?? .never, other.rank, other.name
    )
  }

  /// Whether it can be put off: what is exposed can't, nor can a last day once it has come.
  public func mayWait(on today: Day) -> Bool {
    if case .ends(let end) = reason { return today < end.day }
    return !isExposed
  }

  private var rank: Int {
    switch reason {
    case .exposed, .ends: 0
    case .reminder: 1
    case .replaced: 2
    case .differs: 3
    case .warning: 4
    case .neverAsked: 5
    case .askedLongAgo: 6
    }
  }

  private var isExposed: Bool { if case .exposed = reason { true } else { false } }
}

extension KeyNeed {
  /// How many days before its day it is told, if that is so many for all.
  func notice(within days: Int) -> Int {
    if case .ends(let end) = reason { end.notice(within: days) } else { days }
  }
}

extension KeyEnd {
  /// How many days before it somebody is needed: of one that each use moves not before half of its days are over without a look.
  func notice(within days: Int) -> Int {
    if case .rule(_, let all, ofUse: true) = basis { min(days, all / 2) } else { days }
  }

  /// Whether somebody is needed for it.
  func isNear(on today: Day, within days: Int) -> Bool { day.number - today.number <= notice(within: days) }
}

extension Day {
  fileprivate static let never = Day(number: .max)
}
