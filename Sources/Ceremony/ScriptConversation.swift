public import FlowCore
public import FlowText
public import SecretMemory

/// Answers from a script, by step id; what the script leaves open goes to a person if there is one.
///
/// It stops at the first question that the script does not answer where it stands, and says the line.
public final class ScriptConversation: Conversation {
  /// What a script's expectations look at.
  public var observe: () -> State = { State() }
  public var isPerson: Bool { person != nil }

  private let script: Script
  private let path: String
  private let mouth: Mouth
  private let person: (any Conversation)?
  private let screen: Echo
  private let secrets: (SecretReference) throws -> SecretBytes
  private var next = 0
  private var questions = 0
  /// Whether the last answer came from the person.
  private var personAnswered = false
  /// The last answer that was fed, for the hint of a divergence.
  private var lastAnswer: (line: Int, text: String)?

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
  ///   - secrets: Reads a credential part by its reference.
  public init(
    _ script: Script, path: String, digest: String, person: (any Conversation)?, screen: Echo,
    secrets: @escaping (SecretReference) throws -> SecretBytes
  ) {
    self.script = script
    self.path = path
    self.mouth = .script(digest: digest)
    self.person = person
    self.screen = screen
    self.secrets = secrets
  }

  public func show(_ sentences: [Sentence]) { screen.show(sentences) }

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
    while let item = upcoming() {
      if let failure = checkPassed(item) { return .diverged(failure) }
      switch item.content {
      case .expect: next += 1
      case .command(let command) where belongsHere(command, to: question.step):
        next += 1
        return feed(command.written, to: question, at: item.line)
      case .answer(question.step, let reply):
        next += 1
        questions += 1
        switch reply {
        case .text(let text): return feed(text.hasPrefix(":") ? ":" + text : text, to: question, at: item.line)
        case .command(let command): return feed(command.written, to: question, at: item.line)
        case .ask: return askPerson(question)
        }
      default: return strayed(from: item, at: question.step, key: question.key) ?? askPerson(question)
      }
    }
    questions += 1
    return askPerson(question)
  }

  private func word(_ question: Question) -> Reply {
    if personAnswered { return askPerson(question) }
    guard let item = upcoming(), case .danger(question.step, let reply) = item.content else {
      return .diverged(
        at(
          lastAnswer?.line, "the answer at step '\(question.step)' is dangerous and wants a word",
          "add '\(question.step).danger: WORD' on the next line; 'keyusher flow print \(script.flowID)' has the word"))
    }
    next += 1
    switch reply {
    case .text(let text): return feed(text, to: question, at: item.line)
    case .command(let command): return feed(command.written, to: question, at: item.line)
    case .ask: return askPerson(question)
    }
  }

  public func takeSecret(_ question: SecretQuestion) throws -> SecretReply {
    while let item = upcoming() {
      if let failure = checkPassed(item) { return .diverged(failure) }
      switch item.content {
      case .expect: next += 1
      case .copy(question.step) where question.part == "copy":
        next += 1
        return try askPerson(question)
      case .part(question.step, question.part, let source):
        next += 1
        questions += 1
        guard case .reference(let reference) = source else { return try askPerson(question) }
        return read(reference, for: question, at: item.line)
      case .command(let command): return say(command, question, at: item)
      case .answer(question.step, .text(let word)): return say(.word(word), question, at: item)
      case .answer(question.step, .command(let command)): return say(command, question, at: item)
      default:
        if question.part == "copy" { return try askPerson(question) }
        guard case .diverged(let divergence)? = strayed(from: item, at: question.step, key: question.key) else {
          return try askPerson(question)
        }
        return .diverged(divergence)
      }
    }
    questions += 1
    return try askPerson(question)
  }

  // MARK: - The end

  /// What is still wrong once the run has come to its end: an expectation that fails, or answers nobody asked for.
  public func finish(_ outcome: Outcome?) -> Divergence? {
    while let item = upcoming() {
      next += 1
      guard case .expect(let expectation, _) = item.content else {
        return at(
          item.line, "the run ended before \(item.content.words) was asked for",
          lastAnswer.map { "the answer '\($0.text)' at line \($0.line) led to the end" })
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
    personAnswered = false
    screen.echo(question.prompt, text)
    return .line(text, mouth)
  }

  private func say(_ command: Command, _ question: SecretQuestion, at item: Script.Item) -> SecretReply {
    next += 1
    lastAnswer = (item.line, command.written)
    personAnswered = false
    screen.echo(question.prompt, command.written)
    return .command(command.written, mouth)
  }

  private func read(_ reference: SecretReference, for question: SecretQuestion, at line: Int) -> SecretReply {
    screen.echo(question.prompt, reference.written)
    personAnswered = false
    do {
      return .taken(try secrets(reference), mouth)
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
    let way = "'keyusher flow print \(script.flowID)' shows the way"
    let hint = lastAnswer.map { "the answer '\($0.text)' at line \($0.line) leads there; \(way)" } ?? way
    return .diverged(at(item.line, "expected \(item.content.words), the flow asks '\(key)'", hint))
  }

  private func checkPassed(_ item: Script.Item) -> Divergence? {
    guard case .expect(let expectation, .here) = item.content else { return nil }
    return failure(of: expectation, outcome: nil, line: item.line)
  }

  private func failure(of expectation: Script.Expectation, outcome: Outcome?, line: Int) -> Divergence? {
    let exceptions = observe().exceptions
    let warnings = exceptions.filter { $0.kind == .warning }
    let (expected, found): (String, String) =
      switch expectation {
      case .outcome(let expected): ("outcome \(expected.rawValue)", "outcome \(outcome?.rawValue ?? "none yet")")
      case .exceptions(let count): ("exceptions \(count)", "exceptions \(exceptions.count)")
      case .questions(let count): ("questions \(count)", "questions \(questions)")
      case .warnings(let count): ("warnings \(count)", "warnings \(warnings.count)")
      case .warning(let code):
        ("warning \(code)", warnings.contains { $0.code == code } ? "warning \(code)" : "no warning \(code)")
      }
    guard expected != found else { return nil }
    let list = exceptions.isEmpty ? nil : exceptions.map(\.words).joined(separator: "; ")
    return at(line, "expected \(expected), found \(found)", list)
  }

  private func at(_ line: Int?, _ message: String, _ hint: String?) -> Divergence {
    Divergence(place: line.map { "\(path):\($0)" } ?? path, message: message, hint: hint)
  }
}

/// Why a secret could not be read by its reference; nothing of the secret is in it.
public struct SecretObstacle: Error, Equatable {
  public var message: String
  public var hint: String?

  public init(message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}

extension Script.Content {
  /// The step that an item answers; nil for commands and expectations.
  fileprivate var step: Step.ID? {
    switch self {
    case .answer(let step, _), .part(let step, _, _), .danger(let step, _), .copy(let step): step
    case .command, .expect: nil
    }
  }

  fileprivate var words: String {
    switch self {
    case .answer(let step, _): "step '\(step)'"
    case .part(let step, let part, _): "'\(step).\(part)'"
    case .danger(let step, _): "'\(step).danger'"
    case .copy(let step): "'\(step).copy'"
    case .command(let command): "'\(command.written)'"
    case .expect: "an expectation"
    }
  }
}
