public import Glibc

/// An open file or folder, closed when nobody holds it any more.
public class Descriptor {
  public let path: String
  public let number: Int32

  /// Opens a path, relative to a folder if one is given.
  ///
  /// - Parameter followsLink: whether a link in the last place is followed, and not refused.
  public init(
    _ path: String, in folder: OpenFolder? = nil, flags: Int32, mode: mode_t = 0, followsLink: Bool = false
  ) throws(FileError) {
    let flags = flags | O_CLOEXEC | (followsLink ? 0 : O_NOFOLLOW)
    self.path = folder.map { "\($0.path)/\(path)" } ?? path
    number = retrying { openat(folder?.number ?? AT_FDCWD, path, flags, mode) }
    guard number >= 0 else {
      let reason = errno == ELOOP ? FileError.Reason.link : .system(errno)
      throw FileError(self.path, flags & O_CREAT == 0 ? .open : .create, reason)
    }
  }

  deinit { if number >= 0 { close(number) } }

  public func status() throws(FileError) -> stat {
    var status = stat()
    try check(fstat(number, &status), .read)
    return status
  }

  /// Refuses what is no plain file.
  public func requirePlain() throws(FileError) {
    guard try status().isPlainFile else { throw FileError(path, .open, .notPlain) }
  }

  /// Refuses what belongs to another user or can be written by others.
  ///
  /// - Parameter orRoot: whether what is the administrator's may be used: who can change everything anyway.
  public func requireOurs(orRoot: Bool = false) throws(FileError) {
    let status = try status()
    guard status.isOurs || orRoot && status.st_uid == 0 else { throw FileError(path, .open, .notOurs) }
    if let mode = status.modeWritableByOthers { throw FileError(path, .open, .writable(mode: mode)) }
  }

  /// Sets the mode as it is given, whatever the umask made of it.
  public func setMode(_ mode: mode_t) throws(FileError) { try check(fchmod(number, mode), .create) }

  /// Reads all from the beginning, where there is one. Throws `tooLarge` if that is more than `most` bytes.
  public func read(most: Int = .max) throws(FileError) -> [UInt8] {
    lseek(number, 0, SEEK_SET)
    var bytes: [UInt8] = []
    // Nearly always all comes at once.
    let room = min(max(Int(try status().st_size) + 1, 4096), 64 << 10)
    while true {
      let chunk = try readOn(most: room)
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      guard bytes.count <= most else { throw FileError(path, .read, .tooLarge(most: most)) }
      if chunk.count < room { return bytes }
    }
  }

  /// Reads from where the last reading ended.
  private func readOn(most: Int) throws(FileError) -> [UInt8] {
    var count = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { room, length in
      count = readWhole(from: number, into: UnsafeMutableRawBufferPointer(room))
      length = max(count, 0)
    }
    guard count >= 0 else { throw .last(path, .read) }
    return bytes
  }

  /// Reads what stands at the beginning.
  public func readStart(most: Int) throws(FileError) -> [UInt8] { try readOn(most: most) }

  /// Reads what stands at the end.
  public func readEnd(most: Int) throws(FileError) -> [UInt8] {
    let size = Int(try status().st_size)
    var bytes = [UInt8](repeating: 0, count: min(most, size))
    let count = retrying { pread(number, &bytes, bytes.count, size - bytes.count) }
    guard count >= 0 else { throw .last(path, .read) }
    return Array(bytes.prefix(count))
  }

  public func write(_ bytes: [UInt8]) throws(FileError) {
    try check(bytes.withUnsafeBytes { writeWhole($0, to: number) }, .write)
  }

  /// Writes bytes from where they are, without a copy.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try check(writeWhole(bytes, to: number), .write)
  }

  public func truncate(to length: Int) throws(FileError) { try check(ftruncate(number, length), .write) }

  /// Returns once the contents and all that is known of the file are on the disk.
  public func sync() throws(FileError) { try check(retrying { fsync(number) }, .write) }

  /// Returns once the contents are on the disk.
  public func syncContents() throws(FileError) { try check(retrying { fdatasync(number) }, .write) }

  func check(_ result: Int32, _ action: FileError.Action) throws(FileError) {
    guard result == 0 else { throw .last(path, action) }
  }
}
