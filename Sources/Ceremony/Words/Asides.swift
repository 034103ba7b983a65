import FlowCore
import FlowText

// The questions beside a step's own.
extension Presentation {
  /// What choosing a dangerous option wants.
  func danger(_ danger: Danger, of option: Option, at step: Step, in state: State) -> Question {
    let title = option.title.filled(from: state, in: flow)
    var question = Question(
      .danger(option.id), at: step.id, .word, text: "To choose '\(title)', type \(danger.word).")
    question.warnings = [danger.why.filled(from: state, in: flow)]
    question.hints = ["Enter goes back."]
    return question
  }

  /// Whether what was typed is a secret.
  func suspicion(at step: Step) -> Question {
    var question = Question(.suspicion, at: step.id, .yesOrNo)
    question.warnings = Phrases.suspicion
    question.standard = Question.Default("yes", words: "yes, drop it")
    return question
  }

  // MARK: - Where nothing shows

  /// How a part is pasted.
  func paste(_ part: CredentialPart, at step: Step, isFirst: Bool, maySkip: Bool) -> Question {
    var question = unseen(.part(part.name), .secret(title: part.title), at: step)
    if !brief { question.hints = (isFirst ? [Phrases.paste] : []) + (maySkip ? [Phrases.skipsTheCheck] : []) }
    return question
  }

  func pasteAgain(at step: Step) -> Question {
    var question = unseen(.again, .yesOrNo, at: step, text: Phrases.pasteAgain, words: Phrases.yesAndNo)
    question.standard = Question.Default("yes", words: "yes, paste it again")
    return question
  }

  func lastFour(of title: String, at step: Step) -> Question {
    var question = unseen(.copy, .secret(title: "Last four"), at: step, text: Phrases.lookAtYourCopy)
    question.explanations = [
      "Type the last four characters of \(title) as they stand there. Nothing will appear."
    ]
    if !brief { question.hints = [Phrases.skipsTheCheck] }
    return question
  }

  func whetherCopied(at step: Step) -> Question {
    unseen(.copy, .yesOrNo, at: step, text: Phrases.copied, words: Phrases.yesAndNo)
  }

  /// What can be done with a credential that its store refused.
  func whatNow(others: [StoreOffer], at step: Step) -> Question {
    var question = unseen(
      .keep, .choose, at: step, text: Phrases.tryAgain, words: Phrases.yesAndNo + others.map(\.id))
    question.standard = Question.Default("yes", words: "yes, try again")
    question.choices = others.map { Question.Choice(id: $0.id, title: $0.title, note: $0.note) }
    return question
  }

  /// The lines that are commands where a secret is taken.
  func secretCommands(at step: Step) -> [String] {
    ["?"] + Command.names + step.exitWords.map { ":" + $0 }
  }

  private func unseen(
    _ subject: Question.Subject, _ kind: Question.Kind, at step: Step, text: String? = nil, words: [String] = []
  ) -> Question {
    var question = Question(subject, at: step.id, kind, isSecret: true, text: text)
    question.words = words
    question.commands = secretCommands(at: step)
    return question
  }
}
