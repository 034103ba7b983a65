public import FlowCore
public import Records

/// What the records on this computer know of the keys in its stores: which run made each, or which operation took it in, and
/// what it was called before.
public struct KeyOrigins {
  /// The stores in which runs kept keys, or operations put them, by id.
  public private(set) var stores: Set<String> = []
  private var runsByReference: [CredentialReference: RunSummary] = [:]
  private var adoptions: [CredentialReference: OperationRecord] = [:]
  private var byRun: [String: RunSummary] = [:]

  /// The run that made a key.
  public subscript(reference: CredentialReference) -> RunSummary? { runsByReference[reference] }

  public subscript(run run: String) -> RunSummary? { byRun[run] }

  /// The operation that took a key in, which was made elsewhere.
  public func adoption(of reference: CredentialReference) -> OperationRecord? { adoptions[reference] }

  fileprivate init(_ summaries: [RunSummary], _ operations: [OperationRecord]) {
    for summary in summaries {
      byRun[summary.run] = summary
      for reference in summary.kept where reference.name != nil { keep(reference, by: summary) }
    }
    for operation in operations.reversed() where operation.outcome.isDone { take(operation) }
  }

  // MARK: - Private

  private mutating func keep(_ reference: CredentialReference, by summary: RunSummary?) {
    stores.insert(reference.store)
    runsByReference[reference] = summary
  }

  /// Follows a key from name to name, in the order of the operations.
  private mutating func take(_ record: OperationRecord) {
    let operation = record.operation
    let before = CredentialReference(store: operation.store, name: operation.key)
    let after = CredentialReference(store: operation.result.store, name: operation.result.key)
    switch operation.kind {
    case .adopt, .receive:
      keep(after, by: nil)
      adoptions[after] = record
    case .keep, .copy, .rename:
      let run = runsByReference[before] ?? operation.origin.flatMap { byRun[$0] }
      let adoption = adoptions[before]
      if operation.kind == .rename { forget(before) }
      keep(after, by: run)
      adoptions[after] = adoption
    case .forget: forget(before)
    case .exec, .send: break
    }
  }

  private mutating func forget(_ reference: CredentialReference) {
    runsByReference[reference] = nil
    adoptions[reference] = nil
  }
}

extension Inventory {
  /// Reads all records; those that can't be read know nothing.
  public func origins() throws -> KeyOrigins {
    let (runs, operations) = try look()
    return KeyOrigins(runs.compactMap { try? $0.get() }, operations)
  }
}
