import CProcess
public import Glibc

/// An open folder, in which every file is reached by descriptor, never by a path that others could turn elsewhere.
public final class OpenFolder: Descriptor {
  /// Opens a folder, relative to another if one is given; whoever it belongs to.
  public init(_ path: String, in folder: OpenFolder? = nil, followsLink: Bool = false) throws(FileError) {
    // `O_NOFOLLOW` would follow `link/`.
    try super.init(withoutLastSlashes(path), in: folder, flags: O_RDONLY | O_DIRECTORY, followsLink: followsLink)
  }

  /// Opens a folder that only we can change; nil if there is none. What is a link, another user's, or can be written by others
  /// is refused.
  public static func ours(_ path: String, in folder: OpenFolder? = nil) throws(FileError) -> OpenFolder? {
    let opened: OpenFolder
    do throws(FileError) {
      opened = try OpenFolder(path, in: folder)
    } catch {
      switch error.reason {
      case .system(ENOENT): return nil
      case .link, .system(ENOTDIR): throw FileError(error.path, .open, .notFolder)
      default: throw error
      }
    }
    try opened.requireOurs()
    return opened
  }

  /// Opens a folder that only we can change, and makes it and those above it, mode 0700 whatever the umask, if it is not there.
  public static func making(_ path: String) throws(FileError) -> OpenFolder {
    if let folder = try ours(path) { return folder }
    let (above, name) = parted(withoutLastSlashes(path))
    if try !exists(above) { _ = try making(above) }
    // The folder above may be a link and may be another's, as a home's is: it is only made in.
    return try OpenFolder(above, followsLink: true).making(name)
  }

  /// Opens a folder in this one, and makes it if it is not there.
  public func making(_ name: String) throws(FileError) -> OpenFolder {
    if let folder = try OpenFolder.ours(name, in: self) { return folder }
    if mkdirat(number, name, 0o700) == 0 {
      // The umask may have taken from the mode, even what we need ourselves.
      guard fchmodat(number, name, 0o700, 0) == 0 else { throw failure(name, .create) }
      try sync()
    } else if errno != EEXIST {
      throw failure(name, .create)
    }
    guard let folder = try OpenFolder.ours(name, in: self) else { throw failure(name, .create) }
    return folder
  }

  /// The names of what is in it, without `.` and `..`, in no order.
  public func names() throws(FileError) -> [String] {
    let copy = retrying { openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard copy >= 0 else { throw .last(path, .list) }
    guard let listing = fdopendir(copy) else {
      let error = FileError.last(path, .list)
      close(copy)
      throw error
    }
    defer { closedir(listing) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(listing) else {
        guard errno == 0 else { throw .last(path, .list) }
        return names
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name != ".", name != ".." { names.append(name) }
    }
  }

  /// What stands under a name, without following a link; nil if there is nothing. A look that fails says nothing, and is thrown.
  public func status(of name: String) throws(FileError) -> stat? {
    var status = stat()
    if fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
    guard errno == ENOENT else { throw failure(name, .read) }
    return nil
  }

  public func contains(_ name: String) throws(FileError) -> Bool { try status(of: name) != nil }

  /// Opens a file for reading; nil if there is none. What is no plain file of our own, that only we can write, is refused.
  public func openFile(_ name: String) throws(FileError) -> Descriptor? {
    let file: Descriptor
    do throws(FileError) {
      // Without O_NONBLOCK a pipe of that name would hold us for ever.
      file = try Descriptor(name, in: self, flags: O_RDONLY | O_NONBLOCK)
    } catch {
      guard error.reason == .system(ENOENT) else { throw error }
      return nil
    }
    try file.requirePlain()
    try file.requireOurs()
    return file
  }

  /// How a renaming went.
  public enum Move { case done, taken, missing }

  /// Gives a file another name, at once: it is under one of the two at every moment.
  public func move(
    _ name: String, to other: String, in folder: OpenFolder, replacing: Bool
  ) throws(FileError) -> Move {
    guard let old = try status(of: name) else { return .missing }
    let new = try folder.status(of: other)
    if let new, new.isFolder { throw FileError("\(folder.path)/\(other)", .replace, .folder) }
    guard new == nil || replacing else { return .taken }
    // Two names of one file: the system would leave both.
    if let new, new.isSameFile(as: old) {
      guard number == folder.number && name == other || unlinkat(number, name, 0) == 0 else {
        throw failure(name, .replace)
      }
      return .done
    }
    if replacing {
      guard renameat(number, name, folder.number, other) == 0 else { throw folder.failure(other, .replace) }
      return .done
    }
    if kp_rename_new(number, name, folder.number, other) == 0 { return .done }
    if errno == EEXIST { return .taken }
    // Not every file system can; then it is the lock that keeps others from taking the name in between.
    guard [EINVAL, ENOSYS, ENOTSUP].contains(errno), renameat(number, name, folder.number, other) == 0 else {
      throw folder.failure(other, .replace)
    }
    return .done
  }

  /// Deletes a file; whether there was one.
  @discardableResult
  public func delete(_ name: String) throws(FileError) -> Bool {
    if unlinkat(number, name, 0) == 0 { return true }
    guard errno == ENOENT else { throw failure(name, .replace) }
    return false
  }

  /// Deletes a folder if it is empty.
  public func deleteEmptyFolder(_ name: String) { unlinkat(number, name, AT_REMOVEDIR) }

  /// Returns once what was changed in the folder is on the disk. Throws `notDurable`.
  public func syncChange() throws(FileError) {
    do throws(FileError) { try sync() } catch { throw FileError(path, .write, .notDurable(error.number ?? 0)) }
  }

  private func failure(_ name: String, _ action: FileError.Action) -> FileError { .last("\(path)/\(name)", action) }
}

/// The names in a folder, in order; a link to one is followed.
public func names(inFolder path: String) throws(FileError) -> [String] {
  try OpenFolder(path, followsLink: true).names().sorted()
}

/// The paths of all that is below a folder, from there on and in order. Links are not followed.
public func paths(below folder: String) throws(FileError) -> [String] {
  var paths: [String] = []
  for name in try names(inFolder: folder) {
    paths.append(name)
    let path = "\(folder)/\(name)"
    guard try status(of: path, followingLink: false)?.isFolder ?? false else { continue }
    for inner in try Files.paths(below: path) { paths.append("\(name)/\(inner)") }
  }
  return paths.sorted()
}

private func withoutLastSlashes(_ path: String) -> String {
  var trimmed = path[...]
  while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
  return String(trimmed)
}
