import FlowCore
import PlainText

extension FlowReader {
  /// Loops that nobody can leave.
  func checkLoops(_ flow: Flow, _ graph: FlowGraph) {
    let endless = graph.loops(among: flow.steps.map { !$0.asks })
    for index in endless {
      findings.report(
        .endlessLoop, at: stepPlaces[index],
        "from step \(quoted(flow.steps[index].id.rawValue)) a run can come back to it without asking anybody",
        hint: "put a step that asks into the loop, or lead out of it")
    }
    for loop in graph.wholeLoops where loop.contains(where: { flow.steps[$0].asks }) {
      let exits = loop.filter(graph.leavesLoop)
      guard let exit = exits.first, !exits.contains(where: { flow.steps[$0].asks }) else { continue }
      findings.report(
        .loopWithoutExit, at: stepPlaces[loop[0]],
        "no answer leads out of the loop of step \(quoted(flow.steps[loop[0]].id.rawValue)), only what is found at step "
          + quoted(flow.steps[exit].id.rawValue),
        hint: "let a step of the loop that asks lead out of it, so that a person can give up")
    }
  }

  /// Answers that are used, and can't exist by then on any way, or need not on some way.
  func checkAnswers(_ flow: Flow, _ graph: FlowGraph) {
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
        reportUnanswered(mention, isOwn: question.from == mention.by, flow)
      } else if graph.dominators.reaches(mention.by), graph.dominators.reaches(question.from) {
        reportPassedRound(mention, at: question.mention, from: question.from, flow, graph)
      }
    }
  }

  // MARK: - Private

  private func reportUnanswered(_ mention: Mention, isOwn: Bool, _ flow: Flow) {
    findings.report(
      .unanswered, at: mention.place,
      "step \(quoted(mention.id.rawValue)) can't have been answered before this",
      hint: isOwn
        ? "a step's own answer comes after its texts"
        : "ask it on a way to step \(quoted(flow.steps[mention.by].id.rawValue))")
  }

  /// A step may have been answered, and a way leads round it.
  private func reportPassedRound(
    _ mention: Mention, at place: Int, from: Int, _ flow: Flow, _ graph: FlowGraph
  ) {
    let name = quoted(mention.id.rawValue)
    switch mention.manner {
    case .condition(.asked, _): return
    case .condition where notes.covered.contains(place): return
    default: break
    }
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
