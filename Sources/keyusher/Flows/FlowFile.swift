import Files
import FlowText
import Glibc

/// Opens what flows are read from: plain files of a bounded size, in folders that nobody else can write to.
enum FlowFile {
  /// The bytes of a plain file; nil if they are more than any flow has.
  ///
  /// - Parameter isTrusted: whether it is refused if others can write to it, because it is to be run.
  static func read(_ path: String, isTrusted: Bool) throws -> [UInt8]? {
    do throws(FileError) {
      // Without O_NONBLOCK a pipe under the name of a flow would hold us for ever.
      let file = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK, followsLink: true)
      try file.requirePlain()
      if isTrusted { try file.requireOurs(orRoot: true) }
      return try file.read(most: Finding.largestFile)
    } catch {
      if case .tooLarge = error.reason { return nil }
      throw refusal(error, "file")
    }
  }

  /// Complains of a folder in which others can put flows of theirs.
  static func checkFolder(_ path: String) throws {
    do throws(FileError) {
      try OpenFolder(path, followsLink: true).requireOurs(orRoot: true)
    } catch {
      throw refusal(error, "folder")
    }
  }

  /// What a file that can't be opened is complained of with.
  static func unreadable(_ path: String, _ number: Int32?) -> CommandError {
    CommandError("can't read '\(path)'", hints: ["check the path"], status: number == ENOENT ? .noInput : .inputOutput)
  }

  // MARK: - Private

  private static func refusal(_ error: FileError, _ what: String) -> CommandError {
    let path = error.path
    switch error.reason {
    case .notPlain:
      return CommandError("'\(path)' is no plain file", hints: ["a flow is a file of text"], status: .inputOutput)
    case .notOurs:
      return CommandError(
        "the \(what) '\(path)' belongs to another user", hints: ["copy the flows into a folder of your own"],
        status: .inputOutput)
    case .writable(let mode):
      return CommandError(
        "others can write in the \(what) '\(path)' (mode \(String(mode, radix: 8)))",
        hints: ["look whether its flows are what they should be, then chmod go-w '\(path)'"], status: .inputOutput)
    default: return unreadable(path, error.number)
    }
  }
}
