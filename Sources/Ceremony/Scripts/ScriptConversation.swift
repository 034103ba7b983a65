public import FlowCore
public import FlowText
public import SecretMemory

/// Answers from a script, by step id; what the script leaves open goes to a person if there is one.
///
/// It stops at the first question that the script does not answer where it stands, and says the line.
public final class ScriptConversation: Conversation {
  /// What a script's expectations look at.
  public var observe: () -> State = { State() }
  public var isPerson: Bool { person?.isPerson ?? false }

  private let script: Script
  private let path: String
  private let source: AnswerSource
  private let person: (any Conversation)?
  private let screen: Echo
  private let secrets: (SecretReference, SecretQuestion) throws -> SecretBytes
  private var next = 0
  private var questions = 0
  /// Whether the last answer came from the person.
  private var personAnswered = false
  /// The last answer that was fed, for the hint of a divergence.
  private var lastAnswer: (line: Int, text: String)?
  /// What the flow said against it.
  private var objection: String?
  /// The question that was counted last, and the stay at which it was asked: asked again, it is the same one.
  private var counted: (key: String, stay: Int)?
  /// The step whose whole credential the script leaves to a person.
  private var leftToPerson: Step.ID?

  /// Where the dialogue of a replay is shown.
  public struct Echo {
    public var show: ([Sentence]) -> Void
    /// A prompt and what a script answered there.
    public var echo: (_ prompt: String, _ answer: String) -> Void

    public init(show: @escaping ([Sentence]) -> Void, echo: @escaping (String, String) -> Void) {
      self.show = show
      self.echo = echo
    }
  }

  /// - Parameters:
  ///   - digest: The SHA-256 of the script's text, in hexadecimal.
  ///   - person: Who is asked what the script leaves open; nil: nobody.
  ///   - secrets: Reads what a question wants by its reference.
  public init(
    _ script: Script, path: String, digest: String, person: (any Conversation)?, screen: Echo,
    secrets: @escaping (SecretReference, SecretQuestion) throws -> SecretBytes
  ) {
    self.script = script
    self.path = path
    self.source = .script(digest: digest)
    self.person = person
    self.screen = screen
    self.secrets = secrets
  }

  public func show(_ sentences: [Sentence]) {
    if !personAnswered { objection = sentences.last { $0.role == .problem }?.text ?? objection }
    screen.show(sentences)
  }

  public func endSecrets() { person?.endSecrets() }

  public func settleLine(_ line: String, remember: Bool) {
    if personAnswered { person?.settleLine(line, remember: remember) }
  }

  // MARK: - Answers

  public func ask(_ question: Question) -> Reply {
    switch question.part {
    case nil: return answer(question)
    case "danger"?: return word(question)
    case "secret"? where !personAnswered:
      return .diverged(
        at(
          lastAnswer?.line, "what answers step '\(question.step)' looks like a secret",
          "a script holds secrets only by reference; if it is none, write '\(question.step): ask' and use --ask-missing"
        ))
    default: return askPerson(question)
    }
  }

  private func answer(_ question: Question) -> Reply {
    if isPersons(question.key) { return askPerson(question) }
    count(question.key)
    leftToPerson = nil
    while let item = upcoming() {
      if let failure = checkPassed(item) { return .diverged(failure) }
      switch item.content {
      // Where nobody's copy was compared, and no store was locked, nobody had to be asked.
      case .expect, .copy, .part(_, CredentialPart.unlock, _): next += 1
      case .command(let command) where belongsHere(command, to: question.step):
        next += 1
        return feed(command.written, to: question, at: item.line)
      case .answer(question.step, let reply):
        next += 1
        switch reply {
        case .text(let text): return feed(text.escaped, to: question, at: item.line)
        case .command(let command): return feed(command.written, to: question, at: item.line)
        case .ask: return askPerson(question)
        }
      default: return strayed(from: item, at: question.step, key: question.key) ?? askPerson(question)
      }
    }
    if person == nil, let refusal = refusal(at: question.step) { return .diverged(refusal) }
    return askPerson(question)
  }

  private func word(_ question: Question) -> Reply {
    if personAnswered { return askPerson(question) }
    guard let item = upcoming(), case .danger(question.step, let reply) = item.content else {
      return .diverged(
        at(
          lastAnswer?.line, "the answer at step '\(question.step)' is dangerous and wants a word",
          "add '\(question.step).danger: WORD' on the next line; 'keyusher flow show \(script.flowID)' has the word"))
    }
    next += 1
    switch reply {
    case .text(let text): return feed(text.escaped, to: question, at: item.line)
    case .command(let command): return feed(command.written, to: question, at: item.line)
    case .ask: return askPerson(question)
    }
  }

  public func takeSecret(_ question: SecretQuestion) throws -> SecretReply {
    switch question.part {
    case "copy":
      passCopy(of: question.step)
      return try askPerson(question)
    case "again", "keep", "written": return try askPerson(question)
    default: if isPersons(question.key) { return try askPerson(question) }
    }
    count(question.key)
    if leftToPerson == question.step { return try askPerson(question) }
    while let item = upcoming() {
      if let failure = checkPassed(item) { return .diverged(failure) }
      switch item.content {
      case .expect: next += 1
      case .part(_, CredentialPart.unlock, _) where question.part != CredentialPart.unlock: next += 1
      case .part(question.step, question.part, let source):
        next += 1
        guard case .reference(let reference) = source else { return try askPerson(question) }
        return read(reference, for: question, at: item.line)
      case .command(let command) where belongsHere(command, to: question.step):
        return say(command, question, at: item)
      case .answer(question.step, .text(let word)): return say(.word(word), question, at: item)
      case .answer(question.step, .command(let command)): return say(command, question, at: item)
      case .answer(question.step, .ask):
        next += 1
        leftToPerson = question.step
        return try askPerson(question)
      default:
        guard case .diverged(let divergence)? = strayed(from: item, at: question.step, key: question.key) else {
          return try askPerson(question)
        }
        return .diverged(divergence)
      }
    }
    return try askPerson(question)
  }

  // MARK: - The end

  /// What is still wrong once the run has come to its end: an expectation that fails, or answers nobody asked for.
  public func finish(_ outcome: Outcome?) -> Divergence? {
    // One that stands before further answers was gone past.
    for item in script.items[..<next] {
      guard case .expect(let expectation, .atTheEnd) = item.content else { continue }
      if let failure = failure(of: expectation, outcome: outcome, line: item.line) { return failure }
    }
    while let item = upcoming() {
      next += 1
      if case .copy = item.content { continue }
      if case .part(_, CredentialPart.unlock, _) = item.content { continue }
      guard case .expect(let expectation, _) = item.content else {
        return at(
          item.line, "the run ended before \(item.content.words) was asked for",
          lastAnswer.map { "\(answerWords($0)) led to the end" })
      }
      if let failure = failure(of: expectation, outcome: outcome, line: item.line) { return failure }
    }
    return nil
  }

  // MARK: - Private

  private func upcoming() -> Script.Item? {
    next < script.items.count ? script.items[next] : nil
  }

  private func feed(_ text: String, to question: Question, at line: Int) -> Reply {
    lastAnswer = (line, text)
    objection = nil
    personAnswered = false
    screen.echo(question.prompt, looksLikeSecret(text) ? "(not shown)" : text)
    return .line(text, source)
  }

  private func say(_ command: Command, _ question: SecretQuestion, at item: Script.Item) -> SecretReply {
    next += 1
    lastAnswer = (item.line, command.written)
    objection = nil
    personAnswered = false
    screen.echo(question.prompt, command.written)
    return .command(command.written, source)
  }

  private func read(_ reference: SecretReference, for question: SecretQuestion, at line: Int) -> SecretReply {
    screen.echo(question.prompt, reference.written)
    personAnswered = false
    do {
      return .taken(try secrets(reference, question), source)
    } catch let obstacle as SecretObstacle {
      return .diverged(at(line, obstacle.message, obstacle.hint))
    } catch {
      return .diverged(at(line, "\(reference.written) can't be read: \(error)", nil))
    }
  }

  private func askPerson(_ question: Question) -> Reply {
    personAnswered = true
    return person?.ask(question) ?? .endOfInput
  }

  private func askPerson(_ question: SecretQuestion) throws -> SecretReply {
    personAnswered = true
    return try person?.takeSecret(question) ?? .endOfInput
  }

  /// Goes past the line that leaves the comparison of a copy to a person.
  private func passCopy(of step: Step.ID) {
    if case .copy(step)? = upcoming()?.content { next += 1 }
  }

  private func count(_ key: String) {
    guard !isRepeated(key) else { return }
    counted = (key, observe().way.count)
    questions += 1
  }

  private func isRepeated(_ key: String) -> Bool { counted.map { $0 == (key, observe().way.count) } ?? false }

  /// Whether a person was asked this a moment ago, and said something that was no answer yet.
  private func isPersons(_ key: String) -> Bool { personAnswered && isRepeated(key) }

  private func answerWords(_ answer: (line: Int, text: String)) -> String {
    looksLikeSecret(answer.text)
      ? "the answer at line \(answer.line)" : "the answer '\(answer.text)' at line \(answer.line)"
  }

  /// A note belongs to the answer that follows it; a command that moves the run is said where it stands.
  private func belongsHere(_ command: Command, to step: Step.ID) -> Bool {
    switch command {
    case .skip, .back, .quit, .word: return true
    case .help, .why, .open, .status, .differs, .note: break
    }
    let following = script.items[next...].lazy.compactMap(\.content.step).first
    return following == nil || following == step
  }

  /// Nil: the script leaves the step open and a person can be asked.
  private func strayed(from item: Script.Item, at step: Step.ID, key: String) -> Reply? {
    let isLeftOpen = !script.items[next...].contains { $0.content.step == step }
    if person != nil, isLeftOpen { return nil }
    if let refusal = refusal(at: step) { return .diverged(refusal) }
    let hint = lastAnswer.map { "\(answerWords($0)) leads there; \(way)" } ?? way
    return .diverged(at(item.line, "expected \(item.content.words), the flow asks '\(key)'", hint))
  }

  /// What the flow said against the last answer; nil if it took it.
  private func refusal(at step: Step.ID) -> Divergence? {
    guard let objection, let lastAnswer else { return nil }
    return at(lastAnswer.line, "step '\(step)' did not take the answer: \(objection)", way)
  }

  private var way: String { "'keyusher flow graph \(script.flowID)' shows the way" }

  private func checkPassed(_ item: Script.Item) -> Divergence? {
    guard case .expect(let expectation, .here) = item.content else { return nil }
    return failure(of: expectation, outcome: nil, line: item.line)
  }

  private func failure(of expectation: Script.Expectation, outcome: Outcome?, line: Int) -> Divergence? {
    let exceptions = observe().exceptions
    let (expected, found) = expectation.compared(with: exceptions, outcome: outcome, questions: questions)
    guard expected != found else { return nil }
    let list = exceptions.isEmpty ? nil : exceptions.map(\.words).joined(separator: "; ")
    return at(line, "expected \(expected), found \(found)", list)
  }

  private func at(_ line: Int?, _ message: String, _ hint: String?) -> Divergence {
    Divergence(place: line.map { "\(path):\($0)" } ?? path, message: message, hint: hint)
  }
}
