/// What a search found, and what it could not look at.
public struct SearchResult: Sendable {
  /// In no order.
  public var found: [FoundIn] = []
  /// How many files were searched.
  public var files = 0
  /// How many folders were looked into.
  public var folders = 0
  /// How many hold no text.
  public var binaries = 0
  public var links = 0
  /// How many belong to another user.
  public var others = 0
  /// How many folders begin another file system.
  public var mounts = 0
  /// What could not be read, with the system's error number; only the first few.
  public var unreadable: [(path: String, errno: Int32)] = []
  public var unreadableCount = 0
  /// Files with private keys in PEM of which nothing tells an exchange; only the first few.
  public var pemFiles: [String] = []
  public var pemFileCount = 0
  /// Folders that are git repositories, and those whose objects could not be read, with why.
  public var repositories: [String] = []
  public var brokenRepositories: [(path: String, why: String)] = []
  /// How many objects of repositories were searched.
  public var objects = 0

  /// A key, in one file.
  public struct FoundIn: Sendable {
    public var path: String
    public var key: FoundKey
    /// The object of a git repository that it stands in; nil for a file.
    public var object: String?
    /// Whether others than its owner can read the file.
    public var isOpenToOthers: Bool

    public init(path: String, key: FoundKey, object: String? = nil, isOpenToOthers: Bool = false) {
      (self.path, self.key, self.object, self.isOpenToOthers) = (path, key, object, isOpenToOthers)
    }
  }

  public init() {}

  /// How many paths are kept of what is only counted.
  static let most = 5

  mutating func failed(_ path: String, errno: Int32) {
    unreadableCount += 1
    if unreadable.count < SearchResult.most { unreadable.append((path, errno)) }
  }

  mutating func add(_ other: SearchResult) {
    found += other.found
    files += other.files
    folders += other.folders
    binaries += other.binaries
    links += other.links
    others += other.others
    mounts += other.mounts
    unreadable = Array((unreadable + other.unreadable).prefix(SearchResult.most))
    unreadableCount += other.unreadableCount
    pemFiles = Array((pemFiles + other.pemFiles).sorted().prefix(SearchResult.most))
    pemFileCount += other.pemFileCount
    repositories += other.repositories
  }
}
