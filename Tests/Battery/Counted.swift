public import Testing

/// Counts the cases of a suite, or of one test, for a group of the battery.
public struct Counted: SuiteTrait, TestTrait, TestScoping {
  let group: BatteryGroup

  public var isRecursive: Bool { true }

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    do {
      try await function()
    } catch {
      if testCase != nil { Tally.count(group, failed: 1) }
      throw error
    }
    if testCase != nil { Tally.count(group) }
  }
}

extension Trait where Self == Counted {
  public static func counted(as group: BatteryGroup) -> Self { Counted(group: group) }
}
