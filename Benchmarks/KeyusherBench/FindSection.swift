import Foundation
import SeededKeys

/// What 'find-keys' finds and how long it takes, beside ripgrep with one pattern and detect-secrets (from PyPI), over trees with 200
/// keys, trees without, and the sources that lie on this machine.
struct FindSection {
  let bench: Bench

  init(_ bench: Bench) { self.bench = bench }

  func run(rounds: Int) throws {
    let keys = try bench.makeFolder("find/keys")
    let harmless = try bench.makeFolder("find/harmless")
    let planted = try SeededTree.plant(in: keys)
    let count = try SeededTree.sow(in: harmless, copies: 40)
    try compare(planted, in: keys, harmless, count)
    try alarms()
    try measure(
      [("\(count) made files", harmless)] + FindSection.trees.filter { FileManager.default.fileExists(atPath: $0.1) },
      rounds)
  }

  // MARK: - Found, missed, alarms

  private func compare(_ planted: [SeededTree.Planted], in keys: String, _ harmless: String, _ count: Int) throws {
    var table = Table(
      title: "200 keys in twenty forms, and \(count) files without one",
      heading: ["", "found", "exchange told", "alarms"])
    let found = try places(of: keys)
    let told = planted.filter { found[$0.path]?.contains([$0.key.exchange]) == true }.count
    for miss in planted where found[miss.path] == nil { print("  missed: \(miss.form) of \(miss.key.exchange)") }
    for (path, _) in try places(of: harmless) { print("  alarm: \(path.dropFirst(harmless.count))") }
    table.rows.append([
      "keyusher find-keys", "\(planted.filter { found[$0.path] != nil }.count)", "\(told)",
      "\(try places(of: harmless).count)",
    ])
    if let theirs = try detected(in: keys), let alarms = try detected(in: harmless) {
      table.rows.append([
        "detect-secrets", "\(planted.filter { theirs[$0.path] != nil }.count)", "",
        "\(alarms.values.reduce(0, +)) in \(alarms.count) files",
      ])
    } else {
      table.rows.append(["detect-secrets", "not installed", "", ""])
    }
    table.show()
  }

  private func alarms() throws {
    var table = Table(
      title: "Alarms in sources that lie on this machine", heading: ["", "files", "alarms", "in 10,000 files"])
    for (name, path) in FindSection.trees where FileManager.default.fileExists(atPath: path) {
      let files = try lines(Bench.find("find") ?? "", [path, "-xdev", "-type", "f"]).count
      let alarms = try rows(of: path).count
      table.rows.append([
        name, "\(files)", "\(alarms)", (Double(alarms) * 10_000 / Double(max(files, 1))).rounded(to: 2),
      ])
    }
    table.show()
  }

  private static let trees = [
    ("/usr/lib", "/usr/lib"), ("/usr/share", "/usr/share"), ("/usr/include", "/usr/include"),
    ("/opt/swift", "/opt/swift"),
    ("Python's packages", "/usr/lib/python3/dist-packages"), ("/root/.pyenv", "/root/.pyenv"),
  ]

  /// The exchanges that are told of each key, by the files in which it lies.
  private func places(of folder: String) throws -> [String: [[String]]] {
    try rows(of: folder).reduce(into: [:]) { found, row in
      for place in row["places"] as? [[String: Any]] ?? [] {
        found[place["path"] as? String ?? "", default: []].append(row["exchanges"] as? [String] ?? [])
      }
    }
  }

  private func rows(of folder: String) throws -> [[String: Any]] {
    let text = try output(bench.keyusher, ["find-keys", "--json", "--all-owners", folder])
    return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]] ?? []
  }

  /// How many findings detect-secrets has in each file; nil if it is not installed.
  private func detected(in folder: String) throws -> [String: Int]? {
    guard let program = Bench.find("detect-secrets") else { return nil }
    let text = try output(program, ["-C", folder, "scan", "--all-files", "--no-verify"])
    let report = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let results = report?["results"] as? [String: [Any]] ?? [:]
    return results.reduce(into: [:]) { $0["\(folder)/\($1.key)"] = $1.value.count }
  }

  private func lines(_ program: String, _ arguments: [String]) throws -> [Substring] {
    try output(program, arguments).split(separator: "\n")
  }

  private func output(_ program: String, _ arguments: [String]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = bench.environment(home: bench.folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }

  // MARK: - Time

  /// A pattern for one of the ten alone, as somebody might look for it.
  private static let pattern = "(?i)api_?key.{0,20}[0-9a-f]{32}"

  private func measure(_ trees: [(String, String)], _ rounds: Int) throws {
    guard let ripgrep = Bench.find("rg") else { return print("\nrg is not installed") }
    var table = Table(
      title: "Time of a search (medians of \(rounds), read before)",
      heading: ["", "find-keys ms", "processor ms", "peak MiB", "rg -uuu -j2 ms", "processor ms", "× rg (limit: 2)"])
    for (name, path) in trees {
      var own = Figures()
      var theirs = Figures()
      for round in 0...rounds {
        let environment = bench.environment(home: bench.folder)
        let first = try Errand.run(bench.keyusher, ["find-keys", "--json", path], environment: environment)
        let second = try Errand.run(
          ripgrep, ["-uuu", "-j2", "-c", FindSection.pattern, path], environment: environment)
        guard [0, 2].contains(first.status) else {
          throw Bench.Obstacle(description: "'find-keys' ended with \(first.status)")
        }
        // The first round brings the files into memory.
        if round > 0 {
          own.add(first.arrival)
          theirs.add(second.arrival)
        }
      }
      table.rows.append([
        name, own.median.rounded(to: 0), own.processorMedian.rounded(to: 0), own.peak.rounded(to: 0),
        theirs.median.rounded(to: 0), theirs.processorMedian.rounded(to: 0),
        (own.median / theirs.median).rounded(to: 2),
      ])
    }
    table.show()
  }
}
