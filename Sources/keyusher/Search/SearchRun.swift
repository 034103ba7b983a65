import Dispatch
import Glibc
import KeySearch
import SecretMemory
import Stores
import Synchronization

extension TreeSearch {
  /// Works on all processors until nothing is left.
  ///
  /// - Parameter status: shows how far it is.
  func run(_ status: StatusLine) throws {
    let failure = Mutex<SecretMemoryError?>(nil)
    let shown = Shown(status)
    let workers = max(1, min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 8))
    DispatchQueue.concurrentPerform(iterations: workers) { number in
      do throws(SecretMemoryError) {
        // One of them shows it, since a line has one writer.
        try work { if number == 0 { shown.show($0) } }
      } catch {
        failure.withLock { $0 = error }
      }
    }
    status.clear()
    if let error = failure.withLock({ $0 }) { throw StoreError.memory(error) }
  }
}

/// Shows how many files were searched, every thousand files. It is used by one thread.
private final class Shown: @unchecked Sendable {
  private let status: StatusLine
  private var next = 1000

  init(_ status: StatusLine) { self.status = status }

  func show(_ files: Int) {
    guard files >= next else { return }
    status.show("Searched \(files) files so far")
    next = files + 1000
  }
}
