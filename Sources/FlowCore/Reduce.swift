/// Moves a run by one event, and says what to do next. Total: it never throws, and an event that does not fit asks again.
///
/// The state is changed in place: returning a new one would copy its history at every step.
public func reduce(_ state: inout State, _ event: Event, in flow: Flow) -> [Effect] {
  switch event {
  case .shown, .redacted: return []
  case .discarded(let reason):
    guard !state.hasEnded else { return [] }
    state.set(.ended(.aborted, at: state.current, reason: reason))
    return [.finish(nil, .aborted)]
  case .resumed(let resumption): return resume(&state, resumption, in: flow)
  case .began:
    guard state.way.isEmpty, let first = flow.steps.first else { return again(state, in: flow) }
    return arrive(&state, at: first.id, in: flow)
  default: break
  }
  guard state.phase == .running, let current = state.current, let step = flow[current] else { return [] }
  switch event {
  case .answered(step.id, let answer, let words, let mouth):
    return answered(&state, answer, words, mouth, at: step, in: flow)
  case .partTaken(step.id, let receipt, _): return partTaken(&state, receipt, at: step, in: flow)
  case .credentialHeld(step.id, let reference, let proof, let mouth):
    return held(&state, reference, proof, mouth, at: step, in: flow)
  case .keepingFailed(step.id, let reason):
    guard step.isCredential else { break }
    return [.keepCredential(step.id, problem: .keepingFailed(reason))]
  case .stillShown(step.id, let shown, let mouth):
    guard state.taking.mustAskStillShown else { break }
    state.restartTaking(askingFirst: false)
    if shown { return again(state, in: flow) }
    return answered(&state, .exit(CredentialRule.lost), [:], mouth, at: step, in: flow)
  case .skipped(step.id, let reason, let mouth): return skipped(&state, reason, mouth, at: step, in: flow)
  case .differed(step.id, let text, _):
    let exception = state.raise(.pageDiffers, at: step.id, text, .recorded)
    return [.say(.raised(exception)), .say(.alternative(step.id))] + again(state, in: flow)
  case .noted(step.id, _, _): return [.say(.noted(step.id))] + again(state, in: flow)
  case .wentBack(step.id, _): return goBack(&state, from: step, in: flow)
  case .reopened(let id, _): return reopen(&state, id, from: step, in: flow)
  case .suspended(let interruption):
    state.raise(.interruption, at: step.id, interruption.words, .open)
    state.set(.suspended(interruption))
    return [.suspend(interruption)]
  default: break
  }
  return again(state, in: flow, problem: .notTheKindOfAnswer)
}

extension CredentialRule {
  /// The exit that every credential step has: the secret was lost before it was kept.
  public static let lost = "lost"
}

// MARK: - What each event does

private func answered(
  _ state: inout State, _ answer: Answer, _ words: [Option.ID: String], _ mouth: Mouth, at step: Step, in flow: Flow
) -> [Effect] {
  if let objection = flow.objection(to: answer, words: words, at: step, in: state) { return [objection] }
  let earlier = state.drafts[step.id]
  let given = Given(answer: answer, mouth: mouth, standing: .of(answer, at: step, from: mouth))
  state.settle(given)
  var effects: [Effect] = [.say(.stands(step.id, given))]
  if let earlier, earlier.answer != answer {
    state.changed.insert(step.id)
    let what = "\(inWords(earlier, at: step, state, flow)) → \(inWords(given, at: step, state, flow))"
    effects.append(.say(.raised(state.raise(.correction, at: step.id, what, .recorded))))
  }
  for option in answer.ids.compactMap({ step.options?[$0] }) where option.danger != nil && !step.claim {
    let what = option.title.filled(from: state, in: flow)
    effects.append(.say(.raised(state.raise(.override, at: step.id, what, .recorded))))
  }
  effects += weighWarnings(&state, at: step, in: flow)
  effects += acceptWarnings(&state, given, at: step, in: flow)
  return effects + advance(&state, from: step, in: flow)
}

private func inWords(_ given: Given, at step: Step, _ state: State, _ flow: Flow) -> String {
  given.answer?.words(at: step, in: state, of: flow) ?? "skipped"
}

/// Raises the warnings whose conditions hold now, and closes those that no longer do.
private func weighWarnings(_ state: inout State, at step: Step, in flow: Flow) -> [Effect] {
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

private func acceptWarnings(_ state: inout State, _ given: Given, at step: Step, in flow: Flow) -> [Effect] {
  state.exceptions.indices.filter { index in
    let exception = state.exceptions[index]
    return exception.resolution == .open && exception.kind == .warning
      && exception.code.map(step.resolves.contains) == true
  }.map { index in
    .say(.resolved(state.resolve(index, .accepted(reason: inWords(given, at: step, state, flow)))))
  }
}

private func partTaken(_ state: inout State, _ receipt: PartReceipt, at step: Step, in flow: Flow) -> [Effect] {
  guard case .credential(let rule) = step.body, state.taking.receipts.count < rule.parts.count,
    rule.parts[state.taking.receipts.count].name == receipt.part
  else { return again(state, in: flow, problem: .notTheKindOfAnswer) }
  state.take(receipt)
  return again(state, in: flow)
}

private func held(
  _ state: inout State, _ reference: CredentialReference, _ proof: KeepingProof, _ mouth: Mouth, at step: Step,
  in flow: Flow
) -> [Effect] {
  guard case .credential(let rule) = step.body, state.taking.receipts.count == rule.parts.count else {
    return again(state, in: flow, problem: .notTheKindOfAnswer)
  }
  let given = Given(answer: .credential(reference), mouth: mouth, standing: .of(proof, from: mouth))
  state.settle(given)
  state.keepReceipts(of: step.id)
  return [.say(.stands(step.id, given))] + advance(&state, from: step, in: flow)
}

private func skipped(_ state: inout State, _ reason: String, _ mouth: Mouth, at step: Step, in flow: Flow) -> [Effect] {
  if step.required { return again(state, in: flow, problem: .requiredStep) }
  if !step.asks || step.body == .review { return again(state, in: flow, problem: .nothingToSkip) }
  if reason.isEmpty { return again(state, in: flow, problem: .skipNeedsReason) }
  if state.drafts[step.id]?.answer != nil { state.changed.insert(step.id) }
  let given = Given(answer: nil, mouth: mouth, standing: .skipped(reason: reason))
  state.settle(given)
  let exception = state.raise(.skip, at: step.id, reason, .recorded)
  return [.say(.stands(step.id, given)), .say(.raised(exception))] + advance(&state, from: step, in: flow)
}

private func goBack(_ state: inout State, from step: Step, in flow: Flow) -> [Effect] {
  if !state.taking.receipts.isEmpty { return again(state, in: flow, problem: .onlyTheCredential) }
  guard let index = state.way.dropLast().lastIndex(where: { flow[$0.step]?.asks == true }) else {
    return again(state, in: flow, problem: .nothingBefore)
  }
  if case .credential = state.way[index].given?.answer { return again(state, in: flow, problem: .keyAlreadyKept) }
  while state.way.count > index + 1 { state.leaveBackwards(in: flow) }
  state.reopenCurrent()
  return again(state, in: flow)
}

private func reopen(_ state: inout State, _ id: Step.ID, from step: Step, in flow: Flow) -> [Effect] {
  guard step.body == .review else { return again(state, in: flow, problem: .notTheKindOfAnswer) }
  guard let index = state.way.lastIndex(where: { $0.step == id }), flow[id]?.asks == true, id != step.id else {
    return again(state, in: flow, problem: .noSuchNumber(id.rawValue))
  }
  if case .credential = state.way[index].given?.answer { return again(state, in: flow, problem: .keyAlreadyKept) }
  state.carried = [:]
  state.changed = []
  for visit in state.way[(index + 1)...] where visit.given != nil { state.carried[visit.step] = visit.given }
  state.carried[id] = nil
  while state.way.count > index + 1 { state.leaveBackwards(in: flow) }
  for carried in state.carried.keys { state.drafts[carried] = nil }
  state.reopenCurrent()
  return again(state, in: flow)
}

private func resume(_ state: inout State, _ resumption: Resumption, in flow: Flow) -> [Effect] {
  guard !state.hasEnded else { return [] }
  guard let current = state.current, let step = flow[current] else {
    return reduce(&state, .began, in: flow)
  }
  if state.phase == .running { state.raise(.interruption, at: current, Interruption.lost.words, .open) }
  state.set(.running)
  var effects: [Effect] = []
  for index in state.exceptions.indices
  where state.exceptions[index].kind == .interruption && state.exceptions[index].resolution == .open {
    effects.append(.say(.resolved(state.resolve(index, .corrected))))
  }
  if step.isCredential { state.restartTaking(askingFirst: true) }
  return effects + again(state, in: flow)
}

extension Interruption {
  /// What happened, as the record says it.
  public var words: String {
    switch self {
    case .quit: "left with :quit"
    case .inputEnded: "the input ended"
    case .signal(2): "stopped by Ctrl-C"
    case .signal(1): "stopped: the terminal went away (SIGHUP)"
    case .signal(15): "stopped by SIGTERM"
    case .signal(let number): "stopped by signal \(number)"
    case .lost: "the program ended without closing the run"
    }
  }
}

// MARK: - Where to go

private func advance(_ state: inout State, from step: Step, in flow: Flow) -> [Effect] {
  guard let target = flow.target(from: step, in: state) else {
    state.set(.ended(.blocked, at: step.id, reason: "the flow leads nowhere from step '\(step.id)'"))
    return [.finish(step.id, .blocked)]
  }
  return arrive(&state, at: target, in: flow)
}

private func arrive(_ state: inout State, at first: Step.ID, in flow: Flow) -> [Effect] {
  var effects: [Effect] = []
  var next: Step.ID? = first
  while let id = next, let step = flow[id] {
    state.enter(id, in: flow)
    if case .end(let ending) = step.body {
      let reason = ending.reason?.filled(from: state, in: flow)
      state.set(.ended(ending.outcome, at: id, reason: reason))
      return effects + [.finish(id, ending.outcome)]
    }
    if step.body == .review {
      state.carried = [:]
      state.changed = []
    }
    guard let carried = state.carried.removeValue(forKey: id) else { break }
    guard step.isCredential || state.changed.isDisjoint(with: step.reads) else {
      state.drafts[id] = carried
      break
    }
    state.settle(carried)
    effects.append(.say(.kept(id, carried)))
    next = flow.target(from: step, in: state)
  }
  return effects + again(state, in: flow)
}

/// The effect that asks what the current step waits for.
private func again(_ state: State, in flow: Flow, problem: Problem? = nil) -> [Effect] {
  guard state.phase == .running, let current = state.current, let step = flow[current] else { return [] }
  switch step.body {
  case .check(let check): return [.runCheck(current, check)]
  case .end(let ending): return [.finish(current, ending.outcome)]
  case .credential(let rule):
    if state.taking.mustAskStillShown { return [.askStillShown(current)] }
    let taken = state.taking.receipts.count
    return taken < rule.parts.count
      ? [.takePart(current, rule.parts[taken].name, problem: problem)] : [.keepCredential(current, problem: problem)]
  default: return [.ask(current, problem: problem)]
  }
}

extension Flow {
  /// Where the answer that stands at a step leads; nil where the flow has nothing further.
  public func target(from step: Step, in state: State) -> Step.ID? {
    switch (step.body, state.given[step.id]?.answer) {
    case (.confirm(let confirmation), .no?):
      if let target = confirmation.ifNo { return target }
    case (.choose(let options), .choice(let id)?):
      if let target = options[id]?.target { return target }
    case (.credential(let rule), .exit(let word)?):
      return rule.exits.first { $0.word == word }?.target ?? rule.ifLost
    default: break
    }
    if let transition = step.transitions.first(where: { $0.guardCondition.holds(in: state) }) {
      return transition.target
    }
    guard let index = indices[step.id], index + 1 < steps.count else { return nil }
    return steps[index + 1].id
  }
}

extension Step {
  /// The steps whose answers change what is asked or warned here.
  var reads: Set<Step.ID> {
    var ids = (text + [prompt].compactMap { $0 }).flatMap(\.reads)
    ids += warnings.flatMap { ($0.guardCondition?.reads ?? []) + $0.text.reads }
    for option in options?.options ?? [] {
      ids += option.title.reads + (option.note?.reads ?? [])
      ids += option.disabled.flatMap { $0.guardCondition?.reads ?? [] }
    }
    ids += (options?.defaults ?? []).flatMap { $0.guardCondition?.reads ?? [] }
    if case .text(let rule) = body {
      ids += rule.defaults.flatMap { ($0.guardCondition?.reads ?? []) + $0.value.reads }
    }
    if case .check(.shape(let id)) = body { ids.append(id) }
    if case .check(.labelUnused(let id)) = body { ids.append(id) }
    return Set(ids).subtracting([id])
  }
}
