import Glibc

/// The folder in which `pass` keeps entries, looked at without `pass`: it lists in colour, follows links, and overwrites
/// without a word.
struct PassFolder: Sendable {
  /// The store of `pass`, for example `/home/ada/.password-store`.
  let root: String
  /// The folder in it where all that is ours stands.
  static let prefix = "keyusher"

  /// Where `pass` keeps its store by these variables; nil if they do not say.
  init?(environment: [String: String]) {
    let chosen = environment["PASSWORD_STORE_DIR"].flatMap { $0.isEmpty ? nil : $0 }
    guard let root = chosen ?? environment["HOME"].map({ "\($0)/.password-store" }), root.hasPrefix("/") else {
      return nil
    }
    self.root = root
  }

  var place: String { "\(root)/\(Self.prefix)" }

  /// Whether `pass init` was run: for all of the store, or for our folder of it.
  var isSetUp: Bool { [root, place].contains { access("\($0)/.gpg-id", R_OK) == 0 } }

  /// Whether each change becomes a commit, which may have to be signed.
  var isVersioned: Bool { access("\(root)/.git", F_OK) == 0 }

  /// The names of the entries, in order. What is no entry of ours, a link, or begins with a dot is left out.
  func names() throws(StoreError) -> [EntryName] {
    var names: [EntryName] = []
    guard let top = try open([]) else { return [] }
    try walk(top, "", depth: 0, into: &names)
    return names.sorted()
  }

  /// Whether there is an entry. Throws `unusableFile` if a link, or something else that is no file, stands in its place.
  ///
  /// - Parameter path: a path below our folder, without `.gpg`.
  func contains(_ path: String) throws(StoreError) -> Bool { try size(path) != nil }

  /// How large an entry's file is, in bytes; nil if there is none.
  func size(_ path: String) throws(StoreError) -> Int? {
    let words = path.split(separator: "/").map(String.init)
    guard let last = words.last, let folder = try open(words.dropLast()) else { return nil }
    defer { close(folder) }
    var status = stat()
    guard fstatat(folder, "\(last).gpg", &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return nil }
      throw fault("\(path).gpg")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unusableFile(path: "\(place)/\(path).gpg", why: "it is no ordinary file")
    }
    return Int(status.st_size)
  }

  /// Whether there is a folder of this name, into which `pass mv` would move instead of to the name.
  func hasFolder(_ path: String) throws(StoreError) -> Bool {
    var status = stat()
    if stat("\(place)/\(path)", &status) == 0 { return status.st_mode & S_IFMT == S_IFDIR }
    guard [ENOENT, ENOTDIR].contains(errno) else { throw fault(path) }
    return false
  }

  /// The folders of ours in which entries wait for `pass mv`: those of puts that were cut short.
  func waiting() throws(StoreError) -> [String] {
    guard let top = try open([]) else { return [] }
    return try entries(of: top).map(\.name).filter { $0.hasPrefix(Self.waitingPrefix) }.sorted()
  }

  /// A folder in which nothing waits yet.
  func freeWaiting() throws(StoreError) -> String {
    let taken = Set(try waiting())
    return (1...).lazy.map { "\(Self.waitingPrefix)\($0)" }.first { !taken.contains($0) } ?? "\(Self.waitingPrefix)0"
  }

  /// Has the file and its folder written to the disk, which `pass` does not. Throws `notDurable`.
  func sync(_ path: String) throws(StoreError) {
    let file = "\(place)/\(path).gpg"
    for path in [file, String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])] {
      let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
      guard descriptor >= 0 else { throw .notDurable(path: path, why: String(cString: strerror(errno))) }
      let failure = fsync(descriptor) == 0 ? 0 : errno
      close(descriptor)
      guard failure == 0 else { throw .notDurable(path: path, why: String(cString: strerror(failure))) }
    }
  }

  /// Does something while no other process of ours does: `pass` locks nothing.
  func locked<Result>(
    seconds: Int, _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    let descriptor = Glibc.open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unusableFile(path: root, why: String(cString: strerror(errno))) }
    // Closing gives the lock back.
    defer { close(descriptor) }
    var looks = seconds * 1000 / Self.glance
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        throw .unusableFile(path: root, why: String(cString: strerror(errno)))
      }
      guard looks > 0 else { throw .unreachable(store: "pass", why: "another keyusher is writing there") }
      looks -= 1
      poll(nil, 0, Int32(Self.glance))
    }
    return try body()
  }

  // MARK: - Private

  private static let waitingPrefix = ".new-"
  private static let glance = 50

  /// Opens a folder of ours, following no link below the store itself; nil if it is not there.
  private func open(_ words: some Collection<String>) throws(StoreError) -> Int32? {
    var folder = Glibc.open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    var path = ""
    for word in [Self.prefix] + words where folder >= 0 {
      let next = openat(folder, word, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
      let failure = errno
      close(folder)
      path += "\(path.isEmpty ? "" : "/")\(word)"
      errno = failure
      folder = next
    }
    guard folder < 0 else { return folder }
    if errno == ENOENT { return nil }
    throw .unusableFile(path: "\(root)/\(path)", why: String(cString: strerror(errno)))
  }

  private func fault(_ path: String) -> StoreError {
    .unusableFile(path: "\(place)/\(path)", why: String(cString: strerror(errno)))
  }

  /// What stands in an open folder, which is closed then.
  private func entries(of folder: Int32) throws(StoreError) -> [(name: String, kind: mode_t)] {
    guard let stream = fdopendir(folder) else {
      close(folder)
      throw fault("")
    }
    defer { closedir(stream) }
    var entries: [(name: String, kind: mode_t)] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw fault("") }
        return entries
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      guard name != ".", name != ".." else { continue }
      var status = stat()
      if fstatat(dirfd(stream), name, &status, AT_SYMLINK_NOFOLLOW) == 0 {
        entries.append((name, status.st_mode & S_IFMT))
      } else if errno != ENOENT {
        // One that is gone since it was listed is none; a look that fails says nothing.
        throw fault(name)
      }
    }
  }

  private func walk(_ folder: Int32, _ path: String, depth: Int, into names: inout [EntryName]) throws(StoreError) {
    let copy = fcntl(folder, F_DUPFD_CLOEXEC, 3)
    defer { close(copy) }
    for entry in try entries(of: folder) {
      if entry.kind == S_IFDIR, depth < Self.deepest, !entry.name.hasPrefix(".") {
        let next = openat(copy, entry.name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard next >= 0 else { throw fault("\(path)\(entry.name)") }
        try walk(next, "\(path)\(entry.name)/", depth: depth + 1, into: &names)
      } else if entry.kind == S_IFREG, entry.name.hasSuffix(".gpg"),
        let name = EntryName("\(path)\(entry.name.dropLast(4))")
      {
        names.append(name)
      }
    }
  }

  /// No name has more words than this.
  private static let deepest = 5
}
