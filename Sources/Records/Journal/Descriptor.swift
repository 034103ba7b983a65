import Glibc

/// An open file or folder, closed when nobody holds it any more.
///
/// It knows what it stands for, so that a failure of the system says what could not be done with what.
final class Descriptor: Sendable {
  enum Subject: Sendable {
    case run(String)
    case folder(path: String)
  }

  let number: Int32
  let subject: Subject

  /// Opens a path, relative to a folder if one is given; a link in the last place is refused.
  ///
  /// Throws `failed` or `folderFailed` with the system's error number.
  init(
    _ path: String, in folder: Descriptor? = nil, for subject: Subject, flags: Int32, mode: mode_t = 0
  ) throws(JournalError) {
    self.subject = subject
    var opened: Int32 = -1
    repeat {
      opened = openat(folder?.number ?? AT_FDCWD, path, flags | O_CLOEXEC | O_NOFOLLOW, mode)
    } while opened < 0 && errno == EINTR
    number = opened
    guard opened >= 0 else { throw subject.failure(flags & O_CREAT == 0 ? .open : .create) }
  }

  deinit {
    guard number >= 0 else { return }
    // A child that was just forked has a copy of the descriptor until it starts its program: closing ours would leave the
    // lock to it for that moment.
    if case .run = subject { flock(number, LOCK_UN) }
    close(number)
  }

  func status() throws(JournalError) -> stat {
    var status = stat()
    try check(fstat(number, &status), .read)
    return status
  }

  /// Sets the mode as it is given, whatever the umask made of it.
  func setMode(_ mode: mode_t) throws(JournalError) { try check(fchmod(number, mode), .create) }

  /// Returns once the contents and all that is known of the file are on the disk.
  func sync() throws(JournalError) { try check(fsync(number), .write) }

  /// Returns once the contents are on the disk.
  func syncContents() throws(JournalError) { try check(fdatasync(number), .write) }

  func truncate(to length: Int) throws(JournalError) { try check(ftruncate(number, length), .write) }

  /// Takes the lock that only one process can have. Throws `inUse` if another has it.
  func lock() throws(JournalError) {
    guard flock(number, LOCK_EX | LOCK_NB) != 0 else { return }
    if case .run(let run) = subject, errno == EWOULDBLOCK { throw .inUse(run) }
    throw subject.failure(.lock)
  }

  func readAll() throws(JournalError) -> [UInt8] {
    let size = Int(try status().st_size)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    var chunk = [UInt8](repeating: 0, count: max(4096, min(size + 1, 1 << 20)))
    while true {
      let count = pread(number, &chunk, chunk.count, bytes.count)
      if count == 0 { return bytes }
      if count > 0 { bytes += chunk.prefix(count) } else if errno != EINTR { throw subject.failure(.read) }
    }
  }

  /// Reads what stands at the end.
  func readEnd(most: Int) throws(JournalError) -> [UInt8] {
    let size = Int(try status().st_size)
    var bytes = [UInt8](repeating: 0, count: min(most, size))
    while true {
      let count = pread(number, &bytes, bytes.count, size - bytes.count)
      if count >= 0 { return Array(bytes.prefix(count)) } else if errno != EINTR { throw subject.failure(.read) }
    }
  }

  /// Writes everything: one call to the system unless it takes less than all.
  func writeAll(_ bytes: [UInt8]) throws(JournalError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
      if count >= 0 { rest.removeFirst(count) } else if errno != EINTR { throw subject.failure(.write) }
    }
  }

  private func check(_ result: Int32, _ action: JournalError.Action) throws(JournalError) {
    guard result == 0 else { throw subject.failure(action) }
  }
}

extension Descriptor.Subject {
  /// The last failure of the system, in words of what was being done.
  func failure(_ action: JournalError.Action) -> JournalError {
    switch self {
    case .run(let run): .failed(run, action: action, code: errno)
    case .folder(let path): .folderFailed(path, action: action, code: errno)
    }
  }
}

extension stat {
  var isPlainFile: Bool { st_mode & S_IFMT == S_IFREG }
  var isOurs: Bool { st_uid == geteuid() }
  /// The mode, if somebody else can write.
  var modeWritableByOthers: UInt32? { st_mode & 0o022 == 0 ? nil : st_mode & 0o777 }
  func isSameFile(as other: stat) -> Bool { st_ino == other.st_ino && st_dev == other.st_dev }
}
