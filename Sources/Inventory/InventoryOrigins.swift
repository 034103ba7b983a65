import FlowCore
import Records

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
    return KeyOrigins(maker.map { [$0] } ?? [], try folder.operations().compactMap { try? operation(of: $0)?.summary })
  }
}
