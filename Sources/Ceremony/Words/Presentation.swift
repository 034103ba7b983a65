import FlowCore

/// Makes the sentences of a conversation out of a flow and a state. Pure: the same for every source.
struct Presentation {
  let flow: Flow
  let brief: Bool
  /// Whether nothing of the run is left at its end, so that nobody can go on with it.
  var isThrownAway = false

  // MARK: - A step

  /// What to do, and what there is to choose.
  ///
  /// - Parameter outlook: what is said of the way before it.
  func introduction(of step: Step, in state: State, after outlook: Outlook.Said) -> [Sentence] {
    var sentences: [Sentence] = brief && outlook.part == nil ? [] : [.blank]
    if let change = outlook.change { sentences.append(Sentence(.hint, change)) }
    if let part = outlook.part { sentences.append(Sentence(.heading, part)) }
    if step.title != outlook.title { sentences.append(Sentence(.heading, step.title)) }
    if let url = step.url, outlook.part != nil && !brief || url != lastAddress(before: step, in: state) {
      sentences.append(Sentence(.address, url))
    }
    sentences += brief ? said(step.brief, in: state) : instructions(of: step, in: state)
    sentences += fields(of: step, in: state)
    if step.body == .review, !brief { sentences += checklist(in: state) }
    return sentences + exits(of: step, in: state)
  }

  /// The form, with the name on it that Enter takes.
  private func fields(of step: Step, in state: State) -> [Sentence] {
    var proposed: (authored: String, taken: String)?
    if step.role == .label, case .text(let rule) = step.body,
      let name = rule.defaults.first(where: { $0.guardCondition.holds(in: state) })?.value.filled(
        from: state, in: flow),
      case .text(let taken)? = state.defaultAnswer(at: step, in: flow)
    {
      proposed = (name, taken)
    }
    return step.fields.holding(in: state).map { field in
      var value = field.value.filled(from: state, in: flow)
      if let name = proposed, value.hasPrefix(name.authored) {
        value = name.taken + value.dropFirst(name.authored.count)
        proposed = nil
      }
      return Sentence(.option, "\(field.name.filled(from: state, in: flow)): \(value)")
    }
  }

  /// The address that stands on the screen, since the step before has shown it.
  private func lastAddress(before step: Step, in state: State) -> String? {
    state.way.dropLast().last { flow[$0.step]?.asks == true }.flatMap { flow[$0.step]?.url }
  }

  /// What the step says, and where its page was looked at.
  private func instructions(of step: Step, in state: State) -> [Sentence] {
    let said = said(step.text, in: state) + needs(at: step, in: state)
    guard let source = step.source, source.seenLive != nil, flow.seenLive == nil else { return said }
    return said + [Sentence(.source, source.words)]
  }

  private func said(_ texts: [Conditional<Template>], in state: State) -> [Sentence] {
    texts.holding(in: state).map { Sentence(.body, $0.filled(from: state, in: flow)) }
  }

  /// What the program needs for which the run was begun, why, and on whose word.
  private func needs(at step: Step, in state: State) -> [Sentence] {
    guard step.fromProgram == .permissions, let program = state.program else { return [] }
    guard let need = state.programNeed(in: flow) else { return [Sentence(.body, Phrases.needsAreNotKnown(program))] }
    let titles = need.permissions.map { id in state.options(of: step)?[id]?.title.filled(from: state, in: flow) ?? id }
    let what = Sentence(.body, "\(program.title) needs \(titles.joined(separator: ", ")). \(need.why)")
    return [what, Sentence(.source, need.source)]
  }

  /// What a step asks, and what Enter means.
  func question(of step: Step, in state: State, isRepeated: Bool) -> Question {
    let kind: Question.Kind =
      switch step.body {
      case .tell: .acknowledge
      case .confirm: .yesOrNo
      case .choose, .store: .choose
      case .select: .select
      case .review: .review
      case .text, .credential, .check, .end: .text
      }
    var question = Question(
      .answer, at: step.id, kind, text: step.prompt.first(in: state)?.filled(from: state, in: flow))
    question.formerly = step.was
    question.isCompact = brief
    let choices = choices(of: step, in: state)
    question.choices = choices
    if step.body == .store {
      // Of stores there may be many that can't be used here: who wants one asks for it by its name.
      question.choices = choices.filter { $0.obstacle == nil }
      let others = choices.filter { $0.obstacle != nil }.map(\.id)
      if !others.isEmpty { question.explanations = [Phrases.notUsable(others)] }
    }
    if let keys = state.knownKeys[step.id], step.namesKnownKey {
      question.choices = keys.enumerated().map { index, key in
        Question.Choice(id: key.name, title: Phrases.known(key, without: state.deletedCopies), number: index + 1)
      }
    }
    if let answer = state.defaultAnswer(at: step, in: flow) {
      let words = answer == .yes || answer == .no ? answer.ids[0] : answer.words(at: step, in: state, of: flow)
      question.standard = Question.Default()
      question.standard?.ids = answer.ids
      question.standard?.words = kind == .acknowledge || kind == .review ? nil : words
    }
    question.commands = ColonCommands.all.map { firstWord(of: $0.typed) }
    // What was found on this computer may change from one question to the next.
    question.isRepeated = isRepeated && step.body != .store
    // Below what a command said the title stands no more.
    if isRepeated, question.text == nil, step.title.hasSuffix("?") { question.text = step.title }
    return question
  }

  private func choices(of step: Step, in state: State) -> [Question.Choice] {
    (state.options(of: step)?.options ?? []).enumerated().map { index, option in
      let obstacle = option.disabled.first { $0.guardCondition.holds(in: state) }?.reason
      return Question.Choice(
        id: option.id, title: option.title.filled(from: state, in: flow),
        note: option.note?.filled(from: state, in: flow), number: index + 1,
        obstacle: obstacle?.filled(from: state, in: flow))
    }
  }

  /// The words that leave a credential step, and when.
  private func exits(of step: Step, in state: State) -> [Sentence] {
    guard case .credential(let rule) = step.body else { return [] }
    let words = rule.exits.map { ":\($0.word) if \($0.title.filled(from: state, in: flow))" }
    return [Sentence(.hint, "Type \(([Phrases.lost] + words).joined(separator: ", ")).")]
  }

  // MARK: - Commands

  func help(at step: Step, in state: State) -> [Sentence] {
    let own = (step.help ?? step.why).map { Sentence(.body, $0.filled(from: state, in: flow)) }
    var sentences = (brief ? instructions(of: step, in: state) : []) + [own].compactMap { $0 }
    if sentences.isEmpty { sentences = [Sentence(.body, "Nothing more is written about this step.")] }
    if case .credential(let rule) = step.body, rule.store != nil {
      let names = rule.parts.compactMap(\.variable)
      if !names.isEmpty { sentences.append(Sentence(.body, Phrases.variables(names))) }
    }
    if let source = step.source, !flow.isOnThisComputer { sentences.append(Sentence(.source, source.words)) }
    return sentences + exits(of: step, in: state) + commands(at: step)
  }

  /// The commands that can do something here. Where a secret is taken, a command is the word alone.
  private func commands(at step: Step) -> [Sentence] {
    ColonCommands.all.filter { command, _ in
      !(step.required && command.hasPrefix(":skip")) && !(step.url == nil && command == ":open")
    }.map { command, meaning in
      let meaning = isThrownAway && command == ":quit" ? Phrases.quitsForGood : meaning
      return Sentence(.hint, "\(step.isCredential ? firstWord(of: command) : command): \(meaning)")
    }
  }

  func why(at step: Step, in state: State) -> [Sentence] {
    let reason = step.why?.filled(from: state, in: flow) ?? "No reason is written for this step."
    // The article tells of an exchange's pages.
    guard !step.facts.isEmpty, !flow.isOnThisComputer else { return [Sentence(.body, reason)] }
    return [Sentence(.body, reason)]
      + step.facts.map { tag in Sentence(.source, ArticleFacts.words(of: tag).map { "\(tag): \($0)" } ?? tag) }
      + (step.facts.contains { ArticleFacts.words(of: $0) != nil }
        ? [Sentence(.source, "From \(ArticleFacts.article).")] : [])
  }

  func status(in state: State) -> [Sentence] {
    let list = checklist(in: state)
    return list.isEmpty ? [Sentence(.body, "Nothing is answered yet.")] : list
  }

  /// Everything that stands so far, a line each, then the exceptions.
  func checklist(in state: State) -> [Sentence] {
    let keys = state.keysAlongWay(in: flow)
    func stay(_ step: Step.ID, _ key: String) -> [String] { [step.rawValue, key] }
    let answered = state.way.indices.filter { state.way[$0].given != nil }
    let lasts = Dictionary(answered.map { (stay(state.way[$0].step, keys[$0]), $0) }, uniquingKeysWith: { $1 })
    let speaking = Dictionary(grouping: answered) { keys[$0] }.mapValues { state.speaking(of: $0) }
    var listed: Set<[String]> = []
    var lines: [Sentence] = []
    for place in answered {
      let (id, key) = (state.way[place].step, keys[place])
      guard listed.insert(stay(id, key)).inserted, let step = flow[id], step.body != .review,
        let last = lasts[stay(id, key)], let given = state.way[last].given,
        step.asks || !given.isFine && !given.isUntold
      else { continue }
      var answer = given.answer?.words(at: step, in: speaking[key] ?? state, of: flow) ?? ""
      // Of one that speaks of an answer which was given anew since, its words would now speak of something else.
      if let said = given.answer, step.reads(inWordsOf: said).contains(where: { (lasts[stay($0, key)] ?? 0) > last }) {
        answer = "\(said.ids.joined(separator: ", ")), in an earlier round"
      }
      let number = flow.number(of: id).map { "\($0) " } ?? ""
      lines.append(Sentence(.option, "\(number)\(step.title.labelling) \(given.standing.words(after: answer))"))
    }
    return lines + exceptions(in: state)
  }

  func exceptions(in state: State) -> [Sentence] {
    state.exceptions.map { exception in
      Sentence(.warning, exception.words(in: flow))
    }
  }

  // MARK: - Notices

  func sentences(for notice: Notice, in state: State) -> [Sentence] {
    switch notice {
    case .stands(let id, let given):
      guard let step = flow[id] else { return [] }
      if step.isSilent(given) { return [] }
      // Of a store what was tried is news, and not its name.
      let all = step.body == .store ? [""] : given.answer?.statements(at: step, in: state, of: flow) ?? [""]
      let statements = brief ? all.suffix(1) : all[...]
      let recalled = (step.namesKnownKey ? state.knownKey(namedAt: id) : nil).map { key in
        state.recalls(in: flow) && !state.isRecallAccepted ? [Sentence(.body, Phrases.recalled(key))] : []
      }
      return statements.map { Sentence(.standing, given.standing.words(before: $0)) } + (recalled ?? [])
        + (brief && !step.isCredential ? [] : note(of: given, at: step, in: state))
    case .warned(let id, let code):
      let warning = flow[id]?.warnings.first { $0.code == code }
      return [warning.map { Sentence(.warning, $0.text.filled(from: state, in: flow)) }].compactMap { $0 }
    case .raised(let exception):
      // A warning's words stand just above.
      return [Sentence(.standing, exception.kind == .warning ? Phrases.opened(exception.number) : exception.words)]
    case .resolved(let exception):
      return [Sentence(.standing, "exception \(exception.number): \(exception.resolutionWords ?? "closed")")]
    // All of it stood above the question whether it is still so.
    case .takenOver: return []
    case .noted: return [Sentence(.standing, "noted")]
    case .alternative(let id): return alternative(at: id, in: state)
    case .kept(let id, let given):
      // A check that was fine was not said the first time either.
      guard let step = flow[id], step.asks || !given.isFine else { return [] }
      let answer = given.answer?.words(at: step, in: state, of: flow) ?? given.standing.words(before: "")
      return [Sentence(.standing, "kept as it was: \(step.title.labelling) \(answer)")]
    }
  }

  private func note(of given: Given, at step: Step, in state: State) -> [Sentence] {
    if case .credential(let reference)? = given.answer {
      if reference.name == nil { return [Sentence(.body, Phrases.mayCloseAfterALook)] }
      // What looks odd is compared with the page first.
      let looksOdd = state.receipts[step.id]?.contains { $0.looksRight == .no } ?? false
      return [Sentence(.body, looksOdd ? Phrases.clearClipboard : Phrases.mayClose)]
    }
    let options = state.options(of: step)
    switch given.answer {
    case .choice(let id):
      guard let note = options?[id]?.note else { return [] }
      return [Sentence(.body, note.filled(from: state, in: flow))]
    case .selection(let ids):
      // Of several, each says whose it is.
      return ids.compactMap { id in
        guard let option = options?[id], let note = option.note else { return nil }
        return Sentence(.body, "\(option.title.filled(from: state, in: flow)): \(note.filled(from: state, in: flow))")
      }
    default: return []
    }
  }

  private func alternative(at id: Step.ID, in state: State) -> [Sentence] {
    guard let step = flow[id] else { return [] }
    var sentences: [Sentence] = []
    if let other = step.alternative { sentences.append(Sentence(.body, other.filled(from: state, in: flow))) }
    if let url = step.url {
      sentences += [Sentence(.body, "The official address:"), Sentence(.address, url)]
    }
    if sentences.isEmpty { sentences.append(Sentence(.body, "No other wording is written for this step.")) }
    return sentences
  }

  private func firstWord(of text: String) -> String {
    String(text.prefix { $0 != " " })
  }
}

extension String {
  /// A title in front of what it is about: with a colon, unless it is a question.
  var labelling: String { hasSuffix("?") ? self : self + ":" }
}

extension [Effect] {
  /// Without the warnings that have their reason in the same breath: they were never open.
  var withoutOpenings: [Effect] {
    let closed = compactMap { if case .say(.resolved(let exception)) = $0 { exception.number } else { nil } }
    return filter {
      guard case .say(.raised(let exception)) = $0, exception.kind == .warning else { return true }
      return !closed.contains(exception.number)
    }
  }
}
