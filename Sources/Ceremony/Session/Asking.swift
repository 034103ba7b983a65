import FlowCore
import PlainText

// How a session asks what a step asks, and what it makes of the line that comes back.
extension Session {
  func ask(_ step: Step, _ problem: Sentence?, after said: [Sentence]) throws -> Turn {
    let isRepeated = isIntroduced
    let before = said + introduction(of: step)
    if let given = keyAtHand, step.namesKnownKey, isOfAnotherExchange(given, at: step) {
      keyAtHand = nil
      return .again(problem: Sentence(.problem, Phrases.ofAnotherExchange(given)))
    }
    if let name = nameAtHand(for: step) {
      try show(before)
      return try weigh(name, typedAs: name, from: .typed, at: step)
    }
    var question = presentation.question(of: step, in: state, isRepeated: isRepeated)
    question.problem = problem
    // After a slip Enter must not name a third key.
    if step.namesKnownKey, doubtedName != nil { question.standard = nil }
    switch try ask(question, at: step, after: before) {
    case .line(let text, let line, let source):
      // A key that is listed may be named by its number, but for a script, which says its name.
      guard step.namesKnownKey, source == .typed || source == .program else {
        return try weigh(text, typedAs: line, from: source, at: step)
      }
      if doubtedName != nil, text.trimmed.isEmpty {
        return .again(problem: Sentence(.problem, Problem.empty.words(at: step)))
      }
      switch question.keyListed(as: text) {
      case .success(let name): return try weigh(name, typedAs: line, from: source, at: step)
      case .failure(let found): return .again(problem: Sentence(.problem, found.words(at: step)))
      }
    case .secret: return .again(problem: Sentence(.problem, Problem.notTheKindOfAnswer.words(at: step)))
    }
  }

  private func weigh(_ text: String, typedAs line: String, from source: AnswerSource, at step: Step) throws -> Turn {
    switch flow.interpret(text, at: step, in: state) {
    case .problem(let found):
      if !isSuspect(line) { conversation.remember(line) }
      return .again(problem: problem(found, with: line, at: step))
    case .reopen(let id):
      conversation.remember(line)
      return attempt(.reopened(id, source), at: step)
    case .answer(let answer, let usedDefault):
      if case .text = answer, isSuspect(line) { try clear(line, at: step) }
      if case .text(let name) = answer, source == .typed, let near = slip(of: name, at: step) {
        doubtedName = name
        conversation.remember(line)
        return .again(problem: Sentence(.problem, Phrases.nearly(near, typed: name)))
      }
      if step.namesKnownKey { doubtedName = nil }
      conversation.remember(line)
      return try settle(answer, from: usedDefault && source == .typed ? .enter : source, at: step)
    }
  }

  /// Whether a name that a store has is that of no key of this flow's exchange.
  private func isOfAnotherExchange(_ name: String, at step: Step) -> Bool {
    name.contains("/") && !name.hasPrefix(flow.provider + "/")
      && state.knownKeys[step.id]?.contains { $0.copies.contains { $0.name == name } } != true
  }

  /// The name of the key that the run was begun for, the first time that one is asked for; it may have been given as a store
  /// has it.
  private func nameAtHand(for step: Step) -> String? {
    guard step.namesKnownKey, let given = keyAtHand else { return nil }
    keyAtHand = nil
    if let key = state.knownKeys[step.id]?.first(where: { $0.copies.contains { $0.name == given } }) { return key.name }
    return given.hasPrefix(flow.provider + "/") ? String(given.dropFirst(flow.provider.count + 1)) : given
  }

  /// The known key that was probably meant by a name that none has; nil where it was typed again.
  private func slip(of name: String, at step: Step) -> String? {
    guard step.namesKnownKey, doubtedName != name, let keys = state.knownKeys[step.id]?.map(\.name),
      !keys.contains(name)
    else { return nil }
    // A name as a store has it is nearly one, too.
    let label = name.hasPrefix(flow.provider + "/") ? String(name.dropFirst(flow.provider.count + 1)) : name
    return keys.first { $0 == label } ?? nearest(to: label, among: keys)
  }

  /// Makes an answer an event, after the words that its dangerous options want.
  private func settle(_ answer: Answer, from source: AnswerSource, at step: Step) throws -> Turn {
    var words: [Option.ID: String] = [:]
    while let refusal = flow.refusal(of: .answered(step.id, answer, words: words, source), in: state) {
      guard case .wantsWord(let id, _) = refusal, let option = state.options(of: step)?[id], let danger = option.danger
      else { return again(refusal, at: step) }
      let word = try askAside(
        presentation.danger(danger, of: option, at: step, in: state), at: step,
        otherwise: Problem.wrongWord(expected: danger.word).words(at: step)
      ) { $0.isEmpty || $0 == danger.word ? $0 : nil }.answer
      if word.isEmpty { return .again([Sentence(.standing, "not chosen")]) }
      words[id] = word
    }
    return .events(
      try recalled(by: answer, from: source, at: step) + [.answered(step.id, answer, words: words, source)])
  }

  /// What was said of a key when it was made or taken in, where the flow proposes any of it again. A person is asked once whether all of
  /// that is still so.
  private func recalled(by answer: Answer, from source: AnswerSource, at step: Step) throws -> [Event] {
    guard step.namesKnownKey, case .text(let name) = answer,
      let key = state.knownKeys[step.id]?.first(where: { $0.name == name })
    else { return [] }
    let asked = Set(flow.steps.filter(\.recalls).map(\.id))
    let answers = asked.isEmpty ? [:] : adapters.observing.recall(key, in: flow).filter { asked.contains($0.key) }
    if answers.isEmpty, asked.isEmpty || key.owner == nil { return [] }
    return [
      .keyRecalled(step.id, key, answers: answers, accepted: try accepting(answers, of: key, from: source, at: step))
    ]
  }

  /// Who says that what was said of a key is still so; nil if nobody does, and it is proposed question by question.
  private func accepting(
    _ answers: [Step.ID: String], of key: KnownKey, from source: AnswerSource, at step: Step
  ) throws -> AnswerSource? {
    let ahead = state.recalling(answers)
    var lines = flow.steps.compactMap { step in
      ahead.answerTakenOver(at: step, in: flow).map { answer in
        Sentence(.option, "\(step.title.labelling) \(answer.words(at: step, in: ahead, of: flow))")
      }
    }
    if let owner = key.owner { lines.append(Sentence(.option, "Owner: \(owner)")) }
    guard source.isPerson, conversation.isPerson, !lines.isEmpty else { return nil }
    try show([Sentence(.body, Phrases.madeBy(key))] + lines)
    let (isSame, said) = try askYesByEnter(Question(.same, at: step.id, .yesOrNo, text: Phrases.stillSo), at: step)
    return isSame ? said : nil
  }

  /// Makes an event of what was said, unless the machine would refuse it: a refusal is said and not written down.
  func attempt(_ event: Event, at step: Step) -> Turn {
    flow.refusal(of: event, in: state).map { again($0, at: step) } ?? .events([event])
  }

  private func again(_ refusal: Refusal, at step: Step) -> Turn {
    guard case .problem(let problem) = refusal else { return .again() }
    return .again(problem: Sentence(.problem, problem.words(at: step)))
  }
}

extension Question {
  /// The name that is meant: the one that stands at a number on the list above the question, or the text itself.
  fileprivate func keyListed(as text: String) -> Result<String, Problem> {
    let word = text.trimmed
    guard !choices.isEmpty, !word.isEmpty, word.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      !choices.contains(where: { $0.id == word })
    else { return .success(text) }
    guard let choice = choices.first(where: { $0.number.map(String.init) == word }) else {
      return .failure(.noSuchNumber(word))
    }
    return .success(choice.id)
  }
}
