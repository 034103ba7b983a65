import FlowCore
import FlowText

/// Makes the sentences of a conversation out of a flow and a state. Pure: the same for every source.
struct Presentation {
  let flow: Flow
  let brief: Bool

  // MARK: - A step

  /// Where one is, what to do, and what there is to choose.
  func introduction(of step: Step, in state: State) -> [Sentence] {
    var sentences: [Sentence] = [.blank, Sentence(.heading, heading(of: step, in: state))]
    sentences += step.text.map { Sentence(.body, $0.filled(from: state, in: flow)) }
    if let url = step.url { sentences.append(Sentence(.address, url)) }
    if let source = step.source { sentences.append(Sentence(.source, source.words)) }
    if step.body != .store { sentences += options(of: step, in: state) }
    if step.body == .review { sentences += checklist(in: state) }
    if !brief { sentences += exits(of: step, in: state) }
    return sentences
  }

  /// What is asked, and what Enter means.
  func question(of step: Step, in state: State) -> [Sentence] {
    // What was found on this computer may change from one question to the next.
    var sentences = step.body == .store ? options(of: step, in: state) : []
    if let prompt = step.prompt { sentences.append(Sentence(.question, prompt.filled(from: state, in: flow))) }
    if case .select = step.body, !brief { sentences.append(Sentence(.hint, Phrases.several)) }
    guard step.body != .tell, step.body != .review, let answer = state.defaultAnswer(at: step, in: flow) else {
      return sentences
    }
    let words = answer == .yes || answer == .no ? answer.ids[0] : answer.words(at: step, in: state, of: flow)
    sentences.append(Sentence(.hint, "Enter = \(words)"))
    return sentences
  }

  /// The line at whose end the answer is typed.
  func prompt(of step: Step, in state: State) -> Question {
    let options = state.options(of: step)?.options.map(\.id) ?? []
    let (prompt, words) =
      switch step.body {
      case .tell: ("Enter to go on: ", ["ok"])
      case .confirm: ("yes or no: ", ["yes", "no"])
      case .choose, .store: ("Number or name: ", options)
      case .select: ("Numbers, or none: ", options + ["none"])
      case .review: ("Enter = finish, or a number to change: ", ["finish"])
      case .text, .credential, .check, .end: ("Answer: ", [])
      }
    return Question(step: step.id, prompt: prompt, completions: words + Phrases.commands.map { firstWord(of: $0.0) })
  }

  private func heading(of step: Step, in state: State) -> String {
    guard let (number, total) = state.position(in: flow) else { return step.title }
    return "Step \(number) of \(total): \(step.title)"
  }

  private func options(of step: Step, in state: State) -> [Sentence] {
    (state.options(of: step)?.options ?? []).enumerated().map { option($1, number: $0 + 1, in: state) }
  }

  private func option(_ option: Option, number: Int, in state: State) -> Sentence {
    let title = option.title.filled(from: state, in: flow)
    guard let disabled = option.disabled.first(where: { $0.guardCondition.holds(in: state) }) else {
      return Sentence(.option, "\(number) \(title)")
    }
    return Sentence(.option, "\(number) \(title) (not now: \(disabled.reason.filled(from: state, in: flow)))")
  }

  /// The words that leave a credential step, and when.
  private func exits(of step: Step, in state: State) -> [Sentence] {
    guard case .credential(let rule) = step.body else { return [] }
    let lost = Sentence(.hint, "Type :\(CredentialRule.lost) if the page closed before you had all of it.")
    return [lost]
      + rule.exits.map { Sentence(.hint, "Type :\($0.word) if \($0.title.filled(from: state, in: flow)).") }
  }

  /// What choosing a dangerous option wants.
  func danger(_ danger: Danger, of option: Option, in state: State) -> [Sentence] {
    [
      Sentence(.warning, danger.why.filled(from: state, in: flow)),
      Sentence(.question, "To choose '\(option.title.filled(from: state, in: flow))', type \(danger.word)."),
      Sentence(.hint, "Enter goes back."),
    ]
  }

  // MARK: - Commands

  func help(at step: Step, in state: State) -> [Sentence] {
    let own = step.help ?? step.why
    return [Sentence(.body, own?.filled(from: state, in: flow) ?? "Nothing more is written about this step.")]
      + exits(of: step, in: state) + commands(at: step)
  }

  /// The commands that can do something here. Where a secret is taken, a command is the word alone.
  private func commands(at step: Step) -> [Sentence] {
    Phrases.commands.filter { command, _ in
      !(step.required && command.hasPrefix(":skip")) && !(step.url == nil && command == ":open")
    }.map { command, meaning in
      Sentence(.hint, "\(step.isCredential ? firstWord(of: command) : command): \(meaning)")
    }
  }

  func why(at step: Step, in state: State) -> [Sentence] {
    let reason = step.why?.filled(from: state, in: flow) ?? "No reason is written for this step."
    guard !step.facts.isEmpty else { return [Sentence(.body, reason)] }
    return [Sentence(.body, reason), Sentence(.source, "From the guide: \(step.facts.joined(separator: ", ")).")]
  }

  func status(in state: State) -> [Sentence] {
    let list = checklist(in: state)
    return list.isEmpty ? [Sentence(.body, "Nothing is answered yet.")] : list
  }

  /// Everything that stands so far, a line each, then the exceptions.
  func checklist(in state: State) -> [Sentence] {
    var listed: Set<Step.ID> = []
    var lines: [Sentence] = []
    let lastVisits = Dictionary(state.way.enumerated().map { ($1.step, $0) }, uniquingKeysWith: { $1 })
    for visit in state.way where listed.insert(visit.step).inserted {
      guard let step = flow[visit.step], step.body != .review, let given = state.given[visit.step] else { continue }
      let answer = given.answer.map { words(of: $0, at: step, in: state, lastVisits) } ?? ""
      let number = state.number(of: visit.step).map { "\($0) " } ?? ""
      lines.append(Sentence(.option, "\(number)\(step.title.labelling) \(given.standing.words(after: answer))"))
    }
    return lines + exceptions(in: state)
  }

  /// The words of an answer; of one that speaks of an answer which was given anew since, in another round of a loop, its ids
  /// alone, since its words would now speak of something else.
  private func words(
    of answer: Answer, at step: Step, in state: State, _ lastVisits: [Step.ID: Int]
  ) -> String {
    let own = lastVisits[step.id] ?? 0
    let isOfEarlierRound = step.reads(inWordsOf: answer).contains { (lastVisits[$0] ?? 0) > own }
    guard isOfEarlierRound else { return answer.words(at: step, in: state, of: flow) }
    return "\(answer.ids.joined(separator: ", ")), in an earlier round"
  }

  func exceptions(in state: State) -> [Sentence] {
    state.exceptions.map { exception in
      Sentence(.warning, exception.wordsWithResolution)
    }
  }

  // MARK: - Notices

  func sentences(for notice: Notice, in state: State) -> [Sentence] {
    switch notice {
    case .stands(let id, let given):
      guard let step = flow[id] else { return [] }
      if step.body == .tell || step.body == .review { return [] }
      let answer = given.answer?.words(at: step, in: state, of: flow) ?? ""
      return [Sentence(.standing, given.standing.words(before: answer))] + note(of: given, at: step, in: state)
    case .warned(let id, let code):
      let warning = flow[id]?.warnings.first { $0.code == code }
      return [warning.map { Sentence(.warning, $0.text.filled(from: state, in: flow)) }].compactMap { $0 }
    case .raised(let exception):
      // A warning's words stand just above.
      return [Sentence(.standing, exception.kind == .warning ? Phrases.opened(exception.number) : exception.words)]
    case .resolved(let exception):
      return [Sentence(.standing, "exception \(exception.number): \(exception.resolutionWords ?? "closed")")]
    case .noted: return [Sentence(.standing, "noted")]
    case .alternative(let id): return alternative(at: id, in: state)
    case .kept(let id, let given):
      guard let step = flow[id] else { return [] }
      let answer = given.answer?.words(at: step, in: state, of: flow) ?? given.standing.words(before: "")
      return [Sentence(.standing, "kept as it was: \(step.title.labelling) \(answer)")]
    }
  }

  private func note(of given: Given, at step: Step, in state: State) -> [Sentence] {
    if case .credential(let reference)? = given.answer, reference.name != nil {
      return [Sentence(.body, Phrases.mayClose)]
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

  // MARK: - Secrets

  /// How a part is pasted, and the line at whose end it is: a long title stands above that line.
  func paste(_ part: CredentialPart, maySkip: Bool) -> (words: [Sentence], prompt: String) {
    let fits = part.title.count <= 38
    let title = fits ? [] : [Sentence(.question, part.title)]
    let hint = Sentence(.hint, maySkip ? "\(Phrases.paste) \(Phrases.skipsTheCheck)" : Phrases.paste)
    return (title + (brief ? [] : [hint]), fits ? "\(part.title): " : "Paste: ")
  }

  /// What can be done with a credential that its store refused.
  func whatNow(others: [StoreOffer]) -> [Sentence] {
    var sentences = [Sentence(.question, Phrases.tryAgain), Sentence(.hint, "Enter = yes, try again")]
    if !others.isEmpty {
      sentences.append(Sentence(.body, "Or type where to keep it instead:"))
      sentences += others.map { Sentence(.option, $0.title.hasPrefix($0.id) ? $0.title : "\($0.id): \($0.title)") }
    }
    return sentences + [Sentence(.hint, Phrases.unseen)]
  }

  func lastFour(of title: String) -> [Sentence] {
    [
      Sentence(.question, "Now look at your own copy, not at the page."),
      Sentence(.body, "Type the last four characters of \(title) as they stand there. Nothing will appear."),
    ] + (brief ? [] : [Sentence(.hint, Phrases.skipsTheCheck)])
  }

  /// The lines that are commands where a secret is taken.
  func secretCommands(of rule: CredentialRule) -> [String] {
    ["?"] + Command.names + ([CredentialRule.lost] + rule.exits.map(\.word)).map { ":" + $0 }
  }

  private func firstWord(of text: String) -> String {
    String(text.prefix { $0 != " " })
  }
}

extension String {
  /// A title in front of what it is about: with a colon, unless it is a question.
  var labelling: String { hasSuffix("?") ? self : self + ":" }
}
