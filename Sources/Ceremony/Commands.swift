import FlowCore
import FlowText

// What the colon commands do at a question.
extension Session {
  func obey(_ command: Command, from mouth: Mouth, at step: Step) throws -> Turn {
    switch command {
    case .help: return .again(presentation.help(at: step, in: state))
    case .why: return .again(presentation.why(at: step, in: state))
    case .status: return .again(presentation.status(in: state))
    case .open: return try open(step)
    case .quit: return leave(.quit)
    case .back: return attempt(.wentBack(step.id, mouth), at: step)
    case .skip(let reason):
      return try say(reason, as: "skip", from: mouth, at: step, lacking: .skipNeedsReason) {
        .skipped(step.id, reason: $0, mouth)
      }
    case .differs(let text):
      return try say(text, as: "differs", from: mouth, at: step) { .differed(step.id, $0, mouth) }
    case .note(let text): return try say(text, as: "note", from: mouth, at: step) { .noted(step.id, $0, mouth) }
    case .word(let word):
      guard case .answer(let answer, _) = flow.interpret(word, at: step, in: state), case .exit = answer else {
        return .again([Sentence(.problem, Problem.unknownCommand(word, nearest: nil).words(at: step))])
      }
      return .events([.answered(step.id, answer, words: [:], mouth)])
    }
  }

  /// Puts a person's words on record, unless they look like a secret.
  private func say(
    _ text: String, as command: String, from mouth: Mouth, at step: Step, lacking: Problem? = nil,
    event: (String) -> Event
  ) throws -> Turn {
    if case .again(let refusal) = attempt(event(text.isEmpty ? "-" : text), at: step) { return .again(refusal) }
    var text = text
    if text.isEmpty, conversation.isPerson {
      let question = Question(step: step.id, part: "text", prompt: "In a few words: ")
      guard let (line, _) = try askLine(question) else { return leave() }
      text = line.trimmed
    }
    if text.isEmpty {
      return .again([Sentence(.problem, (lacking ?? .commandNeedsText(command)).words(at: step))])
    }
    let line = ":\(command) \(text)"
    if looksLikeSecret(text, knowing: flow.credentialShapes), let turn = try clear(line, from: mouth, at: step) {
      return turn
    }
    conversation.settleLine(line, remember: true)
    return attempt(event(text), at: step)
  }

  private func open(_ step: Step) throws -> Turn {
    guard let address = step.url, address.hasPrefix("https://") else {
      return .again([Sentence(.problem, Problem.noAddress.words(at: step))])
    }
    try show([Sentence(.address, address)])
    if let obstacle = adapters.opening.open(address) { return .again([Sentence(.problem, obstacle)]) }
    return .again([Sentence(.standing, "asked the browser to open it; look at the address bar")])
  }
}
