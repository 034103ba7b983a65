import FlowText
import Glibc

/// Opens what flows are read from: plain files of a bounded size, in folders that nobody else can write to.
enum FlowFile {
  /// The bytes of a plain file; nil if they are more than any flow has.
  ///
  /// - Parameter isTrusted: whether it is refused if others can write to it, because it is to be run.
  static func read(_ path: String, isTrusted: Bool) throws -> [UInt8]? {
    // Without O_NONBLOCK a pipe under the name of a flow would hold us for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unreadable(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw unreadable(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw CommandError("'\(path)' is no plain file", hints: ["a flow is a file of text"], status: .inputOutput)
    }
    if isTrusted { try refuseOthers(status, "file", path) }
    guard status.st_size <= Finding.largestFile else { return nil }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    // It may grow while it is read.
    while bytes.count <= Finding.largestFile {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count > 0 { bytes += chunk.prefix(count) } else if errno != EINTR { throw unreadable(path) }
    }
    return nil
  }

  /// Complains of a folder in which others can put flows of theirs.
  static func checkFolder(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw unreadable(path) }
    try refuseOthers(status, "folder", path)
  }

  /// What a file that can't be opened is complained of with.
  static func unreadable(_ path: String) -> CommandError {
    CommandError("can't read '\(path)'", hints: ["check the path"], status: errno == ENOENT ? .noInput : .inputOutput)
  }

  // MARK: - Private

  /// The administrator can change everything anyway.
  private static func refuseOthers(_ status: stat, _ what: String, _ path: String) throws {
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw CommandError(
        "the \(what) '\(path)' belongs to another user", hints: ["copy the flows into a folder of your own"],
        status: .inputOutput)
    }
    guard status.st_mode & 0o022 == 0 else {
      throw CommandError(
        "others can write in the \(what) '\(path)' (mode \(String(status.st_mode & 0o777, radix: 8)))",
        hints: ["look whether its flows are what they should be, then chmod go-w '\(path)'"], status: .inputOutput)
    }
  }
}
