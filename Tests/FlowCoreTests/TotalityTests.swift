import CustomDump
import Testing

@testable import FlowCore

/// Random flows, random events, nonsense among them: the machine never stumbles.
@Suite struct TotalityTests {
  @Test("100,000 random events leave every run in order", arguments: 0..<100 as Range<UInt64>)
  func randomEvents(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let flow = randomFlow(&random)
    var run = Run(flow, [])
    for _ in 0..<1000 {
      if run.state.hasEnded || run.events.count == 200 { run = Run(flow, []) }
      let before = run.state
      run.send(randomEvent(for: run.state, in: flow, &random))
      guard check(run, after: before) else { return }
    }
    var folded = State(rules: .first)
    for event in run.events { _ = reduce(&folded, event, in: flow) }
    expectNoDifference(folded, run.state)
  }

  /// Whether everything that must always hold does.
  private func check(_ run: Run, after before: State) -> Bool {
    let state = run.state
    let event = run.events.last
    var faults: [String] = []
    func demand(_ holds: Bool, _ what: String) { if !holds { faults.append(what) } }

    let numbered = state.exceptions.enumerated().allSatisfy { $1.number == $0 + 1 }
    demand(numbered, "exceptions numbered from 1")
    demand(state.exceptions.count >= before.exceptions.count, "no exception forgotten")
    demand(before.way.isEmpty || !state.way.isEmpty, "the way never empties")
    let asking = run.effects.filter(\.asks)
    switch state.phase {
    case .running where state.current == nil: demand(asking.isEmpty, "nothing asked before it began")
    case .running:
      demand(state.way.last?.given == nil, "the current step is open")
      switch event {
      case .shown, .redacted, .key: demand(run.effects.isEmpty && state == before, "showing changes nothing")
      default:
        demand(asking.count == 1 && run.effects.last?.asks == true, "one question, at the end")
        demand(run.effects.last?.step == state.current, "the question is the current step's")
      }
    case .suspended: demand(asking.isEmpty, "nothing asked while suspended")
    case .ended: demand(asking.isEmpty && (before.hasEnded || run.effects.last?.finishes == true), "an end ends")
    }
    for visit in state.way.dropLast() { demand(visit.given != nil, "every step that was left has its answer") }
    demand(Set(state.given.keys).isSubset(of: state.way.map(\.step)), "only steps of the way have answers")
    for (id, given) in state.given where state.way.last?.step != id {
      demand(state.way.last { $0.step == id }?.given == given, "the last visit's answer stands")
      if case .verified = given.standing, case .verdict = given.answer {
        demand(given.source == .tool, "only the tool verifies")
      }
      if !given.source.isPerson { demand(given.standing != .claimed, "only a person claims") }
    }
    let likely = state.likelyWay(in: run.flow)
    demand(likely.first?.step == (state.hasEnded ? nil : state.current), "the likely way begins where the run stands")
    demand(Set(likely.map(\.step)).count == likely.count, "and comes to each step once")
    if let current = state.current, let step = run.flow[current],
      let enter = state.defaultAnswer(at: step, in: run.flow)
    {
      demand(run.flow.admits(enter, at: step, in: state), "Enter takes only what can be given")
    }
    if faults.isEmpty { return true }
    expectNoDifference(faults, [], "after \(run.events.suffix(6))")
    return false
  }

  @Test("every kind of step is reached by random answers", arguments: 0..<20 as Range<UInt64>)
  func everyStepIsReachable(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let flow = everyKind
    var seen: Set<Step.ID> = []
    for _ in 0..<200 {
      var run = Run(flow)
      for _ in 0..<40 where !run.state.hasEnded {
        seen.formUnion(run.state.way.map(\.step))
        run.send(fittingEvent(for: run.state, in: flow, &random))
      }
      seen.formUnion(run.state.way.map(\.step))
    }
    expectNoDifference(seen, Set(flow.steps.map(\.id)))
  }
}

extension Effect {
  /// The step that waits.
  fileprivate var step: Step.ID? {
    switch self {
    case .ask(let id, _), .askWord(let id, _, _, _), .surveyStores(let id, _), .surveyKeys(let id, _),
      .proveStore(let id, _),
      .askStillShown(let id), .takePart(let id, _, _), .keepCredential(let id, _), .nameCredential(let id, _, _),
      .runCheck(let id, _):
      id
    case .say, .suspend, .finish: nil
    }
  }

  fileprivate var finishes: Bool { if case .finish = self { true } else { false } }
}
