/// Raises the warnings whose conditions hold now, and closes those that no longer do.
///
/// - Parameter isNew: whether the answer was given just now; one that was carried raises none.
func weighWarnings(_ state: inout State, at step: Step, in flow: Flow, isNew: Bool = true) -> [Effect] {
  var effects: [Effect] = []
  for warning in step.warnings {
    switch (warning.guardCondition.holds(in: state), state.openWarning(warning.code, at: step.id)) {
    case (true, let index) where isNew:
      effects.append(.say(.warned(step.id, code: warning.code)))
      if index == nil { effects.append(raise(warning, in: &state, at: step, of: flow)) }
    case (false, let index?): effects.append(.say(.resolved(state.resolve(index, .corrected))))
    default: break
    }
  }
  return effects
}

/// Raises again what a later answer had corrected, where going back took that answer off the way.
func raiseCorrectedWarnings(_ state: inout State, at step: Step, in flow: Flow) -> [Effect] {
  guard state.given[step.id]?.answer != nil else { return [] }
  return step.warnings.compactMap { warning in
    let last = state.exceptions.last { $0.kind == .warning && $0.code == warning.code && $0.step == step.id }
    guard last?.resolution == .corrected, warning.guardCondition.holds(in: state) else { return nil }
    return raise(warning, in: &state, at: step, of: flow)
  }
}

/// Takes an answer as the reason for leaving the warnings that its step resolves; a no is none.
func acceptWarnings(_ state: inout State, _ given: Given, at step: Step, in flow: Flow) -> [Effect] {
  if given.answer == .no { return [] }
  return state.openWarnings(of: step.resolves).map { index in
    .say(.resolved(state.resolve(index, .accepted(reason: inWords(given, at: step, state, flow)))))
  }
}

private func raise(_ warning: Warning, in state: inout State, at step: Step, of flow: Flow) -> Effect {
  let text = warning.text.filled(from: state, in: flow)
  return .say(.raised(state.raise(.warning, at: step.id, code: warning.code, text, .open)))
}
