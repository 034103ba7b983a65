import CProcess
import Glibc

/// An open folder of a store, in which every file is reached by descriptor, never by a path that others could turn elsewhere.
///
/// A folder that is a link, belongs to another user or can be written by others is refused each time it is opened. Files with
/// more than one name are not: nothing is ever written in place, and backups that make hard links are common.
final class StoreFolder {
  let path: String
  let number: Int32

  private init(path: String, number: Int32) {
    self.path = path
    self.number = number
  }

  deinit { close(number) }

  /// Opens a folder that only we can change; nil if there is none.
  ///
  /// - Parameter parent: the folder that it is in; without one, `name` is a path.
  static func open(_ name: String, in parent: StoreFolder? = nil) throws(StoreError) -> StoreFolder? {
    // `O_NOFOLLOW` would follow `link/`.
    let name = withoutLastSlashes(name)
    let path = parent.map { "\($0.path)/\(name)" } ?? name
    let number = retrying {
      openat(parent?.number ?? AT_FDCWD, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
    }
    guard number >= 0 else {
      if errno == ENOENT { return nil }
      throw errno == ENOTDIR || errno == ELOOP
        ? .unusableFile(path: path, why: "it is no folder, or a link") : .system(path)
    }
    let folder = StoreFolder(path: path, number: number)
    try checkOwner(number, path)
    return folder
  }

  /// Opens a folder, and makes it and those above it, mode 0700 whatever the umask, if it is not there.
  static func openMaking(_ path: String) throws(StoreError) -> StoreFolder {
    let path = withoutLastSlashes(path)
    if let folder = try open(path) { return folder }
    let words = path.split(separator: "/").map(String.init)
    guard let name = words.last else { throw .unusableFile(path: path, why: "it is no folder of a store") }
    let above = (path.hasPrefix("/") ? "/" : "./") + words.dropLast().joined(separator: "/")
    if access(above, F_OK) != 0 { _ = try openMaking(above) }
    // The folder above may be a link and may be another's, as a home's is: it is only made in.
    let parent = retrying { Glibc.open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard parent >= 0 else { throw .system(above) }
    return try StoreFolder(path: withoutLastSlashes(above), number: parent).openMakingFolder(name)
  }

  /// Opens a folder in this one, and makes it if it is not there.
  func openMakingFolder(_ name: String) throws(StoreError) -> StoreFolder {
    if let folder = try StoreFolder.open(name, in: self) { return folder }
    if mkdirat(number, name, 0o700) == 0 {
      // The umask may have taken from the mode, even what we need ourselves.
      guard fchmodat(number, name, 0o700, 0) == 0, retrying({ fsync(number) }) == 0 else { throw failure(at: name) }
    } else if errno != EEXIST {
      throw failure(at: name)
    }
    guard let folder = try StoreFolder.open(name, in: self) else { throw failure(at: name) }
    return folder
  }

  /// What is in it, without `.` and `..`, in no order.
  func items() throws(StoreError) -> [(name: String, isFolder: Bool)] {
    let copy = retrying { openat(number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    guard copy >= 0 else { throw .system(path) }
    guard let listing = fdopendir(copy) else {
      let error = StoreError.system(path)
      close(copy)
      throw error
    }
    defer { closedir(listing) }
    var items: [(name: String, isFolder: Bool)] = []
    while true {
      errno = 0
      guard let entry = readdir(listing) else {
        guard errno == 0 else { throw .system(path) }
        return items
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
      }
      // One that is gone since it was listed is none.
      if name != ".", name != "..", let status = try status(of: name) { items.append((name, status.isFolder)) }
    }
  }

  /// Opens a file for reading; nil if there is none. What is no plain file of our own, that only we can write, is refused.
  func openFile(_ name: String) throws(StoreError) -> StoreFile? {
    let path = "\(path)/\(name)"
    // Without O_NONBLOCK a pipe of that name would hold us for ever.
    let file = retrying { openat(number, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC) }
    guard file >= 0 else {
      if errno == ENOENT { return nil }
      throw errno == ELOOP ? .unusableFile(path: path, why: "it is a link") : .system(path)
    }
    return try StoreFile(number: file, path: path)
  }

  func contains(_ name: String) throws(StoreError) -> Bool { try status(of: name) != nil }

  /// How a renaming went.
  enum Move { case done, taken, missing }

  /// Gives a file another name, at once: it is under one of the two at every moment.
  func move(
    _ name: String, to other: String, in folder: StoreFolder, replacing: Bool
  ) throws(StoreError) -> Move {
    guard let old = try status(of: name) else { return .missing }
    let new = try folder.status(of: other)
    if let new, new.isFolder {
      throw .unusableFile(path: "\(folder.path)/\(other)", why: "there is a folder of that name")
    }
    guard new == nil || replacing else { return .taken }
    // Two names of one file: the system would leave both.
    if let new, new.isSameFile(as: old) {
      guard number == folder.number && name == other || unlinkat(number, name, 0) == 0 else { throw failure(at: name) }
      return .done
    }
    if replacing {
      guard renameat(number, name, folder.number, other) == 0 else { throw folder.failure(at: other) }
      return .done
    }
    if kp_rename_new(number, name, folder.number, other) == 0 { return .done }
    if errno == EEXIST { return .taken }
    // Not every file system can; then it is the lock that keeps others from taking the name in between.
    guard [EINVAL, ENOSYS, ENOTSUP].contains(errno), renameat(number, name, folder.number, other) == 0 else {
      throw folder.failure(at: other)
    }
    return .done
  }

  /// Deletes a file; whether there was one.
  func delete(_ name: String) throws(StoreError) -> Bool {
    if unlinkat(number, name, 0) == 0 { return true }
    guard errno == ENOENT else { throw failure(at: name) }
    return false
  }

  /// Deletes a folder if it is empty.
  func deleteEmptyFolder(_ name: String) { unlinkat(number, name, AT_REMOVEDIR) }

  /// Returns once what was changed in the folder is on the disk. Throws `notDurable`.
  func sync() throws(StoreError) {
    guard retrying({ fsync(number) }) == 0 else { throw .notDurable(path: path, why: StoreError.systemText) }
  }

  // MARK: - Private

  /// Nil if there is nothing of that name. A look that fails says nothing, and is thrown.
  private func status(of name: String) throws(StoreError) -> stat? {
    var status = stat()
    if fstatat(number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 { return status }
    guard errno == ENOENT else { throw failure(at: name) }
    return nil
  }

  private func failure(at name: String) -> StoreError { .system("\(path)/\(name)") }

  private static func withoutLastSlashes(_ path: String) -> String {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    return String(trimmed)
  }
}

/// Calls again while a signal interrupts.
func retrying(_ call: () -> Int32) -> Int32 {
  while true {
    let result = call()
    if result >= 0 || errno != EINTR { return result }
  }
}

/// Refuses what belongs to another user or can be written by others.
func checkOwner(_ descriptor: Int32, _ path: String) throws(StoreError) {
  var status = stat()
  guard fstat(descriptor, &status) == 0 else { throw .system(path) }
  guard status.st_uid == geteuid() else { throw .unusableFile(path: path, why: "it belongs to another user") }
  guard status.st_mode & 0o022 == 0 else { throw .unusableFile(path: path, why: "others can write it") }
}

extension stat {
  var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  func isSameFile(as other: stat) -> Bool { st_ino == other.st_ino && st_dev == other.st_dev }
}

extension StoreError {
  /// The last failure of the system, at a path.
  static func system(_ path: String) -> StoreError { .unusableFile(path: path, why: systemText) }
  static var systemText: String { String(cString: strerror(errno)) }
}
