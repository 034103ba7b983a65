import Foundation

/// Generated flows of growing length, replayed: time, memory and, on request, instructions of each step.
struct ReplaySection {
  let bench: Bench
  private static let lengths = [100, 1_000, 10_000]
  private static let onRecord = "on record"

  init(_ bench: Bench) { self.bench = bench }

  func run(rounds: Int, countsInstructions: Bool) throws {
    let flows = try bench.makeFolder("replay/flows")
    let scripts = try ReplaySection.lengths.map { try LongFlow(steps: $0).write(into: flows) }
    let modes: [(name: String, arguments: [String])] = [(ReplaySection.onRecord, []), ("dry run", ["--dry-run"])]
    var figures = modes.map { _ in scripts.map { _ in Figures() } }
    for _ in 0..<rounds {
      for mode in modes.indices {
        for (index, script) in scripts.enumerated() {
          let errand = try replay(script, modes[mode].arguments)
          figures[mode][index].add(errand.arrival)
        }
      }
    }
    var table = Table(
      title: "Replay of a generated flow (medians of \(rounds))",
      heading: [
        "", "steps", "ms", "processor ms", "processor µs a further step", "× the one before", "peak MiB", "limit",
      ])
    for (mode, figures) in zip(modes, figures) {
      let costs = Growth(totals: figures.map { $0.processorMedian * 1000 }, lengths: ReplaySection.lengths)
      for (index, steps) in ReplaySection.lengths.enumerated() {
        table.rows.append(
          [
            mode.name, String(steps), figures[index].median.rounded(to: 1),
            figures[index].processorMedian.rounded(to: 1),
          ] + costs.cells(at: index)
            + [
              figures[index].peak.rounded(to: 1),
              mode.name == ReplaySection.onRecord && steps == 10_000 ? "500 ms without waiting for the disk" : "",
            ])
      }
    }
    table.show()
    if countsInstructions { try countInstructions(scripts) }
  }

  // MARK: - Private

  private func replay(_ script: String, _ arguments: [String]) throws -> Errand {
    let home = try bench.makeFolder("replay/home")
    defer { try? FileManager.default.removeItem(atPath: home) }
    let complaints = bench.folder + "/complaints"
    let errand = try Errand.run(
      bench.keyusher, ["replay", script, "--flows", bench.folder + "/replay/flows"] + arguments,
      environment: bench.environment(home: home), complaints: complaints)
    guard errand.status == 0 else {
      let words = (try? String(contentsOfFile: complaints, encoding: .utf8)) ?? ""
      throw Bench.Obstacle(description: "the replay ended with \(errand.status): \(words)")
    }
    return errand
  }

  private func countInstructions(_ scripts: [String]) throws {
    guard let counter = try InstructionCount(bench) else { return }
    let flows = bench.folder + "/replay/flows"
    let counts = try scripts.map { try counter.whole(["replay", $0, "--flows", flows, "--dry-run"]) }
    let costs = Growth(totals: counts.map { $0 / 1000 }, lengths: ReplaySection.lengths)
    var table = Table(
      title: "Instructions of a dry run",
      heading: ["steps", "million", "thousand a further step", "× the one before"])
    for (index, steps) in ReplaySection.lengths.enumerated() {
      table.rows.append([String(steps), (counts[index] / 1e6).rounded(to: 0)] + costs.cells(at: index))
    }
    table.show()
  }
}

/// What each further step costs between one length and the next: linear growth is the same cost everywhere.
private struct Growth {
  private var costs: [Double?] = [nil]

  init(totals: [Double], lengths: [Int]) {
    for index in lengths.indices.dropFirst() {
      costs.append((totals[index] - totals[index - 1]) / Double(lengths[index] - lengths[index - 1]))
    }
  }

  /// The cost, and how it compares with the one before; blank where there is none.
  func cells(at index: Int) -> [String] {
    guard let cost = costs[index] else { return ["", ""] }
    let before = index > 0 ? costs[index - 1] : nil
    return [cost.rounded(to: 1), before.map { (cost / $0).rounded(to: 2) } ?? ""]
  }
}
