/// Moves a run by one event, and says what to do next. Total: it never throws, and an event that does not fit asks again.
///
/// The state is changed in place: returning a new one would copy its history at every step.
public func reduce(_ state: inout State, _ event: Event, in flow: Flow) -> [Effect] {
  switch event {
  case .shown, .redacted: return []
  case .key(let step, let event):
    state.follow(event, at: step, in: flow)
    return []
  case .programProposed(let program) where !state.hasEnded:
    state.begin(for: program)
    return again(state, in: flow)
  case .discarded(let reason) where !state.hasEnded:
    state.set(.ended(.aborted, at: state.current, reason: reason))
    return [.finish(nil, .aborted)]
  case .resumed: return resume(&state, in: flow)
  case .began:
    guard !state.hasEnded, state.way.isEmpty, let first = flow.steps.first else { return again(state, in: flow) }
    return arrive(&state, at: first, in: flow) + again(state, in: flow)
  default: break
  }
  guard state.phase == .running, let current = state.current, let step = flow[current] else { return [] }
  if let refusal = flow.refusal(of: event, at: step, in: state) {
    return refused(state, event, refusal, at: step, in: flow)
  }
  switch event {
  case .answered(step.id, let answer, _, let source): return answered(&state, answer, source, at: step, in: flow)
  case .observed(step.id, let observation):
    guard case .check = step.body else { break }
    let standing = Standing.of(observation.answer, at: step, from: .tool)
    return stand(&state, Given(answer: observation.answer, source: .tool, standing: standing), at: step, in: flow)
  case .storesSurveyed(step.id, let survey) where step.body == .store:
    state.found(survey, at: step.id)
    return again(state, in: flow)
  case .keysSurveyed(step.id, let keys) where step.namesKey:
    state.found(keys, at: step.id)
    return again(state, in: flow)
  case .keyRecalled(step.id, let key, let answers, let accepted) where step.namesKnownKey:
    state.recall(answers, of: key, at: flow.steps.filter(\.recalls).map(\.id), accepted: accepted)
    return again(state, in: flow)
  case .storeProven(step.id, let store, let verdict, let means):
    guard let chosen = state.unproven, chosen.store == store else { break }
    state.unproven = nil
    let given = Given(answer: .choice(store), source: chosen.source, standing: .verified(verdict, by: means))
    return stand(&state, given, at: step, in: flow)
  case .storeFailed(step.id, let store, let reason) where state.unproven?.store == store:
    state.mustSurveyAgain()
    return again(state, in: flow, problem: .storeFailed(reason))
  case .storeChanged(step.id, let store, _):
    guard state.isInHand(step), case .credential(let rule) = step.body, rule.store != nil else { break }
    return storeChanged(&state, to: store, at: step, of: rule, in: flow)
  case .partTaken(step.id, let receipt, _): return partTaken(&state, receipt, at: step, in: flow)
  case .credentialHeld(step.id, let reference, let proof, let source):
    return held(&state, reference, proof, source, at: step, in: flow)
  case .credentialKept(step.id, let reference): return kept(&state, reference, at: step, in: flow)
  case .keepingFailed(step.id, let reason) where state.taking.held != nil:
    return again(state, in: flow, problem: .namingFailed(reason))
  case .keepingFailed(step.id, let reason) where state.isInHand(step):
    return [.keepCredential(step.id, problem: .keepingFailed(reason))]
  case .stillShown(step.id, let shown, let source): return stillShown(&state, shown, source, at: step, in: flow)
  case .skipped(step.id, let reason, let source): return skipped(&state, reason, source, at: step, in: flow)
  case .differed(step.id, let text, _):
    let exception = state.raise(.pageDiffers, at: step.id, text, .recorded)
    return [.say(.raised(exception)), .say(.alternative(step.id))] + again(state, in: flow)
  case .noted(step.id, _, _): return [.say(.noted(step.id))] + again(state, in: flow)
  // A store's own question comes after the one which store.
  case .wentBack(step.id, _) where state.goesBackToStores:
    state.mustSurveyAgain()
    return again(state, in: flow)
  case .wentBack(step.id, _): return stepBack(&state, to: state.placeBefore(in: flow), in: flow)
  case .reopened(let id, _): return reopen(&state, id, in: flow)
  case .suspended(let interruption): return suspend(&state, interruption, at: step, in: flow)
  default: break
  }
  return again(state, in: flow, problem: .notTheKindOfAnswer)
}

// MARK: - What each event does

/// Asks again, or for the word that a dangerous option wants.
private func refused(
  _ state: State, _ event: Event, _ refusal: Refusal, at step: Step, in flow: Flow
) -> [Effect] {
  switch (refusal, event) {
  case (.problem(let problem), _): return again(state, in: flow, problem: problem)
  case (.wantsWord(let option, let problem), .answered(_, let answer, _, _)):
    return [.askWord(step.id, answer, option, problem: problem)]
  case (.wantsWord, _): return again(state, in: flow)
  }
}

private func answered(
  _ state: inout State, _ answer: Answer, _ source: AnswerSource, at step: Step, in flow: Flow
) -> [Effect] {
  if step.body == .store, case .choice(let store) = answer, store != CredentialReference.offline {
    // The choice stands once the store is proven.
    state.unproven = State.Unproven(store: store, source: source)
    return again(state, in: flow)
  }
  return stand(
    &state, Given(answer: answer, source: source, standing: .of(answer, at: step, from: source)), at: step, in: flow)
}

private func storeChanged(
  _ state: inout State, to store: String, at step: Step, of rule: CredentialRule, in flow: Flow
) -> [Effect] {
  let what = "\(state.store(of: rule)) → \(store)"
  state.taking.store = store
  return [.say(.raised(state.raise(.storeChanged, at: step.id, what, .recorded)))] + again(state, in: flow)
}

private func suspend(
  _ state: inout State, _ interruption: Interruption, at step: Step, in flow: Flow
) -> [Effect] {
  interrupt(&state, interruption, at: step.id, in: flow)
  state.set(.suspended(interruption))
  return [.suspend(interruption)]
}

/// A stop is nobody's fault; but one that may have cost the secret has to be known.
private func interrupt(_ state: inout State, _ interruption: Interruption, at step: Step.ID, in flow: Flow) {
  guard state.rules == .first || state.secretIsAtStake(in: flow) else { return }
  state.raise(.interruption, at: step, interruption.words, .open)
}

private func stillShown(
  _ state: inout State, _ shown: Bool, _ source: AnswerSource, at step: Step, in flow: Flow
) -> [Effect] {
  guard state.taking.mustAskStillShown, case .credential(let rule) = step.body else {
    return again(state, in: flow, problem: .notTheKindOfAnswer)
  }
  state.restartTaking(askingFirst: false, of: rule)
  if shown { return again(state, in: flow) }
  return answered(&state, .exit(CredentialRule.lost), source, at: step, in: flow)
}

/// Puts an answer on record, with what follows from it, and goes on.
private func stand(_ state: inout State, _ given: Given, at step: Step, in flow: Flow) -> [Effect] {
  guard let answer = given.answer else { return again(state, in: flow) }
  let earlier = state.drafts[step.id]
  state.settle(given)
  var effects: [Effect] = [.say(.stands(step.id, given))]
  if let earlier, earlier.answer != answer, step.asks, state.rules == .first || state.hasTouchedPage {
    let what = "\(inWords(earlier, at: step, state, flow)) → \(inWords(given, at: step, state, flow))"
    effects.append(.say(.raised(state.raise(.correction, at: step.id, what, .recorded))))
  }
  if step.touchesPage { state.noteTouch() }
  let options = step.claim ? [] : state.options(of: step)?.options ?? []
  let dangers = options.filter { $0.danger != nil && answer.ids.contains($0.id) }
  for option in dangers where earlier?.answer?.ids.contains(option.id) != true {
    let what = option.title.filled(from: state, in: flow)
    effects.append(.say(.raised(state.raise(.override, at: step.id, what, .recorded))))
  }
  effects += weighWarnings(&state, at: step, in: flow)
  effects += acceptWarnings(&state, given, at: step, in: flow)
  return effects + advance(&state, from: step, in: flow)
}

func inWords(_ given: Given, at step: Step, _ state: State, _ flow: Flow) -> String {
  given.answer?.words(at: step, in: state, of: flow) ?? "skipped"
}

private func skipped(_ state: inout State, _ reason: String, _ source: AnswerSource, at step: Step, in flow: Flow)
  -> [Effect]
{
  let given = Given(answer: nil, source: source, standing: .skipped(reason: reason))
  state.settle(given)
  let exception = state.raise(.skip, at: step.id, reason, .recorded)
  return [.say(.stands(step.id, given)), .say(.raised(exception))] + advance(&state, from: step, in: flow)
}

/// Stands at an earlier place of the way again. A warning counts again where the answer that it warned of does.
private func stepBack(_ state: inout State, to index: Int?, in flow: Flow) -> [Effect] {
  guard let index else { return again(state, in: flow) }
  var uncovered: [Step] = []
  while state.way.count > index + 1, let visit = state.leaveBackwards() {
    if visit.replaced?.answer != nil, let step = flow[visit.step], !step.warnings.isEmpty { uncovered.append(step) }
  }
  state.reopenCurrent()
  let effects = uncovered.flatMap { raiseCorrectedWarnings(&state, at: $0, in: flow) }
  return effects + again(state, in: flow)
}

private func reopen(_ state: inout State, _ id: Step.ID, in flow: Flow) -> [Effect] {
  guard let index = state.place(of: id, in: flow) else { return again(state, in: flow) }
  state.carry(after: index)
  let effects = stepBack(&state, to: index, in: flow)
  for carried in state.carried.keys { state.drafts[carried] = nil }
  return effects
}

private func resume(_ state: inout State, in flow: Flow) -> [Effect] {
  guard !state.hasEnded else { return [] }
  guard let current = state.current, let step = flow[current] else {
    return reduce(&state, .began, in: flow)
  }
  if state.phase == .running { interrupt(&state, .lost, at: current, in: flow) }
  state.set(.running)
  var effects: [Effect] = []
  // While a run is suspended nothing else happens to it: the interruption is the last exception.
  if let last = state.exceptions.indices.last, state.exceptions[last].kind == .interruption,
    state.exceptions[last].resolution == .open
  {
    effects.append(.say(.resolved(state.resolve(last, .corrected))))
  }
  if case .credential(let rule) = step.body { state.restartTaking(askingFirst: true, of: rule) }
  state.mustSurveyAgain()
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
