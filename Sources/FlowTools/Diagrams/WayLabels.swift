import FlowCore

/// What stands at the ways out of a step: when each is taken.
struct WayLabels {
  private let step: Step
  /// The answers that have no way of their own, where others have one.
  private let rest: String?
  private let otherwise: String?

  init(_ step: Step) {
    self.step = step
    rest = step.branches.isEmpty ? nil : several(step.rest, "or") { $0 }
    otherwise = step.transitions.contains { $0.guardCondition != nil } ? "otherwise" : nil
  }

  /// None where there is no other way.
  subscript(way: Way) -> String? {
    if let answer = way.cause.answer { return answer }
    let condition = step.condition(of: way)?.words(leaving: step.id) ?? otherwise
    let words = [rest, condition].compactMap { $0 }
    return words.isEmpty ? nil : words.joined(separator: ", ")
  }

  /// Whether it is where the step leads unless something is said against it.
  func isUsual(_ way: Way) -> Bool { way.cause.answer == nil && step.condition(of: way) == nil }
}

extension Step {
  fileprivate func condition(of way: Way) -> Guard? {
    if case .transition(let index) = way.cause { transitions[index].guardCondition } else { nil }
  }

  /// What can be given here and has no way of its own.
  fileprivate var rest: [String] {
    let answers: [String] =
      switch body {
      case .confirm: ["yes"]
      case .choose(let options): options.options.filter { $0.target == nil }.map(\.id)
      case .credential: ["kept"]
      default: []
      }
    return required ? answers : answers + ["skipped"]
  }
}

extension Guard {
  /// The condition as the label of a way that leaves a step; a long one is cut.
  func words(leaving own: Step.ID) -> String { wrapped(label(leaving: own), columns: 96, lines: 1).first ?? "" }
}
