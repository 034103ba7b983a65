import Ceremony
import FlowCore
import PlainText
import Stores

/// Which exchange a key is for, as its name and whoever takes it in say.
struct ExchangeChoice {
  /// The exchanges that flows are for.
  let listed: [String]
  /// Whether one that no flow is for was agreed to beforehand.
  let isUnlistedAgreed: Bool

  init(_ catalog: FlowCatalog, isUnlistedAgreed: Bool) {
    listed = Set(catalog.sources.map(\.provider)).subtracting([KeyKind.any]).sorted()
    self.isUnlistedAgreed = isUnlistedAgreed
  }

  /// What is known without asking.
  enum Finding: Equatable {
    case known(String)
    /// It was said, and no flow is for it.
    case unlisted(String)
    /// Nothing says it.
    case open
  }

  /// Weighs what was said against the name, whose first word may be an exchange.
  ///
  /// - Parameter said: the exchange that was named; nil if none was.
  /// - Throws: an error if the two contradict each other, or what was said can't be an exchange's id.
  func find(for entry: EntryName, said: String?) throws(CommandError) -> Finding {
    let words = entry.text.split(separator: "/").map(String.init)
    let byName = words.count > 1 && listed.contains(words[0]) ? words[0] : nil
    guard let said else { return byName.map { .known($0) } ?? .open }
    guard ExchangeChoice.isWellFormed(said) else {
      throw .malformed(exchange: said, near: near(to: said))
    }
    if let byName, byName != said { throw .contradicted(entry, names: byName, said: said) }
    return listed.contains(said) || isUnlistedAgreed ? .known(said) : .unlisted(said)
  }

  /// Whether a text can be the id of an exchange: a word of a name.
  static func isWellFormed(_ text: String) -> Bool { EntryName.chosen(text) != nil && !text.contains("/") }

  func isListed(_ exchange: String) -> Bool { listed.contains(exchange) }

  /// The exchange that a word was probably meant to be.
  func near(to word: String) -> String? {
    let word = word.lowercased()
    if let near = nearest(to: word, among: listed) { return near }
    return listed.first { $0.hasPrefix(word + "-") || word.hasPrefix($0) }
  }

  /// The name that was probably meant, of a key whose name begins nearly as its exchange is called; nil for any other.
  func nearName(to entry: EntryName, of exchange: String) -> EntryName? {
    let words = entry.text.split(separator: "/", maxSplits: 1).map(String.init)
    guard words.count == 2, words[0] != exchange, near(to: words[0]) == exchange else { return nil }
    return EntryName.chosen("\(exchange)/\(words[1])")
  }

  /// Asks for the exchange; one that no flow is for is typed a second time.
  func ask(for entry: EntryName, said: String?, on console: Console) throws -> String {
    var doubted = said
    let first = entry.text.split(separator: "/").first.map(String.init) ?? entry.text
    let proposed = near(to: said ?? first)
    var question = Question(.answer, .choose, text: "Which exchange is '\(entry)' a key of?")
    question.choices = listed.enumerated().map { Question.Choice(id: $1, title: $1, number: $0 + 1) }
    if let proposed { question.standard = Question.Default(proposed, words: proposed) }
    if let said { question.problem = Sentence(.problem, ExchangeChoice.doubt(said, near: proposed)) }
    while true {
      let answer = try console.answer(question).trimmed
      question.isRepeated = true
      if answer.isEmpty, let proposed { return proposed }
      if let number = Int(answer), listed.indices.contains(number - 1) { return listed[number - 1] }
      if answer == doubted { return answer }
      do throws(CommandError) {
        switch try find(for: entry, said: answer) {
        case .known(let exchange): return exchange
        case .open: continue
        case .unlisted(let exchange):
          doubted = exchange
          question.problem = Sentence(.problem, ExchangeChoice.doubt(exchange, near: near(to: exchange)))
        }
      } catch {
        question.problem = Sentence(.problem, ([error.message] + error.hints.prefix(1)).joined(separator: "; ") + ".")
      }
    }
  }

  private static func doubt(_ exchange: String, near: String?) -> String {
    "No flow here is for an exchange '\(exchange)'." + (near.map { " Did you mean '\($0)'?" } ?? "")
      + " Type it once more if it is right."
  }
}

// MARK: - Words

extension CommandError {
  static func noExchange(of entry: EntryName, near: String?, among listed: [String]) -> CommandError {
    CommandError(
      "nothing says which exchange '\(entry)' is a key of",
      hints: [
        near.map { "did you mean '\($0)'? Say it: --exchange \($0)" }
          ?? "--exchange ID; known: \(listed.joined(separator: ", "))"
      ],
      status: .usage)
  }

  static func unlisted(_ exchange: String, near: String?) -> CommandError {
    CommandError(
      "no flow here is for an exchange '\(exchange)'",
      hints: [
        near.map { "did you mean '\($0)'? If not, say so beforehand: --unlisted" }
          ?? "if it is right, say so beforehand: --unlisted"
      ],
      status: .usage)
  }

  fileprivate static func contradicted(_ entry: EntryName, names: String, said: String) -> CommandError {
    let rest = entry.text.dropFirst(names.count + 1)
    return CommandError(
      "'\(entry)' is the name of a key of \(names), and it is said to be one of \(said)",
      hints: ["which is right? Name it '\(said)/\(rest)', or say \(names)"], status: .usage)
  }

  fileprivate static func malformed(exchange: String, near: String?) -> CommandError {
    let nearest = near ?? EntryName.fitting(exchange).map { String($0.text.prefix { $0 != "/" }) }
    return CommandError(
      "'\(exchange)' can't be an exchange's id",
      hints: [nearest.map { "the nearest that can: \($0)" } ?? "one word of small letters, digits and '-'"],
      status: .usage)
  }
}
