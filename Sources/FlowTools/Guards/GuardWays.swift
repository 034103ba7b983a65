import FlowCore

/// Whether some answers can come together at a step: whether a way leads there on which they are given.
struct GuardWays {
  let flow: Flow
  let space: AnswerSpace
  /// The steps whose `next` list always holds somewhere.
  var closed: Set<Int> = []
  /// How many steps may still be looked at.
  private var stepsLeft = 4_000_000
  private var search = GuardSearch()
  private var run: GuardRun?

  init(_ flow: Flow, _ space: AnswerSpace) {
    self.flow = flow
    self.space = space
  }

  /// - Parameters:
  ///   - values: the value of each variable; -1 for any.
  ///   - end: the step at which they stand.
  /// - Returns: nil if that would take too long. True is sure; where loops give a step several answers, false is not.
  mutating func lead(to end: Int, with values: [Int]) -> Bool? {
    var passed: [Int] = []
    var closedSteps: Set<Int> = []
    for (variable, value) in values.enumerated() where value >= 0 {
      guard case .step(let step, let known) = space.variables[variable] else { continue }
      if known[value] != .notAsked, step != end { passed.append(step) }
      if known[value] == .notAsked, step != end { closedSteps.insert(step) }
    }
    stepsLeft -= flow.steps.count * (passed.count + 2)
    guard stepsLeft > 0 else { return nil }
    let ways = flow.steps.indices.map { step -> [Int] in
      if closedSteps.contains(step) { return [] }
      return self.ways(from: step, values, isFree: step == end).filter { !closedSteps.contains($0) }
    }
    guard !closedSteps.contains(0) else { return false }
    // On one way the steps come in the order of the components, from high to low.
    let components = Components.found(in: ways).of
    var here = 0
    for step in passed.sorted(by: { components[$0] > components[$1] }) + [end] {
      guard FlowGraph.reached(along: ways, from: [here])[step] else { return false }
      here = step
    }
    var run = run ?? GuardRun(flow, space)
    let leadsThere = FlowGraph.reached(along: FlowGraph.reversed(ways), from: [end])
    let found = run.comes(to: end, with: values, passing: passed, leadsThere: leadsThere)
    self.run = run
    stepsLeft -= run.walked
    return found
  }

  // MARK: - Private

  /// Where a step can lead under some answers.
  private mutating func ways(from index: Int, _ values: [Int], isFree: Bool) -> [Int] {
    let step = flow.steps[index]
    let value = isFree ? nil : space.variable(ofStep: index).flatMap { known($0, values) }
    if let branch = step.branch(of: value) { return flow.indices[branch.to].map { [$0] } ?? [] }
    let branches = value == nil ? step.branches.compactMap { flow.indices[$0.to] } : []
    return step.takesNext ? branches + transitions(from: index, isFree ? [] : values) : branches
  }

  private func known(_ variable: Int, _ values: [Int]) -> AnswerSpace.Value? {
    guard variable < values.count, values[variable] >= 0, case .step(_, let known) = space.variables[variable] else {
      return nil
    }
    return known[values[variable]]
  }

  private mutating func transitions(from index: Int, _ values: [Int]) -> [Int] {
    var values = values
    var targets: [Int] = []
    for (transition, formula) in zip(flow.steps[index].transitions, space.transitions(of: index)) {
      let weighed = search.weigh(formula, under: &values)
      if weighed == false { continue }
      if let target = flow.indices[transition.target] { targets.append(target) }
      if weighed == true { return targets }
    }
    if !closed.contains(index), index + 1 < flow.steps.count { targets.append(index + 1) }
    return targets
  }
}

extension Step {
  /// The way of its own that an answer takes.
  func branch(of answer: AnswerSpace.Value?) -> Way? {
    guard case .answer(let id)? = answer else { return nil }
    return branches.first { $0.cause.answer == id }
  }
}
