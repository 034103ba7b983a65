/// Raises the warnings whose conditions hold now, and closes those that no longer do.
func weighWarnings(_ state: inout State, at step: Step, in flow: Flow) -> [Effect] {
  var effects: [Effect] = []
  for warning in step.warnings {
    let open = state.exceptions.firstIndex {
      $0.kind == .warning && $0.code == warning.code && $0.step == step.id && $0.resolution == .open
    }
    switch (warning.guardCondition.holds(in: state), open) {
    case (true, nil):
      let text = warning.text.filled(from: state, in: flow)
      let exception = state.raise(.warning, at: step.id, code: warning.code, text, .open)
      effects += [.say(.warned(step.id, code: warning.code)), .say(.raised(exception))]
    case (true, _?): effects.append(.say(.warned(step.id, code: warning.code)))
    case (false, let index?): effects.append(.say(.resolved(state.resolve(index, .corrected))))
    case (false, nil): break
    }
  }
  return effects
}

func acceptWarnings(_ state: inout State, _ given: Given, at step: Step, in flow: Flow) -> [Effect] {
  state.exceptions.indices.filter { index in
    let exception = state.exceptions[index]
    return exception.resolution == .open && exception.kind == .warning
      && exception.code.map(step.resolves.contains) == true
  }.map { index in
    .say(.resolved(state.resolve(index, .accepted(reason: inWords(given, at: step, state, flow)))))
  }
}
