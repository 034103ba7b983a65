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

  private let source: AnswerSource
  private let person: (any Conversation)?
  private let screen: Echo
  private let secrets: (SecretReference, Question) throws -> SecretBytes
  private var cursor: ScriptCursor
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

  /// Where the dialogue of a replay is shown: what is said, and a prompt with what a script answered there.
  public typealias Echo = (show: ([Sentence]) -> Void, echo: (_ prompt: String, _ answer: String) -> Void)

  /// - Parameters:
  ///   - digest: The SHA-256 of the script's text, in hexadecimal.
  ///   - person: Who is asked what the script leaves open; nil: nobody.
  ///   - secrets: Reads what a question wants by its reference.
  public init(
    _ script: Script, of flow: Flow, path: String, digest: String, person: (any Conversation)?, screen: Echo,
    secrets: @escaping (SecretReference, Question) throws -> SecretBytes
  ) {
    cursor = ScriptCursor(script, of: flow, path: path)
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
  public func pendingSignal() -> Int32? { person?.pendingSignal() }

  public func remember(_ line: String) { if personAnswered { person?.remember(line) } }

  // MARK: - Answers

  public func ask(_ question: Question) throws -> Reply {
    do {
      return try reply(to: question)
    } catch let divergence as Divergence {
      screen.show(question.sentences)
      return .diverged(divergence)
    }
  }

  private func reply(to question: Question) throws -> Reply {
    if !personAnswered { objection = question.problem?.text ?? objection }
    guard let step = question.step else { return try askPerson(question) }
    switch question.subject {
    case .answer: return try answer(question, at: step)
    case .part, .passphrase: return try secret(question, at: step)
    case .danger: return try word(question, at: step)
    case .suspicion where !personAnswered:
      if let item = cursor.upcoming, case .noSecret(step) = item.content {
        return try take(.text("no"), of: item, for: question)
      }
      throw cursor.at(
        lastAnswer?.line, "what answers step '\(step)' looks like a secret",
        "a script holds secrets only by reference; if it is none, write '\(step).secret: no' on the next line")
    case .copy:
      // Goes past the line that leaves the comparison of a copy to a person.
      if case .copy(step)? = cursor.upcoming?.content { cursor.pass() }
      return try askPerson(question)
    default: return try askPerson(question)
    }
  }

  private func answer(_ question: Question, at step: Step.ID) throws -> Reply {
    if isPersons(question.key) { return try askPerson(question) }
    count(question.key)
    leftToPerson = nil
    while let item = cursor.upcoming {
      try checkPassed(item)
      switch item.content {
      // Where nobody's copy was compared, and no store was locked, nobody had to be asked.
      case .expect, .copy, .noSecret, .part(_, CredentialPart.unlock, _): cursor.pass()
      case .command(let command) where cursor.belongsHere(command, to: step):
        cursor.pass()
        return feed(command.written, to: question, at: item.line)
      case .answer(step, let reply): return try take(reply, of: item, for: question)
      case .answer(let old, let reply) where question.formerly.contains(old):
        // Of several claims that are one now, the last is the answer.
        let others = ([step] + question.formerly).filter { $0 != old }
        if question.means(reply), !(reply.isYes && cursor.answersNext(others)) {
          return try take(reply, of: item, for: question)
        }
        guard reply.isYes, cursor.answersLater([step] + question.formerly) else {
          throw cursor.at(
            item.line, "step '\(old)' is part of step '\(step)' now, which this does not answer",
            "write '\(step): ANSWER' in its place; \(cursor.way)")
        }
        cursor.pass()
      default:
        if let moved = cursor.takeMovedStore(step), case .answer(_, let reply) = moved.content {
          return try follow(reply, at: moved.line, for: question)
        }
        return try askWhatIsOpen(question, before: item, at: step)
      }
    }
    if person == nil, let refusal = refusal(at: step) { throw refusal }
    return try leaveUnsaid(question, at: step) ?? askPerson(question)
  }

  private func word(_ question: Question, at step: Step.ID) throws -> Reply {
    if personAnswered { return try askPerson(question) }
    guard let item = cursor.upcoming, case .danger(step, let reply) = item.content else {
      throw cursor.at(
        lastAnswer?.line, "the answer at step '\(step)' is dangerous and wants a word",
        "add '\(step).danger: WORD' on the next line; 'keyusher flow show \(cursor.script.flowID)' has the word")
    }
    return try take(reply, of: item, for: question)
  }

  private func secret(_ question: Question, at step: Step.ID) throws -> Reply {
    if isPersons(question.key) { return try askPerson(question) }
    count(question.key)
    if leftToPerson == step { return try askPerson(question) }
    let part = if case .part(let name) = question.subject { name } else { CredentialPart.unlock }
    while let item = cursor.upcoming {
      try checkPassed(item)
      switch item.content {
      case .expect: cursor.pass()
      case .part(_, CredentialPart.unlock, _) where part != CredentialPart.unlock: cursor.pass()
      case .part(step, part, let source):
        cursor.pass()
        guard case .reference(let reference) = source else { return try askPerson(question) }
        return read(reference, for: question, at: item.line)
      case .command(let command) where cursor.belongsHere(command, to: step):
        cursor.pass()
        return feed(command.written, to: question, at: item.line)
      case .answer(step, .text(let word)): return try take(.command(.word(word)), of: item, for: question)
      case .answer(step, let reply):
        if reply == .ask { leftToPerson = step }
        return try take(reply, of: item, for: question)
      default: return try askWhatIsOpen(question, before: item, at: step)
      }
    }
    return try askPerson(question)
  }

  /// The answer that stands next, expectations aside; without one a script says nothing of the check.
  public func outcome(ofCheckAt step: Step.ID) throws -> (Verdict, AnswerSource)? {
    guard let verdict = cursor.verdict(at: step) else { return nil }
    while let item = cursor.upcoming {
      try checkPassed(item)
      cursor.pass()
      if item.content.step == step { break }
    }
    return (verdict, source)
  }

  // MARK: - The end

  /// What is still wrong once the run has come to its end: an expectation that fails, or answers nobody asked for.
  public func finish(_ outcome: Outcome?) -> Divergence? {
    // One that stands before further answers was gone past.
    for item in cursor.passed {
      guard case .expect(let expectation, .atTheEnd) = item.content else { continue }
      if let failure = failure(of: expectation, outcome: outcome, line: item.line) { return failure }
    }
    while let item = cursor.upcoming {
      cursor.pass()
      if case .copy = item.content { continue }
      if case .noSecret = item.content { continue }
      if case .part(_, CredentialPart.unlock, _) = item.content { continue }
      guard case .expect(let expectation, _) = item.content else {
        return cursor.at(
          item.line, "the run ended before \(item.content.words) was asked for",
          lastAnswer.map { "\(words(ofAnswer: $0.text, at: $0.line)) led to the end" })
      }
      if let failure = failure(of: expectation, outcome: outcome, line: item.line) { return failure }
    }
    return nil
  }

  // MARK: - Private

  private func take(_ reply: Script.Reply, of item: Script.Item, for question: Question) throws -> Reply {
    cursor.pass()
    return try follow(reply, at: item.line, for: question)
  }

  private func follow(_ reply: Script.Reply, at line: Int, for question: Question) throws -> Reply {
    switch reply {
    case .text(let text): return feed(text.escaped, to: question, at: line)
    case .command(let command): return feed(command.written, to: question, at: line)
    case .ask: return try askPerson(question)
    }
  }

  private func feed(_ text: String, to question: Question, at line: Int) -> Reply {
    lastAnswer = (line, text)
    objection = nil
    echo(looksLikeSecret(text) ? "(not shown)" : text, at: question)
    return .line(text, source)
  }

  private func read(_ reference: SecretReference, for question: Question, at line: Int) -> Reply {
    echo(reference.shown, at: question)
    do {
      return .secret(try secrets(reference, question), source)
    } catch let obstacle as SecretObstacle {
      return .diverged(cursor.at(line, obstacle.message, obstacle.hint))
    } catch {
      return .diverged(cursor.at(line, "\(reference.written) can't be read: \(error)", nil))
    }
  }

  private func echo(_ answer: String, at question: Question) {
    personAnswered = false
    screen.show(question.sentences)
    screen.echo(question.prompt, answer)
  }

  private func askPerson(_ question: Question) throws -> Reply {
    personAnswered = true
    if let person { return try person.ask(question) }
    screen.show(question.sentences)
    return .endOfInput
  }

  private func count(_ key: String) {
    guard !isRepeated(key) else { return }
    counted = (key, observe().way.count)
    questions += 1
  }

  private func isRepeated(_ key: String) -> Bool { counted.map { $0 == (key, observe().way.count) } ?? false }

  /// Whether a person was asked this a moment ago, and said something that was no answer yet.
  private func isPersons(_ key: String) -> Bool { personAnswered && isRepeated(key) }

  /// Asks a person, if there is one and the script leaves the step open: what comes next in it answers another.
  private func askWhatIsOpen(_ question: Question, before item: Script.Item, at step: Step.ID) throws -> Reply {
    if person != nil, cursor.leavesOpen(step) { return try askPerson(question) }
    if let reply = leaveUnsaid(question, at: step) { return reply }
    if let refusal = refusal(at: step) { throw refusal }
    if let (old, new) = cursor.moved(item) {
      throw cursor.at(
        item.line, "step '\(old)' is part of step '\(new)' now; the flow asks '\(question.key)' here",
        "write '\(new): ANSWER' where the flow asks it; \(cursor.way)")
    }
    let hint = lastAnswer.map { "\(words(ofAnswer: $0.text, at: $0.line)) leads there; \(cursor.way)" } ?? cursor.way
    throw cursor.at(item.line, "expected \(item.content.words), the flow asks '\(question.key)'", hint)
  }

  /// What the script means by saying nothing of a step; nil where it has to say something, or a person can be asked.
  private func leaveUnsaid(_ question: Question, at step: Step.ID) -> Reply? {
    guard person == nil, objection == nil, let option = cursor.unsaid(step) else { return nil }
    // Who counts the questions of a script that is older than one does not count that.
    questions -= 1
    echo("(not in the script)", at: question)
    return .line(option.id, source)
  }

  /// What the flow said against the last answer; nil if it took it.
  private func refusal(at step: Step.ID) -> Divergence? {
    guard let objection, let lastAnswer else { return nil }
    return cursor.at(lastAnswer.line, "step '\(step)' did not take the answer: \(objection)", cursor.way)
  }

  private func checkPassed(_ item: Script.Item) throws {
    guard case .expect(let expectation, .here) = item.content,
      let failure = failure(of: expectation, outcome: nil, line: item.line)
    else { return }
    throw failure
  }

  private func failure(of expectation: Script.Expectation, outcome: Outcome?, line: Int) -> Divergence? {
    let exceptions = observe().exceptions
    let (expected, found) = expectation.compared(with: exceptions, outcome: outcome, questions: questions)
    guard expected != found else { return nil }
    return cursor.at(line, "expected \(expected), found \(found)", expectation.words(beside: exceptions))
  }
}
