import Glibc

/// A file that is written beside its place and comes into it whole and durable, or not at all.
public final class FreshFile {
  private let folder: OpenFolder
  private let temporary: String
  private let isDurable: Bool
  private var isPlaced = false

  /// Writes the bytes, mode 0600 whatever the umask, and returns once they are on the disk.
  ///
  /// - Parameters:
  ///   - temporary: the name that it has until it is placed; what has that name is left from a kill, and goes.
  ///   - isDurable: whether it must outlive a failure of the power; else nobody waits for the disk.
  public convenience init(
    _ bytes: [UInt8], under temporary: String, in folder: OpenFolder, isDurable: Bool = true
  ) throws(FileError) {
    try self.init(under: temporary, in: folder, isDurable: isDurable) { file throws(FileError) in
      try file.write(bytes)
    }
  }

  /// The same, written by whoever has the bytes.
  public init(
    under temporary: String, in folder: OpenFolder, isDurable: Bool = true,
    writing write: (Descriptor) throws(FileError) -> Void
  ) throws(FileError) {
    self.folder = folder
    self.temporary = temporary
    self.isDurable = isDurable
    _ = try? folder.delete(temporary)
    let file = try Descriptor(temporary, in: folder, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
    try file.setMode(0o600)
    try write(file)
    if isDurable { try file.sync() }
  }

  deinit { if !isPlaced { unlinkat(folder.number, temporary, 0) } }

  /// What stands on the disk now, for proving it before it takes its place.
  public func readBack() throws(FileError) -> [UInt8] {
    guard let file = try folder.openFile(temporary) else { throw gone }
    return try file.read()
  }

  /// Puts it under its name, durably; false if the name is taken. Throws `notDurable` if it is there and may not stay.
  @discardableResult
  public func place(as name: String, replacing: Bool) throws(FileError) -> Bool {
    switch try folder.move(temporary, to: name, in: folder, replacing: replacing) {
    case .done: isPlaced = true
    case .taken: return false
    case .missing: throw gone
    }
    if isDurable { try folder.syncChange() }
    return true
  }

  private var gone: FileError { FileError("\(folder.path)/\(temporary)", .read, .system(ENOENT)) }
}

/// Puts bytes in the place of a file, at once, so that only their owner can read them; whether there was one before. What is
/// no plain file (a link, a device, a folder) is left alone.
@discardableResult
public func replaceFile(_ path: String, with bytes: [UInt8]) throws(FileError) -> Bool {
  let old = try status(of: path, followingLink: false)
  guard old?.isPlainFile ?? true else { throw FileError(path, .replace, .notPlain) }
  _ = try place(at: path, replacing: true) { file throws(FileError) in try file.write(bytes) }
  return old != nil
}

/// Makes a file that only its owner can read, whole or not at all; false if there is something of that name, which stays.
public func makeFile(
  _ path: String, writing write: (Descriptor) throws(FileError) -> Void
) throws(FileError) -> Bool {
  try place(at: path, replacing: false, writing: write)
}

private func place(
  at path: String, replacing: Bool, writing write: (Descriptor) throws(FileError) -> Void
) throws(FileError) -> Bool {
  let (above, name) = parted(path)
  let folder = try OpenFolder(above, followsLink: true)
  let fresh = try FreshFile(under: "\(name).new-\(getpid())", in: folder, writing: write)
  return try fresh.place(as: name, replacing: replacing)
}
