import CTerminal
import Files
import Glibc
import Terminal

/// The one reader of standard input: a second one would swallow what the first has read ahead.
///
/// A signal that stops the program comes out of it as an answer, so that the run can be saved first.
final class StandardInput {
  private var buffer: [UInt8] = []
  private var hasEnded = false

  /// The longest line; what is longer is no answer, and ends the input: its rest must not answer the next question.
  private static let longest = 1 << 20

  /// The next line without its end. The last line needs no line break.
  func next() -> TerminalReply {
    while true {
      if let end = buffer.firstIndex(of: 0x0A) {
        defer { buffer.removeSubrange(...end) }
        return .line(text(buffer[..<end]))
      }
      if buffer.count >= Self.longest {
        hasEnded = true
        buffer = []
      }
      if hasEnded {
        guard !buffer.isEmpty else { return .endOfInput }
        defer { buffer = [] }
        return .line(text(buffer[...]))
      }
      if let signal = fill() { return .interrupted(signal: signal) }
    }
  }

  /// Reads on; nil, or the signal that came instead.
  private func fill() -> Int32? {
    if kt_install() == 0 {
      let signal = kt_wait(STDIN_FILENO)
      if signal == SIGTSTP {
        kt_stop()
        return nil
      }
      if signal > 0, signal != SIGCONT, signal != SIGWINCH { return signal }
      if signal > 0 { return nil }
    }
    var chunk = [UInt8](repeating: 0, count: 4096)
    let count = retrying { read(0, &chunk, chunk.count) }
    if count > 0 { buffer += chunk[..<count] } else { hasEnded = true }
    return nil
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
  }
}
