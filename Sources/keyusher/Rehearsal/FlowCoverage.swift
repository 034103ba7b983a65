import FlowCore
import FlowText
import FlowTools
import PlainText

/// How far the scripts beside a flow come past its steps and ways.
struct FlowCoverage {
  var path: String
  var flow: String
  var scripts: Int
  /// How many of them do not pass; what they came past before that counts.
  var failed: Int
  var steps: Tally<String>
  var ways: Tally<Missed>

  struct Tally<Missing> {
    var covered: Int
    var total: Int
    var missed: [Missing]

    init<Part>(of parts: [Part], missed isMissed: (Part) -> Bool, shown: (Part) -> Missing) {
      missed = parts.filter(isMissed).map(shown)
      total = parts.count
      covered = total - missed.count
    }
  }

  struct Missed {
    var step: String
    /// `no`, `option`, `exit`, `next` with the number of it, or `on`: the next step in the file.
    var by: String
    var value: String?
    var to: String
    var words: String
  }

  init(of path: String, _ coverage: Coverage, scripts: Int, failed: Int) {
    (self.path, self.scripts, self.failed) = (path, scripts, failed)
    let flow = coverage.flow
    self.flow = flow.id
    steps = Tally(of: flow.steps, missed: { !coverage.visited.contains($0.id) }, shown: \.id.rawValue)
    ways = Tally(
      of: Array(flow.provenWays.joined()), missed: { !coverage.taken.contains($0) }, shown: { Missed($0, in: flow) })
  }

  /// The coverage of every flow among some paths by the scripts beside it. A flow that can't be used has none.
  static func all(_ paths: [String], tester: ScriptTester) throws -> [FlowCoverage] {
    try ScriptFiles.flows(paths).compactMap { path in
      guard let flow = try tester.folder.reading(path)?.value else { return nil }
      let tests = try ScriptFiles.beside(path).map(tester.test).filter { $0.flowID == flow.id }
      var coverage = Coverage(of: flow)
      for test in tests { if let own = test.coverage { coverage.add(own) } }
      return FlowCoverage(
        of: path, coverage, scripts: tests.count, failed: tests.count { $0.failure != nil })
    }
  }

  /// For a person: the counts, then what no script comes past.
  var lines: [String] {
    if scripts == 0 { return ["\(display(path)): no script lies beside it"] }
    let noun = scripts == 1 ? "script" : "scripts"
    var lines = [
      "\(display(path)): steps \(steps.covered) of \(steps.total), ways \(ways.covered) of \(ways.total), by \(scripts) \(noun)"
    ]
    if failed > 0 {
      lines.append("  \(failed) \(failed == 1 ? "fails" : "fail"): 'keyusher flow test \(display(path))' says where")
    }
    lines += steps.missed.map { "  never visited: step '\($0)'" }
    return lines + ways.missed.map { "  never taken: \($0.words)" }
  }
}

extension FlowCoverage.Missed {
  init(_ way: Way, in flow: Flow) {
    (step, to, words) = (way.from.rawValue, way.to.rawValue, way.words(in: flow))
    (by, value) =
      switch way.cause {
      case .no: ("no", nil)
      case .option(let id): ("option", id)
      case .exit(let word): ("exit", word)
      case .transition(let index): ("next", String(index + 1))
      case .next: ("on", nil)
      }
  }
}
