import Files
import Glibc

/// Writes a whole text to a descriptor; a full disk or a closed pipe is told.
func write(_ text: String, to descriptor: Int32) throws { try write(Array(text.utf8), to: descriptor) }

func write(_ bytes: [UInt8], to descriptor: Int32) throws {
  guard bytes.withUnsafeBytes({ writeWhole($0, to: descriptor) }) != 0 else { return }
  throw CommandError.lostOutput(errno)
}

extension CommandError {
  /// Says that what a command printed did not arrive.
  ///
  /// - Parameter number: the system's error number.
  static func lostOutput(_ number: Int32) -> CommandError {
    number == EBADF
      ? CommandError(
        "can't write the output: it is closed", hints: ["leave out '>&-', or name a file: > FILE"], status: .inputOutput
      )
      : CommandError(
        "can't write the output: \(systemWords(number))",
        hints: ["look at where it goes, and at the space that is left"], status: .inputOutput)
  }
}
