import Ceremony
import PlainText
import Stores

/// What the key commands ask before they do what can't be undone.
struct KeyQuestions {
  let console: Console
  /// Whether the answer was given with `--yes`.
  let isAgreed: Bool

  /// Asks for a word; anything else, and nobody to ask, ends the command.
  ///
  /// - Parameter option: what a command line says instead of the word; nil if only a person may.
  func askWord(_ word: String, before what: String, says sentences: [Sentence], or option: String? = "--yes") throws {
    if isAgreed { return }
    guard console.isTerminal else {
      throw CommandError(
        "\(what) must be confirmed, and nobody can be asked",
        hints: [option.map { "start it in a terminal, or say so beforehand: \($0)" } ?? "start it in a terminal"],
        status: .usage)
    }
    console.remark(sentences)
    let line = try console.answer("Type \(word), or Enter to leave it: ")
    guard line.filter({ !$0.isWhitespace }) == word else {
      throw CommandError("nothing was done: the word was not '\(word)'", status: .endedEarly)
    }
  }

  /// Asks whether something is to be done besides; where nobody is asked, and without a yes, it is not.
  func agree(_ question: String, says sentences: [Sentence]) throws -> Bool {
    guard !isAgreed, console.isTerminal else { return false }
    console.remark(sentences)
    return try console.answer("\(question) yes, or Enter for no: ").trimmed == "yes"
  }

  /// Throws unless the store keeps what it keeps unreadable, or the person agrees that it does not.
  func consent(to store: any CredentialStore) throws {
    guard let why = store.condition().plaintext else { return }
    try askWord(
      "plaintext", before: "keeping a key in '\(store.id)'",
      says: [
        Sentence(.warning, "The store '\(store.id)' would keep the key readable for others: \(why)"),
        Sentence(.hint, "'keyusher store list' shows the other stores."),
      ])
  }
}

extension CredentialStore {
  /// Throws if it can be seen beforehand that it will keep nothing: nobody shall paste a secret for that.
  func checkThatItTakes() throws(StoreError) {
    switch condition().readiness {
    case .ready: return
    case .needsSetUp: throw .notSetUp(store: id, hint: "set it up: keyusher store init \(id)")
    case .unusable(let error): throw error
    }
  }
}
