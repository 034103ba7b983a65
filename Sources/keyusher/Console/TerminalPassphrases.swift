import AgeFormat
import Ceremony
import SecretMemory
import Stores

/// Asks a person for the passphrases of stores; nothing that is typed shows.
final class TerminalPassphrases: PassphraseAsking {
  private let desk: any PassphraseDesk

  init(_ desk: any PassphraseDesk) { self.desk = desk }

  func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
    if isRepeated { desk.remark([Sentence(.problem, "That passphrase does not open the store '\(store)'.")]) }
    while true {
      let taken = try take("Passphrase for '\(store)': ")
      taken.trim()
      if !taken.isEmpty { return taken }
      desk.remark([Sentence(.problem, Words.nothing)])
    }
  }

  func newPassphrase(for store: String) throws(StoreError) -> SecretBytes {
    desk.remark(Words.opening(store))
    // What can't be taken off the screen again is not shown.
    guard desk.secondScreen() != nil else {
      desk.remark([Sentence(.body, Words.noSecondScreen)])
      return try own()
    }
    desk.remark([Sentence(.option, Words.make), Sentence(.option, Words.own), Sentence(.body, Words.unseen)])
    while true {
      // Unseen, and no text is made of it: what is none of the answers may be a passphrase.
      let number = try take("Number (Enter = 1): ")
      number.trim()
      if number.isEmpty || number.isWord("1") { return try made() }
      if number.isWord("2") { return try own() }
      desk.remark([Sentence(.problem, "Type 1 or 2, and nothing else.")])
    }
  }

  // MARK: - The person's own

  private func own() throws(StoreError) -> SecretBytes {
    desk.remark([Sentence(.body, Words.advice)])
    while true {
      let taken = try take("New passphrase: ")
      if let flaw = PassphraseRule.flaw(of: taken) {
        desk.remark([Sentence(.problem, flaw)])
        continue
      }
      guard try take("The same again: ").constantTimeEquals(taken) else {
        desk.remark([Sentence(.problem, Words.notTheSame)])
        continue
      }
      desk.remark([
        Sentence(.standing, "taken: \(PassphraseRule.length(of: taken)) characters"), Sentence(.hint, Words.strength),
      ])
      return taken
    }
  }

  // MARK: - A made one

  private func made() throws(StoreError) -> SecretBytes {
    let passphrase: SecretBytes
    do {
      passphrase = try Passphrase.generate()
      try desk.trace(passphrase)
    } catch {
      throw .broken(store: StoreID.age, why: "no passphrase could be made")
    }
    let words = try PassphraseRule.words(of: passphrase)
    while true {
      try show(words, passphrase)
      if try isWrittenDown(words, passphrase) { return passphrase }
      desk.remark([Sentence(.problem, Words.notThatWord)])
    }
  }

  /// Shows the words on the terminal's second screen, which has no scrollback of its own, and clears it afterwards in
  /// every case.
  private func show(_ words: [SecretBytes], _ passphrase: SecretBytes) throws(StoreError) {
    guard let paper = desk.secondScreen() else { throw .stopped }
    defer { paper.close() }
    do {
      try paper.open()
      try paper.write("Write this passphrase down now.\n\n")
      for (index, word) in words.enumerated() {
        try paper.write("\(index + 1) ")
        try paper.write(word)
        try paper.write("\n")
      }
      try paper.write("\nIn one line, with '-' between:\n")
      try paper.write(passphrase)
      try paper.write("\n\n" + Words.shownOnce + "\n")
    } catch {
      throw .broken(store: StoreID.age, why: "the screen can't be written to")
    }
    _ = try take("Enter, and it is gone: ")
    if paper.isTakenAway { desk.remark([Sentence(.body, Words.takenAway)]) }
  }

  /// Whether the person has it: some words are asked back, or all of it.
  private func isWrittenDown(_ words: [SecretBytes], _ passphrase: SecretBytes) throws(StoreError) -> Bool {
    desk.remark([Sentence(.body, Words.askedBack)])
    for index in words.indices.shuffled().prefix(Self.wordsAskedBack).sorted() {
      let taken = try take("Word \(index + 1): ")
      taken.trim()
      if taken.constantTimeEquals(passphrase) { break }
      guard taken.constantTimeEquals(words[index]) else { return false }
    }
    desk.remark([Sentence(.standing, Words.written)])
    return true
  }

  private static let wordsAskedBack = 3

  // MARK: - Asking

  private func take(_ prompt: String) throws(StoreError) -> SecretBytes {
    do {
      guard let taken = try desk.unseen(prompt) else { throw StoreError.stopped }
      return taken
    } catch let error as StoreError {
      throw error
    } catch let error as SecretMemoryError {
      throw .memory(error)
    } catch {
      throw .noPassphrase(store: StoreID.age, hint: "the terminal can't be used; give it with --passphrase")
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
  static let make = "1 make one for me: \(Passphrase.wordCount) words, 132 bits"
  static let own = "2 I type my own"
  static let unseen = "Nothing that you type here will appear, the number neither."
  static let noSecondScreen = "This terminal can't take off its screen what it has shown: so none is made for you here."
  static let advice = "\(PassphraseRule.shortest) characters at least; the longer the better. Nothing will appear."
  static let notTheSame = "The two are not the same. Nothing was taken; begin again."
  static let nothing = "Nothing was typed. Ctrl-C leaves everything as it is."
  static let strength = "How hard it is to guess can't be measured here; a made one has 132 bits."
  static let shownOnce = """
    It is shown this once. A screen recording, or the log of a
    terminal multiplexer, may keep it: switch those off.
    """
  static let takenAway =
    "Stopping took it off the screen. A word that is not right, or Enter alone, shows it once more."
  static let askedBack = "To see that you have it: some of its words, or all of it in one line. Nothing will appear."
  static let notThatWord = "That is not what was shown. Look at it once more."
  static let written = "written down: the words were typed back, and are off the screen"
}
