import CustomDump
import SecretMemory
import Testing

@testable import Terminal

@Suite struct SecretLineTests {
  /// What a line holds when it ends, or "…" before the bytes if it has not ended.
  func take(_ text: String) throws -> String {
    var line = try SecretLine()
    for byte in text.utf8 {
      switch try line.take(byte) {
      case .more: continue
      case .done: return line.bytes.publicPrefix(1000)
      case .endOfInput: return "end of input"
      }
    }
    return "…" + line.bytes.publicPrefix(1000)
  }

  @Test(
    "Bytes become a line",
    arguments: [
      ("abc\n", "abc"), ("abc\r", "abc"), ("\u{4}", "end of input"), ("a\u{4}b\n", "ab"), ("\n", ""),
      ("ab\u{8}c\n", "c"), ("ab\u{7F}c\n", "c"), ("ab\u{15}c\n", "c"), ("ab\u{17}c\n", "c"), ("a\u{1}\u{0}b\n", "ab"),
      ("a\tb\n", "a b"), ("ä\n", "ä"),
      // Arrow keys, function keys, Alt with a key, operating system commands.
      ("\u{1B}[Aa\u{1B}[1;5Cb\u{1B}OPc\u{1B}xd\n", "abcd"), ("a\u{1B}]52;c;eA==\u{7}b\n", "ab"),
      ("a\u{1B}]0;t\u{1B}\\b\n", "ab"), ("a\u{1B}Pq\u{1B}\\b\n", "ab"),
      // A stray Escape swallows no Enter.
      ("ab\u{1B}\n", "ab"), ("ab\u{1B}[\n", "ab"), ("ab\u{1B}]\n", "ab"), ("a\u{1B}\u{1B}[Bb\n", "ab"),
      // Bracketed paste.
      ("\u{1B}[200~ab\u{1B}[201~\n", "ab"), ("\u{1B}[200~a\rb\n\u{1B}[201~c\n", "a\nb\nc"),
      ("\u{1B}[200~a\u{4}\u{15}\u{7F}b\u{1B}[201~\n", "ab"), ("\u{1B}[200~a\u{1B}[31mb\u{1B}[201~\n", "ab"),
      ("\u{1B}[200~a\n", "…a\n"), ("a\u{1B}[201~b\n", "ab"), ("\u{1B}[99999999999999999999~a\n", "a"),
    ])
  func becomes(typed: String, line: String) throws {
    expectNoDifference(try take(typed), line)
  }

  @Test func `No random bytes crash it or leave a control character in it`() throws {
    var generator = SplitMix(state: 20_261_123)
    for _ in 0..<2_000 {
      var line = try SecretLine()
      for _ in 0..<64 where try line.take(generator.byte) == .more {}
      #expect(line.bytes.withBytes { $0.allSatisfy { $0 >= 0x20 || $0 == 0x0A } && !$0.contains(0x7F) })
    }
  }
}

/// Random bytes that are the same each time; every third is one that steers the reader.
private struct SplitMix {
  var state: UInt64

  var byte: UInt8 {
    mutating get {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      mixed ^= mixed >> 31
      let steering = Array("\u{1B}[]O~201\u{7}".utf8)
      return mixed % 3 == 0 ? steering[Int(mixed >> 32) % steering.count] : UInt8(truncatingIfNeeded: mixed >> 16)
    }
  }
}
