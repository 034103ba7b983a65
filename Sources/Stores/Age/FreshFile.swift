import Glibc

/// A file that is written beside its place, as `.NAME.tmp.PID`, and comes into it whole and durable, or not at all.
final class FreshFile {
  private let folder: StoreFolder
  private let temporary: String
  private var isPlaced = false

  /// Writes the bytes, mode 0600 whatever the umask, and returns once they are on the disk.
  init(_ bytes: [UInt8], for name: String, in folder: StoreFolder) throws(StoreError) {
    self.folder = folder
    temporary = "\(FreshFile.prefix)\(name)\(FreshFile.infix)\(getpid())"
    let path = "\(folder.path)/\(temporary)"
    // One of the same process number is left from a computer that went down.
    unlinkat(folder.number, temporary, 0)
    let number = retrying {
      openat(folder.number, temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    }
    guard number >= 0 else { throw .system(path) }
    defer { close(number) }
    guard fchmod(number, 0o600) == 0 else { throw .system(path) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(number, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system(path) }
      rest.removeFirst(count)
    }
    guard retrying({ fsync(number) }) == 0 else { throw .system(path) }
  }

  deinit { if !isPlaced { unlinkat(folder.number, temporary, 0) } }

  /// What stands on the disk now, for proving it before it takes its place.
  func readBack() throws(StoreError) -> StoreFile {
    guard let file = try folder.openFile(temporary) else {
      throw .unusableFile(path: "\(folder.path)/\(temporary)", why: "it is gone")
    }
    return file
  }

  /// Puts it under its name, durably; false if the name is taken. Throws `notDurable` if it is there and may not stay.
  func place(as name: String, replacing: Bool) throws(StoreError) -> Bool {
    switch try folder.move(temporary, to: name, in: folder, replacing: replacing) {
    case .done: isPlaced = true
    case .taken: return false
    case .missing: throw .unusableFile(path: "\(folder.path)/\(temporary)", why: "it is gone")
    }
    try folder.sync()
    return true
  }

  /// Whether a name is that of such a file, which only a kill can have left while nobody else writes.
  static func isLeftover(_ name: String) -> Bool {
    guard name.hasPrefix(prefix), let last = name.lastIndex(of: ".") else { return false }
    let process = name[last...].dropFirst()
    return name[..<last].hasSuffix(".tmp") && !process.isEmpty && process.allSatisfy { $0.isASCII && $0.isNumber }
  }

  // MARK: - Private

  private static let prefix = "."
  private static let infix = ".tmp."
}
