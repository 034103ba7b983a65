import Files
import Glibc
import PlainText

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
  func isSetUp() throws(StoreError) -> Bool {
    try telling { try [root, place].contains { try exists("\($0)/.gpg-id") } }
  }

  /// Whether each change becomes a commit, which may have to be signed.
  func isVersioned() throws(StoreError) -> Bool { try telling { try exists("\(root)/.git") } }

  /// The names of the entries, in order. What is no entry of ours, a link, or begins with a dot is left out.
  func names() throws(StoreError) -> [EntryName] {
    try telling {
      var names: [EntryName] = []
      if let top = try open([]) { try walk(top, "", depth: 0, into: &names) }
      return names.sorted()
    }
  }

  /// Whether there is an entry. Throws `unusableFile` if a link, or something else that is no file, stands in its place.
  ///
  /// - Parameter path: a path below our folder, without `.gpg`.
  func contains(_ path: String) throws(StoreError) -> Bool { try size(path) != nil }

  /// How large an entry's file is, in bytes; nil if there is none.
  func size(_ path: String) throws(StoreError) -> Int? {
    try telling {
      let words = path.split(separator: "/").map(String.init)
      guard let last = words.last, let status = try open(words.dropLast())?.status(of: "\(last).gpg") else {
        return nil
      }
      guard status.isPlainFile else {
        throw StoreError.unusableFile(path: "\(place)/\(path).gpg", why: "it is no ordinary file")
      }
      return Int(status.st_size)
    }
  }

  /// Whether the store has a file for an entry, ours or another's.
  func hasFile(of path: String) throws(StoreError) -> Bool {
    if path.split(separator: "/").contains("..") { return false }
    var status = stat()
    if stat("\(root)/\(path).gpg", &status) == 0 { return status.isPlainFile }
    guard [ENOENT, ENOTDIR].contains(errno) else {
      throw .unusableFile(path: "\(root)/\(path).gpg", why: systemWords(errno))
    }
    return false
  }

  /// Whether there is a folder of this name, into which `pass mv` would move instead of to the name.
  func hasFolder(_ path: String) throws(StoreError) -> Bool {
    var status = stat()
    if stat("\(place)/\(path)", &status) == 0 { return status.isFolder }
    guard [ENOENT, ENOTDIR].contains(errno) else {
      throw .unusableFile(path: "\(place)/\(path)", why: systemWords(errno))
    }
    return false
  }

  /// The folders of ours in which entries wait for `pass mv`: those of puts that were cut short.
  func waiting() throws(StoreError) -> [String] {
    try telling { (try open([])?.names() ?? []).filter { $0.hasPrefix(Self.waitingPrefix) }.sorted() }
  }

  /// A folder in which nothing waits yet.
  func freeWaiting() throws(StoreError) -> String {
    let taken = Set(try waiting())
    return (1...).lazy.map { "\(Self.waitingPrefix)\($0)" }.first { !taken.contains($0) } ?? "\(Self.waitingPrefix)0"
  }

  /// Has the file and its folder written to the disk, which `pass` does not. Throws `notDurable`.
  func sync(_ path: String) throws(StoreError) {
    let file = "\(place)/\(path).gpg"
    for path in [file, parted(file).folder] {
      do throws(FileError) {
        try Descriptor(path, flags: O_RDONLY).sync()
      } catch {
        throw .notDurable(path: path, why: error.why)
      }
    }
  }

  /// Does something while no other process of ours does: `pass` locks nothing.
  func locked<Result>(
    seconds: Int, _ body: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    let lock = try telling { try FileLock(OpenFolder(root, followsLink: true), milliseconds: seconds * 1000) }
    guard let lock else { throw .unreachable(store: "pass", why: "another keyusher is writing there") }
    defer { withExtendedLifetime(lock) {} }
    return try body()
  }

  // MARK: - Private

  private static let waitingPrefix = ".new-"

  /// Opens a folder of ours, following no link below the store itself; nil if it is not there.
  private func open(_ words: some Collection<String>) throws(FileError) -> OpenFolder? {
    do throws(FileError) {
      var folder = try OpenFolder(root, followsLink: true)
      for word in [Self.prefix] + words { folder = try OpenFolder(word, in: folder) }
      return folder
    } catch {
      guard error.reason == .system(ENOENT) else { throw error }
      return nil
    }
  }

  private func walk(_ folder: OpenFolder, _ path: String, depth: Int, into names: inout [EntryName]) throws(FileError) {
    for name in try folder.names() {
      // One that is gone since it was listed is none.
      guard let status = try folder.status(of: name) else { continue }
      if status.isFolder, depth < Self.deepest, !name.hasPrefix(".") {
        try walk(OpenFolder(name, in: folder), "\(path)\(name)/", depth: depth + 1, into: &names)
      } else if status.isPlainFile, name.hasSuffix(".gpg"), let entry = EntryName("\(path)\(name.dropLast(4))") {
        names.append(entry)
      }
    }
  }

  /// No name has more words than this.
  private static let deepest = 5
}
