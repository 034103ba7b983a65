import Files
import Glibc
import Synchronization

/// A state file on disk, read again whenever it changed.
public final class StateFile: Sendable {
  /// What tells one version of a file from the next.
  private struct Version: Equatable {
    var file: UInt
    var size: Int
    var seconds: Int
    var nanoseconds: Int
  }

  private let path: String
  private let last = Mutex<(version: Version, state: State)?>(nil)

  public init(_ path: String) { self.path = path }

  /// What it says now.
  ///
  /// - Throws: `FileError` or `StateError`.
  func state(now: Moment) throws -> State {
    try last.withLock { last in
      let file = try Descriptor(path, flags: O_RDONLY, followsLink: true)
      let status = try file.status()
      let version = Version(
        file: status.st_ino, size: status.st_size, seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec)
      if let last, last.version == version { return last.state }
      let state = try State(reading: try file.read(most: 4 << 20), path: path, now: now)
      last = (version, state)
      return state
    }
  }
}
