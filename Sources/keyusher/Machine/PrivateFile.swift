import Glibc

/// Writes files that only their owner can read, whole or not at all.
enum PrivateFile {
  /// Replaces a file atomically: a new one beside it, written and synced, takes its name. What is no plain file (a link, a
  /// device, a folder) is left alone.
  ///
  /// - Parameter hint: what to do if it can't be written.
  /// - Returns: whether there was a file of that name before.
  @discardableResult
  static func write(
    _ text: String, to path: String, hint: String = "choose another place with --output, or print to standard output"
  ) throws -> Bool {
    try write(Array(text.utf8), to: path, hint: hint)
  }

  @discardableResult
  static func write(_ bytes: [UInt8], to path: String, hint: String) throws -> Bool {
    var status = stat()
    let exists = lstat(path, &status) == 0
    if exists, status.st_mode & S_IFMT != S_IFREG {
      throw CommandError(
        "'\(path)' is no plain file", hints: ["take it away, or choose another place"], status: .inputOutput)
    }
    let temporary = path + ".new-\(getpid())"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(path, hint) }
    do {
      try keyusher.write(bytes, to: descriptor)
    } catch {
      close(descriptor)
      unlink(temporary)
      throw error
    }
    let isSynced = fsync(descriptor) == 0
    guard close(descriptor) == 0, isSynced, rename(temporary, path) == 0 else {
      let error = failure(path, hint)
      unlink(temporary)
      throw error
    }
    try sync(folderOf: path, hint)
    return exists
  }

  // MARK: - Private

  /// Returns once the folder has the new name on the disk.
  private static func sync(folderOf path: String, _ hint: String) throws {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if descriptor >= 0 { close(descriptor) } }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw CommandError(
        "'\(path)' is written, but may not survive a power failure: \(String(cString: strerror(errno)))",
        hints: [hint], status: .inputOutput)
    }
  }

  private static func failure(_ path: String, _ hint: String) -> CommandError {
    CommandError(
      "can't write '\(path)': \(String(cString: strerror(errno)))",
      hints: [hint], status: .inputOutput)
  }
}
