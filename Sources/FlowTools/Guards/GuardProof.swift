public import FlowCore
import FlowText

/// What can be proven of guards: whether one can ever hold, two can hold at once, or none of a list.
struct GuardProof {
  private let graph: FlowGraph
  private let space: AnswerSpace
  private var search = GuardSearch()
  private var ways: GuardWays
  /// The steps that never go on to the next in the file, although each of their transitions has a guard.
  private(set) var closed: Set<Int> = []

  init(_ flow: Flow, _ graph: FlowGraph) {
    self.graph = graph
    space = AnswerSpace(flow)
    ways = GuardWays(flow, space)
    for index in flow.steps.indices where !flow.steps[index].transitions.isEmpty && flow.steps[index].goesOn {
      guard graph.dominators.reaches(index) else { continue }
      let gap = Formula.not(.any(space.transitions(of: index)))
      if case .never = solve(gap, .next(of: index)) { closed.insert(index) }
    }
    ways.closed = closed
  }

  /// Reports all that is found of the guards that reading has noted.
  mutating func report(_ notes: LintNotes, to findings: Findings) {
    var listed: Set<Int> = []
    for list in notes.lists {
      listed.formUnion(list.entries.compactMap(\.guardIndex))
      if !findings.isFull, graph.dominators.reaches(list.by) { report(list, notes, to: findings) }
    }
    for (index, noted) in notes.guards.enumerated() where !listed.contains(index) && !findings.isFull {
      guard graph.dominators.reaches(noted.by) else { continue }
      let question = Question(by: noted.by, afterwards: noted.afterwards, isNext: false)
      if case .never = solve(space.formula(noted.condition), question) { findings.reportNever(at: noted.place) }
    }
  }

  /// Where each step can lead while the answer of one is not a certain one; nil if that would take too long.
  mutating func successors(where other: Int, isNot answer: String) -> [[Int]]? {
    let excluded = space.formula(.answer(space.flow.steps[other].id, .isOne(of: [answer])))
    let flow = space.flow
    let successors = flow.steps.indices.map { index in
      // A step without guards leads where the flow says; if it can't be reached, that does no harm.
      if !flow.steps[index].transitions.contains(where: { $0.guardCondition != nil }) { return flow.successors[index] }
      let step = flow.steps[index]
      guard step.takesNext else { return step.branches.compactMap { flow.indices[$0.to] } }
      var open: [Formula] = [.not(excluded)]
      var targets = step.branches.map(\.to)
      for (transition, formula) in zip(step.transitions, space.transitions(of: index)) {
        if case .never = solve(.all(open + [formula]), .next(of: index)) {} else { targets.append(transition.target) }
        open.append(.not(formula))
      }
      let isLast = index + 1 == flow.steps.count
      if step.goesOn, !isLast, !closed.contains(index) {
        if case .never = solve(.all(open), .next(of: index)) {} else { targets.append(flow.steps[index + 1].id) }
      }
      return targets.compactMap { flow.indices[$0] }
    }
    return search.isSpent ? nil : successors
  }

  // MARK: - One list

  private mutating func report(_ list: LintNotes.GuardList, _ notes: LintNotes, to findings: Findings) {
    let question: Question =
      switch list.manner {
      case .next: .next(of: list.by)
      case .standard: Question(by: list.by, afterwards: false, isNext: false)
      }
    var earlier: [Formula] = []
    for entry in list.entries where !search.isSpent {
      let own = entry.guardIndex.map { space.formula(notes.guards[$0].condition) } ?? .always
      let outcome = solve(.all([own, .not(.some(earlier))]), question)
      // What some answers come to needs no second look.
      let isTaken = if case .holds = outcome { true } else { false }
      if !isTaken, case .never = solve(own, question) {
        findings.reportNever(at: entry.place)
      } else if case .never = outcome {
        findings.report(
          .neverHolds, at: entry.place, "those above always hold where this does, so that it is never taken",
          hint: "put it before them, or take it out")
      } else if entry.guardIndex != nil {
        reportOverlap(of: own, at: entry.place, question, earlier, to: findings)
      }
      // What stands after an entry without `when` is another finding.
      if entry.guardIndex == nil { return }
      earlier.append(own)
    }
    guard list.manner == .next, !closed.contains(list.by), let example = example(.not(.some(earlier)), question)
    else { return }
    findings.report(
      .notExhaustive, at: list.place, "none of these need hold: \(example)",
      hint: "end the list with an entry without 'when'; as it is, the run goes on to the next step in the file")
  }

  private mutating func reportOverlap(
    of own: Formula, at place: Place, _ question: Question, _ earlier: [Formula], to findings: Findings
  ) {
    for (number, other) in earlier.enumerated() where !search.isSpent {
      guard let example = example(.all([own, other]), question) else { continue }
      findings.report(
        .overlappingGuards, at: place,
        "guards \(number + 1) and \(earlier.count + 1) of this list can both hold: \(example)",
        hint: "the first is taken; let one of them say 'not', so that their order does not matter")
      return
    }
  }

  // MARK: - Questions

  private struct Question {
    var by: Int
    var afterwards: Bool
    /// Whether the step's own answer led to its `next` list.
    var isNext: Bool

    static func next(of step: Int) -> Question { Question(by: step, afterwards: true, isNext: true) }
  }

  private mutating func solve(_ formula: Formula, _ question: Question) -> GuardSearch.Outcome {
    search.solve(formula, variables: space.variables.count, domain: { [self] in domain(of: $0, question) })
  }

  /// Answers under which a formula holds, in words, if a way leads to them.
  private mutating func example(_ formula: Formula, _ question: Question) -> String? {
    var ways = ways
    let outcome = search.solve(
      formula, variables: space.variables.count, domain: { [self] in domain(of: $0, question) },
      accept: { ways.lead(to: question.by, with: $0) })
    self.ways = ways
    guard case .holds(let values) = outcome else { return nil }
    return space.words(values)
  }

  /// The values that a variable can have where a question is asked.
  private func domain(of variable: Int, _ question: Question) -> [Int] {
    guard case .step(let index, let values) = space.variables[variable] else { return [0, 1] }
    let step = space.flow.steps[index]
    let isOwn = index == question.by
    let mayBeUnasked =
      isOwn ? !question.afterwards : !graph.dominators.isOnEveryWay(index, to: question.by)
    let elsewhere = isOwn && question.isNext ? step.answersElsewhere : []
    return values.indices.filter { place in
      switch values[place] {
      case .notAsked: mayBeUnasked
      case .answer(let id): !elsewhere.contains(id)
      case .other, .skipped: true
      }
    }
  }
}

extension Step {
  /// The answers that lead somewhere of their own, and never to the `next` list.
  fileprivate var answersElsewhere: Set<String> {
    let answers = Set(branches.compactMap(\.cause.answer))
    // A store can be called like an exit.
    return isCredential ? answers.subtracting(CredentialReference.stores) : answers
  }
}

extension Flow {
  /// The ways out of each step, without those that are proven never to be taken: where the guards of a `next` list leave
  /// nothing over, no run goes on to the next step in the file.
  public var provenWays: [[Way]] {
    let closed = GuardProof(self, FlowGraph(self)).closed
    return steps.enumerated().map { index, step in
      ways(from: step).filter { $0.cause != .next || !closed.contains(index) }
    }
  }
}

extension Findings {
  fileprivate func reportNever(at place: Place) {
    report(
      .neverHolds, at: place, "this can't hold, whatever is answered",
      hint: "look at what its steps can answer, or take it out")
  }
}

extension AnswerSpace {
  /// Answers as a person says them, a few of them.
  fileprivate func words(_ values: [Int]) -> String {
    var chosen: [Int: [Option.ID]] = [:]
    for (variable, value) in values.enumerated() where value == 1 {
      if case .option(let step, let id) = variables[variable] { chosen[step, default: []].append(id) }
    }
    var words: [String] = []
    for (variable, value) in values.enumerated() where value >= 0 {
      guard case .step(let index, let known) = variables[variable] else { continue }
      let name = quoted(flow.steps[index].id.rawValue)
      switch known[value] {
      case .notAsked: words.append("\(name) was not asked")
      case .skipped: words.append("\(name) was skipped")
      case .answer(let id): words.append("\(name) is \(quoted(id))")
      case .other: words.append(other(flow.steps[index], name, chosen[index] ?? []))
      }
    }
    if words.isEmpty { return "always" }
    let shown = words.prefix(4).joined(separator: ", ")
    return words.count > 4 ? "\(shown) and so on" : shown
  }

  private func other(_ step: Step, _ name: String, _ chosen: [Option.ID]) -> String {
    switch step.body {
    case .select where chosen.isEmpty: return "\(name) has nothing of it"
    case .select:
      let shown = chosen.prefix(3).map { quoted($0) }.joined(separator: " and ")
      return "\(name) has \(shown)\(chosen.count > 3 ? " and more" : "")"
    case .store: return "\(name) is some other store"
    case .credential: return "\(name) is kept"
    default: return "\(name) was answered"
    }
  }
}
