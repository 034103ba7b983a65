import Files

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
