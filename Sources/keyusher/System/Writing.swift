import Files
import Glibc

/// Writes a whole text to a descriptor; a full disk or a closed pipe is told.
func write(_ text: String, to descriptor: Int32) throws { try write(Array(text.utf8), to: descriptor) }

func write(_ bytes: [UInt8], to descriptor: Int32) throws {
  guard bytes.withUnsafeBytes({ writeWhole($0, to: descriptor) }) != 0 else { return }
  throw CommandError(
    "can't write the output: \(systemWords(errno))",
    hints: ["look at where it goes, and at the space that is left"], status: .inputOutput)
}
