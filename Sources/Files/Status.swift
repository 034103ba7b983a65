public import Glibc

extension stat {
  public var isPlainFile: Bool { st_mode & S_IFMT == S_IFREG }
  public var isFolder: Bool { st_mode & S_IFMT == S_IFDIR }
  public var isLink: Bool { st_mode & S_IFMT == S_IFLNK }
  /// Whether it belongs to the user of this process.
  public var isOurs: Bool { st_uid == geteuid() }
  /// The mode, if somebody else can write.
  public var modeWritableByOthers: UInt32? { st_mode & 0o022 == 0 ? nil : st_mode & 0o777 }
  public func isSameFile(as other: stat) -> Bool { st_ino == other.st_ino && st_dev == other.st_dev }
}

/// What stands under a path; nil if nothing does. A look that fails says nothing, and is thrown.
public func status(of path: String, followingLink: Bool = true) throws(FileError) -> stat? {
  var status = stat()
  if (followingLink ? stat(path, &status) : lstat(path, &status)) == 0 { return status }
  guard [ENOENT, ENOTDIR].contains(errno) else { throw .last(path, .read) }
  return nil
}

/// Whether a path leads to a folder; a link to one counts.
public func isFolder(_ path: String) throws(FileError) -> Bool { try status(of: path)?.isFolder ?? false }

/// Whether a path leads to anything.
public func exists(_ path: String) throws(FileError) -> Bool { try status(of: path) != nil }

/// A path cut before its last name: `a/b` is in `a`, `b` in `.`, `/b` in `/`.
public func parted(_ path: String) -> (folder: String, name: String) {
  guard let slash = path.lastIndex(of: "/") else { return (".", path) }
  let folder = slash == path.startIndex ? "/" : String(path[..<slash])
  return (folder, String(path[path.index(after: slash)...]))
}
