import Glibc
public import PlainText

/// The lines a person typed before, oldest first; the newest 500, each once.
///
/// It takes what it is given: whoever adds a line has made sure that it is no secret.
public struct LineHistory: Equatable, Sendable {
  public static let limit = 500

  public private(set) var lines: [String]

  public init(_ lines: [String] = []) {
    self.lines = []
    for line in lines { add(line) }
  }

  /// Adds a line as the newest; an empty one, or one that is no single line, is left out.
  public mutating func add(_ line: String) {
    guard line.contains(where: { !$0.isWhitespace }), !line.contains(where: \.isNewline) else { return }
    lines.removeAll { $0 == line }
    lines.append(line)
    if lines.count > LineHistory.limit { lines.removeFirst(lines.count - LineHistory.limit) }
  }

  /// Reads a history file; empty if there is none. A symbolic link in its place is refused.
  public static func load(from path: String) throws(LineHistoryError) -> LineHistory {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    if descriptor < 0, errno == ENOENT { return LineHistory() }
    guard descriptor >= 0 else { throw .reading(path: path, errno: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    let most = 1 << 20
    let chunk = 16_384
    while bytes.count < most {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: chunk))
      let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress.map { $0 + start }, chunk) }
      let failure = errno
      bytes.removeLast(chunk - max(got, 0))
      if got < 0, failure == EINTR { continue }
      guard got >= 0 else { throw .reading(path: path, errno: failure) }
      if got == 0 { break }
    }
    return LineHistory(bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) })
  }

  /// Writes the file anew, mode 0600, in a folder that is made with mode 0700 if it alone is missing.
  public func save(to path: String) throws(LineHistoryError) {
    if let slash = path.lastIndex(of: "/"), slash != path.startIndex { mkdir(String(path[..<slash]), 0o700) }
    let fresh = "\(path).new"
    unlink(fresh)
    let descriptor = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .writing(path: path, errno: errno) }
    fchmod(descriptor, 0o600)
    do throws(TerminalError) {
      try Output(descriptor: descriptor).write(lines.map { $0 + "\n" }.joined())
    } catch {
      let failure = errno
      close(descriptor)
      unlink(fresh)
      throw .writing(path: path, errno: failure)
    }
    guard close(descriptor) == 0, rename(fresh, path) == 0 else {
      let failure = errno
      unlink(fresh)
      throw .writing(path: path, errno: failure)
    }
  }
}

/// Why a history file could not be used, with the system's error number.
public enum LineHistoryError: DescribedError, Equatable {
  case reading(path: String, errno: Int32)
  case writing(path: String, errno: Int32)

  public var what: String {
    switch self {
    case .reading(let path, ELOOP): "the history '\(path)' is a symbolic link, and is not followed"
    case .reading(let path, let number): "the history '\(path)' can't be read (\(words(number)))"
    case .writing(let path, let number): "the history '\(path)' can't be written (\(words(number)))"
    }
  }

  public var hint: String? {
    switch self {
    case .reading(_, ELOOP): "put a plain file in its place"
    case .reading: "check its owner and mode"
    case .writing: "check the folder's owner, mode and free space"
    }
  }

  private func words(_ number: Int32) -> String {
    switch number {
    case EACCES, EPERM: "permission denied"
    case ENOSPC, EDQUOT: "no space left"
    case ENOTDIR, ENOENT: "the folder is missing"
    case EROFS: "the file system is read-only"
    default: "system error \(number)"
    }
  }
}
