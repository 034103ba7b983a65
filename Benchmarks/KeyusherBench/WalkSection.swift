import PtyHarness

/// Enter to next prompt, over a walk of the shipped flow at a pseudo-terminal.
struct WalkSection {
  let bench: Bench

  init(_ bench: Bench) { self.bench = bench }

  func run(rounds: Int) throws {
    var figures = Figures()
    var slowest = (figures: Figures(), step: "")
    var prompts: [Figures] = WalkSection.answers.map { _ in Figures() }
    for round in 0..<max(3, rounds / 3) {
      // A home of its own each time: a label that another record has leads another way.
      let home = try bench.makeFolder("walk/\(round)")
      // No exchange is asked by a benchmark.
      _ = try Errand.run(
        bench.keyusher, ["config", "set", "exchange.ask", "never"], environment: bench.environment(home: home))
      let pty = try Pty(
        bench.keyusher, ["run", "gate-io/create-key"], environment: bench.environment(home: home))
      var start = 0
      for (index, answer) in WalkSection.answers.enumerated() {
        let processorTime = pty.process.processorTime
        let begin = ContinuousClock.now
        if index > 0 { try pty.send(WalkSection.answers[index - 1].line + "\r") }
        try pty.reach(answer.prompt, after: start)
        if index > 0 {
          let arrival = Arrival(
            time: ContinuousClock.now - begin, processorTime: pty.process.processorTime - processorTime,
            peakMemory: pty.process.peakMemory)
          figures.add(arrival)
          prompts[index].add(arrival)
        }
        start = pty.raw.count
      }
      try pty.send(WalkSection.answers.last.map { $0.line + "\r" } ?? "")
      guard try pty.end() == .exited(0) else {
        throw Bench.Obstacle(description: "the walk did not end well; shown: \(pty.text.suffix(2000))")
      }
    }
    for (index, prompt) in prompts.enumerated() where prompt.median > slowest.figures.median {
      slowest = (prompt, "\(index) '\(WalkSection.answers[index].prompt)'")
    }
    var table = Table(
      title: "Enter to next prompt, \(WalkSection.answers.count - 1) times in gate-io/create-key",
      heading: ["", "median ms", "processor ms", "peak MiB"])
    table.rows.append([
      "all of them", figures.median.rounded(to: 2), figures.processorMedian.rounded(to: 2), figures.peak.rounded(to: 1),
    ])
    table.rows.append([
      "the slowest: prompt \(slowest.step)", slowest.figures.median.rounded(to: 2),
      slowest.figures.processorMedian.rounded(to: 2), slowest.figures.peak.rounded(to: 1),
    ])
    table.show()
  }

  // MARK: - Private

  /// Hexadecimal digits that open nothing.
  private static func fakeSecret(_ count: Int) -> String {
    String(repeating: "0123456789abcdef", count: count / 16)
  }

  /// The straight way through the shipped flow: the prompts in their order, and what is typed at each.
  private static let answers: [(prompt: String, line: String)] = [
    ("Number or name: ", "spot-bot"), ("Answer: ", "grid-bot"),
    ("Numbers with commas, or none: ", "account, spot-write"),
    ("Number or name: ", "list"), ("Answer: ", "203.0.113.7"), ("Number or name: ", "offline"),
    ("Number or name: ", "main"), ("Enter when the form is open: ", ""), ("Its name on the page: ", "grid-bot-01"),
    ("Number or name: ", "app"), ("API key: ", fakeSecret(32)), ("Secret: ", fakeSecret(64)), ("Last four: ", "cdef"),
    ("Numbers with commas, or none: ", "account, spot-write"), ("Number or name: ", "list"),
    ("Enter = finish, or a number to change: ", ""),
  ]
}
