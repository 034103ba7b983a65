import Glibc

/// Writes files that only their owner can read, whole or not at all.
enum PrivateFile {
  /// Replaces a file atomically: a new one beside it, written and synced, takes its name.
  static func write(_ text: String, to path: String) throws {
    let temporary = path + ".new-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return try abandon(temporary, descriptor, path) }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0, close(descriptor) == 0 else { return try abandon(temporary, -1, path) }
    guard rename(temporary, path) == 0 else { return try abandon(temporary, -1, path) }
  }

  private static func abandon(_ temporary: String, _ descriptor: Int32, _ path: String) throws {
    let error = failure(path)
    if descriptor >= 0 { close(descriptor) }
    unlink(temporary)
    throw error
  }

  private static func failure(_ path: String) -> Complaint {
    Complaint(
      "can't write '\(path)': \(String(cString: strerror(errno)))",
      hints: ["choose another place with --output, or print to standard output"], status: .inputOutput)
  }
}
