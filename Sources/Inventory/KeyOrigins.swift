public import FlowCore
import PlainText
public import Records

/// What the records on this computer know of the keys in its stores: which run made each, or which operation took it in, and
/// what it was called before.
public struct KeyOrigins {
  /// The stores in which runs kept keys, or operations put them, by id.
  public private(set) var stores: Set<String> = []
  private(set) var runs: [CredentialReference: RunSummary] = [:]
  private var adoptions: [CredentialReference: OperationSummary] = [:]
  private var firsts: [CredentialReference: CredentialReference] = [:]
  /// Names that a key was about to get, each with the entry that was to get it: it may have it, until more is known.
  private var claims: [CredentialReference: CredentialReference] = [:]
  private(set) var byRun: [String: RunSummary] = [:]
  private(set) var facts: [CredentialReference: KeyFacts] = [:]
  /// What came of asking, by what tells one key from another: a key in two stores is one.
  private(set) var checks: [String: KeyCheck] = [:]
  /// The keys that ever were, by their identities.
  private(set) var lives: [String: KeyLife] = [:]
  /// Until when what is due waits, by a key's identity or `run 7q4m`, and a need's word.
  private(set) var snoozed: [String: Day] = [:]
  /// Up to which day what a run reminded of is done, by its id.
  private(set) var done: [String: Day] = [:]
  /// The same by what each is called at its exchange, or was in a store there, and by where it lay last.
  private(set) var identities: [String: Set<String>] = [:]
  private var lastAt: [CredentialReference: String] = [:]
  private let isPlayed: (KeyCheck) -> Bool
  /// What it was made of.
  let summaries: [RunSummary]
  private let operations: [OperationSummary]
  /// The records that can't be read, and may tell of keys.
  public let unreadable: [UnreadableRecord]

  /// The last day of each key of which one was ever told, and whether it still holds: not of a key that is gone, nor where a
  /// later answer tells none.
  ///
  /// - Parameter counts: whether an entry is a key in use, and neither a pending nor a replaced copy.
  public func ends(
    where counts: (CredentialReference) -> Bool
  ) -> [(identity: String, key: KeyFacts, end: KeyEnd, holds: Bool)] {
    let current = Dictionary(
      keys(where: counts).compactMap { key in identity(of: key.reference).map { ($0, key) } },
      uniquingKeysWith: { first, _ in first })
    return lives.sorted { $0.key < $1.key }.compactMap { identity, life in
      guard let told = life.lastTold else { return nil }
      let key = life.deletion == nil ? current[identity] : nil
      let end = key.flatMap { check(of: $0.reference)?.end }
      return (identity, key ?? told.key, end ?? told.end, end != nil)
    }
  }

  /// Keys that records tell of, each once, in the order of their places.
  public func keys(where counts: (CredentialReference) -> Bool) -> [KeyFacts] {
    var known: Set<String> = []
    return facts.values.filter { counts($0.reference) }.sorted { $0.reference.place < $1.reference.place }.filter {
      identity(of: $0.reference).map { known.insert($0).inserted } ?? true
    }
  }

  /// The run that made a key.
  public subscript(reference: CredentialReference) -> RunSummary? { runs[reference] }

  /// What is known of a key; nil if no record tells of it.
  public func facts(of reference: CredentialReference) -> KeyFacts? { facts[reference] }

  /// Whether records tell of no key.
  public var isEmpty: Bool { facts.isEmpty && lives.isEmpty }

  /// What its exchange said of a key last; nil where no record tells of it.
  public func check(of reference: CredentialReference) -> KeyCheck? { checks[known(reference)] }

  private func known(_ reference: CredentialReference) -> String {
    identity(of: reference) ?? "at \(reference.place)"
  }

  /// Where the key is now that a run kept under a name; nil if that entry is gone, and no other has the key.
  public func place(ofKeyFirstAt first: CredentialReference) -> CredentialReference? {
    let places = facts.keys.filter { self.first(of: $0) == first }
    return places.min { ($0.store != first.store ? 1 : 0, $0.place) < ($1.store != first.store ? 1 : 0, $1.place) }
  }

  public subscript(run run: String) -> RunSummary? { byRun[run] }

  /// The operation that took a key in, which was made elsewhere.
  public func adoption(of reference: CredentialReference) -> OperationSummary? { adoptions[reference] }

  /// What tells one key from another that has its name later; nil where no record tells of it.
  public func identity(of reference: CredentialReference) -> String? {
    if let adoption = adoptions[reference] { return "adopted \(adoption.id)" }
    return runs[reference].map { "made \($0.run) \(first(of: reference).place)" }
  }

  /// Where the run that made a key kept it, before it was renamed or copied.
  func first(of reference: CredentialReference) -> CredentialReference { firsts[reference] ?? reference }

  /// The same by the word of exchanges alone.
  ///
  /// - Parameter isPlayed: whether a host stands in an exchange's place: what it says of a key is left out.
  public func withoutWord(of isPlayed: @escaping (String) -> Bool) -> KeyOrigins {
    let checks = summaries.lazy.flatMap(\.keys).compactMap(\.check)
    let hasAny = checks.contains { $0.host.map(isPlayed) ?? false }
    if !hasAny, !operations.contains(where: { $0.check?.host.map(isPlayed) ?? false }) { return self }
    return KeyOrigins(summaries, operations, unreadable: unreadable, isPlayed: isPlayed)
  }

  /// - Parameter isPlayed: as in `withoutWord`.
  init(
    _ summaries: [RunSummary], _ operations: [OperationSummary], unreadable: [UnreadableRecord] = [],
    isPlayed: @escaping (String) -> Bool = { _ in false }
  ) {
    self.isPlayed = { $0.host.map(isPlayed) ?? false }
    (self.summaries, self.operations, self.unreadable) = (summaries, operations, unreadable)
    byRun = Dictionary(summaries.map { ($0.run, $0) }, uniquingKeysWith: { first, _ in first })
    for move in KeyMove.all(summaries, operations) { take(move) }
  }

  // MARK: - Private

  private mutating func keep(_ reference: CredentialReference, by summary: RunSummary?) {
    stores.insert(reference.store)
    runs[reference] = summary
  }

  /// Follows a key from name to name.
  private mutating func take(_ move: KeyMove) {
    switch move {
    case .made(let key, let run):
      let identity = KeyLife.identity(of: key, madeBy: run)
      // What a store without names keeps is no entry here.
      if key.reference.name != nil {
        forget(key.reference)
        keep(key.reference, by: run)
        facts[key.reference] = key
      }
      var life = KeyLife(identity, key, host: run.host, people: [run.user, run.performer])
      life.run = run.run
      begin(life)
    case .asked(let reference, let check):
      if !isPlayed(check) { note(check, of: known(reference)) }
    case .askedInRun(let identity, let check):
      if !isPlayed(check) { note(check, of: identity) }
    case .takenIn(let reference, let record):
      forget(reference)
      keep(reference, by: nil)
      adoptions[reference] = record
      let key = KeyFacts(of: record)
      facts[reference] = key
      var life = KeyLife("adopted \(record.id)", key, host: record.host, people: [record.user])
      life.adoption = record.id
      begin(life)
    case .copied(let before, let after, let run):
      let check = self.check(of: before)
      keep(after, by: runs[before] ?? run.flatMap { byRun[$0] })
      adoptions[after] = adoptions[before]
      firsts[after] = first(of: before)
      facts[after] = facts[before]
      checks[known(after)] = check
      facts[after]?.reference = after
      if let identity = identity(of: after) { noteName(of: identity, at: after) }
    case .renamed(let before, let after, let run):
      dropClaims(of: before)
      if claims[after] != nil { forget(after) }
      take(.copied(before, to: after, run: run))
      forget(before)
    // A record that was edited must not say what another's key is called, nor that it is the run's own.
    case .named(let before, let after, let run, let isDone):
      let isFree = runs[after] == nil || runs[after]?.run == run || claims[after] != nil
      guard runs[before]?.run == run, isFree, adoptions[after] == nil else { return }
      if isDone { return take(.renamed(before, to: after, run: run)) }
      // Of two that were about to get it, the first may have it.
      if let claim = claims[after], claim != before { return }
      take(.copied(before, to: after, run: run))
      claims[after] = before
    case .deleted(let reference):
      dropClaims(of: reference)
      forget(reference)
    case .given(let reference, let handout):
      if let identity = identity(of: reference) { lives[identity]?.take(handout) }
    case .gone(let name, let run): noteGone(name, by: run)
    case .spokenOf(let run): note(namedIn: run)
    case .settled(let reference, let run, let day, let isDone, let reasons):
      if let run, isDone {
        done[run] = day
      } else if let target = run.map({ "run \($0)" }) ?? identity(of: reference) {
        for reason in reasons { snoozed["\(target) \(reason)"] = day }
      }
    case .marked(let mark, let person, let record): note(mark, by: person, in: record)
    }
  }

  /// What has another name by now, or is gone, never got the names that it was about to get.
  private mutating func dropClaims(of reference: CredentialReference) {
    for (name, claim) in claims where claim == reference { forget(name) }
  }

  private mutating func forget(_ reference: CredentialReference) {
    if identity(of: reference) == nil { checks[known(reference)] = nil }
    runs[reference] = nil
    adoptions[reference] = nil
    firsts[reference] = nil
    facts[reference] = nil
    claims[reference] = nil
  }
}

// MARK: - Lives

extension KeyOrigins {
  private mutating func begin(_ life: KeyLife) {
    lives[life.identity] = life
    noteName(of: life.identity, at: life.facts.reference)
  }

  private mutating func noteName(of identity: String, at reference: CredentialReference) {
    lives[identity]?.facts.reference = reference
    lives[identity]?.stores.insert(reference.store)
    if let place = lives[identity]?.place { lastAt[place] = identity }
    if let name = lives[identity]?.facts.calledAt { identities[name, default: []].insert(identity) }
  }

  private mutating func note(_ check: KeyCheck, of key: String) {
    checks[key] = check.standing(over: checks[key])
    guard var life = lives[key] else { return }
    life.take(check)
    // Who never took the key may not know it for another reason: it was mistyped, or lives elsewhere.
    if check.isGone, let host = check.host, life.hostsThatTookIt.contains(host) {
      life.deletion = KeyLife.Deletion(at: check.at)
    } else if check.verdict.isOfLivingKey {
      if let host = check.host { life.hostsThatTookIt.insert(host) }
      // Whatever was said of it: its exchange takes it.
      life.deletion = nil
    }
    if let end = checks[key]?.end {
      life.lastTold = KeyLife.LastDay(key: facts[life.facts.reference] ?? life.facts, end: end)
    }
    lives[key] = life
  }

  /// The key that a run means by a name, and did not make; nil where it is not certain which.
  private func meant(by name: String, in run: RunSummary, at moment: Timestamp) -> String? {
    let fitting = (identities["\(run.provider)/\(name)"] ?? []).filter { identity in
      guard let life = lives[identity] else { return false }
      return life.deletion == nil && life.facts.since <= moment && !identity.hasPrefix("made \(run.run) ")
    }
    return fitting.count == 1 ? fitting.first : nil
  }

  private mutating func noteGone(_ name: String, by run: RunSummary) {
    guard let moment = run.gone[name], let identity = meant(by: name, in: run, at: moment) else { return }
    lives[identity]?.deletion = KeyLife.Deletion(at: moment, person: run.performer ?? run.user)
    if !run.isDiscarded { lives[identity]?.replacement = run.keys.last.map { KeyLife.identity(of: $0, madeBy: run) } }
  }

  /// What a run says of keys that it did not make, where it is certain which are meant.
  private mutating func note(namedIn run: RunSummary) {
    for name in run.named where run.gone[name] == nil {
      guard let identity = meant(by: name, in: run, at: run.began) else { continue }
      // While a run is not over, or did not come to its end, the old key may be the one in use.
      guard run.outcome == .completed else { continue }
      if let made = run.keys.last {
        lives[identity]?.replacement = KeyLife.identity(of: made, madeBy: run)
      } else {
        lives[identity]?.reviewed = run.lastAt
      }
    }
  }

  private mutating func note(_ mark: KeyMark, by person: String, in record: String) {
    let known = mark.identity ?? identity(of: mark.key) ?? lastAt[mark.key] ?? KeyLife.identity(at: mark.key)
    // Of a key of which no other record tells this one does.
    if lives[known] == nil { lives[known] = KeyLife(ofKeyAt: mark.key, identity: known, since: mark.at) }
    switch mark.kind {
    case .exposed:
      lives[known]?.exposure = KeyLife.Exposure(since: mark.at, record: record, number: mark.number)
    case .safe: lives[known]?.exposure = nil
    case .undeleted: lives[known]?.deletion = nil
    case .deleted: lives[known]?.deletion = KeyLife.Deletion(at: mark.at, person: person)
    }
  }
}

extension KeyCheck.Verdict {
  /// Whether the exchange took the key.
  fileprivate var isOfLivingKey: Bool {
    switch self {
    case .asPlanned, .tooWide, .lessThanPlanned, .differs, .noPlan, .untold: true
    case .refused, .notAsked: false
    }
  }
}
