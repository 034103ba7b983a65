import FlowCore
import PlainText
public import Records

/// What becomes of a key, or of an entry of a store, at one moment.
enum KeyMove {
  case made(KeyFacts, RunSummary)
  case asked(CredentialReference, KeyCheck)
  /// The same within the run that made the key.
  case askedInRun(identity: String, KeyCheck)
  case takenIn(CredentialReference, OperationSummary)
  /// - Parameter run: the run that made it, where only the operation knows.
  case copied(CredentialReference, to: CredentialReference, run: String?)
  case deleted(CredentialReference)
  case renamed(CredentialReference, to: CredentialReference, run: String?)
  /// A run gave its own key another name, or was about to.
  case named(CredentialReference, to: CredentialReference, by: String, isDone: Bool)
  /// Somebody else got it, or may have.
  case given(CredentialReference, KeyHandout)
  /// What is due of a key, or of a run, waits until a day; or what a run reminded of until then is done.
  ///
  /// - Parameter reasons: what of it waits, in words of needs.
  case settled(CredentialReference, run: String?, until: Day, isDone: Bool, reasons: [String])
  /// A run says of a key that it did not make that it is gone from the exchange's list.
  case gone(String, RunSummary)
  /// A run is over that named keys which it did not make.
  case spokenOf(RunSummary)
  /// - Parameters:
  ///   - by: who said so.
  ///   - record: the id of the record in which that stands.
  case marked(KeyMark, by: String, record: String)

  /// Nil for what has not moved anything yet.
  private init?(_ operation: EntryOperation, by run: String) {
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

  /// All that records tell, in the order in which it happened: a name that was given up may be that of another key later.
  static func all(_ summaries: [RunSummary], _ operations: [OperationSummary]) -> [KeyMove] {
    var moves: [(at: Timestamp, move: KeyMove)] = summaries.flatMap { run in
      run.keys.map { ($0.since, .made($0, run)) }
    }
    for run in summaries {
      for key in run.keys {
        guard let check = key.check else { continue }
        moves.append((max(check.at, key.since), .askedInRun(identity: KeyLife.identity(of: key, madeBy: run), check)))
      }
      moves += run.gone.map { ($1, .gone($0, run)) }
    }
    for record in operations {
      // An answer counts from when it came.
      if record.outcome.isDone { moves += record.moves.map { (record.check?.at ?? record.began, $0) } }
      if let handout = record.handout { moves.append((record.began, .given(record.reference, handout))) }
      moves += record.marks.map { ($0.at, .marked($0, by: record.user, record: record.id)) }
    }
    for run in summaries {
      moves += run.operations.compactMap { done in KeyMove(done.operation, by: run.run).map { (done.at, $0) } }
      if !run.named.isEmpty { moves.append((run.lastAt, .spokenOf(run))) }
    }
    // What happened at once stays as it stands above; places are quicker moved than what is there.
    let order = moves.indices.sorted { (moves[$0].at, $0) < (moves[$1].at, $1) }
    return order.map { moves[$0].move }
  }
}

/// Somebody or something that was given a key.
public struct KeyHandout: Equatable, Sendable {
  public enum Kind: String, Equatable, Sendable, CaseIterable {
    /// A program was started with it, or has it in a file.
    case exec, config
    /// It was written for another machine, or into another store.
    case send, copy

    /// The fact of an operation that names who got it.
    fileprivate var receiver: String {
      switch self {
      case .exec, .config: "program"
      case .send: "recipient"
      case .copy: "to-store"
      }
    }
  }

  public var kind: Kind
  /// The program, the recipient of a file, or the store.
  public var to: String
  /// The file in which it lies in plain text, or was sent.
  public var file: String?
  /// Who did that, on which computer, and when it was done last.
  public var person: String
  public var host: String
  public var at: Timestamp
}

extension OperationSummary {
  /// The entry that it was about, as it was called before.
  fileprivate var reference: CredentialReference {
    CredentialReference(store: operation.store, name: operation.key)
  }

  /// What the operation did with entries.
  fileprivate var moves: [KeyMove] {
    let before = reference
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
    case .snooze, .done:
      Day(operation.facts["until"] ?? "").map { day in
        let reasons = (operation.facts["what"] ?? "").split(separator: ",").map(String.init)
        return [
          .settled(before, run: operation.origin, until: day, isDone: operation.kind == .done, reasons: reasons)
        ]
      } ?? []
    case .exec, .config, .send, .compromise, .offboard: []
    }
  }

  /// Whom it gave the key to. What was begun, and of which nobody knows the end, may have been done.
  fileprivate var handout: KeyHandout? {
    if case .failed = outcome { return nil }
    let facts = operation.facts
    guard let kind = KeyHandout.Kind(rawValue: operation.kind.rawValue), let to = facts[kind.receiver] else {
      return nil
    }
    return KeyHandout(kind: kind, to: to, file: facts["file"], person: user, host: host, at: began)
  }
}

extension CredentialReference {
  /// Where a key was put aside that this name had before.
  fileprivate var previous: CredentialReference {
    CredentialReference(store: store, name: name.map { "previous/\($0)" })
  }
}
