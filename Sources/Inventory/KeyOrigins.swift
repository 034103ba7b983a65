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
  private var byRun: [String: RunSummary] = [:]

  /// The run that made a key.
  public subscript(reference: CredentialReference) -> RunSummary? { runs[reference] }

  public subscript(run run: String) -> RunSummary? { byRun[run] }

  /// The operation that took a key in, which was made elsewhere.
  public func adoption(of reference: CredentialReference) -> OperationRecord? { adoptions[reference] }

  /// Where the run that made a key kept it, before it was renamed or copied.
  func first(of reference: CredentialReference) -> CredentialReference { firsts[reference] ?? reference }

  fileprivate init(_ summaries: [RunSummary], _ operations: [OperationRecord]) {
    for summary in summaries {
      byRun[summary.run] = summary
      for reference in summary.kept where reference.name != nil { keep(reference, by: summary) }
    }
    let moves =
      operations.filter(\.outcome.isDone).flatMap { record in record.moves.map { (record.header.began, $0) } }
      + summaries.flatMap { summary in
        summary.operations.map { ($0.at, Move($0.operation)) }
      }
    for (_, move) in moves.sorted(by: { $0.0 < $1.0 }) { take(move) }
  }

  // MARK: - Private

  /// What becomes of an entry.
  fileprivate enum Move {
    case takenIn(CredentialReference, OperationRecord)
    /// - Parameter run: the run that made it, where only the operation knows.
    case copied(CredentialReference, to: CredentialReference, run: String?)
    case deleted(CredentialReference)
    case renamed(CredentialReference, to: CredentialReference)

    init(_ operation: EntryOperation) {
      switch operation {
      case .deleted(let reference, _): self = .deleted(reference)
      case .renamed(let reference, let name):
        self = .renamed(reference, to: CredentialReference(store: reference.store, name: name))
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
    case .takenIn(let reference, let record):
      keep(reference, by: nil)
      adoptions[reference] = record
      firsts[reference] = nil
    case .copied(let before, let after, let run):
      keep(after, by: runs[before] ?? run.flatMap { byRun[$0] })
      adoptions[after] = adoptions[before]
      firsts[after] = first(of: before)
    case .renamed(let before, let after):
      take(.copied(before, to: after, run: nil))
      take(.deleted(before))
    case .deleted(let reference):
      runs[reference] = nil
      adoptions[reference] = nil
      firsts[reference] = nil
    }
  }
}

extension OperationRecord {
  /// What the operation did with entries.
  fileprivate var moves: [KeyOrigins.Move] {
    let before = CredentialReference(store: operation.store, name: operation.key)
    let after = CredentialReference(store: operation.result.store, name: operation.result.key)
    return switch operation.kind {
    case .adopt, .receive: [.takenIn(after, self)]
    case .copy: [.copied(before, to: after, run: operation.origin)]
    case .keep, .rename: [.copied(before, to: after, run: operation.origin), .deleted(before)]
    case .forget: [.deleted(before)]
    case .exec, .send: []
    }
  }
}

extension Inventory {
  /// Reads all records; those that can't be read know nothing.
  public func origins() throws -> KeyOrigins {
    let (runs, operations) = try look()
    return KeyOrigins(runs.compactMap { try? $0.get() }, operations)
  }
}
