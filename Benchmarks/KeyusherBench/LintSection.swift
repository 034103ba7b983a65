import Foundation

/// What it takes to lint: the shipped flows, many generated ones, and one that is very long, beside reading the same files
/// and what libyaml alone takes to parse them.
struct LintSection {
  let bench: Bench
  private static let counts = [250, 500, 1_000]
  private static let steps = 50
  private static let longest = 10_000

  init(_ bench: Bench) { self.bench = bench }

  func run(rounds: Int) throws {
    let folders = try LintSection.counts.map { count in
      let folder = try bench.makeFolder("lint/\(count)")
      for number in 1...count { try LongFlow(steps: LintSection.steps, name: "flow-\(number)").write(into: folder) }
      return folder
    }
    let long = try bench.makeFolder("lint/long")
    try LongFlow(steps: LintSection.longest).write(into: long)

    var tasks: [(name: String, program: String, arguments: [String])] = [
      ("keyusher flow lint, the shipped flows", bench.keyusher, ["flow", "lint"])
    ]
    for (count, folder) in zip(LintSection.counts, folders) {
      tasks.append(("keyusher flow lint, \(count) flows of \(LintSection.steps) steps", bench.keyusher, lint(folder)))
    }
    tasks.append(("keyusher flow lint, a flow of \(LintSection.longest) steps", bench.keyusher, lint(long)))
    let many = folders[folders.count - 1] + "/bench"
    let count = LintSection.counts[LintSection.counts.count - 1]
    if let find = Bench.find("find") {
      let all = [many, "-name", "*.yaml", "-exec"]
      tasks.append(("cat, \(count) flows: the floor", find, all + ["cat", "{}", "+"]))
      let parse = try bench.makeFloor("parse", with: "yaml")
      tasks.append((LintSection.parsing, find, all + [parse, "{}", "+"]))
    }

    var figures = tasks.map { _ in Figures() }
    for _ in 0..<rounds {
      for (index, task) in tasks.enumerated() where !figures[index].isBroken {
        let errand = try Errand.run(task.program, task.arguments, environment: bench.environment(home: bench.folder))
        if errand.status == 0 {
          figures[index].add(errand.arrival)
        } else if task.program == bench.keyusher {
          throw Bench.Obstacle(description: "'\(task.name)' ended with \(errand.status)")
        } else {
          figures[index].isBroken = true
        }
      }
    }
    show(tasks.map(\.name), figures, rounds)
  }

  // MARK: - Private

  private func lint(_ folder: String) -> [String] { ["flow", "lint", folder] }

  private static let parsing = "libyaml's events of as many"

  private func show(_ names: [String], _ figures: [Figures], _ rounds: Int) {
    var table = Table(
      title: "Lint (medians of \(rounds); flows and the scripts beside them)",
      heading: ["", "ms", "processor ms", "peak MiB"])
    for (name, figures) in zip(names, figures) {
      table.rows.append(
        figures.isBroken
          ? [name, "not installed", "", ""]
          : [
            name, figures.median.rounded(to: 1), figures.processorMedian.rounded(to: 1), figures.peak.rounded(to: 1),
          ])
    }
    table.show()
    let times = (1...LintSection.counts.count).map { figures[$0].processorMedian }
    let growth = zip(times.dropFirst(), times).map { (later, earlier) in (later / earlier).rounded(to: 2) }
    if let parsing = zip(names, figures).first(where: { $0.0 == LintSection.parsing })?.1.processorMedian {
      let ratio = (times[times.count - 1] / parsing).rounded(to: 1)
      print("  \(ratio) × libyaml's events (limit: 4); the shipped flows' limit is 60 ms")
    }
    print("  twice the flows take \(growth.joined(separator: " and ")) times as long")
  }
}
