import Files
import Glibc
import StandIn
import Synchronization

/// A file to which a line is added for each request, as soon as it is answered.
final class RequestLog: Sendable {
  private let file: Mutex<Descriptor>

  /// - Throws: `FileError`, if it can't be written.
  init(_ path: String) throws {
    file = Mutex(try Descriptor(path, flags: O_WRONLY | O_CREAT | O_APPEND, mode: 0o600, followsLink: true))
  }

  func add(_ entry: LogEntry) {
    // One call to the system, so that a reader sees whole lines. A full disk ends no exchange.
    try? file.withLock { try $0.write(Array((entry.line + "\n").utf8)) }
  }
}

/// Writes to standard output at once.
func writeLine(_ text: String) { write(text + "\n", to: STDOUT_FILENO) }

/// Writes to standard error.
func writeWords(_ text: String) { write(text + "\n", to: STDERR_FILENO) }

private func write(_ text: String, to descriptor: Int32) {
  Array(text.utf8).withUnsafeBytes { _ = writeWhole($0, to: descriptor) }
}
