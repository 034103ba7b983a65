import Foundation
import PtyHarness

/// Start to first prompt, side by side.
struct StartSection {
  let bench: Bench

  init(_ bench: Bench) { self.bench = bench }

  func run(rounds: Int, countsInstructions: Bool) throws {
    let ours = try ours()
    let contenders = try ours + others()
    var figures = [Figures](repeating: Figures(), count: contenders.count)
    var obstacles = [String?](repeating: nil, count: contenders.count)
    // The first round warms up and is not counted.
    for round in 0...rounds {
      for (index, contender) in contenders.enumerated() where obstacles[index] == nil {
        do {
          let arrival = try contender.reachPrompt()
          if round > 0 { figures[index].add(arrival) }
        } catch {
          obstacles[index] = "\(error)".split(separator: ";").first.map(String.init) ?? "\(error)"
        }
      }
    }
    var table = Table(
      title: "Start to first prompt",
      heading: ["", "median ms", "× floor", "processor ms", "× floor", "peak MiB", "limit"])
    let floor = figures[0]
    for (contender, figures) in zip(contenders, figures) where !figures.isEmpty {
      table.rows.append([
        contender.name, figures.median.rounded(to: 2), (figures.median / floor.median).rounded(to: 2),
        figures.processorMedian.rounded(to: 2), (figures.processorMedian / floor.processorMedian).rounded(to: 2),
        figures.peak.rounded(to: 1), contender.limit,
      ])
    }
    table.show()
    for (contender, obstacle) in zip(contenders, obstacles) {
      if let obstacle { print("  \(contender.name) did not come to its prompt: \(obstacle)") }
    }
    let missing = StartSection.strangers.filter { Bench.find($0.program) == nil }.map(\.name)
    if !missing.isEmpty { print("  not installed: \(missing.joined(separator: ", "))") }
    if countsInstructions { try countInstructions(ours.filter { $0.program == bench.keyusher }) }
  }

  // MARK: - Private

  private func countInstructions(_ contenders: [Contender]) throws {
    guard let counter = try InstructionCount(bench) else { return }
    var table = Table(title: "Instructions to the first prompt", heading: ["", "million"])
    for contender in contenders {
      table.rows.append([contender.name, (try counter.start(of: contender) / 1e6).rounded(to: 1)])
    }
    table.show()
  }

  private func ours() throws -> [Contender] {
    let command = bench.environment(home: try bench.makeFolder("start/command"))
    let fresh = bench.environment(home: try bench.makeFolder("start/fresh"))
    let worn = try makeWornHome()
    return [
      Contender(
        name: "C with readline (the floor)", program: try bench.makeFloor(), environment: fresh, prompt: "name: "),
      Contender(
        name: "keyusher", program: bench.keyusher, environment: fresh, prompt: "keyusher> ", limit: "1.7 × 11.5 MiB"),
      Contender(
        name: "keyusher, \(StartSection.wornRuns) ended runs", program: bench.keyusher,
        environment: bench.environment(home: worn), prompt: "keyusher> ", limit: "as without"),
      Contender(
        name: "keyusher run gate-io/create-key", program: bench.keyusher, arguments: ["run", "gate-io/create-key"],
        environment: command, prompt: "Number or name: ", limit: "2.2 × 13 MiB"),
      Contender(
        name: "keyusher resume", program: bench.keyusher, arguments: ["resume"],
        environment: bench.environment(home: try makeLeftHome()), prompt: "Answer: ", limit: "2.6 ×"),
    ]
  }

  private static let wornRuns = 500

  /// A home with many ended runs: nothing there can be offered, so that the greeting looks as far as it ever does.
  private func makeWornHome() throws -> String {
    let home = try bench.makeFolder("start/worn")
    let script = try LongFlow(steps: 3).write(into: bench.makeFolder("start/flows"))
    for _ in 0..<StartSection.wornRuns {
      let run = try Errand.run(
        bench.keyusher, ["replay", script, "--flows", bench.folder + "/start/flows"],
        environment: bench.environment(home: home))
      guard run.status == 0 else { throw Bench.Obstacle(description: "the runs of a worn home could not be made") }
    }
    return home
  }

  /// A home with a run that was left at its second question.
  private func makeLeftHome() throws -> String {
    let home = try bench.makeFolder("start/left")
    let pty = try Pty(bench.keyusher, ["run", "gate-io/create-key"], environment: bench.environment(home: home))
    try pty.reach("Number or name: ")
    try pty.send("spot-bot\r")
    try pty.reach("Answer: ")
    try pty.send(":quit\r")
    _ = try pty.end()
    return home
  }

  private struct Stranger {
    var name: String
    var program: String
    var arguments: [String]
    var prompt: String
  }

  private static let strangers = [
    Stranger(
      name: "bash read -e", program: "bash", arguments: ["--norc", "--noprofile", "-c", "read -e -p 'name: ' line"],
      prompt: "name: "),
    Stranger(
      name: "gpg --full-generate-key", program: "gpg", arguments: ["--full-generate-key"], prompt: "Your selection? "),
    Stranger(name: "gh auth login", program: "gh", arguments: ["auth", "login"], prompt: "? "),
    Stranger(name: "rclone config", program: "rclone", arguments: ["config"], prompt: "q> "),
    Stranger(name: "aws configure", program: "aws", arguments: ["configure"], prompt: "Access Key ID [None]: "),
    Stranger(name: "npm init", program: "npm", arguments: ["init"], prompt: "package name: "),
  ]

  private func others() throws -> [Contender] {
    try StartSection.strangers.compactMap { stranger in
      guard let program = Bench.find(stranger.program) else { return nil }
      let home = try bench.makeFolder("start/" + stranger.program)
      return Contender(
        name: stranger.name, program: program, arguments: stranger.arguments,
        environment: bench.environment(home: home), prompt: stranger.prompt)
    }
  }
}
