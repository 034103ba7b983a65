import Synchronization

/// A program of a store's, looked for when it is first needed and never again: all verbs run the one that was examined.
final class FoundOnce: Sendable {
  private let find: @Sendable () throws(StoreError) -> HelperProgram
  private let known = Mutex<HelperProgram?>(nil)

  init(_ name: String, for store: String, environment: [String: String]) {
    find = { () throws(StoreError) in try HelperProgram.find(name, for: store, environment: environment) }
  }

  /// The program. One that was not found is looked for again: it may be installed meanwhile.
  func program() throws(StoreError) -> HelperProgram {
    if let known = known.withLock({ $0 }) { return known }
    let found = try find()
    return known.withLock { known in
      if let known { return known }
      known = found
      return found
    }
  }
}
