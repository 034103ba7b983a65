import Glibc

/// The one reader of standard input: a second one would swallow what the first has read ahead.
final class StandardInput {
  private var buffer: [UInt8] = []
  private var hasEnded = false

  /// The longest line; a longer one is cut there.
  private static let longest = 65_536

  /// The next line without its end, or nil at the end of the input. The last line needs no line break.
  func next() -> String? {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        defer { buffer.removeSubrange(...end) }
        return text(buffer[..<end])
      }
      if hasEnded || buffer.count >= Self.longest {
        guard !buffer.isEmpty else { return nil }
        defer { buffer = [] }
        return text(buffer[...])
      }
      fill()
    }
  }

  private func fill() {
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = read(0, &chunk, chunk.count)
    if count > 0 {
      buffer += chunk[..<count]
    } else if count == 0 || errno != EINTR {
      hasEnded = true
    }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
  }
}
