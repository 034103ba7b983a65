// Without the module, as in a build that links Swift statically, there are no tests either.
#if canImport(Testing)
import Foundation
import Synchronization
public import Testing

/// Runs the cases of a suite on threads of their own, beside those that all tests share, of which each processor has one.
///
/// For suites that mostly wait for other programs: while they wait, the processors are for tests that compute.
public struct Beside: SuiteTrait, TestTrait, TestScoping {
  public var isRecursive: Bool { true }

  public func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await function() }
    try await withTaskExecutorPreference(WaitingThreads.shared) { try await function() }
  }
}

extension Trait where Self == Beside {
  public static var beside: Self { Beside() }
}

/// A few threads that take the newest first, so that a suite whose tests follow each other does not queue for each of them.
private final class WaitingThreads: TaskExecutor {
  static let shared = WaitingThreads(4)

  private let jobs = Mutex<[UnownedJob]>([])
  private let waiting = DispatchSemaphore(value: 0)

  private init(_ count: Int) {
    for _ in 0..<count {
      let thread = Thread { [self] in
        while true {
          waiting.wait()
          let job = jobs.withLock { $0.removeLast() }
          job.runSynchronously(on: asUnownedTaskExecutor())
        }
      }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    waiting.signal()
  }
}
#endif
