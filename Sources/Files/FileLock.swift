import Glibc

/// A lock on an open file or folder, held from reading to writing and given back with the object. Of a killed process nothing
/// is left.
public final class FileLock {
  private let held: Descriptor

  /// Takes the lock that only one process can have; nil if another has it all the time.
  public init?(_ descriptor: Descriptor, milliseconds: Int = 0) throws(FileError) {
    held = descriptor
    var left = milliseconds
    while retrying({ flock(descriptor.number, LOCK_EX | LOCK_NB) }) != 0 {
      guard errno == EWOULDBLOCK else { throw .last(descriptor.path, .lock) }
      guard left > 0 else { return nil }
      left -= FileLock.pause()
    }
  }

  /// Takes the lock that a file of this name stands for, and makes that file.
  public static func named(
    _ name: String, in folder: OpenFolder, milliseconds: Int
  ) throws(FileError) -> FileLock? {
    var left = milliseconds
    while left > 0 {
      let file = try Descriptor(name, in: folder, flags: O_RDWR | O_CREAT | O_NONBLOCK, mode: 0o600)
      try file.requirePlain()
      // The umask may have taken from the mode, even what the next one needs.
      if try file.status().st_mode & 0o777 != 0o600 { try file.setMode(0o600) }
      try file.requireOurs()
      // It may have been deleted before it was locked.
      if let lock = try FileLock(file), let now = try folder.status(of: name), try file.status().isSameFile(as: now) {
        return lock
      }
      left -= pause()
    }
    return nil
  }

  deinit {
    // A child that was just forked has a copy of the descriptor until it starts its program: closing ours would leave the
    // lock to it for that moment.
    flock(held.number, LOCK_UN)
  }

  /// Waits for a moment, and returns how long, in milliseconds.
  private static func pause() -> Int {
    poll(nil, 0, 10)
    return 10
  }
}
