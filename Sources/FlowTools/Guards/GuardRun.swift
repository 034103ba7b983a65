import FlowCore

/// Looks for a run that comes to a step with given answers: a walk in which each step always gets the same answer, chosen
/// as late as possible. What it finds is a run that a person can walk; it may miss one.
struct GuardRun {
  /// How many steps may be walked for one question.
  static let mostSteps = 40_000

  /// How many steps were walked for the last question.
  private(set) var walked = 0

  private let flow: Flow
  private let space: AnswerSpace
  /// What leads on from each step, once its own answer leads nowhere else.
  private let formulas: [[Formula]]
  /// What keeps an option of a step from being chosen.
  private let obstacles: [[Option.ID: [Formula]]]
  private var search = GuardSearch()
  /// The value of each variable in this walk, -1 while it is open, and what guards see of it so far.
  private var chosen: [Int] = []
  private var shown: [Int] = []
  private var visits: [Int] = []
  private var path: [Int] = []
  private var choices: [(variable: Int, open: [Int], length: Int)] = []

  init(_ flow: Flow, _ space: AnswerSpace) {
    self.flow = flow
    self.space = space
    formulas = flow.steps.indices.map(space.transitions)
    obstacles = flow.steps.map { step in
      let guarded = (step.options?.options ?? []).filter { option in
        option.disabled.contains { $0.guardCondition != nil }
      }
      return Dictionary(
        guarded.map { ($0.id, $0.disabled.compactMap { $0.guardCondition.map(space.formula) }) },
        uniquingKeysWith: { $0 + $1 })
    }
    for index in flow.steps.indices { space.addVariable(ofStep: index) }
  }

  /// - Parameter leadsThere: from which steps the end can be reached at all.
  /// - Returns: whether a run was found; nil if looking for it would take too long.
  mutating func comes(to end: Int, with values: [Int], passing passed: [Int], leadsThere: [Bool]) -> Bool? {
    chosen = values + [Int](repeating: -1, count: space.variables.count - values.count)
    shown = space.variables.indices.map { variable in
      guard case .step(_, let known) = space.variables[variable] else { return chosen[variable] }
      return known.firstIndex(of: .notAsked) ?? -1
    }
    visits = [Int](repeating: 0, count: flow.steps.count)
    (path, choices) = ([], [])
    enter(0)
    for count in 0..<Self.mostSteps {
      walked = count + 1
      let step = path[path.count - 1]
      if step == end, passed.allSatisfy({ visits[$0] > 0 }) { return true }
      switch leave(step) {
      case .to(let next) where leadsThere[next] && visits[next] < 2 && mayEnter(next): enter(next)
      case .open(let variable) where take(variable): break
      default: if !takeBack() { return false }
      }
    }
    return nil
  }

  // MARK: - Private

  private enum Leaving {
    case to(Int)
    case open(Int)
    case nowhere
  }

  private mutating func leave(_ index: Int) -> Leaving {
    let step = flow.steps[index]
    guard !step.isEnd, let variable = space.variable(ofStep: index),
      case .step(_, let known) = space.variables[variable]
    else { return .nowhere }
    guard chosen[variable] >= 0 else { return .open(variable) }
    if let leaving = obstacle(to: known[chosen[variable]], at: index) { return leaving }
    if let branch = step.branch(of: known[chosen[variable]]) { return leaving(to: branch.to) }
    for (transition, formula) in zip(step.transitions, formulas[index]) {
      switch search.weigh(formula, under: &shown) {
      case true?: return leaving(to: transition.target)
      case nil: return search.openVariable.map { .open($0) } ?? .nowhere
      case false?: continue
      }
    }
    return index + 1 < flow.steps.count ? .to(index + 1) : .nowhere
  }

  private func leaving(to target: Step.ID) -> Leaving { flow.indices[target].map { .to($0) } ?? .nowhere }

  /// What keeps an answer from being given at a step: nowhere to go, or something that is open still.
  private mutating func obstacle(to answer: AnswerSpace.Value, at index: Int) -> Leaving? {
    if obstacles[index].isEmpty { return nil }
    switch answer {
    case .answer(let id): return obstacle(to: id, at: index)
    case .other:
      for id in obstacles[index].keys.sorted() {
        guard let variable = space.variable(ofOption: id, at: index) else { continue }
        if chosen[variable] < 0 { return .open(variable) }
        if chosen[variable] == 1, let leaving = obstacle(to: id, at: index) { return leaving }
      }
      return nil
    case .skipped, .notAsked: return nil
    }
  }

  private mutating func obstacle(to option: Option.ID, at index: Int) -> Leaving? {
    for formula in obstacles[index][option] ?? [] {
      switch search.weigh(formula, under: &shown) {
      case true?: return .nowhere
      case nil: return search.openVariable.map { .open($0) } ?? .nowhere
      case false?: continue
      }
    }
    return nil
  }

  /// Whether a step need not stay unasked.
  private func mayEnter(_ index: Int) -> Bool {
    guard let variable = space.variable(ofStep: index), chosen[variable] >= 0,
      case .step(_, let known) = space.variables[variable]
    else { return true }
    return known[chosen[variable]] != .notAsked
  }

  private mutating func enter(_ index: Int) {
    path.append(index)
    visits[index] += 1
    if let variable = space.variable(ofStep: index) { shown[variable] = chosen[variable] }
  }

  /// Tries the first value of a variable.
  private mutating func take(_ variable: Int) -> Bool {
    let values: [Int] =
      if case .step(_, let known) = space.variables[variable] {
        known.indices.filter { known[$0] != .notAsked }
      } else {
        [0, 1]
      }
    guard let first = values.first, chosen[variable] < 0 else { return false }
    choices.append((variable, Array(values.dropFirst()), path.count))
    set(variable, first)
    return true
  }

  private mutating func set(_ variable: Int, _ value: Int) {
    chosen[variable] = value
    shown[variable] = value
  }

  /// Goes back to the last choice that leaves another; false if there is none.
  private mutating func takeBack() -> Bool {
    while let last = choices.last {
      while path.count > last.length {
        let step = path.removeLast()
        visits[step] -= 1
        if visits[step] == 0, let variable = space.variable(ofStep: step),
          case .step(_, let known) = space.variables[variable]
        {
          shown[variable] = known.firstIndex(of: .notAsked) ?? -1
        }
      }
      guard last.open.isEmpty else {
        set(last.variable, choices[choices.count - 1].open.removeFirst())
        return true
      }
      set(last.variable, -1)
      choices.removeLast()
    }
    return false
  }
}
