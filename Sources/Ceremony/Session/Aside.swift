import FlowCore
import FlowText
import PlainText

// Questions beside the answer of a step: a yes or no, a word, a few words. Commands are obeyed there as at any prompt.
extension Session {
  /// What came of a question.
  enum Aside<Answer> {
    case answer(Answer, AnswerSource)
    /// Something else happened, and the question is dropped.
    case turn(Turn)
  }

  /// Asks until a line can be read. A command that only shows something, and the warning before leaving, ask again.
  ///
  /// - Parameters:
  ///   - words: what is asked; said again after a command.
  ///   - problem: what is said of a line that can't be read. It quotes nothing: the line may hold a secret.
  func askAside<Answer>(
    _ question: Question, at step: Step, words: [Sentence], problem: String, reading: (String) -> Answer?
  ) throws -> Aside<Answer> {
    var sentences = words
    while true {
      try show(sentences)
      let turn: Turn
      if let (line, source) = try askLine(question) {
        switch try hear(line, from: source, at: step) {
        case .text(let text):
          conversation.settleLine(line, remember: false)
          if let answer = reading(text.trimmed) { return .answer(answer, source) }
          sentences = [Sentence(.problem, problem)]
          continue
        case .turn(let made): turn = made
        }
      } else {
        turn = leave()
      }
      guard case .again(let said) = turn else { return .turn(turn) }
      sentences = said + words
    }
  }

  /// - Parameter enter: what Enter means; nil: nothing, it asks again.
  func askYesOrNo(_ part: String, at step: Step, words: [Sentence], enter: Bool? = nil) throws -> Aside<Bool> {
    let question = Question(step: step.id, part: part, prompt: "yes or no: ", completions: ["yes", "no"])
    return try askAside(question, at: step, words: words, problem: Phrases.yesOrNo) { line in
      switch line.lowercased() {
      case "yes", "y": true
      case "no", "n": false
      case "": enter
      default: nil
      }
    }
  }

  /// The same where a secret could be pasted by mistake: nothing that is typed shows, and nothing of it is kept.
  func askYesOrNoUnseen(
    _ part: String, of rule: CredentialRule, at step: Step, words: [Sentence], enter: Bool? = nil
  ) throws -> Aside<Bool> {
    let words = words + [Sentence(.hint, Phrases.unseen)]
    var sentences = words
    while true {
      try show(sentences)
      let answers = ["yes", "no", "y", "n"]
      let commands = presentation.secretCommands(of: rule) + answers
      switch try askSecret(part, prompt: "yes or no: ", commands: commands, at: step, besides: answers) {
      case .word(let word, let source): return .answer(word.hasPrefix("y"), source)
      case .empty(let source):
        if let enter { return .answer(enter, source) }
        sentences = [Sentence(.problem, Phrases.yesOrNo)]
      case .taken: sentences = [Sentence(.problem, Phrases.yesOrNo)]
      case .turn(.again(let said)): sentences = said + words
      case .turn(let turn): return .turn(turn)
      }
    }
  }

  // MARK: - Lines

  /// What a line is once commands are obeyed.
  enum Heard {
    case text(String)
    case turn(Turn)
  }

  func hear(_ line: String, from source: AnswerSource, at step: Step) throws -> Heard {
    if traces.contains(where: { $0.isFound(in: line) }) {
      // No question whether it is one: these are its very bytes.
      conversation.settleLine(line, remember: false)
      return .turn(.again([Sentence(.problem, Phrases.containsTheSecret)]))
    }
    switch readLine(line, words: step.exitWords) {
    case .text(let text): return .text(text)
    case .command(let command): return .turn(try obey(command, typedAs: line, from: source, at: step))
    case .unknownCommand(let word, let nearest):
      conversation.settleLine(line, remember: false)
      return .turn(.again([problem(.unknownCommand(word, nearest: nearest), with: line, at: step)]))
    }
  }

  /// What is wrong with a line; of a line that looks like a secret nothing is quoted.
  func problem(_ problem: Problem, with line: String, at step: Step) -> Sentence {
    guard isSuspect(line) else {
      return Sentence(.problem, problem.words(at: step), recorded: problem.withoutQuote.words(at: step))
    }
    return Sentence(.problem, "\(Problem.looksLikeSecret.words(at: step)) \(Phrases.dropped)")
  }

  func isSuspect(_ text: String) -> Bool { looksLikeSecret(text, knowing: flow.credentialShapes) }

  /// Asks whether a text that looks like a secret is one. Nil: it is none, and may be written down.
  func clear(_ line: String, at step: Step) throws -> Turn? {
    conversation.settleLine(line, remember: false)
    let words = Phrases.suspicion.map { Sentence(.warning, $0) } + [Sentence(.hint, "Enter = yes, drop it")]
    switch try askYesOrNo("secret", at: step, words: words, enter: true) {
    case .answer(false, _): return nil
    case .answer(true, _): return .again([Sentence(.hint, Phrases.dropped)])
    case .turn(let turn): return turn
    }
  }
}

extension Step {
  /// The words that leave a credential step.
  var exitWords: [String] {
    if case .credential(let rule) = body { [CredentialRule.lost] + rule.exits.map(\.word) } else { [] }
  }
}
