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
  /// What is wished for: at most so many times the floor's processor time, and so much memory in MiB.
  var limit = ""

  /// Starts it on a pseudo-terminal and waits for the prompt.
  func reachPrompt() throws -> Arrival {
    let begin = ContinuousClock.now
    let pty = try Pty(program, arguments, environment: environment)
    try pty.reach(prompt, within: .seconds(20))
    return Arrival(
      time: ContinuousClock.now - begin, processorTime: pty.process.processorTime, peakMemory: pty.process.peakMemory)
  }
}

/// What it took a program to come to its prompt.
struct Arrival {
  /// From its start until the prompt stood on the terminal.
  var time: Duration
  /// How long it had a processor for that: what other work on the machine changes least.
  var processorTime: Duration
  /// In KiB.
  var peakMemory: Int
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
    let line = record("status").split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }

  /// How long its first thread has had a processor.
  var processorTime: Duration {
    .nanoseconds(record("schedstat").split(separator: " ").first.flatMap { Int64($0) } ?? 0)
  }

  /// What the system keeps on record of a process.
  private func record(_ name: String) -> String {
    let descriptor = open("/proc/\(self)/\(name)", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes.prefix(Swift.max(count, 0)), as: UTF8.self)
  }
}
