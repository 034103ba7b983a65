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

extension Flow {
  /// Where the answer that stands at a step leads; nil where the flow has nothing further.
  public func target(from step: Step, in state: State) -> Step.ID? { way(from: step, in: state)?.to }

  /// The way that the answer that stands at a step takes; nil where the flow has nothing further.
  public func way(from step: Step, in state: State) -> Way? {
    switch (step.body, state.given[step.id]?.answer) {
    case (.confirm(let confirmation), .no?):
      if let target = confirmation.ifNo { return Way(from: step.id, cause: .no, to: target) }
    case (.choose(let options), .choice(let id)?):
      if let target = options[id]?.target { return Way(from: step.id, cause: .option(id), to: target) }
    case (.credential(let rule), .exit(let word)?):
      let target = rule.exits.first { $0.word == word }?.target ?? rule.ifLost
      return Way(from: step.id, cause: .exit(word), to: target)
    default: break
    }
    if let index = step.transitions.firstIndex(where: { $0.guardCondition.holds(in: state) }) {
      return Way(from: step.id, cause: .transition(index), to: step.transitions[index].target)
    }
    return next(after: step.id).map { Way(from: step.id, cause: .next, to: $0) }
  }

  /// Every way out of a step, in the order in which they are looked at. Conditions are not weighed.
  public func ways(from step: Step) -> [Way] {
    var ways: [Way] = []
    var everyAnswerLeads = false
    switch step.body {
    case .end: return []
    case .confirm(let confirmation): ways += confirmation.ifNo.map { [Way(from: step.id, cause: .no, to: $0)] } ?? []
    case .choose(let options):
      ways += options.options.compactMap { option in
        option.target.map { Way(from: step.id, cause: .option(option.id), to: $0) }
      }
      everyAnswerLeads = step.required && !ways.isEmpty && ways.count == options.options.count
    case .credential(let rule):
      ways.append(Way(from: step.id, cause: .exit(CredentialRule.lost), to: rule.ifLost))
      ways += rule.exits.map { Way(from: step.id, cause: .exit($0.word), to: $0.target) }
    case .tell, .select, .text, .store, .check, .review: break
    }
    if everyAnswerLeads { return ways }
    for (index, transition) in step.transitions.enumerated() {
      ways.append(Way(from: step.id, cause: .transition(index), to: transition.target))
    }
    if !step.transitions.contains(where: { $0.guardCondition == nil }), let next = next(after: step.id) {
      ways.append(Way(from: step.id, cause: .next, to: next))
    }
    return ways
  }

  // MARK: - Private

  private func next(after id: Step.ID) -> Step.ID? {
    guard let index = indices[id], index + 1 < steps.count else { return nil }
    return steps[index + 1].id
  }
}
