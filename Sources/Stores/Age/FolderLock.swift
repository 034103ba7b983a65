import Glibc

/// The lock on a store's folder: whoever has it is the only one who changes what is there. Of a killed process nothing is left.
final class FolderLock {
  private let number: Int32

  /// How often the lock is tried, a hundredth of a second apart: ten seconds in all.
  static let usualTries = 1000

  /// Waits for the lock. Throws `unreachable` if another process keeps it all the time.
  init(_ folder: StoreFolder, store: String, tries: Int = usualTries) throws(StoreError) {
    let path = "\(folder.path)/\(FolderLock.name)"
    for _ in 0..<tries {
      let number = retrying {
        openat(folder.number, FolderLock.name, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0o600)
      }
      guard number >= 0 else {
        throw errno == ELOOP ? .unusableFile(path: path, why: "it is a link") : .system(path)
      }
      do throws(StoreError) {
        try FolderLock.check(number, path)
      } catch {
        close(number)
        throw error
      }
      if flock(number, LOCK_EX | LOCK_NB) == 0, FolderLock.isStillThere(number, folder) {
        self.number = number
        return
      }
      let error = errno
      close(number)
      guard error == EWOULDBLOCK || error == EINTR || error == 0 else {
        errno = error
        throw .system(path)
      }
      poll(nil, 0, FolderLock.pause)
    }
    throw .unreachable(store: store, why: "another process is changing it all the time")
  }

  deinit {
    // A child that was just forked has a copy of the descriptor until it starts its program: closing ours would leave the
    // lock to it for that moment.
    flock(number, LOCK_UN)
    close(number)
  }

  // MARK: - Private

  private static let name = ".lock"
  /// In milliseconds.
  private static let pause: Int32 = 10

  private static func check(_ number: Int32, _ path: String) throws(StoreError) {
    var status = stat()
    guard fstat(number, &status) == 0 else { throw .system(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .unusableFile(path: path, why: "it is no plain file") }
    // The umask may have taken from the mode, even what the next one needs.
    if status.st_mode & 0o777 != 0o600, fchmod(number, 0o600) != 0 { throw .system(path) }
    try checkOwner(number, path)
  }

  /// Whether the file was not deleted before it was locked.
  private static func isStillThere(_ number: Int32, _ folder: StoreFolder) -> Bool {
    var mine = stat()
    var there = stat()
    defer { errno = 0 }
    return fstat(number, &mine) == 0 && fstatat(folder.number, name, &there, AT_SYMLINK_NOFOLLOW) == 0
      && mine.isSameFile(as: there)
  }
}
