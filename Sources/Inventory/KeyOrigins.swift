public import FlowCore

/// What the records on this computer know of the keys that runs made.
public struct KeyOrigins {
  /// The stores in which runs kept keys, by id.
  public private(set) var stores: Set<String> = []
  private var byReference: [CredentialReference: RunSummary] = [:]
  private var byRun: [String: RunSummary] = [:]

  /// The run that kept a key.
  public subscript(reference: CredentialReference) -> RunSummary? { byReference[reference] }

  public subscript(run run: String) -> RunSummary? { byRun[run] }

  fileprivate init(_ summaries: [RunSummary]) {
    for summary in summaries {
      byRun[summary.run] = summary
      for reference in summary.kept where reference.name != nil {
        stores.insert(reference.store)
        byReference[reference] = summary
      }
    }
  }
}

extension Inventory {
  /// Reads all records; those that can't be read know nothing.
  public func origins() throws -> KeyOrigins { KeyOrigins(try summaries().compactMap { try? $0.get() }) }
}
