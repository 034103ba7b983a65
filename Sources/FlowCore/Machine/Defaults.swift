extension State {
  /// The answer that Enter takes: the one given before, what the pack of the program says for which the run was begun, what
  /// was said when the key was made that the run is about, or the flow's default; never one that can't be given now. A
  /// credential has none: Enter must not say for a second time that the secret was lost.
  public func defaultAnswer(at step: Step, in flow: Flow) -> Answer? {
    if step.isCredential || !step.asks { return nil }
    // What was true of the page a moment ago must be looked at again: only going back makes a report a default.
    if let earlier = (drafts[step.id] ?? (step.reports ? nil : given[step.id]))?.answer, !earlier.isRedacted,
      flow.admits(earlier, at: step, in: self), !step.reports || rules == .first || !warns(of: earlier, at: step)
    {
      return earlier
    }
    if let key = nextInTurn(at: step), flow.admits(key, at: step, in: self) { return key }
    if let proposed = proposedAnswer(at: step, in: flow), flow.admits(proposed, at: step, in: self) { return proposed }
    if let recalled = recalledAnswer(at: step), flow.admits(recalled, at: step, in: self) { return recalled }
    return authoredDefault(at: step, in: flow).flatMap { flow.admits($0, at: step, in: self) ? $0 : nil }
  }

  private func nextInTurn(at step: Step) -> Answer? {
    guard case .text(let rule) = step.body, rule.takesKeysInTurn else { return nil }
    return keysNotNamed(at: step.id).first.map { .text($0.name) }
  }

  /// Whether a report is one that the flow warns of: what was to be mended by going back is not to be said again by Enter.
  private func warns(of answer: Answer, at step: Step) -> Bool {
    var ahead = self
    ahead.assume(Given(answer: answer, source: .enter, standing: .claimed), at: step.id)
    return step.warnings.contains { $0.guardCondition.holds(in: ahead) }
  }

  /// What the flow's author wants Enter to take; of a selection, what can be chosen now.
  private func authoredDefault(at step: Step, in flow: Flow) -> Answer? {
    switch step.body {
    case .tell: return .acknowledged
    case .confirm(let confirmation): return confirmation.defaultsTo.map { $0 ? .yes : .no }
    case .choose(let options):
      return options.defaults.first { $0.guardCondition.holds(in: self) }?.value.first.map(Answer.choice)
    case .select(let options):
      return options.defaults.first { $0.guardCondition.holds(in: self) }.map { standard in
        .selection(standard.value.filter { flow.admits(.selection([$0]), at: step, in: self) })
      }
    case .store: return options(of: step)?.defaults.first?.value.first.map(Answer.choice)
    case .text(let rule):
      let text = rule.defaults.first { $0.guardCondition.holds(in: self) }?.value.filled(from: self, in: flow)
      return text.map { .text(step.role == .label ? freeName(like: $0, at: step, in: flow) : $0) }
    case .review: return .finished
    case .credential, .check, .end: return nil
    }
  }
}
