/// One way out of a step: what must be answered, or hold, for a run to take it, and where it leads.
public struct Way: Hashable, Sendable {
  public enum Cause: Hashable, Sendable {
    /// A *no* that leads elsewhere.
    case no
    /// An option with a target of its own.
    case option(Option.ID)
    /// A word that leaves a credential step.
    case exit(String)
    /// The transition of that place among the step's own.
    case transition(Int)
    /// Nothing else leads away: the next step in the file.
    case next
  }

  public var from: Step.ID
  public var cause: Cause
  public var to: Step.ID
}

extension Way.Cause {
  /// The answer that leads there whatever else holds, as guards and scripts name it; nil where no single one does.
  public var answer: String? {
    switch self {
    case .no: "no"
    case .option(let id): id
    case .exit(let word): word
    case .transition, .next: nil
    }
  }
}

extension Step {
  /// The ways of single answers, which are looked at first.
  public var branches: [Way] {
    switch body {
    case .confirm(let confirmation): confirmation.ifNo.map { [Way(from: id, cause: .no, to: $0)] } ?? []
    case .choose(let options):
      options.options.compactMap { option in
        option.target.map { Way(from: id, cause: .option(option.id), to: $0) }
      }
    case .credential(let rule):
      [Way(from: id, cause: .exit(CredentialRule.lost), to: rule.ifLost)]
        + rule.exits.map { Way(from: id, cause: .exit($0.word), to: $0.target) }
    case .tell, .select, .text, .store, .check, .review, .end: []
    }
  }

  /// Whether an answer, or a skip, is left that has no way of its own: it goes by what stands behind `next`.
  public var takesNext: Bool {
    switch body {
    case .end: false
    case .choose(let options): !required || options.options.isEmpty || options.options.contains { $0.target == nil }
    default: true
    }
  }

  /// The ways that the step itself names, in the order in which they are looked at.
  public var namedWays: [Way] {
    guard takesNext else { return branches }
    return branches + transitions.enumerated().map { Way(from: id, cause: .transition($0), to: $1.target) }
  }

  /// Where these ways lead, in their order.
  package var targets: [Step.ID] {
    let transitions = takesNext ? transitions.map(\.target) : []
    return switch body {
    // Most steps have no branches.
    case .tell, .select, .text, .store, .check, .review, .end: transitions
    case .confirm, .choose, .credential: branches.map(\.to) + transitions
    }
  }

  /// Whether the next step in the file can follow: no transition always holds.
  public var goesOn: Bool { takesNext && !transitions.contains { $0.guardCondition == nil } }
}

extension Flow {
  /// Every way out of a step, in the order in which they are looked at. Conditions are not weighed.
  public func ways(from step: Step) -> [Way] {
    step.namedWays + (step.goesOn ? [wayOn(from: step)].compactMap { $0 } : [])
  }

  /// The way to the next step in the file; nil at the last.
  func wayOn(from step: Step) -> Way? {
    guard let index = indices[step.id], index + 1 < steps.count else { return nil }
    return Way(from: step.id, cause: .next, to: steps[index + 1].id)
  }
}
