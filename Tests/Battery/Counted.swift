// Without the module, as in a build that links Swift statically, there are no tests either.
#if canImport(Testing)
import Outside
import Synchronization
public import Testing

/// Counts the cases of a suite, or of one test, for a group of the battery: what stands in another target than its own.
public struct Counted: SuiteTrait, TestTrait, TestScoping {
  let group: BatteryGroup

  public var isRecursive: Bool { true }

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await function() }
    let complaints = Complaints()
    let group = group
    let note: @Sendable (String) -> Void = { what in
      complaints.absences.withLock { $0 += 1 }
      Tally.notRun(group, "\(test.displayName ?? test.name), for want of \(what)")
    }
    let listening = IssueHandlingTrait.compactMapIssues { issue in
      complaints.count.withLock { $0 += 1 }
      return issue
    }
    do {
      try await Absence.$noting.withValue(note) {
        try await listening.provideScope(for: test, testCase: testCase, performing: function)
      }
    } catch {
      Tally.count(group, failed: 1)
      throw error
    }
    let hasFailed = complaints.count.withLock { $0 } > 0
    // What lacked its tool proved nothing.
    if !hasFailed, complaints.absences.withLock({ $0 }) > 0 { return }
    Tally.count(group, failed: hasFailed ? 1 : 0)
  }

  private final class Complaints: Sendable {
    let count = Mutex(0)
    let absences = Mutex(0)
  }
}

extension Trait where Self == Counted {
  public static func counted(as group: BatteryGroup) -> Self { Counted(group: group) }
}
#endif
