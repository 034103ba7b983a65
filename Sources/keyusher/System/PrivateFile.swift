import Files
import Glibc
import SecretMemory

/// Writes files that only their owner can read, whole or not at all.
enum PrivateFile {
  /// Replaces a file atomically. What is no plain file (a link, a device, a folder) is left alone.
  ///
  /// - Parameter hint: what to do if it can't be written.
  /// - Returns: whether there was a file of that name before.
  @discardableResult
  static func write(
    _ bytes: some Sequence<UInt8>, to path: String,
    hint: String = "choose another place with --output, or print to standard output"
  ) throws -> Bool {
    do throws(FileError) { return try replaceFile(path, with: Array(bytes)) } catch {
      throw CommandError.cannotWrite(path, error, hint: hint)
    }
  }

  /// Makes a file where there is none; what has the name already, a link too, stays as it is.
  static func make(_ bytes: [UInt8], at path: String) throws {
    try make(at: path) { file throws(FileError) in try file.write(bytes) }
  }

  /// The same, of a secret.
  static func make(_ secret: SecretBytes, at path: String) throws {
    try make(at: path) { file throws(FileError) in
      try secret.withBytes { bytes throws(FileError) in try file.write(UnsafeRawBufferPointer(bytes)) }
    }
  }

  /// Throws if something has the name: before anything is asked, or unlocked.
  static func checkThatNothingIs(at path: String) throws {
    if try status(of: path, followingLink: false) != nil { throw CommandError.isThere(path) }
  }

  private static func make(at path: String, writing write: (Descriptor) throws(FileError) -> Void) throws {
    let isMade: Bool
    do throws(FileError) { isMade = try makeFile(path, writing: write) } catch {
      throw CommandError.cannotWrite(path, error, hint: "choose another place with --output")
    }
    guard isMade else { throw CommandError.isThere(path) }
  }
}

extension CommandError {
  fileprivate static func cannotWrite(_ path: String, _ error: FileError, hint: String) -> CommandError {
    switch error.reason {
    case .notPlain:
      CommandError("'\(path)' is no plain file", hints: ["take it away, or choose another place"], status: .inputOutput)
    case .notDurable:
      CommandError(
        "'\(path)' is written, but may not survive a power failure: \(error.why)", hints: [hint], status: .inputOutput)
    default: CommandError("can't write '\(path)': \(error.why)", hints: [hint], status: .inputOutput)
    }
  }
}
