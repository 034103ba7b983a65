import Ceremony
import FlowCore
import SecretMemory
import Testing

/// The other end of a conversation under test: it answers from a list, and a question that the list does not have next
/// is an issue of the test.
final class Partner: Conversation {
  enum Saying: ExpressibleByStringLiteral {
    case line(String)
    /// A line at the secret reader; exactly a command word, it is a command there.
    case secret(String)
    case end
    case signal(Int32)

    init(stringLiteral value: String) { self = .line(value) }
  }

  typealias Lines = [(key: String, saying: Saying)]

  let isPerson: Bool
  private let ledger: Ledger
  private let source: AnswerSource
  private var lines: Lines
  /// What comes while nobody is asked.
  var signals: [Int32] = []
  /// What is said once the lines are used up; nil: any further question is an issue.
  private let afterwards: Saying?

  init(_ ledger: Ledger, _ lines: Lines, isPerson: Bool = true, afterwards: Saying? = nil) {
    self.ledger = ledger
    self.lines = lines
    self.isPerson = isPerson
    self.afterwards = afterwards
    source = isPerson ? .typed : .program
  }

  /// The keys of the answers that nobody asked for.
  var unused: [String] { lines.map(\.key) }

  func show(_ sentences: [Sentence]) { for sentence in sentences { ledger.note(.shown(sentence)) } }
  func endSecrets() {}
  func remember(_ line: String) { ledger.note(.remembered(line)) }

  func pendingSignal() -> Int32? { signals.isEmpty ? nil : signals.removeFirst() }

  func ask(_ question: Question) throws -> Reply {
    show(question.sentences)
    switch next(question.key, question.prompt) {
    case .line("") where question.isSecret: return .line("", isPerson ? .enter : .program)
    case .line(let line):
      return question.isSecret ? try unseen(line, at: question) : .line(line, source)
    case .secret(let line):
      if question.isSecret { return try unseen(line, at: question) }
      Issue.record("'\(question.key)' is asked in the open, and a secret was given")
      return .endOfInput
    case .end: return .endOfInput
    case .signal(let number): return .interrupted(signal: number)
    }
  }

  private func unseen(_ line: String, at question: Question) throws -> Reply {
    if (question.words + question.commands).contains(line) { return .line(line, source) }
    let bytes = try SecretBytes(copying: Array(line.utf8))
    return bytes.isBlank ? .line("", source) : .secret(bytes, source)
  }

  // MARK: - Private

  private func next(_ key: String, _ prompt: String) -> Saying {
    ledger.note(.asked(key: key, prompt: prompt))
    if lines.isEmpty, let afterwards { return afterwards }
    guard let line = lines.first, line.key == key else {
      let given = lines.first.map { "'\($0.key)' was to come" } ?? "nothing was to come"
      Issue.record("'\(key)' is asked, and \(given); last said: \(ledger.texts.suffix(3))")
      lines = []
      return .end
    }
    lines.removeFirst()
    return line.saying
  }
}

/// Lines in their order; a key may come again.
extension Partner.Lines {
  init(_ pairs: KeyValuePairs<String, Partner.Saying>) { self = pairs.map { (key: $0.key, saying: $0.value) } }
}
