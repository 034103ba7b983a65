import Glibc

/// Writes a whole text to a descriptor; a full disk or a closed pipe is told.
func write(_ text: String, to descriptor: Int32) throws { try write(Array(text.utf8), to: descriptor) }

func write(_ bytes: [UInt8], to descriptor: Int32) throws {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    if count > 0 {
      rest = rest.dropFirst(count)
    } else if errno != EINTR {
      throw CommandError(
        "can't write the output: \(String(cString: strerror(errno)))",
        hints: ["look at where it goes, and at the space that is left"], status: .inputOutput)
    }
  }
}
