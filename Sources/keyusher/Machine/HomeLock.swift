import Glibc

/// The lock on Keyusher's home, held from reading a setting to writing it: what two commands change side by side both stays.
final class HomeLock {
  private let descriptor: Int32

  /// Waits until no other process holds it. Of a killed process nothing is left.
  init(_ home: String) throws {
    descriptor = open(home, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw HomeLock.failure(home) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw HomeLock.failure(home) }
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  private static func failure(_ home: String) -> CommandError {
    CommandError(
      "the folder '\(home)' can't be locked: \(String(cString: strerror(errno)))",
      hints: ["look at its rights, and try again"], status: .inputOutput)
  }
}
