import Glibc
import PtyHarness

/// A program that comes to a prompt.
struct Contender {
  var name: String
  var program: String
  var arguments: [String] = []
  var environment: [String: String]
  /// What stands on the terminal when it waits for the first answer.
  var prompt: String

  /// Starts it on a pseudo-terminal and waits for the prompt.
  func reachPrompt() throws -> (time: Duration, memory: Int) {
    let begin = ContinuousClock.now
    let pty = try Pty(program, arguments, environment: environment)
    try pty.reach(prompt, within: .seconds(20))
    return (ContinuousClock.now - begin, pty.process.peakMemory)
  }
}

extension Pty {
  /// Waits until a prompt stands on the last line of what was shown after so many bytes.
  func reach(_ prompt: String, after start: Int = 0, within limit: Duration = .seconds(20)) throws {
    let wanted = Array(prompt.utf8)
    try expect(prompt, within: limit) { pty in
      let lineFeed = pty.raw.lastIndex(of: UInt8(ascii: "\n")) ?? -1
      let line = pty.raw[max(start, lineFeed + 1)...]
      return line.indices.contains { line[$0...].starts(with: wanted) }
    }
  }
}

extension pid_t {
  /// The most memory a living process has had, in KiB; 0 if that is not to be had.
  var peakMemory: Int {
    let descriptor = open("/proc/\(self)/status", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    let line = bytes.prefix(Swift.max(count, 0)).split(separator: UInt8(ascii: "\n")).first {
      $0.starts(with: "VmHWM:".utf8)
    }
    return line.flatMap { Int(String(decoding: $0.filter { (48...57).contains($0) }, as: UTF8.self)) } ?? 0
  }
}
