public import FlowCore
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
    var question = unseen(Question.part(part), at: step)
    if !brief { question.hints = (isFirst ? [Phrases.paste] : []) + (maySkip ? [Phrases.skipsTheCheck] : []) }
    return question
  }

  func pasteAgain(at step: Step) -> Question { unseen(.pasteAgain, at: step) }

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
    return unseen(question, at: step)
  }

  private func unseen(_ question: Question, at step: Step) -> Question {
    var question = question
    question.step = step.id
    question.commands = secretCommands(at: step)
    return question
  }
}

// What a run and a command that takes in a key ask alike.
extension Question {
  /// How a part is pasted.
  ///
  /// - Parameter isFirst: whether it is said how that is done.
  public static func part(_ part: CredentialPart, isFirst: Bool = false) -> Question {
    var question = Question(.part(part.name), .secret(title: part.title), isSecret: true)
    if isFirst { question.hints = [Phrases.pasteHere] }
    return question
  }

  /// Whether a part that looks odd is pasted again.
  public static var pasteAgain: Question {
    var question = Question(.again, .yesOrNo, isSecret: true, text: Phrases.pasteAgain)
    question.words = Phrases.yesAndNo
    question.standard = Default("yes", words: "yes, paste it again")
    return question
  }
}

extension Sentence {
  public static let nothingPasted = Sentence(.problem, "Nothing came. \(Phrases.pasteHere)")
  /// That more lines of a private key are waited for.
  public static let goOnWithThePEM = Sentence(.hint, Phrases.goOnWithThePEM)
  public static let yesOrNo = Sentence(.problem, Phrases.yesOrNo)
}
