import Files
import Glibc

/// Does one piece of the work of a search.
struct TaskWork {
  let tree: TreeSearch
  let task: Task

  /// So many files of a folder are one piece.
  private static let batch = 128

  /// Returns further pieces.
  func run(_ content: ContentSearch, _ result: inout SearchResult) -> [Task] {
    if let names = task.names {
      for name in names { search(fileNamed: name, content, &result) }
      return []
    }
    guard task.isFolder else {
      search(task.handle.number, path: { task.path }, content, &result)
      return []
    }
    return look(&result)
  }

  // MARK: - Folders

  private func look(_ result: inout SearchResult) -> [Task] {
    // Opened only now: a folder may hold more folders than a process may have open.
    let folder = task.folder.map { Handle(openat(task.handle.number, $0, Handle.flags | O_DIRECTORY)) } ?? task.handle
    var status = stat()
    guard folder.number >= 0, fstat(folder.number, &status) == 0 else {
      if errno != ENOENT { result.failed(task.path, errno: errno) }
      return []
    }
    guard status.st_dev == task.device else {
      result.mounts += 1
      return []
    }
    guard tree.isNew(status) else { return [] }
    guard let listing = listing(of: folder) else {
      result.failed(task.path, errno: errno)
      return []
    }
    defer { closedir(listing) }
    result.folders += 1
    var files: [[CChar]] = []
    var more: [Task] = []
    var signs = 0
    while true {
      errno = 0
      guard let entry = readdir(listing) else {
        if errno != 0 { result.failed(task.path, errno: errno) }
        break
      }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        Array(bytes.bindMemory(to: CChar.self).prefix { $0 != 0 }) + [0]
      }
      if name == [0x2E, 0] || name == [0x2E, 0x2E, 0] { continue }
      switch kind(of: name, in: folder, Int(entry.pointee.d_type)) {
      case DT_REG: files.append(name)
      case DT_DIR where task.depth > 0: more.append(task.inner(folder, name))
      case DT_LNK: result.links += 1
      default: break
      }
      if TaskWork.repositorySigns.contains(name) { signs += 1 }
    }
    if signs == TaskWork.repositorySigns.count { result.repositories.append(task.path) }
    for start in stride(from: 0, to: files.count, by: TaskWork.batch) {
      more.append(task.part(folder, Array(files[start..<min(start + TaskWork.batch, files.count)])))
    }
    return more
  }

  /// What stands in each folder that git keeps objects in.
  private static let repositorySigns: Set<[CChar]> = Set(
    ["HEAD", "objects", "refs"].map { $0.utf8.map { CChar(bitPattern: $0) } + [0] })

  private func listing(of folder: Handle) -> OpaquePointer? {
    let copy = openat(folder.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { return nil }
    guard let listing = fdopendir(copy) else {
      close(copy)
      return nil
    }
    return listing
  }

  /// The kind of an entry; not every file system says it along with the name.
  private func kind(of name: [CChar], in folder: Handle, _ told: Int) -> Int {
    var status = stat()
    guard told == DT_UNKNOWN, fstatat(folder.number, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return told }
    return status.isPlainFile ? DT_REG : status.isFolder ? DT_DIR : status.isLink ? DT_LNK : DT_UNKNOWN
  }

  // MARK: - Files

  private func search(fileNamed name: [CChar], _ content: ContentSearch, _ result: inout SearchResult) {
    // When it was last read is part of a file, too. Only its owner may leave that as it is.
    var number = openat(task.handle.number, name, Handle.flags | Handle.leavingTime)
    if number < 0, errno == EPERM { number = openat(task.handle.number, name, Handle.flags) }
    guard number >= 0 else {
      if errno != ENOENT { result.failed(task.path(of: name), errno: errno) }
      return
    }
    defer { close(number) }
    search(number, path: { task.path(of: name) }, content, &result)
  }

  private func search(
    _ file: Int32, path: () -> String, _ content: ContentSearch, _ result: inout SearchResult
  ) {
    var status = stat()
    guard fstat(file, &status) == 0 else { return result.failed(path(), errno: errno) }
    // What the folder called a file may be something else by now.
    guard status.isPlainFile, status.st_dev == task.device else { return }
    guard status.isOurs || task.options.takesAllOwners else {
      result.others += 1
      return
    }
    // What has no byte has none to search; a file of many names is searched under the first.
    guard status.st_size > 0, status.st_nlink == 1 && tree.isOnly || tree.isNew(status) else { return }
    content.begin(isText: task.options.isText)
    var left = Int(status.st_size)
    while left > 0 {
      let room = content.room
      if room.isEmpty { break }
      let count = retrying { read(file, room.baseAddress, room.count) }
      guard count >= 0 else {
        result.failed(path(), errno: errno)
        break
      }
      if count == 0 { break }
      content.filled(count)
      left -= count
    }
    let outcome = content.end(path: path, takesAnyPEM: task.options.takesAnyPEM)
    result.files += 1
    if outcome.isBinary { result.binaries += 1 }
    if outcome.otherPEM > 0 {
      result.pemFileCount += 1
      if result.pemFiles.count < SearchResult.most { result.pemFiles.append(path()) }
    }
    result.found += outcome.keys.map {
      SearchResult.FoundIn(path: path(), key: $0, isOpenToOthers: status.st_mode & 0o044 != 0)
    }
  }
}
