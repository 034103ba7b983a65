import FlowCore
import FlowText

// What can be reached, and whether every way leads to an end, past a review and past what is required.
extension FlowLint {
  /// A no to a claim without which the run may not be completed has to lead somewhere of its own.
  private func checkNo() {
    for index in flow.steps.indices where flow.steps[index].onEveryWay && !flow.steps[index].claims.isEmpty {
      let step = flow.steps[index]
      guard case .confirm(let confirmation) = step.body, confirmation.ifNo == nil,
        !step.transitions.contains(where: { $0.guardCondition?.reads.contains(step.id) == true })
      else { continue }
      findings.report(
        .noGoesOn, at: notes.stepPlaces[index],
        "a 'no' at step \(quoted(step.id.rawValue)) goes on as a 'yes' does, to 'completed'",
        hint: "add 'if-no: STEP', or take 'required' out")
    }
  }

  /// Two credentials that one run keeps can't have one name: the second would get a number, and what programs are told is the
  /// first. Where what the name is made of is asked anew in between, it is another.
  private func checkNames(_ graph: FlowGraph) {
    var told: Set<Set<Int>> = []
    for index in flow.steps.indices {
      guard case .credential(let rule) = flow.steps[index].body, rule.store != nil, let name = rule.name else {
        continue
      }
      let step = flow.steps[index]
      let kept = flow.ways(from: step).filter { way in
        switch way.cause {
        case .transition, .next: true
        case .no, .option, .exit: false
        }
      }
      let anew = Set(name.reads.compactMap { flow.indices[$0] })
      let reached = graph.reached(from: kept.compactMap { flow.indices[$0.to] }, avoiding: anew)
      for other in flow.steps.indices where other != index && reached[other] {
        guard case .credential(let rule) = flow.steps[other].body, rule.store != nil, rule.name == name,
          told.insert([index, other]).inserted
        else { continue }
        findings.report(
          .sameName, at: notes.stepPlaces[other],
          "the credential of step \(quoted(flow.steps[other].id.rawValue)) is to have the name of the one of step \(quoted(step.id.rawValue))",
          hint: "give one of the two another 'name'")
      }
    }
  }

  func checkEnds(_ graph: FlowGraph) {
    let ends = flow.steps.indices.filter { flow.steps[$0].isEnd }
    if ends.isEmpty {
      findings.report(
        .noEnd, at: notes.stepPlaces[flow.steps.count - 1], "the flow has no end",
        hint: "add a step of 'kind: end' with 'outcome: completed'")
    }
    if let last = flow.steps.last, graph.fallsOff {
      findings.report(
        .fallsOffTheEnd, at: notes.stepPlaces[flow.steps.count - 1],
        "after step \(quoted(last.id.rawValue)) comes nothing", hint: "give it 'next', or add an end after it")
    }
    let reached = graph.reached(from: [0])
    let leaving = ends.isEmpty ? nil : graph.reaching(Set(ends))
    for index in flow.steps.indices {
      let name = quoted(flow.steps[index].id.rawValue)
      if !reached[index] {
        findings.report(
          .unreachableStep, at: notes.stepPlaces[index], "no way leads to step \(name)",
          hint: "lead to it with 'next', 'if-no' or an option, or take it out")
      } else if let leaving, !leaving[index], !(graph.fallsOff && index == flow.steps.count - 1) {
        findings.report(
          .noWayOut, at: notes.stepPlaces[index], "from step \(name) no way leads to an end",
          hint: "give it a 'next' that does")
      }
    }
    let completed = ends.filter { reached[$0] && flow.steps[$0].completes }
    checkReview(graph, completed)
    if !completed.isEmpty { checkNo() }
    checkNames(graph)
    checkRequired(graph, completed)
  }

  private func checkRequired(_ graph: FlowGraph, _ completed: [Int]) {
    guard !completed.isEmpty else { return }
    let musts = graph.dominators.onEveryWay(to: completed)
    let ends = Set(completed)
    for index in flow.steps.indices where flow.steps[index].onEveryWay && graph.dominators.reaches(index) {
      guard !musts[index] else { continue }
      let way = graph.shortestWay(to: ends.contains, leavingOut: index).map { flow.words(ofWay: $0) } ?? ""
      findings.report(
        .wayAround, at: notes.stepPlaces[index],
        "step \(quoted(flow.steps[index].id.rawValue)) is required, and the way \(way) leads round it",
        hint:
          "lead every way to 'completed' through it, or write 'required: here' if it can't be skipped where it is asked"
      )
      if findings.isFull { return }
    }
  }

  private func checkReview(_ graph: FlowGraph, _ completed: [Int]) {
    let reviews = Set(
      flow.steps.indices.filter { if case .review = flow.steps[$0].body { true } else { false } })
    let unreviewed = graph.reached(from: [0], avoiding: reviews)
    for index in completed where unreviewed[index] {
      findings.report(
        .noReview, at: notes.stepPlaces[index], "a way to 'completed' has no review",
        hint: "add a step of 'kind: review' before this end, so that answers can be changed")
    }
  }
}

extension Step {
  var completes: Bool {
    if case .end(let ending) = body { ending.outcome == .completed } else { false }
  }
}
