import FlowCore
import FlowText
import PlainText
import SecretMemory

// Questions beside the answer of a step: a yes or no, a word, a few words. Commands are obeyed there as at any prompt.
extension Session {
  /// Asks until an answer can be read. After a command that only shows something, and after the warning before leaving, the
  /// whole question is asked again.
  ///
  /// - Parameter complaint: what is said of a line that can't be read. It quotes nothing: the line may hold a secret.
  func askAside<Answer>(
    _ question: Question, at step: Step, otherwise complaint: String, reading: (String) -> Answer?
  ) throws -> (answer: Answer, source: AnswerSource) {
    var asked = question
    var said: [Sentence] = []
    while true {
      do {
        if case .line(let text, _, let source) = try ask(asked, at: step, after: said),
          let answer = reading(text.trimmed)
        {
          return (answer, source)
        }
        asked.problem = Sentence(.problem, complaint)
        asked.isRepeated = true
        said = []
      } catch Turn.again(let sentences, let problem) {
        asked = question
        said = sentences + (problem.map { [$0] } ?? [])
      }
    }
  }

  /// - Parameter enter: what Enter means; nil: nothing, it asks again.
  func askYesOrNo(
    _ question: Question, at step: Step, enter: Bool? = nil
  ) throws -> (answer: Bool, source: AnswerSource) {
    try askAside(question, at: step, otherwise: Phrases.yesOrNo) { line in
      Aside.truth(of: line, enter: enter)
    }
  }

  /// The same, where Enter says yes: whether the yes was Enter's is known from the source.
  func askYesByEnter(_ question: Question, at step: Step) throws -> (answer: Bool, source: AnswerSource) {
    var question = question
    question.standard = Question.Default("yes", words: "yes")
    var isEnter = false
    let (answer, source) = try askAside(question, at: step, otherwise: Phrases.yesOrNo) { line in
      isEnter = line.isEmpty
      return Aside.truth(of: line, enter: true)
    }
    return (answer, isEnter && source == .typed ? .enter : source)
  }

  // MARK: - Lines

  /// The text that a line is; a command is obeyed.
  func text(of line: String, from source: AnswerSource, at step: Step) throws -> String {
    if traces.contains(where: { $0.isFound(in: line) }) {
      // No question whether it is one: these are its very bytes.
      throw Turn.again(problem: Sentence(.problem, Phrases.containsTheSecret))
    }
    switch readLine(line, words: step.exitWords) {
    case .text(let text): return text
    case .command(let command): throw try obey(command, typedAs: line, from: source, at: step)
    case .unknownCommand(let word, let nearest):
      throw Turn.again(problem: problem(.unknownCommand(word, nearest: nearest), with: line, at: step))
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

  /// Asks whether a text that looks like a secret is one; returns if it is none, and may be written down.
  func clear(_ line: String, at step: Step) throws {
    if try askYesOrNo(presentation.suspicion(at: step), at: step, enter: true).answer {
      throw Turn.again([Sentence(.hint, Phrases.dropped)])
    }
  }
}

extension Step {
  /// The words that leave a credential step.
  var exitWords: [String] {
    if case .credential(let rule) = body { [CredentialRule.lost] + rule.exits.map(\.word) } else { [] }
  }
}

private enum Aside {
  /// What a line says to a yes-or-no question; nil if it says neither.
  static func truth(of line: String, enter: Bool?) -> Bool? {
    switch line.lowercased() {
    case "yes", "y": true
    case "no", "n": false
    case "": enter
    default: nil
    }
  }
}
