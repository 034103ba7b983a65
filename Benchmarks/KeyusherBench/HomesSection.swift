import Foundation
import Records

/// What commands cost in homes with many records, beside `cat` of the same files and their SHA-256 by libsodium.
struct HomesSection {
  let bench: Bench
  private static let counts = [100, 1_000, 10_000]
  private static let audit = "keyusher audit"
  private static let withoutIndex = ", no index"

  init(_ bench: Bench) { self.bench = bench }

  func run(rounds: Int) throws {
    for count in HomesSection.counts { try measure(RealHome(bench, records: count), count, rounds: rounds) }
  }

  // MARK: - Private

  private func measure(_ home: RealHome, _ count: Int, rounds: Int) throws {
    guard let find = Bench.find("find") else { throw Bench.Obstacle(description: "find is missing") }
    let cat = ["\(home.path)/records", "-name", "*.jsonl", "-exec", "cat", "{}", "+"]
    let tasks: [(name: String, program: String, arguments: [String], limit: String)] = [
      ("cat: the floor", find, cat, ""), (HomesSection.audit, bench.keyusher, ["audit"], ""),
      ("keyusher runs" + HomesSection.withoutIndex, bench.keyusher, ["runs"], "6 ×"),
      // The one before has written the index.
      ("keyusher runs", bench.keyusher, ["runs"], "3 ×"),
      ("keyusher key list" + HomesSection.withoutIndex, bench.keyusher, ["key", "list"], "6 ×"),
      ("keyusher key list", bench.keyusher, ["key", "list"], "3 ×"),
      ("keyusher, which greets", bench.keyusher, [], "the same in each home"),
      ("keyusher show ID", bench.keyusher, ["show", home.ended], "the same in each home"),
      ("keyusher resume ID", bench.keyusher, ["resume", home.left], "the same in each home"),
      ("keyusher resume", bench.keyusher, ["resume"], "the same in each home"),
    ]
    var figures = tasks.map { _ in Figures() }
    var hashing: [Double] = []
    for _ in 0..<rounds {
      for (index, task) in tasks.enumerated() {
        if task.name.hasSuffix(HomesSection.withoutIndex) {
          try? FileManager.default.removeItem(atPath: home.path + "/records/index")
        }
        let errand = try Errand.run(task.program, task.arguments, environment: bench.environment(home: home.path))
        // Nobody answers the run that was left: it is left again.
        guard errand.status == (task.arguments.first == "resume" ? 4 : 0) else {
          throw Bench.Obstacle(description: "'\(task.name)' ended with \(errand.status)")
        }
        figures[index].add(errand.arrival)
      }
      hashing.append(HomesSection.hashingTime(of: home.files))
    }
    let floor = figures[0].processorMedian
    let kilobytes = (Double(home.bytes) / Double(home.files.count) / 1000).rounded(to: 1)
    var table = Table(
      title: "A home of \(count) records of \(kilobytes) KB (medians of \(rounds))",
      heading: ["", "processor ms", "× cat", "peak MiB", "limit"])
    for (task, figures) in zip(tasks, figures) {
      let time = figures.processorMedian
      table.rows.append([
        task.name, time.rounded(to: 1), (time / floor).rounded(to: 1), figures.peak.rounded(to: 1), task.limit,
      ])
    }
    table.show()
    let hashed = hashing.middle ?? 0
    let auditing = zip(tasks, figures).first { $0.0.name == HomesSection.audit }?.1.processorMedian ?? 0
    let ratio = auditing / (floor + hashed)
    print(
      "  SHA-256 of the same bytes: \(hashed.rounded(to: 1)) ms; audit is \(ratio.rounded(to: 1)) × that and cat "
        + "(limit: 2)")
  }

  /// In milliseconds of this program's own processor time; reading the files is not counted.
  private static func hashingTime(of files: [String]) -> Double {
    var time = 0.0
    for file in files {
      guard let data = FileManager.default.contents(atPath: file) else { continue }
      let bytes = Array(data)
      let begin = clock()
      _ = hexadecimalSHA256(of: bytes)
      time += Double(clock() - begin) / Double(CLOCKS_PER_SEC) * 1000
    }
    return time
  }
}
