import Foundation

/// What it takes to ask an exchange that is played on this computer about many keys, beside showing one, for which
/// the store is opened as well.
struct VerifySection {
  let bench: Bench
  private static let count = 100
  private static let word = ["BENCH_WORD": "correct horse battery staple 4417"]

  init(_ bench: Bench) { self.bench = bench }

  func run(rounds: Int) throws {
    let program = bench.binaries + "/keyusher-standin"
    guard access(program, X_OK) == 0, access(bench.binaries + "/keyusher-net", X_OK) == 0 else {
      return print("\n  not built: keyusher-standin or keyusher-net, without which nobody is asked")
    }
    let template = try makeStore()
    let standIn = Process()
    standIn.executableURL = URL(filePath: program)
    standIn.arguments = ["--state", bench.folder + "/verify/state.json"]
    let pipe = Pipe()
    standIn.standardOutput = pipe
    try standIn.run()
    defer { standIn.terminate() }
    let words = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self).split { $0.isWhitespace }
    guard words.count == 2 else { throw Bench.Obstacle(description: "keyusher-standin says no address") }
    let tasks = [
      ("keyusher key show, one key", ["key", "show", "gate-io/bot-1"]),
      ("keyusher key verify, \(VerifySection.count) keys", ["key", "verify", "--all", "--base-url", String(words[1])]),
    ]
    var figures = tasks.map { _ in Figures() }
    for _ in 0..<rounds {
      for (index, task) in tasks.enumerated() {
        // Each look is a record: all of them find a home that is as new.
        let home = bench.folder + "/verify/home"
        try FileManager.default.copyItem(atPath: template, toPath: home)
        defer { try? FileManager.default.removeItem(atPath: home) }
        figures[index].add(try keyusher(task.1 + ["--passphrase", "env:BENCH_WORD"], home).arrival)
      }
    }
    var table = Table(
      title: "Asking about keys (medians of \(rounds); processor time with that of keyusher-net)",
      heading: ["", "ms", "processor ms", "peak MiB"])
    for ((name, _), figures) in zip(tasks, figures) {
      table.rows.append([
        name, figures.median.rounded(to: 0), figures.processorMedian.rounded(to: 0), figures.peak.rounded(to: 1),
      ])
    }
    table.show()
  }

  // MARK: - Private

  /// Makes a home whose store has the keys, and the state in which they are played.
  private func makeStore() throws -> String {
    let folder = try bench.makeFolder("verify")
    var rows = ["name,key,secret"]
    var keys: [[String: Any]] = []
    for number in 1...VerifySection.count {
      let parts = [("key", 32), ("secret", 64)].map { name, count in
        (name: name, text: String((0..<count).map { _ in "0123456789abcdef".randomElement() ?? "0" }))
      }
      let files = try parts.map { part in
        let path = "\(folder)/\(number).\(part.name)"
        try part.text.write(toFile: path, atomically: false, encoding: .utf8)
        guard chmod(path, 0o600) == 0 else { throw Bench.Obstacle(description: "'\(path)' can't be made private") }
        return "file:\(path)"
      }
      rows.append("gate-io/bot-\(number),\(files.joined(separator: ","))")
      keys.append([
        "exchange": "gate-io", "key": parts[0].text, "secret": parts[1].text, "powers": ["account:read", "spot"],
        "addresses": ["127.0.0.1"], "label": "bot-\(number)",
      ])
    }
    try JSONSerialization.data(withJSONObject: ["keys": keys]).write(to: URL(filePath: folder + "/state.json"))
    try rows.joined(separator: "\n").write(toFile: folder + "/keys.csv", atomically: false, encoding: .utf8)
    let home = try bench.makeFolder("verify/template")
    _ = try keyusher(["store", "init", "age", "--passphrase", "env:BENCH_WORD"], home)
    _ = try keyusher(["key", "adopt", "--from", folder + "/keys.csv", "--store", "age"], home)
    return home
  }

  private func keyusher(_ arguments: [String], _ home: String) throws -> Errand {
    let complaints = bench.folder + "/complaints"
    let errand = try Errand.run(
      bench.keyusher, arguments, environment: bench.environment(home: home).merging(VerifySection.word) { $1 },
      complaints: complaints)
    guard errand.status == 0 else {
      let words = (try? String(contentsOfFile: complaints, encoding: .utf8)) ?? ""
      throw Bench.Obstacle(description: "'\(arguments[0]) \(arguments[1])' ended with \(errand.status): \(words)")
    }
    return errand
  }
}
