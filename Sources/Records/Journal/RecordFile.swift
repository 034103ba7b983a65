import Files
import Glibc

/// A record that was handed over: one file, wherever it lies and whoever it belongs to. It is only read.
public struct RecordFile: Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  /// The run that the file's own first line names.
  public func run() throws(JournalError) -> String { try read().header.run }

  /// Reads what it says, as it stands now.
  public func read() throws(JournalError) -> JournalContents { try JournalContents(of: path, bytes()) }

  func bytes() throws(JournalError) -> [UInt8] {
    do throws(FileError) {
      // Without O_NONBLOCK a pipe of that name would hold us for ever.
      let file = try Descriptor(path, flags: O_RDONLY | O_NONBLOCK, followsLink: true)
      try file.requirePlain()
      return try file.read()
    } catch {
      throw error.number == ENOENT ? .noSuchRun(path, folder: path) : JournalError(error, of: path)
    }
  }
}
