import Ceremony
import FlowCore

/// Which steps of a flow were visited, and which ways out of them were taken.
struct Coverage {
  let flow: Flow
  private(set) var visited: Set<Step.ID> = []
  private(set) var taken: Set<Way> = []

  init(of flow: Flow) { self.flow = flow }

  /// Adds what another walk through the same flow came past.
  mutating func add(_ other: Coverage) {
    visited.formUnion(other.visited)
    taken.formUnion(other.taken)
  }

  /// Notes the steps that the way has come to behind its first `count`.
  fileprivate mutating func note(_ state: State, beyond count: Int) {
    guard state.way.count > count else { return }
    for index in count..<state.way.count {
      let here = state.way[index].step
      visited.insert(here)
      guard index > 0, let before = flow[state.way[index - 1].step] else { continue }
      // Answers that were carried over may have changed since: then any way that leads here is the one.
      let way = flow.way(from: before, in: state)
      guard let way = way?.to == here ? way : flow.ways(from: before).first(where: { $0.to == here }) else { continue }
      taken.insert(way)
    }
  }
}

/// Notes where a run comes past, and keeps nothing of it.
final class CoverageLog: EventLog {
  private(set) var coverage: Coverage
  private var state = State()

  init(of flow: Flow) { coverage = Coverage(of: flow) }

  func append(_ events: [Event], durable: Bool) {
    for event in events {
      let count = state.way.count
      _ = reduce(&state, event, in: coverage.flow)
      coverage.note(state, beyond: count)
    }
  }
}

extension Way {
  /// The way in words: `step 'login' by no, to 'not-logged-in'`.
  func words(in flow: Flow) -> String {
    let cause =
      switch self.cause {
      case .no: "by no"
      case .option(let id): "by '\(id)'"
      case .exit(let word): "by '\(word)'"
      case .transition(let index): "by number \(index + 1) of its 'next'"
      case .next: "on"
      }
    return "step '\(from)' \(cause), to '\(to)'\(flow[from].flatMap(remark) ?? "")"
  }

  /// What a script must do for it, where that is not plain.
  private func remark(_ step: Step) -> String? {
    switch (step.body, cause) {
    case (.check, _): " (a check decides, and finds yes)"
    case (.choose(let options), .transition), (.choose(let options), .next):
      options.options.allSatisfy { $0.target != nil } ? " (only if it is skipped)" : nil
    default: nil
    }
  }
}
