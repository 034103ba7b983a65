public import FlowCore
public import Records

/// What the records on this computer know of the keys in its stores: which run made each, or which operation took it in, and
/// what it was called before.
public struct KeyOrigins {
  /// The stores in which runs kept keys, or operations put them, by id.
  public private(set) var stores: Set<String> = []
  private var runs: [CredentialReference: RunSummary] = [:]
  private var adoptions: [CredentialReference: OperationRecord] = [:]
  private var firsts: [CredentialReference: CredentialReference] = [:]
  /// Names that a key was about to get, each with the entry that was to get it: it may have it, until more is known.
  private var claims: [CredentialReference: CredentialReference] = [:]
  private var byRun: [String: RunSummary] = [:]
  private var facts: [CredentialReference: KeyFacts] = [:]
  /// What came of asking, by what tells one key from another: a key in two stores is one.
  private var checks: [String: KeyCheck] = [:]
  /// The last days that were ever told of keys, by their identities, with what was known of each then.
  private let isPlayed: (KeyCheck) -> Bool
  /// What it was made of.
  private let summaries: [RunSummary]
  private let operations: [OperationRecord]
  /// The records that can't be read, and may tell of keys.
  public let unreadable: [UnreadableRecord]
  private var toldEnds: [String: (key: KeyFacts, end: KeyEnd)] = [:]

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
    return toldEnds.sorted { $0.key < $1.key }.map { identity, told in
      let key = current[identity]
      let end = key.flatMap { check(of: $0.reference)?.end }
      return (identity, key ?? told.key, end ?? told.end, end != nil)
    }
  }

  /// Keys that records tell of, each once, in the order of their places.
  func keys(where counts: (CredentialReference) -> Bool) -> [KeyFacts] {
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
  public var isEmpty: Bool { facts.isEmpty }

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
  public func adoption(of reference: CredentialReference) -> OperationRecord? { adoptions[reference] }

  /// What keys of an exchange are called there or in a store, or were, as far as records tell.
  ///
  /// - Parameter run: one whose own key does not count.
  public func names(of exchange: String, except run: String) -> Set<String> {
    let made = byRun.values.filter { $0.run != run && $0.provider == exchange }.flatMap(\.keys)
    let here = facts.values.filter { $0.exchange == exchange && runs[$0.reference]?.run != run }
    let inStores = here.compactMap(\.reference.name).filter { $0.hasPrefix(exchange + "/") }
    return Set((made + here).compactMap(\.label) + inStores.map { String($0.dropFirst(exchange.count + 1)) })
  }

  /// The keys of an exchange in a store, as far as records tell: their names there, by the leading characters by which the
  /// exchange lists each.
  public func listed(of exchange: String, in store: String) -> [String: [String]] {
    let here = facts.values.filter { $0.exchange == exchange && $0.reference.store == store }
    return here.reduce(into: [:]) { names, key in
      if let listed = key.listed, let name = key.reference.name { names[listed, default: []].append(name) }
    }
  }

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
    KeyOrigins(summaries, operations, unreadable: unreadable, isPlayed: isPlayed)
  }

  /// - Parameter isPlayed: as in `withoutWord`.
  fileprivate init(
    _ summaries: [RunSummary], _ operations: [OperationRecord], unreadable: [UnreadableRecord] = [],
    isPlayed: @escaping (String) -> Bool = { _ in false }
  ) {
    self.isPlayed = { $0.host.map(isPlayed) ?? false }
    (self.summaries, self.operations, self.unreadable) = (summaries, operations, unreadable)
    byRun = Dictionary(summaries.map { ($0.run, $0) }, uniquingKeysWith: { first, _ in first })
    let made = summaries.flatMap { run in
      run.keys.filter { $0.reference.name != nil }.map { ($0.since, Move.made($0, run)) }
    }
    let moves =
      operations.filter(\.outcome.isDone).flatMap { record in record.moves.map { (record.header.began, $0) } }
      + summaries.flatMap { summary in
        summary.operations.compactMap { done in Move(done.operation, by: summary.run).map { (done.at, $0) } }
      }
    // In the order in which it happened: a name that was given up may be that of another key later.
    for (_, move) in (made + moves).sorted(by: { $0.0 < $1.0 }) {
      take(move)
      noteEnd(after: move)
    }
  }

  // MARK: - Private

  /// What becomes of an entry.
  fileprivate enum Move {
    case made(KeyFacts, RunSummary)
    case asked(CredentialReference, KeyCheck)
    case takenIn(CredentialReference, OperationRecord)
    /// - Parameter run: the run that made it, where only the operation knows.
    case copied(CredentialReference, to: CredentialReference, run: String?)
    case deleted(CredentialReference)
    case renamed(CredentialReference, to: CredentialReference, run: String?)
    /// A run gave its own key another name, or was about to.
    case named(CredentialReference, to: CredentialReference, by: String, isDone: Bool)

    /// Nil for what has not moved anything yet.
    init?(_ operation: EntryOperation, by run: String) {
      switch operation {
      case .deleted(let reference, _): self = .deleted(reference)
      // What was begun may have been done: what has the name then is still known for what it is.
      case .renaming(let reference, let name):
        let other = CredentialReference(store: reference.store, name: name)
        self = .named(reference, to: other, by: run, isDone: false)
      case .deleting: return nil
      case .renamed(let reference, let name):
        let other = CredentialReference(store: reference.store, name: name)
        self = .named(reference, to: other, by: run, isDone: true)
      }
    }
  }

  private mutating func keep(_ reference: CredentialReference, by summary: RunSummary?) {
    stores.insert(reference.store)
    runs[reference] = summary
  }

  /// Follows a key from name to name.
  private mutating func take(_ move: Move) {
    switch move {
    case .made(let key, let run):
      forget(key.reference)
      keep(key.reference, by: run)
      facts[key.reference] = key
      if let check = key.check, !isPlayed(check) { checks[known(key.reference)] = check }
    case .asked(let reference, let check):
      let key = known(reference)
      if !isPlayed(check) { checks[key] = check.standing(over: checks[key]) }
    case .takenIn(let reference, let record):
      forget(reference)
      keep(reference, by: nil)
      adoptions[reference] = record
      facts[reference] = KeyFacts(of: record)
    case .copied(let before, let after, let run):
      let check = self.check(of: before)
      keep(after, by: runs[before] ?? run.flatMap { byRun[$0] })
      adoptions[after] = adoptions[before]
      firsts[after] = first(of: before)
      facts[after] = facts[before]
      checks[known(after)] = check
      facts[after]?.reference = after
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
    }
  }

  /// Notes the last day that was told of a key just now.
  private mutating func noteEnd(after move: Move) {
    let reference: CredentialReference
    switch move {
    case .made(let key, _): reference = key.reference
    case .asked(let asked, _): reference = asked
    case .takenIn, .copied, .renamed, .named, .deleted: return
    }
    if let identity = identity(of: reference), let key = facts[reference], let end = check(of: reference)?.end {
      toldEnds[identity] = (key, end)
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

extension OperationRecord {
  /// What the operation did with entries.
  fileprivate var moves: [KeyOrigins.Move] {
    let before = CredentialReference(store: operation.store, name: operation.key)
    let after = CredentialReference(store: operation.result.store, name: operation.result.key)
    return switch operation.kind {
    case .adopt, .receive:
      (previous.map { name in
        [.renamed(after, to: CredentialReference(store: after.store, name: name), run: nil)]
      } ?? []) + [.takenIn(after, self)]
    case .copy: [.copied(before, to: after, run: operation.origin)]
    case .keep: [.renamed(before, to: after, run: operation.origin)]
    // What the key was before goes along.
    case .rename:
      [
        .renamed(before, to: after, run: operation.origin),
        .renamed(before.previous, to: after.previous, run: nil),
      ]
    case .forget: [.deleted(before)]
    case .verify: check.map { [.asked(before, $0)] } ?? []
    case .exec, .config, .send: []
    }
  }
}

extension CredentialReference {
  /// Where a key was put aside that this name had before.
  fileprivate var previous: CredentialReference {
    CredentialReference(store: store, name: name.map { "previous/\($0)" })
  }
}

extension Inventory {
  /// Reads all records; those that can't be read know nothing.
  ///
  /// - Parameter run: one whose record is left out.
  public func origins(except run: String? = nil) throws -> KeyOrigins {
    let (runs, operations) = try look()
    var summaries: [RunSummary] = []
    var unreadable: [UnreadableRecord] = []
    for found in runs {
      switch found {
      case .success(let summary): if summary.run != run { summaries.append(summary) }
      case .failure(let record): unreadable.append(record)
      }
    }
    return KeyOrigins(summaries, operations, unreadable: unreadable)
  }

  /// The same, of one run's keys and of those that were taken in: no other run is read.
  public func origins(ofKeysBy run: String?) throws -> KeyOrigins {
    let maker = run.flatMap { try? self.summary(of: $0) }
    return KeyOrigins(maker.map { [$0] } ?? [], try folder.operations().compactMap { try? operation(of: $0) })
  }
}
