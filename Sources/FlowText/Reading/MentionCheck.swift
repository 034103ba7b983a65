import FlowCore
import PlainText

extension FlowReader {
  /// What only the whole flow tells: whether its steps speak of steps, options and answers that exist, and where it leads.
  func check(_ flow: Flow) {
    guard !flow.steps.isEmpty else { return }
    let ids = flow.steps.map(\.id.rawValue)
    for mention in notes.mentions where !findings.isFull { check(mention, flow, ids) }
    checkWarnings(flow)
    if options.isProven { return }
    check(notes.sources)
    let mending = nearTargets(flow, ids)
    var graph = FlowGraph(flow, mending: mending)
    var proof = GuardProof(flow, graph)
    if !proof.closed.isEmpty { graph = FlowGraph(flow, mending: mending, closed: proof.closed) }
    checkEnds(flow, graph)
    checkLoops(flow, graph)
    checkAnswers(flow, graph)
    proof.report(notes, to: findings)
  }

  // MARK: - One mention

  private func check(_ mention: Mention, _ flow: Flow, _ ids: [String]) {
    guard let step = flow[mention.id] else {
      findings.report(
        .unknownStep, at: mention.place, "no step \(quoted(mention.id.rawValue))",
        hint: findings.suggestion(for: mention.id.rawValue, among: ids))
      return
    }
    switch mention.manner {
    case .target: break
    case .answer:
      if step.isEnd { reportEnd(step, at: mention.place) }
    case .kind(let kind):
      if kind != step.body.kind {
        findings.report(
          .wrongKind, at: mention.place, "step \(quoted(step.id.rawValue)) is a \(step.body.kind.rawValue) step",
          hint: "a step of 'kind: \(kind.rawValue)' belongs here")
      }
    case .condition(let condition, let places): check(condition, on: step, mention, places)
    }
  }

  private func reportEnd(_ step: Step, at place: Place) {
    findings.report(
      .wrongKind, at: place, "step \(quoted(step.id.rawValue)) is an end, and ends have no answers",
      hint: "name a step that asks")
  }

  private func check(_ condition: Guard.Condition, on step: Step, _ mention: Mention, _ places: [Place]) {
    let name = quoted(step.id.rawValue)
    if step.isEnd { return reportEnd(step, at: mention.place) }
    switch (condition, step.body) {
    case (.asked, _): break
    case (.skipped, .check), (.skipped, .review):
      findings.report(
        .wrongKind, at: mention.place, "step \(name) can't be skipped", hint: "only steps that ask can be")
    case (.skipped, _): break
    case (_, .text):
      findings.report(
        .guardOnText, at: mention.place, "a guard looks at the text of step \(name)",
        hint: "texts can be blanked later and never steer; 'skipped' is fine, or let a choose step ask")
    case (.includes, let body) where body.kind != .select, (.beyond, let body) where body.kind != .select:
      findings.report(
        .wrongKind, at: mention.place, "step \(name) is no select step", hint: "'is' looks at a single answer")
    case (.exceeds, let body) where body.kind != .select, (.lacks, let body) where body.kind != .select:
      findings.report(
        .wrongKind, at: mention.place, "step \(name) is no select step",
        hint: "'exceeds' and 'lacks' compare two selections")
    case (.isOne(let ids), let body), (.includes(let ids), let body), (.beyond(let ids), let body):
      guard let known = answerSet(of: step) else {
        findings.report(
          .wrongKind, at: mention.place, "a \(body.kind.rawValue) step has no answer to look at",
          hint: "'skipped: true' is the only condition on it")
        return
      }
      for (id, place) in zip(ids, places) where !id.isEmpty && !known.contains(id) && !step.body.isHelper(id) {
        findings.report(
          .unknownOption, at: place, "step \(name) has no answer \(quoted(id))",
          hint: findings.suggestion(for: id, among: body.answerIDs ?? []))
        if findings.isFull { break }
      }
    case (.exceeds, _), (.lacks, _): break
    }
  }

  private func answerSet(of step: Step) -> Set<String>? {
    if let set = answerSets[step.id] { return set }
    let set = step.body.answerIDs.map(Set.init)
    answerSets[step.id] = set
    return set
  }

  private func checkWarnings(_ flow: Flow) {
    let codes = flow.steps.flatMap { $0.warnings.map(\.code) }
    let known = Set(codes)
    for (code, place) in notes.resolved where !known.contains(code) {
      findings.report(
        .unknownWarning, at: place, "no step warns of \(quoted(code))",
        hint: findings.suggestion(for: code, among: codes))
    }
  }

  /// Where a mistyped target was probably meant to lead, so that one slip does not make half a flow unreachable.
  private func nearTargets(_ flow: Flow, _ ids: [String]) -> [Step.ID: Step.ID] {
    var near: [Step.ID: Step.ID] = [:]
    var tried: Set<Step.ID> = []
    for mention in notes.mentions where tried.count < 10 {
      guard case .target = mention.manner, flow[mention.id] == nil, tried.insert(mention.id).inserted else { continue }
      near[mention.id] = nearest(to: mention.id.rawValue, among: ids.prefix(2_000)).map { Step.ID($0) }
    }
    return near
  }

  // MARK: - The ways through

  private func checkEnds(_ flow: Flow, _ graph: FlowGraph) {
    let ends = flow.steps.indices.filter { flow.steps[$0].isEnd }
    if ends.isEmpty {
      findings.report(
        .noEnd, at: stepPlaces[flow.steps.count - 1], "the flow has no end",
        hint: "add a step of 'kind: end' with 'outcome: completed'")
    }
    if let last = flow.steps.last, graph.fallsOff {
      findings.report(
        .fallsOffTheEnd, at: stepPlaces[flow.steps.count - 1],
        "after step \(quoted(last.id.rawValue)) comes nothing", hint: "give it 'next', or add an end after it")
    }
    let reached = graph.reached(from: [0])
    let leaving = ends.isEmpty ? nil : graph.reaching(Set(ends))
    for index in flow.steps.indices {
      let name = quoted(flow.steps[index].id.rawValue)
      if !reached[index] {
        findings.report(
          .unreachableStep, at: stepPlaces[index], "no way leads to step \(name)",
          hint: "lead to it with 'next', 'if-no' or an option, or take it out")
      } else if let leaving, !leaving[index], !(graph.fallsOff && index == flow.steps.count - 1) {
        findings.report(
          .noWayOut, at: stepPlaces[index], "from step \(name) no way leads to an end",
          hint: "give it a 'next' that does")
      }
    }
    let completed = ends.filter { reached[$0] && flow.steps[$0].completes }
    checkReview(flow, graph, completed)
    checkRequired(flow, graph, completed)
  }

  private func checkRequired(_ flow: Flow, _ graph: FlowGraph, _ completed: [Int]) {
    guard !completed.isEmpty else { return }
    let musts = graph.dominators.onEveryWay(to: completed)
    let ends = Set(completed)
    for index in flow.steps.indices where flow.steps[index].onEveryWay && graph.dominators.reaches(index) {
      guard !musts[index] else { continue }
      let way = graph.shortestWay(to: ends.contains, leavingOut: index).map { flow.words(ofWay: $0) } ?? ""
      findings.report(
        .wayAround, at: stepPlaces[index],
        "step \(quoted(flow.steps[index].id.rawValue)) is required, and the way \(way) leads round it",
        hint:
          "lead every way to 'completed' through it, or write 'required: here' if it can't be skipped where it is asked"
      )
      if findings.isFull { return }
    }
  }

  private func checkReview(_ flow: Flow, _ graph: FlowGraph, _ completed: [Int]) {
    let reviews = Set(flow.steps.indices.filter { flow.steps[$0].body == .review })
    let unreviewed = graph.reached(from: [0], avoiding: reviews)
    for index in completed where unreviewed[index] {
      findings.report(
        .noReview, at: stepPlaces[index], "a way to 'completed' has no review",
        hint: "add a step of 'kind: review' before this end, so that answers can be changed")
    }
  }
}

extension Step {
  fileprivate var completes: Bool {
    if case .end(let ending) = body { ending.outcome == .completed } else { false }
  }
}

extension Step.Body {
  var kind: StepKind {
    switch self {
    case .tell: .tell
    case .confirm: .confirm
    case .choose: .choose
    case .select: .select
    case .text: .text
    case .store: .store
    case .credential: .credential
    case .check: .check
    case .review: .review
    case .end: .end
    }
  }

  /// Whether an answer names a credential helper, of which there may be any.
  func isHelper(_ id: String) -> Bool { self == .store && id.hasPrefix(CredentialReference.helperPrefix) }

  /// What a guard can find here; nil if there is nothing to look at.
  var answerIDs: [String]? {
    switch self {
    case .confirm: ["yes", "no"]
    case .choose(let options), .select(let options): options.options.map(\.id)
    case .check: Verdict.allCases.map(\.rawValue)
    case .store: CredentialReference.stores
    case .credential(let rule): [CredentialRule.lost] + rule.exits.map(\.word)
    case .tell, .text, .review, .end: nil
    }
  }
}
