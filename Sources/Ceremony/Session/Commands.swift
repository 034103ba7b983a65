import FlowCore
import FlowText

// What the colon commands do at a question.
extension Session {
  /// Obeys a command. The line it was typed as is remembered here, if it may be.
  func obey(_ command: Command, typedAs line: String, from source: AnswerSource, at step: Step) throws -> Turn {
    switch command {
    case .skip(let reason):
      return try say(reason, as: "skip", typedAs: line, from: source, at: step, lacking: .skipNeedsReason) {
        .skipped(step.id, reason: $0, $1)
      }
    case .differs(let text):
      return try say(text, as: "differs", typedAs: line, from: source, at: step) { .differed(step.id, $0, $1) }
    case .note(let text):
      return try say(text, as: "note", typedAs: line, from: source, at: step) { .noted(step.id, $0, $1) }
    default: conversation.remember(line)
    }
    switch command {
    case .why: return .again(presentation.why(at: step, in: state))
    case .status: return .again(presentation.status(in: state))
    case .open: return try open(step)
    case .quit: return leave(.quit, unannounced: !source.isPerson)
    case .back:
      let turn = attempt(.wentBack(step.id, source), at: step)
      if case .events = turn, state.secretIsAtStake(in: flow) {
        try show([Sentence(.warning, Phrases.keyStays)])
      }
      return turn
    case .word(let word): return attempt(.answered(step.id, .exit(word), words: [:], source), at: step)
    case .help, .skip, .differs, .note: return .again(presentation.help(at: step, in: state))
    }
  }

  /// Puts a person's words on record, unless they look like a secret.
  private func say(
    _ text: String, as command: String, typedAs line: String, from source: AnswerSource, at step: Step,
    lacking: Problem? = nil, event: (String, AnswerSource) -> Event
  ) throws -> Turn {
    // Whether it can be said at all, before anybody is asked for words.
    let trial = attempt(event("-", source), at: step)
    if case .again = trial {
      if !isSuspect(line) { conversation.remember(line) }
      return trial
    }
    var (line, text, source) = (line, text, source)
    if text.isEmpty, conversation.isPerson {
      let question = Question(.words(for: command), at: step.id, .text)
      (text, source) = try askAside(question, at: step, otherwise: "", reading: { $0 })
      line = ":\(command) \(text)"
    }
    if text.isEmpty {
      return .again(problem: Sentence(.problem, (lacking ?? .commandNeedsText(command)).words(at: step)))
    }
    if isSuspect(line) { try clear(line, at: step) }
    conversation.remember(line)
    return attempt(event(text, source), at: step)
  }

  /// What is in its way is no word against an answer: the question still waits for one.
  private func open(_ step: Step) throws -> Turn {
    guard let address = step.url, address.hasPrefix("https://") else {
      return .again([Sentence(.problem, Problem.noAddress.words(at: step))])
    }
    try show([Sentence(.address, address)])
    if let obstacle = adapters.opening.open(address) { return .again([Sentence(.problem, obstacle)]) }
    return .again([Sentence(.standing, "asked the browser to open it; look at the address bar")])
  }
}
