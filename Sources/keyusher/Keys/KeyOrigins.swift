import FlowCore
import Records
import Stores

/// What the records on this computer know of the keys that runs made.
struct KeyOrigins {
  struct Origin: Equatable {
    var run: String
    /// When the run began.
    var began: Timestamp
    var isUnfinished: Bool
    /// The provider of the flow, for example `gate-io`.
    var exchange: String
    var label: String?
  }

  /// The stores in which runs kept keys, by id.
  private(set) var stores: Set<String> = []
  private var byName: [String: Origin] = [:]
  private var byRun: [String: Origin] = [:]

  /// Reads all records; those that can't be read know nothing.
  init(_ records: RecordFolder) throws {
    for case .success(let summary) in try records.summaries() {
      guard let record = try? Overview.record(of: summary.run, in: records) else { continue }
      take(record, of: summary)
    }
  }

  /// The run that made an entry: the one that says so, or the one in a pending entry's name.
  subscript(name: EntryName, in store: String) -> Origin? {
    byName["\(store) \(name)"] ?? name.pendingRun.flatMap { byRun[$0] }
  }

  /// A run, by its id.
  subscript(run run: String) -> Origin? { byRun[run] }

  // MARK: - Private

  private mutating func take(_ record: Record, of summary: RunSummary) {
    var isUnfinished = false
    if case .unfinished = record.status { isUnfinished = true }
    let overview = try? Overview(summary)
    let origin = Origin(
      run: summary.run, began: summary.began, isUnfinished: isUnfinished,
      exchange: String(record.flow.id.prefix { $0 != "/" }), label: overview?.label)
    byRun[summary.run] = origin
    for item in record.items {
      for visit in item.visits {
        guard case .credential(let reference)? = visit.given.answer, let name = reference.name else { continue }
        stores.insert(reference.store)
        byName["\(reference.store) \(name)"] = origin
      }
    }
  }
}
