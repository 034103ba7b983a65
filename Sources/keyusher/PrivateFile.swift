import Glibc

/// Writes files that only their owner can read, whole or not at all.
enum PrivateFile {
  /// Replaces a file atomically: a new one beside it, written and synced, takes its name. What is no plain file (a link, a
  /// device, a folder) is left alone.
  ///
  /// - Returns: whether there was a file of that name before.
  static func write(_ text: String, to path: String) throws -> Bool {
    var status = stat()
    let exists = lstat(path, &status) == 0
    if exists, status.st_mode & S_IFMT != S_IFREG {
      throw Complaint(
        "'\(path)' is no plain file", hints: ["choose another place, or redirect standard output"], status: .inputOutput
      )
    }
    let temporary = path + ".new-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path) }
    do {
      try keyusher.write(text, to: descriptor)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    let isSynced = fsync(descriptor) == 0
    guard close(descriptor) == 0, isSynced, rename(temporary, path) == 0 else {
      let error = failure(path)
      unlink(temporary)
      throw error
    }
    return exists
  }

  private static func failure(_ path: String) -> Complaint {
    Complaint(
      "can't write '\(path)': \(String(cString: strerror(errno)))",
      hints: ["choose another place with --output, or print to standard output"], status: .inputOutput)
  }
}
