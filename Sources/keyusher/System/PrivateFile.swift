import Files
import Glibc
import SecretMemory

/// Writes files that only their owner can read, whole or not at all.
enum PrivateFile {
  /// Makes a file with a secret in it, durably; what is there already, a link too, is left alone.
  static func make(_ secret: SecretBytes, at path: String) throws {
    var isMade = false
    do throws(FileError) {
      let file = try Descriptor(path, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
      isMade = true
      try file.setMode(0o600)
      try secret.withBytes { bytes throws(FileError) in try file.write(UnsafeRawBufferPointer(bytes)) }
      try file.sync()
    } catch {
      if isMade { unlink(path) }
      throw error.number == EEXIST
        ? CommandError.isThere(path)
        : CommandError("can't write '\(path)': \(error.why)", hints: [NewFile.hint], status: .inputOutput)
    }
  }

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
      switch error.reason {
      case .notPlain:
        throw CommandError(
          "'\(path)' is no plain file", hints: ["take it away, or choose another place"], status: .inputOutput)
      case .notDurable:
        throw CommandError(
          "'\(path)' is written, but may not survive a power failure: \(error.why)", hints: [hint],
          status: .inputOutput)
      default: throw CommandError("can't write '\(path)': \(error.why)", hints: [hint], status: .inputOutput)
      }
    }
  }
}
