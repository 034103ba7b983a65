import FlowCore

/// What can be proven of guards: whether one can ever hold, two can hold at once, or none of a list.
struct GuardProof {
  private let notes: LintNotes
  private let graph: FlowGraph
  private let space: AnswerSpace
  private var search = GuardSearch()
  private var ways: GuardWays
  private var formulas: [Int: Formula] = [:]
  /// The steps whose `next` list has no last word, and needs none.
  private(set) var closed: Set<Int> = []

  init(_ flow: Flow, _ graph: FlowGraph, _ notes: LintNotes) {
    self.notes = notes
    self.graph = graph
    space = AnswerSpace(flow)
    ways = GuardWays(flow, space, closed: [])
    for list in notes.lists where list.manner == .next && list.entries.last?.guardIndex != nil {
      guard graph.dominators.reaches(list.by) else { continue }
      if case .never = solve(.not(.any(list.entries.map { formula(of: $0) })), in: list) { closed.insert(list.by) }
    }
    ways = GuardWays(flow, space, closed: closed)
  }

  /// Reports all that is found.
  mutating func report(to findings: Findings) {
    var listed: Set<Int> = []
    for list in notes.lists {
      listed.formUnion(list.entries.compactMap(\.guardIndex))
      if !findings.isFull, graph.dominators.reaches(list.by) { report(list, to: findings) }
    }
    for index in notes.guards.indices where !listed.contains(index) && !findings.isFull {
      let noted = notes.guards[index]
      guard graph.dominators.reaches(noted.by) else { continue }
      let question = Question(by: noted.by, afterwards: noted.afterwards, isNext: false)
      if case .never = solve(formula(ofGuard: index), question) { findings.reportNever(at: noted.place) }
    }
  }

  // MARK: - One list

  private mutating func report(_ list: LintNotes.GuardList, to findings: Findings) {
    var earlier: [Formula] = []
    for (place, entry) in list.entries.enumerated() where !search.isSpent {
      let own = formula(of: entry)
      if case .never = solve(own, in: list) {
        findings.reportNever(at: entry.place)
      } else if !earlier.isEmpty, case .never = solve(.all([own, .not(.any(earlier))]), in: list) {
        findings.report(
          .neverHolds, at: entry.place, "those above always hold where this does, so that it is never taken",
          hint: "put it before them, or take it out")
      } else if entry.guardIndex != nil {
        reportOverlap(of: place, in: list, earlier, to: findings)
      }
      // What stands after an entry without `when` is another finding.
      if entry.guardIndex == nil { return }
      earlier.append(own)
    }
    guard list.manner == .next, !closed.contains(list.by),
      let example = example(.not(.any(earlier)), in: list)
    else { return }
    findings.report(
      .notExhaustive, at: list.place, "none of these need hold: \(example)",
      hint: "end the list with an entry without 'when'; as it is, the run goes on to the next step in the file")
  }

  private mutating func reportOverlap(
    of place: Int, in list: LintNotes.GuardList, _ earlier: [Formula], to findings: Findings
  ) {
    let entry = list.entries[place]
    for (number, other) in earlier.enumerated() where !search.isSpent {
      guard let example = example(.all([formula(of: entry), other]), in: list) else { continue }
      findings.report(
        .overlappingGuards, at: entry.place,
        "guards \(number + 1) and \(place + 1) of this list can both hold: \(example)",
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
  }

  private mutating func formula(of entry: LintNotes.GuardList.Entry) -> Formula {
    entry.guardIndex.map { formula(ofGuard: $0) } ?? .all([])
  }

  private mutating func formula(ofGuard index: Int) -> Formula {
    if let known = formulas[index] { return known }
    let formula = space.formula(notes.guards[index].condition)
    formulas[index] = formula
    return formula
  }

  private mutating func solve(_ formula: Formula, in list: LintNotes.GuardList) -> GuardSearch.Outcome {
    solve(formula, Question(by: list.by, afterwards: list.manner == .next, isNext: list.manner == .next))
  }

  private mutating func solve(_ formula: Formula, _ question: Question) -> GuardSearch.Outcome {
    search.solve(formula, variables: space.variables.count, domain: { [self] in domain(of: $0, question) })
  }

  /// Answers under which a formula holds, in words, if a way leads to them.
  private mutating func example(_ formula: Formula, in list: LintNotes.GuardList) -> String? {
    let question = Question(by: list.by, afterwards: list.manner == .next, isNext: list.manner == .next)
    var ways = ways
    let outcome = search.solve(
      formula, variables: space.variables.count, domain: { [self] in domain(of: $0, question) },
      accept: { ways.lead(to: list.by, with: $0) })
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
    return values.indices.filter { place in
      switch values[place] {
      case .notAsked: return mayBeUnasked
      case .answer(let id) where isOwn && question.isNext: return !step.leadsElsewhere(with: id)
      case .answer, .other, .skipped: return true
      }
    }
  }
}

extension Step {
  /// Whether an answer leads somewhere of its own, and never to the `next` list.
  fileprivate func leadsElsewhere(with id: String) -> Bool {
    switch body {
    case .confirm(let confirmation): id == "no" && confirmation.ifNo != nil
    case .choose(let options): options[id]?.target != nil
    // A store can be called like an exit.
    case .credential: !CredentialReference.stores.contains(id)
    default: false
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
