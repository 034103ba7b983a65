import AgeFormat
import Ceremony
import FlowCore
import PlainText
import SecretMemory
import Stores
import Terminal

/// Asks for the passphrases of stores, question by question; nothing that is typed shows. Where a script or a program answers in
/// place of a person, its first answer is the passphrase, and there is no dialogue.
final class PassphraseDialogue: PassphraseAsking {
  /// Who is asked now; nil where nobody may be.
  var questions: (any StoreQuestions)?
  private let secondScreen: () -> SecondScreen?
  private let chance: Chance
  /// What is tried if the passphrase that was given opens nothing.
  private var spare: SecretBytes?
  /// Whether what was typed last has a space in it.
  private var isSpaced = false

  /// The chance that a new passphrase is made with. It comes from nothing that can be pinned: what follows from a variable is no
  /// secret.
  struct Chance: Sendable {
    /// Makes a passphrase, its words with `-` between them.
    var passphrase: @Sendable () throws -> SecretBytes
    /// Puts the places of its words in an order, of which the first are asked back.
    var order: @Sendable (Range<Int>) -> [Int]

    static let system = Chance(passphrase: { try Passphrase.generate() }, order: { $0.shuffled() })
  }

  /// - Parameter secondScreen: what the terminal has for what must not stay on it; nil if nothing.
  init(_ questions: (any StoreQuestions)?, secondScreen: @escaping () -> SecondScreen?, chance: Chance) {
    self.questions = questions
    self.secondScreen = secondScreen
    self.chance = chance
  }

  func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
    var question = Question(.passphrase(of: store), .secret(title: "Passphrase for '\(store)'"), isSecret: true)
    if isRepeated {
      if let other = spare {
        spare = nil
        remark([Sentence(.body, PassphraseRule.spareIsTried)])
        return try concluded(other)
      }
      question.problem = Sentence(
        .problem, "That passphrase does not open the store '\(store)'.\(isSpaced ? Words.hyphens : "")")
    }
    while true {
      let (taken, isPerson) = try ask(question)
      isSpaced = taken.contains(" ")
      spare = try PassphraseRule.spare(of: taken)
      if !isPerson { return taken }
      if !taken.isBlank { return try concluded(taken) }
      question.problem = Sentence(.problem, Words.nothing)
    }
  }

  func newPassphrase(for store: String) throws(StoreError) -> SecretBytes {
    remark(Words.opening(store))
    // What can't be taken off the screen again is not shown.
    guard secondScreen() != nil else {
      remark([Sentence(.body, Words.noSecondScreen)])
      return try concluded(try own(store))
    }
    var question = Question(.passphrase(of: store), .choose, isSecret: true)
    question.choices = [
      Question.Choice(id: "1", title: Words.make, number: 1), Question.Choice(id: "2", title: Words.own, number: 2),
    ]
    question.standard = Question.Default("1")
    question.explanations = [Words.unseen]
    while true {
      // Unseen, and no text is made of it: what is none of the answers may be a passphrase.
      let (number, isPerson) = try ask(question)
      if !isPerson { return try checked(number, store) }
      number.trim()
      if number.isEmpty || number.isWord("1") { return try concluded(try made(store)) }
      if number.isWord("2") { return try concluded(try own(store)) }
      question.problem = Sentence(.problem, "Type 1 or 2, and nothing else.")
      question.isRepeated = true
    }
  }

  // MARK: - The person's own

  private func own(_ store: String) throws(StoreError) -> SecretBytes {
    remark([Sentence(.body, Words.advice)])
    var question = secret("New passphrase", store)
    while true {
      let (taken, isPerson) = try ask(question)
      if !isPerson { return try checked(taken, store) }
      if let flaw = PassphraseRule.flaw(of: taken) {
        question.problem = Sentence(.problem, flaw)
        continue
      }
      guard try ask(secret("The same again", store)).secret.constantTimeEquals(taken) else {
        question.problem = Sentence(.problem, Words.notTheSame)
        continue
      }
      remark([
        Sentence(.standing, "taken: \(PassphraseRule.length(of: taken)) characters"), Sentence(.hint, Words.strength),
      ])
      return taken
    }
  }

  // MARK: - A made one

  private func made(_ store: String) throws(StoreError) -> SecretBytes {
    let passphrase: SecretBytes
    do {
      passphrase = try chance.passphrase()
      try questions?.trace(passphrase)
    } catch {
      throw .broken(store: store, why: "no passphrase could be made")
    }
    let words = try PassphraseRule.words(of: passphrase)
    while true {
      try show(words, passphrase, store)
      if try isWrittenDown(words, passphrase, store) { return passphrase }
      remark([Sentence(.problem, Words.notThatWord)])
    }
  }

  /// Shows the words on the terminal's second screen, which has no scrollback of its own, and clears it afterwards in
  /// every case.
  private func show(_ words: [SecretBytes], _ passphrase: SecretBytes, _ store: String) throws(StoreError) {
    guard let paper = secondScreen() else { throw .stopped }
    defer { paper.close() }
    do {
      try paper.open()
      try paper.write("Write this passphrase down now.\n\n")
      for (index, word) in words.enumerated() {
        try paper.write("\(index + 1) ")
        try paper.write(word)
        try paper.write("\n")
      }
      let fits = passphrase.count <= paper.columns
      try paper.write(fits ? Words.inOneLine : Words.inOneLineFolded)
      if fits { try paper.write(passphrase) } else { try fold(words, onto: paper) }
      try paper.write("\n\n" + Words.shownOnce + "\n")
    } catch {
      throw .broken(store: store, why: "the screen can't be written to")
    }
    _ = try ask(Question(.passphrase(of: store), .acknowledge, isSecret: true))
    if paper.isTakenAway { remark([Sentence(.body, Words.takenAway)]) }
  }

  /// Writes the words with `-` between, and no word broken.
  private func fold(_ words: [SecretBytes], onto paper: SecondScreen) throws(TerminalError) {
    var used = 0
    for (index, word) in words.enumerated() {
      let isLast = index == words.count - 1
      let needed = word.count + (isLast ? 0 : 1)
      if used > 0, used + needed > paper.columns {
        try paper.write("\n")
        used = 0
      }
      try paper.write(word)
      if !isLast { try paper.write("-") }
      used += needed
    }
  }

  /// Whether the person has it: some words are asked back, or all of it.
  private func isWrittenDown(
    _ words: [SecretBytes], _ passphrase: SecretBytes, _ store: String
  ) throws(StoreError) -> Bool {
    remark([Sentence(.body, Words.askedBack)])
    for index in chance.order(words.indices).prefix(Self.wordsAskedBack).sorted() {
      let taken = try ask(secret("Word \(index + 1)", store)).secret
      taken.trim()
      if taken.constantTimeEquals(passphrase) { break }
      guard taken.constantTimeEquals(words[index]) else { return false }
    }
    remark([Sentence(.standing, Words.written)])
    return true
  }

  fileprivate static let wordsAskedBack = 3

  // MARK: - Asking

  private func secret(_ title: String, _ store: String) -> Question {
    Question(.passphrase(of: store), .secret(title: title), isSecret: true)
  }

  private func remark(_ sentences: [Sentence]) { questions?.remark(sentences) }

  private func ask(_ question: Question) throws(StoreError) -> (secret: SecretBytes, isPerson: Bool) {
    guard case .passphrase(let store) = question.subject, let questions else {
      throw .noPassphrase(store: StoreID.age, hint: "go on in a terminal")
    }
    do {
      guard let (secret, source) = try questions.ask(question) else { throw StoreError.stopped }
      return (secret, source.isPerson)
    } catch {
      throw PassphraseDialogue.failure(error, of: store)
    }
  }

  /// What a script or a program gave, if it can be one.
  private func checked(_ secret: SecretBytes, _ store: String) throws(StoreError) -> SecretBytes {
    if let flaw = PassphraseRule.flaw(of: secret) { throw .noPassphrase(store: store, hint: flaw) }
    return secret
  }

  private func concluded(_ secret: SecretBytes) throws(StoreError) -> SecretBytes {
    do { try questions?.conclude() } catch { throw .stopped }
    return secret
  }

  /// What went wrong while somebody was asked, told as what it is.
  private static func failure(_ error: any Error, of store: String) -> StoreError {
    switch error {
    case let error as StoreError: error
    case let error as SecretMemoryError: .memory(error)
    case TerminalError.notATerminal:
      .noPassphrase(store: store, hint: "the terminal can't be used; give it with --passphrase")
    case let error as any DescribedError: .askingFailed(what: error.what, hint: error.hint)
    default: .askingFailed(what: "\(error)", hint: nil)
    }
  }
}

// MARK: - Words

private enum Words {
  static func opening(_ store: String) -> [Sentence] {
    [
      Sentence(.heading, "A passphrase for the store '\(store)'"),
      Sentence(
        .body, "Whoever has it and the store's files can open every key in it. Without it nobody can: not you either."),
    ]
  }
  static let make = "make one for me: \(Passphrase.wordCount) words, 132 bits"
  static let own = "I type my own"
  static let unseen = "Nothing that you type here is shown, not even the number."
  static let noSecondScreen =
    "What is shown on this terminal can't be taken off it again, so type a passphrase of your own."
  static let advice = "\(PassphraseRule.shortest) characters at least; the longer the better. Nothing will appear."
  static let notTheSame = "The two are not the same. Nothing was taken; begin again."
  static let nothing = "Nothing was typed. Ctrl-C leaves everything as it is."
  static let strength = "How hard it is to guess can't be measured here; a made one has 132 bits."
  static let inOneLine = "\nIn one line, with '-' between:\n"
  static let inOneLineFolded = "\nIn one line, with '-' between; folded\nhere, for it is wider than the screen:\n"
  static let shownOnce = """
    It is shown until you have typed it
    back, and never again. A recording of
    the screen, or the log of tmux or
    screen, may keep it: switch that off.
    """
  static let takenAway =
    "Stopping took it off the screen. A word that is not right, or Enter alone, shows it once more."
  static let askedBack =
    "To see that you have it: \(PassphraseDialogue.wordsAskedBack) of its words, or all of it in one line. Nothing will appear."
  static let hyphens = " One that was made for you has '-' between its words."
  static let notThatWord = "That is not what was shown. Look at it once more."
  static let written = "written down: the words were typed back, and are off the screen"
}
