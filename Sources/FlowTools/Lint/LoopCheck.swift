import FlowCore
import FlowText
import PlainText

extension FlowLint {
  /// Loops that nobody can leave.
  func checkLoops(_ graph: FlowGraph) {
    let endless = graph.loops(among: flow.steps.map { !$0.asks })
    for index in endless {
      findings.report(
        .endlessLoop, at: notes.stepPlaces[index],
        "from step \(quoted(flow.steps[index].id.rawValue)) a run can come back to it without asking anybody",
        hint: "put a step that asks into the loop, or lead out of it")
    }
    for loop in graph.wholeLoops where loop.contains(where: { flow.steps[$0].asks }) {
      let exits = loop.filter(graph.leavesLoop)
      guard let exit = exits.first, !exits.contains(where: { flow.steps[$0].asks }) else { continue }
      findings.report(
        .loopWithoutExit, at: notes.stepPlaces[loop[0]],
        "no answer leads out of the loop of step \(quoted(flow.steps[loop[0]].id.rawValue)), only what is found at step "
          + quoted(flow.steps[exit].id.rawValue),
        hint: "let a step of the loop that asks lead out of it, so that a person can give up")
    }
  }

  /// Answers that are used, and can't exist by then on any way, or need not on some way.
  func checkAnswers(_ graph: FlowGraph) {
    let covered = notes.coveredMentions
    var open: [(mention: Int, from: Int)] = []
    for (index, mention) in notes.mentions.enumerated() {
      if case .target = mention.manner { continue }
      guard let from = flow.indices[mention.id], !flow.steps[from].isEnd else { continue }
      if from == mention.by ? mention.afterwards : graph.dominators.isOnEveryWay(from, to: mention.by) {
        checkProven(flow.steps[from], mention)
      } else {
        open.append((index, from))
      }
    }
    let answers = graph.leads(open.map { ($0.from, notes.mentions[$0.mention].by) })
    for (question, leads) in zip(open, answers) where !findings.isFull {
      let mention = notes.mentions[question.mention]
      if !leads {
        reportUnanswered(mention, isOwn: question.from == mention.by)
      } else if graph.dominators.reaches(mention.by), graph.dominators.reaches(question.from),
        !covered.contains(question.mention)
      {
        reportPassedRound(mention, from: question.from, graph)
      }
    }
  }

  // MARK: - Private

  private func reportUnanswered(_ mention: Mention, isOwn: Bool) {
    findings.report(
      .unanswered, at: mention.place,
      "step \(quoted(mention.id.rawValue)) can't have been answered before this",
      hint: isOwn
        ? "a step's own answer comes after its texts"
        : "ask it on a way to step \(quoted(flow.steps[mention.by].id.rawValue))")
  }

  /// A step may have been answered, and a way leads round it.
  private func reportPassedRound(
    _ mention: Mention, from: Int, _ graph: FlowGraph
  ) {
    let name = quoted(mention.id.rawValue)
    if case .condition(.asked, _) = mention.manner { return }
    if from == mention.by {
      findings.report(
        .maybeUnanswered, at: mention.place, "step \(name) has no answer when it is asked for the first time",
        hint: "a step's own answer comes after its texts")
      return
    }
    func way() -> String {
      graph.shortestWay(to: { $0 == mention.by }, leavingOut: from).map { flow.words(ofWay: $0) } ?? ""
    }
    let advice: String
    switch mention.manner {
    case .kind(.store):
      findings.report(
        .storeNotProven, at: mention.place, "the way \(way()) comes here without proving the store of step \(name)",
        hint: "lead every way through step \(name) first, so that no secret is shown before there is a place for it")
      return
    case .condition:
      advice = "lead through it, or ask '{step: \(mention.id.rawValue), asked: true}' first within 'all'"
    case .answer: advice = "lead through it, or say something else there"
    case .kind, .target: advice = "lead through it"
    }
    findings.report(
      .maybeUnanswered, at: mention.place,
      "step \(name) need not have been answered before step \(quoted(flow.steps[mention.by].id.rawValue))",
      hint: "the way \(way()) leads round it; \(advice)")
  }

  /// A store that every way passes is proven unless it is skipped.
  private func checkProven(_ step: Step, _ mention: Mention) {
    guard case .kind(.store) = mention.manner, step.body == .store, !step.required else { return }
    findings.report(
      .storeNotProven, at: mention.place,
      "step \(quoted(step.id.rawValue)) can be skipped, and no store is proven then",
      hint: "write 'required: true' at that step")
  }
}

extension Flow {
  /// A way as the ids of its steps; of a long one the beginning and the end.
  func words(ofWay way: [Int]) -> String {
    var names = way.map { display(steps[$0].id.rawValue) }
    if names.count > 8 { names.replaceSubrange(4..<(names.count - 3), with: ["..."]) }
    return names.joined(separator: " > ")
  }
}

extension LintNotes {
  /// The mentions, by their place among all, that count only where their step was asked.
  fileprivate var coveredMentions: Set<Int> {
    var covered: Set<Int> = []
    for noted in guards {
      let asked = noted.condition.askedSteps.filter { noted.condition.asksFirst($0) }
      covered.formUnion(noted.mentions.filter { asked.contains(mentions[$0].id) })
    }
    for (condition, said) in guardedMentions {
      let answered = condition.answeredSteps
      covered.formUnion(said.filter { answered.contains(mentions[$0].id) })
    }
    return covered
  }
}

extension Guard {
  /// The steps that have an answer wherever it holds.
  fileprivate var answeredSteps: Set<Step.ID> {
    switch self {
    case .all(let guards): guards.reduce(into: []) { $0.formUnion($1.answeredSteps) }
    case .any(let guards):
      guards.dropFirst().reduce(guards.first?.answeredSteps ?? []) { $0.intersection($1.answeredSteps) }
    case .not, .answer(_, .skipped): []
    case .answer(let id, _): [id]
    }
  }

  /// The steps of which it looks whether they were asked; of very many the first ones.
  fileprivate var askedSteps: Set<Step.ID> {
    var found: Set<Step.ID> = []
    var open: [Guard] = [self]
    while let current = open.popLast(), found.count < 64 {
      switch current {
      case .all(let guards), .any(let guards): open += guards
      case .not(let inner): open.append(inner)
      case .answer(let id, .asked): found.insert(id)
      case .answer: break
      }
    }
    return found
  }

  /// Whether no look at a step's answer counts where that step was not asked, since a look at `asked` decides there:
  /// `all: [{step: X, asked: true}, ...]`, or `any: [{step: X, asked: false}, ...]`.
  fileprivate func asksFirst(_ id: Step.ID) -> Bool {
    switch self {
    case .answer(_, .asked): return true
    case .answer: return !reads.contains(id)
    case .not(let inner): return inner.asksFirst(id)
    case .all(let guards), .any(let guards):
      let deciding = if case .all = self { false } else { true }
      if let decider = guards.first(where: { $0.value(whereUnasked: id) == deciding }) { return decider.asksFirst(id) }
      return guards.allSatisfy { $0.asksFirst(id) }
    }
  }

  /// What it comes to where a step was not asked, by its looks at `asked` alone.
  private func value(whereUnasked id: Step.ID) -> Bool? {
    switch self {
    case .answer(id, .asked): return false
    case .answer: return nil
    case .not(let inner): return inner.value(whereUnasked: id).map { !$0 }
    case .all(let guards), .any(let guards):
      let deciding = if case .all = self { false } else { true }
      let values = guards.map { $0.value(whereUnasked: id) }
      if values.contains(deciding) { return deciding }
      return values.contains(nil) ? nil : !deciding
    }
  }
}
