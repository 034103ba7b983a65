import FlowCore
import FlowText
import PlainText

/// What can be found in a flow that can be read: where it leads, what is proven of its guards, what its texts are like.
struct FlowLint {
  let flow: Flow
  let notes: LintNotes
  let findings: Findings

  func check() {
    let mending = nearTargets
    var graph = FlowGraph(flow, mending: mending)
    var proof = GuardProof(flow, graph)
    if !proof.closed.isEmpty { graph = FlowGraph(flow, mending: mending, closed: proof.closed) }
    checkEnds(graph)
    checkLoops(graph)
    checkAnswers(graph)
    proof.report(notes, to: findings)
  }

  /// Where a mistyped target was probably meant to lead, so that one slip does not make half a flow unreachable.
  private var nearTargets: [Step.ID: Step.ID] {
    let ids = flow.steps.map(\.id.rawValue)
    var near: [Step.ID: Step.ID] = [:]
    var tried: Set<Step.ID> = []
    for mention in notes.mentions where tried.count < 10 {
      guard case .target = mention.manner, flow[mention.id] == nil, tried.insert(mention.id).inserted else { continue }
      near[mention.id] = nearest(to: mention.id.rawValue, among: ids.prefix(2_000)).map { Step.ID($0) }
    }
    return near
  }

  // MARK: - Ends

  private func checkEnds(_ graph: FlowGraph) {
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
    let reviews = Set(flow.steps.indices.filter { flow.steps[$0].body == .review })
    let unreviewed = graph.reached(from: [0], avoiding: reviews)
    for index in completed where unreviewed[index] {
      findings.report(
        .noReview, at: notes.stepPlaces[index], "a way to 'completed' has no review",
        hint: "add a step of 'kind: review' before this end, so that answers can be changed")
    }
  }
}

extension Step {
  fileprivate var completes: Bool {
    if case .end(let ending) = body { ending.outcome == .completed } else { false }
  }
}
