import FlowCore
import FlowText

// How a session asks what a step asks, and what it makes of the line that comes back.
extension Session {
  func ask(_ step: Step, _ problem: Problem?, after said: [Sentence]) throws -> Turn {
    var sentences = said + introduction(of: step)
    if let problem { sentences.append(Sentence(.problem, problem.words(at: step))) }
    sentences += presentation.question(of: step, in: state)
    try show(sentences)
    guard let (line, mouth) = try askLine(presentation.prompt(of: step, in: state)) else { return leave() }
    switch readLine(line, words: step.exitWords) {
    case .command(let command):
      return try obey(command, from: mouth, at: step)
    case .unknownCommand(let word, let nearest):
      conversation.settleLine(line, remember: false)
      return .again([Sentence(.problem, Problem.unknownCommand(word, nearest: nearest).words(at: step))])
    case .text(let text):
      return try weigh(text, typedAs: line, from: mouth, at: step)
    }
  }

  private func weigh(_ text: String, typedAs line: String, from mouth: Mouth, at step: Step) throws -> Turn {
    let suspect = looksLikeSecret(text, knowing: flow.credentialShapes)
    switch flow.interpret(text, at: step, in: state) {
    case .problem(let problem):
      conversation.settleLine(line, remember: !suspect)
      let words = suspect ? Problem.looksLikeSecret.words(at: step) + " " + Phrases.dropped : problem.words(at: step)
      return .again([Sentence(.problem, words)])
    case .reopen(let id):
      conversation.settleLine(line, remember: true)
      return attempt(.reopened(id, mouth), at: step)
    case .answer(let answer, let usedDefault):
      if suspect, case .text = answer, let turn = try clear(line, from: mouth, at: step) { return turn }
      conversation.settleLine(line, remember: true)
      return try settle(answer, from: usedDefault && mouth == .typed ? .enter : mouth, at: step, after: [])
    }
  }

  /// Makes an answer an event, after the words that its dangerous options want.
  func settle(_ answer: Answer, from mouth: Mouth, at step: Step, after said: [Sentence]) throws -> Turn {
    var words: [Option.ID: String] = [:]
    var said = said
    while let objection = flow.objection(to: answer, words: words, at: step, in: state) {
      guard case .askWord(_, _, let id, let problem) = objection, let option = step.options?[id],
        let danger = option.danger
      else {
        let problem = objection.problem ?? .notTheKindOfAnswer
        return .again([Sentence(.problem, problem.words(at: step))])
      }
      if let problem {
        said.append(Sentence(.problem, problem.words(at: step)))
      } else {
        said.append(Sentence(.warning, danger.why.filled(from: state, in: flow)))
        said.append(
          Sentence(.question, "To choose '\(option.title.filled(from: state, in: flow))', type \(danger.word)."))
        said.append(Sentence(.hint, "Enter goes back."))
      }
      try show(said)
      said = []
      let question = Question(step: step.id, part: "danger", prompt: "The word: ")
      guard let (line, _) = try askLine(question) else { return leave() }
      conversation.settleLine(line, remember: false)
      if line.isEmpty { return .again([Sentence(.standing, "not chosen")]) }
      words[id] = line
    }
    return .events([.answered(step.id, answer, words: words, mouth)])
  }

  /// Tries an event that the machine may refuse; a refusal is said and not written down.
  func attempt(_ event: Event, at step: Step) -> Turn {
    var trial = state
    let effects = reduce(&trial, event, in: flow)
    if let problem = effects.lazy.compactMap(\.problem).first {
      return .again([Sentence(.problem, problem.words(at: step))])
    }
    return .events([event])
  }

  /// Asks whether a text that looks like a secret is one. Nil: it is none, and may be written down.
  func clear(_ line: String, from mouth: Mouth, at step: Step) throws -> Turn? {
    conversation.settleLine(line, remember: false)
    try show(Phrases.suspicion.map { Sentence(.warning, $0) } + [Sentence(.hint, "Enter = yes, drop it")])
    while true {
      let question = Question(step: step.id, part: "secret", prompt: "yes or no: ", completions: ["yes", "no"])
      guard let (reply, _) = try askLine(question) else { return leave() }
      switch reply.lowercased() {
      case "no", "n": return nil
      case "", "yes", "y": return .again([Sentence(.hint, Phrases.dropped)])
      default: try show([Sentence(.problem, "Please say yes or no.")])
      }
    }
  }
}

extension Effect {
  /// The problem that a request carries.
  var problem: Problem? {
    switch self {
    case .ask(_, let problem), .askWord(_, _, _, let problem), .takePart(_, _, let problem),
      .keepCredential(_, let problem):
      problem
    default: nil
    }
  }
}

extension Step {
  /// The words that leave a credential step.
  var exitWords: [String] {
    if case .credential(let rule) = body { [CredentialRule.lost] + rule.exits.map(\.word) } else { [] }
  }
}
