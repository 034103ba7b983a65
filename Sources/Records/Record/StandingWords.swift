package import FlowCore

/// The words for what each standing is worth, as a record's pages have them: those of its format.
package enum StandingWords: Equatable, Sendable {
  /// Of journal format 1: the words that programs read.
  case first
  /// Since format 2: on whose word it stands.
  case second

  package func text(_ word: String) -> String {
    switch (self, word) {
    case (.second, "answered"): "chosen"
    case (.second, "claimed"): "you said"
    case (.second, "scripted"): "the script said"
    case (.second, "verified"): "Keyusher saw"
    case (.second, "not verified"): "Keyusher saw otherwise"
    case (.second, "not knowable"): "nobody can tell"
    case (.second, "reported"): "the exchange says"
    case (.second, "reported otherwise"): "the exchange says otherwise"
    default: word
    }
  }

  /// The same before an answer, where format 1 says more of what no person said.
  package func sentence(_ word: String) -> String {
    self == .first && word == Standing.scripted.word ? "scripted, no person said so" : text(word)
  }

  /// How many there are of each, in a line.
  package func line(_ tally: [Tally]) -> String {
    if tally.isEmpty { return "nothing answered yet" }
    if self == .first { return tally.inWords }
    return tally.map { "\(text($0.word)): \($0.count)" }.joined(separator: ", ")
  }

  /// What each standing means, in the order in which a page explains them.
  ///
  /// - Parameter said: the standings that a record has: what an exchange says is explained where one was asked.
  package func meanings(of said: [Standing]) -> [(word: String, meaning: String)] {
    let reported = Set(said.map(\.word))
    return meanings.filter { !StandingWords.reports.contains($0.word) || reported.contains($0.word) }
  }

  private static let reports: Set<String> = ["reported", "reported otherwise"]

  private var meanings: [(word: String, meaning: String)] {
    [
      ("answered", "a choice or a name"),
      ("claimed", self == .first ? "a person says so" : "the performer says so"),
      ("scripted", "a script or a program says so; no person does"),
      ("verified", self == .first ? "the tool saw it, by the means named" : "the program saw it, by the means named"),
      ("not verified", self == .first ? "the tool looked and saw otherwise" : "the program looked and saw otherwise"),
      ("not knowable", self == .first ? "the tool looked and could not tell" : "the program looked and could not tell"),
      ("reported", "the exchange was asked and says so; that is its word, and no proof"),
      ("reported otherwise", "the exchange was asked and says otherwise"),
      ("skipped", "left out, for the reason given"),
    ]
  }
}

extension Record {
  /// The words of its format.
  package var words: StandingWords { header.format < 2 ? .first : .second }
}
