import Files
import Glibc
public import SecretMemory
import Synchronization

/// Searches files and whole trees, on several threads: only reads, follows no link, opens plain files alone, and stays on the
/// file system on which it began.
public final class TreeSearch: Sendable {
  /// What a place is searched for besides.
  public struct Options: Sendable {
    /// Whether files of other users are searched, too.
    public var takesAllOwners = false
    /// Whether it is searched even where it looks like no text.
    public var isText = false
    /// Whether a private key in PEM counts of which nothing tells an exchange.
    public var takesAnyPEM = false
    /// How far below a folder is searched; 0 for the files that lie in it.
    public var depth = Int.max

    public init() {}
  }

  private let table: SearchTable
  private let seed: UInt64
  private let state: Mutex<State>

  private struct State {
    var tasks: [Task] = []
    /// How many tasks are at work, each of which may add others.
    var atWork = 0
    /// How many paths were added.
    var added = 0
    /// How many files were looked at.
    var files = 0
    var known: Set<FileNumber> = []
    var result = SearchResult()
  }

  struct FileNumber: Hashable {
    var device: dev_t
    var number: ino_t
  }

  /// - Parameter seed: chosen by chance, for each search anew.
  public init(_ table: SearchTable, seed: UInt64) {
    (self.table, self.seed) = (table, seed)
    state = Mutex(State())
  }

  /// What a path led to when it was added.
  public enum Added: Sendable {
    case taken, missing, isLink, isOther, isOfOther
    case failed(errno: Int32)
  }

  /// Adds a file or a folder, each of which is searched once.
  public func add(_ path: String, _ options: Options = Options()) -> Added {
    let handle = Handle(openat(AT_FDCWD, path, Handle.flags))
    guard handle.number >= 0 else {
      return switch errno {
      case ENOENT, ENOTDIR: .missing
      case ELOOP: .isLink
      default: .failed(errno: errno)
      }
    }
    var status = stat()
    guard fstat(handle.number, &status) == 0 else { return .failed(errno: errno) }
    guard status.isFolder || status.isPlainFile else { return .isOther }
    guard status.isOurs || options.takesAllOwners else { return .isOfOther }
    let task = Task(
      path: path, handle: handle, isFolder: status.isFolder, device: status.st_dev, depth: options.depth,
      options: options)
    state.withLock { state in
      state.tasks.append(task)
      state.added += 1
    }
    return .taken
  }

  /// Works until nothing is left; to be called on each thread that is to work.
  ///
  /// - Parameter tell: is told now and then how many files were looked at so far.
  public func work(_ tell: (Int) -> Void = { _ in }) throws(SecretMemoryError) {
    let content = try ContentSearch(table, seed: seed)
    var own = SearchResult()
    while true {
      let task: Task?? = state.withLock { state in
        if let task = state.tasks.popLast() {
          state.atWork += 1
          return .some(task)
        }
        return state.atWork == 0 ? .some(nil) : nil
      }
      switch task {
      case .some(let task?):
        let more = TaskWork(tree: self, task: task).run(content, &own)
        tell(
          state.withLock { state in
            state.tasks += more
            state.atWork -= 1
            state.files += task.names?.count ?? 0
            return state.files
          })
      // Others are at work and may find more.
      case nil: poll(nil, 0, 1)
      case .some(nil):
        state.withLock { $0.result.add(own) }
        return
      }
    }
  }

  /// What all threads found, once they are done.
  public var result: SearchResult { state.withLock { $0.result } }

  /// Whether only one path is searched: then no file comes up twice that has one name.
  var isOnly: Bool { state.withLock { $0.added == 1 } }

  /// Whether a file or folder comes up for the first time: several paths, and several names, may lead to it.
  func isNew(_ status: stat) -> Bool {
    state.withLock { $0.known.insert(FileNumber(device: status.st_dev, number: status.st_ino)).inserted }
  }
}

/// A piece of work: a folder, or files of one, or a single file.
struct Task: Sendable {
  /// The folder's, or the single file's.
  var path: String
  /// The open folder or file; where `folder` is given, the one above it.
  var handle: Handle
  /// The folder's name in the one above; nil for one that is open already.
  var folder: [CChar]?
  /// The files of the folder that are to be searched; nil for all that is in it.
  var names: [[CChar]]?
  var isFolder: Bool
  var device: dev_t
  var depth: Int
  var options: TreeSearch.Options

  /// A folder in this one.
  func inner(_ above: Handle, _ name: [CChar]) -> Task {
    var inner = self
    (inner.path, inner.handle, inner.folder, inner.depth) = (path(of: name), above, name, depth - 1)
    return inner
  }

  /// Some of its files.
  func part(_ folder: Handle, _ names: [[CChar]]) -> Task {
    var part = self
    (part.handle, part.folder, part.names) = (folder, nil, names)
    return part
  }

  func path(of name: [CChar]) -> String {
    let name = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    return path.hasSuffix("/") ? path + name : "\(path)/\(name)"
  }
}

/// An open file or folder, closed when nobody holds it any more.
final class Handle: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }
  deinit { if number >= 0 { close(number) } }

  /// Without `O_NONBLOCK` a pipe would hold us for ever.
  static let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
  /// `O_NOATIME`, which Glibc's module does not show.
  static let leavingTime: Int32 = 0o1000000
}
