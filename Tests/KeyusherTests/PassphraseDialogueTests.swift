import Ceremony
import CustomDump
import FlowCore
import SecretMemory
import Stores
import Terminal
import Testing

@testable import keyusher

/// What a store's passphrase is asked by, with somebody else at the other end.
@Suite struct PassphraseDialogueTests {
  /// Answers from a list, or fails.
  private final class Desk: StoreQuestions {
    var answers: [(String, AnswerSource)] = []
    var failure: (any Error)?
    private(set) var said: [Sentence] = []
    private(set) var prompts: [String] = []

    func remark(_ sentences: [Sentence]) { said += sentences }
    func trace(_ secret: SecretBytes) {}
    func conclude() {}

    func ask(_ question: Question) throws -> (SecretBytes, AnswerSource)? {
      said += question.sentences
      prompts.append(question.prompt)
      if let failure { throw failure }
      guard !answers.isEmpty else { return nil }
      let (text, source) = answers.removeFirst()
      return (try SecretBytes(copying: Array(text.utf8)), source)
    }
  }

  private struct FullDisk: Error, CustomStringConvertible {
    let description = "no space left under the journal"
  }

  private func dialogue(_ desk: Desk) -> PassphraseDialogue {
    PassphraseDialogue(desk, secondScreen: { nil }, chance: .system)
  }

  @Test(
    arguments: [
      (
        TerminalError.notATerminal,
        .noPassphrase(store: "age", hint: "the terminal can't be used; give it with --passphrase")
      ),
      (
        TerminalError.reading(errno: 5),
        .askingFailed(
          what: "the terminal can't be read (system error 5)", hint: "open a new terminal, then 'keyusher resume'")
      ),
      (FullDisk(), .askingFailed(what: "no space left under the journal", hint: nil)),
    ] as [(any Error, StoreError)])
  func `what fails while it is asked is told as what it is`(failure: any Error, expected: StoreError) {
    let desk = Desk()
    desk.failure = failure
    #expect(throws: expected) { try dialogue(desk).passphrase(opening: "age", isRepeated: false) }
    #expect(throws: expected) { try dialogue(desk).newPassphrase(for: "age") }
  }

  @Test func `a new one is typed twice, and each flaw is told`() throws {
    let desk = Desk()
    let good = "a rather long phrase"
    desk.answers = ["short", good, "another", good, good].map { ($0, .typed) }
    let taken = try dialogue(desk).newPassphrase(for: "age")
    #expect(taken.isWord(good))
    expectNoDifference(
      desk.prompts,
      ["New passphrase: ", "New passphrase: ", "The same again: ", "New passphrase: ", "The same again: "])
    expectNoDifference(desk.said.last?.role, .hint)
  }

  @Test func `a script's first answer is the passphrase, if it can be one`() throws {
    let desk = Desk()
    desk.answers = [("a rather long phrase", .script(digest: "d1ce57"))]
    #expect(try dialogue(desk).newPassphrase(for: "age").isWord("a rather long phrase"))
    desk.answers = [("short", .program)]
    #expect(throws: StoreError.noPassphrase(store: "age", hint: "That is 5 characters long; 12 is the least.")) {
      try dialogue(desk).newPassphrase(for: "age")
    }
  }

  @Test func `nobody is asked where nobody may be`() {
    let dialogue = PassphraseDialogue(nil, secondScreen: { nil }, chance: .system)
    #expect(throws: StoreError.noPassphrase(store: "age", hint: "go on in a terminal")) {
      try dialogue.passphrase(opening: "age", isRepeated: false)
    }
  }
}
