import PlainText

/// Why an event does not count where a run stands.
public enum Refusal: Equatable, Sendable {
  case problem(Problem)
  /// The answer takes a dangerous option, whose word is still to be typed, or was not this.
  case wantsWord(Option.ID, problem: Problem?)
}

extension Flow {
  /// Why what somebody says or does can't count where the run stands; nil if it can. The machine asks the same before each
  /// event, so that who asks first need write nothing down that it would not take.
  public func refusal(of event: Event, in state: State) -> Refusal? {
    guard let current = state.current, let step = self[current] else { return nil }
    return refusal(of: event, at: step, in: state)
  }

  /// The same at the step where the run stands.
  func refusal(of event: Event, at step: Step, in state: State) -> Refusal? {
    let isInHand = !state.taking.receipts.isEmpty || state.taking.held != nil
    switch event {
    case .answered(step.id, let answer, let words, _): return refusal(of: answer, words, at: step, in: state)
    case .skipped(step.id, let reason, _):
      if step.required { return .problem(.requiredStep) }
      if !step.asks && !step.asksExchange || step.body == .review { return .problem(.nothingToSkip) }
      if isInHand { return .problem(.onlyTheCredential) }
      return reason.trimmed.isEmpty ? .problem(.skipNeedsReason) : nil
    case .wentBack(step.id, _):
      if state.goesBackToStores { return nil }
      if isInHand { return .problem(.onlyTheCredential) }
      guard let index = state.placeBefore(in: self) else { return .problem(.nothingBefore) }
      if state.keepsKey(at: index) { return .problem(.keyAlreadyKept) }
      return state.isActedOn(at: index, in: self) ? .problem(.alreadyActedOn) : nil
    case .reopened(let id, _):
      guard step.body == .review else { return .problem(.notTheKindOfAnswer) }
      guard let index = state.place(of: id, in: self) else { return .problem(.noSuchNumber(id.rawValue)) }
      if state.keepsKey(at: index) { return .problem(.keyAlreadyKept) }
      return state.isActedOn(at: index, in: self) ? .problem(.alreadyActedOn) : nil
    default: return nil
    }
  }

  /// Whether an answer could be given at a step now, danger words aside.
  func admits(_ answer: Answer, at step: Step, in state: State) -> Bool {
    problem(with: answer, at: step, in: state) == nil
  }

  /// Why an answer can't count at a step.
  ///
  /// - Parameter words: what was typed before its dangerous options.
  func refusal(
    of answer: Answer, _ words: [Option.ID: String] = [:], at step: Step, in state: State
  ) -> Refusal? {
    if state.taking.held != nil { return .problem(.notTheKindOfAnswer) }
    if let problem = problem(with: answer, at: step, in: state) { return .problem(problem) }
    guard let options = state.options(of: step), !step.claim else { return nil }
    for id in answer.ids {
      guard let danger = options[id]?.danger else { continue }
      guard let word = words[id] else { return .wantsWord(id, problem: nil) }
      if word.trimmed != danger.word { return .wantsWord(id, problem: .wrongWord(expected: danger.word)) }
    }
    return nil
  }

  // MARK: - Private

  private func problem(with answer: Answer, at step: Step, in state: State) -> Problem? {
    switch (step.body, answer) {
    case (.tell, .acknowledged), (.confirm, .yes), (.confirm, .no), (.review, .finished), (.text, .redacted):
      return nil
    // What an exchange would say, a script says in its place.
    case (.check(let check), .verdict): return check.asksExchange ? nil : .notTheKindOfAnswer
    case (.choose(let options), .choice(let id)): return problem(with: id, of: options, in: state)
    case (.store, .choice(let id)):
      return state.options(of: step).map { problem(with: id, of: $0, in: state) } ?? .notTheKindOfAnswer
    case (.select(let options), .selection(let ids)):
      return ids.lazy.compactMap { problem(with: $0, of: options, in: state) }.first
    case (.text(let rule), .text(let text)):
      return rule.mismatch(of: text).map {
        .shape($0, message: rule.shape.message?.filled(from: state, in: self))
      }
    case (.credential(let rule), .exit(let word)):
      return rule.hasExit(word) ? nil : .notTheKindOfAnswer
    default: return .notTheKindOfAnswer
    }
  }

  private func problem(with id: Option.ID, of options: Options, in state: State) -> Problem? {
    guard let option = options[id] else {
      return .noSuchOption(id, nearest: nearest(to: id, among: options.options.map(\.id)))
    }
    return option.disabled.first { $0.guardCondition.holds(in: state) }.map {
      .disabled(id, reason: $0.reason.filled(from: state, in: self))
    }
  }
}

extension State {
  /// Whether going back leads to the question which store, since one is chosen and asks by itself.
  var goesBackToStores: Bool { unproven != nil && rules != .first }

  /// The place on the way of the question before; nil at the first.
  func placeBefore(in flow: Flow) -> Int? { way.dropLast().lastIndex { flow[$0.step]?.asks == true } }

  /// The last place on the way of a question that was answered before.
  func place(of id: Step.ID, in flow: Flow) -> Int? {
    guard id != current, flow[id]?.asks == true else { return nil }
    return way.lastIndex { $0.step == id }
  }

  /// Whether something was done with entries of stores since, by what was said there: no other answer undoes it.
  fileprivate func isActedOn(at place: Int, in flow: Flow) -> Bool {
    way.indices[(place + 1)...].contains { index in
      guard acted.contains(way[index].step), case .check(let check)? = flow[way[index].step]?.body else { return false }
      return check.reads.contains(way[place].step)
        || way[..<index].lastIndex { flow[$0.step]?.asks == true } == place
    }
  }

  /// Whether a credential was kept there, which nothing can take a second time.
  fileprivate func keepsKey(at place: Int) -> Bool {
    if case .credential = way[place].given?.answer { true } else { false }
  }
}
