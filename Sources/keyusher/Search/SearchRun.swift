import Dispatch
import Glibc
import KeySearch
import SecretMemory
import Stores
import Synchronization

extension TreeSearch {
  /// Works on all processors until nothing is left.
  func run() throws {
    let failure = Mutex<SecretMemoryError?>(nil)
    let workers = max(1, min(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 8))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      do throws(SecretMemoryError) { try work() } catch { failure.withLock { $0 = error } }
    }
    if let error = failure.withLock({ $0 }) { throw StoreError.memory(error) }
  }
}
