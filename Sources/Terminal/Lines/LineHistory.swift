public import Files
import Glibc

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
  public static func load(from path: String) throws(FileError) -> LineHistory {
    do throws(FileError) {
      let bytes = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK).readStart(most: 1 << 20)
      return LineHistory(bytes.split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) })
    } catch {
      guard error.reason == .system(ENOENT) else { throw error }
      return LineHistory()
    }
  }

  /// Adds a line to a history file, mode 0600, in a folder that is made with mode 0700 if it alone is missing. What others add
  /// beside it stays, and so does a file that can't be read.
  public static func add(_ line: String, to path: String) throws(FileError) {
    let (above, name) = parted(path)
    mkdir(above, 0o700)
    let folder = try OpenFolder(above, followsLink: true)
    guard let lock = try FileLock(folder, milliseconds: 1000) else { return }
    defer { withExtendedLifetime(lock) {} }
    var history = try load(from: path)
    history.add(line)
    try FreshFile(Array(history.lines.map { $0 + "\n" }.joined().utf8), under: "\(name).new", in: folder)
      .place(as: name, replacing: true)
  }
}
