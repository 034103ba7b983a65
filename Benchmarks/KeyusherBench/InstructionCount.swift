import Foundation
import PtyHarness

/// Counts the instructions of keyusher with valgrind.
struct InstructionCount {
  private let valgrind: String
  private let program: String
  private let bench: Bench
  private var log: String { bench.folder + "/valgrind" }

  /// Nil, with a word about it, where valgrind is not installed.
  init?(_ bench: Bench) throws {
    guard let valgrind = Bench.find("valgrind"), let strip = Bench.find("strip") else {
      print("  not installed: valgrind or strip")
      return nil
    }
    (self.valgrind, self.bench) = (valgrind, bench)
    // Valgrind does not understand Swift's debugging records.
    program = bench.folder + "/keyusher-bare"
    _ = try Errand.run(strip, ["--strip-debug", "-o", program, bench.keyusher], environment: [:])
  }

  /// From the start to the end.
  func whole(_ arguments: [String]) throws -> Double {
    _ = try Errand.run(valgrind, words(arguments), environment: bench.environment(home: bench.folder))
    return try collected()
  }

  /// From the start to the first prompt, and the little that it takes to leave there.
  func start(of contender: Contender) throws -> Double {
    let pty = try Pty(valgrind, words(contender.arguments), environment: contender.environment)
    try pty.reach(contender.prompt, within: .seconds(120))
    try pty.control("D")
    _ = try pty.end()
    return try collected()
  }

  private func words(_ arguments: [String]) -> [String] {
    ["--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-file=\(log)", program] + arguments
  }

  private func collected() throws -> Double {
    let words = try String(contentsOfFile: log, encoding: .utf8)
    guard let line = words.split(separator: "\n").last(where: { $0.contains("Collected :") }),
      let count = line.split(separator: " ").last.flatMap({ Double($0) })
    else { throw Bench.Obstacle(description: "valgrind counted nothing: \(words)") }
    return count
  }
}
