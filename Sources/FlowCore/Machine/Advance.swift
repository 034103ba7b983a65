/// Leaves a step that is answered or skipped, and goes on to the next that asks, over those whose answers are carried.
func advance(_ state: inout State, from step: Step, in flow: Flow) -> [Effect] {
  var effects: [Effect] = []
  var left = step
  while let next = flow.target(from: left, in: state).flatMap({ flow[$0] }) {
    effects += arrive(&state, at: next, in: flow)
    if let given = state.givenTakenOver(at: next, in: flow) {
      state.settle(given)
      effects.append(.say(.takenOver(next.id, given)))
      effects += weighWarnings(&state, at: next, in: flow)
      left = next
      continue
    }
    guard let carried = state.carriedAnswer(for: next) else { return effects + again(state, at: next, in: flow) }
    state.settle(carried)
    effects.append(.say(.kept(next.id, carried)))
    let done = (carried.answer == .acknowledged ? next.reads : []).union(next.formReads)
    if state.hasChanged(done), state.rules == .first || state.hasTouchedPage {
      let exception = state.raise(.correction, at: next.id, "done by the earlier answers", .recorded)
      effects.append(.say(.raised(exception)))
    }
    effects += weighWarnings(&state, at: next, in: flow, isNew: false)
    left = next
  }
  state.set(.ended(.blocked, at: left.id, reason: "the flow leads nowhere from step '\(left.id)'"))
  return effects + [.finish(left.id, .blocked)]
}

/// Stands at a step; at an end, ends the run.
func arrive(_ state: inout State, at step: Step, in flow: Flow) -> [Effect] {
  state.enter(step.id)
  guard step.isEnd || step.body == .review else { return [] }
  state.forgetCarried()
  // The warnings of answers that were taken back and not given again.
  let effects = state.withdrawnWarnings.map { Effect.say(.resolved(state.resolve($0, .corrected))) }
  if case .end(let ending) = step.body {
    state.set(
      .ended(ending.outcome, at: step.id, reason: ending.reason.first(in: state)?.filled(from: state, in: flow)))
    return effects + [.finish(step.id, ending.outcome)]
  }
  return effects
}

/// Asks what the current step waits for; nothing if the run does not stand at a step.
func again(_ state: State, in flow: Flow, problem: Problem? = nil) -> [Effect] {
  guard let current = state.current, let step = flow[current] else { return [] }
  return again(state, at: step, in: flow, problem: problem)
}

/// The same at the step where the run stands.
private func again(_ state: State, at step: Step, in flow: Flow, problem: Problem? = nil) -> [Effect] {
  guard state.phase == .running else { return [] }
  let current = step.id
  switch step.body {
  case .check(let check): return [.runCheck(current, check)]
  case .end(let ending): return [.finish(current, ending.outcome)]
  case .store:
    if let chosen = state.unproven { return [.proveStore(current, store: chosen.store)] }
    return [state.isSurveyed ? .ask(current, problem: problem) : .surveyStores(current, problem: problem)]
  case .text where step.namesKey && state.rules != .first && state.knownKeys[current] == nil:
    return [.surveyKeys(current, problem: problem)]
  case .credential(let rule):
    if let held = state.taking.held { return [.nameCredential(current, held.reference, problem: problem)] }
    if state.taking.mustAskStillShown { return [.askStillShown(current)] }
    let taken = state.taking.receipts.count
    guard taken < rule.parts.count else { return [.keepCredential(current, problem: problem)] }
    return [.takePart(current, rule.parts[taken].name, problem: problem)]
  default: return [.ask(current, problem: problem)]
  }
}

extension Step {
  /// The steps whose answers change what is asked or warned here.
  var reads: Set<Step.ID> {
    var ids = (text + prompt + claims).reads
    ids += warnings.flatMap { ($0.guardCondition?.reads ?? []) + $0.text.reads }
    for option in options?.options ?? [] {
      ids += option.title.reads + (option.note?.reads ?? [])
      ids += option.disabled.flatMap { $0.guardCondition?.reads ?? [] }
    }
    ids += (options?.defaults ?? []).flatMap { $0.guardCondition?.reads ?? [] }
    if case .check(let check) = body { ids += check.reads }
    if case .credential(let rule) = body { ids += rule.name?.reads ?? [] }
    return Set(ids).subtracting([id])
  }

  /// The steps whose answers change what is to be entered here, on a form or as the name that is proposed.
  var formReads: Set<Step.ID> {
    var ids = fields.flatMap { ($0.guardCondition?.reads ?? []) + $0.value.name.reads + $0.value.value.reads }
    if case .text(let rule) = body {
      ids += rule.defaults.flatMap { ($0.guardCondition?.reads ?? []) + $0.value.reads }
    }
    return Set(ids).subtracting([id])
  }
}

extension Flow {
  /// Where the answer that stands at a step leads; nil where the flow has nothing further.
  public func target(from step: Step, in state: State) -> Step.ID? { way(from: step, in: state)?.to }

  /// The way that the answer that stands at a step takes; nil where the flow has nothing further.
  public func way(from step: Step, in state: State) -> Way? {
    if let cause = state.given[step.id]?.answer.flatMap(Way.Cause.init),
      let way = step.branches.first(where: { $0.cause == cause })
    {
      return way
    }
    if let index = step.transitions.firstIndex(where: { $0.guardCondition.holds(in: state) }) {
      return Way(from: step.id, cause: .transition(index), to: step.transitions[index].target)
    }
    return wayOn(from: step)
  }
}

extension Way.Cause {
  /// What an answer leads by where it has a way of its own.
  fileprivate init?(_ answer: Answer) {
    switch answer {
    case .no: self = .no
    case .choice(let id): self = .option(id)
    case .exit(let word): self = .exit(word)
    default: return nil
    }
  }
}
