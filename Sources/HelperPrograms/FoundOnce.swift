import Synchronization

/// A program that is looked for when it is first needed and never again: all that is done runs the one that was examined.
public final class FoundOnce: Sendable {
  private let find: @Sendable () throws(HelperError) -> HelperProgram
  private let known = Mutex<HelperProgram?>(nil)

  public init(_ name: String, environment: [String: String]) {
    find = { () throws(HelperError) in try HelperProgram.find(name, environment: environment) }
  }

  /// The program. One that was not found is looked for again: it may be installed meanwhile.
  public func program() throws(HelperError) -> HelperProgram {
    if let known = known.withLock({ $0 }) { return known }
    let found = try find()
    return known.withLock { known in
      if let known { return known }
      known = found
      return found
    }
  }
}
