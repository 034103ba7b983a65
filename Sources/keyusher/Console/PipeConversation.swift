import Ceremony
import FlowCore
import FlowText
import Terminal

/// Reads answers from standard input without a terminal, one a line; credentials only by reference.
final class PipeConversation: Conversation {
  let isPerson = false
  private unowned let console: Console
  private let secrets: SecretSource
  /// The question that the last line answered, and the line's number.
  private var answered: (key: String, line: Int)?
  private var lines = 0

  init(console: Console, secrets: SecretSource) {
    self.console = console
    self.secrets = secrets
  }

  func show(_ sentences: [Sentence]) { console.show(sentences) }

  func ask(_ question: Question) throws -> Reply {
    console.show(question.sentences)
    // Nobody can correct a line that was refused, and the next one was meant for another question.
    if let problem = question.problem, let answered, answered.key == question.key {
      return .diverged(
        Divergence(
          place: "line \(answered.line)", message: "'\(question.key)' did not take the answer: \(problem.recorded)",
          hint: "mend that line"))
    }
    let line: String
    switch console.input.next() {
    case .line(let text): line = text
    case .secret, .endOfInput:
      console.echo(question.prompt, "")
      return .endOfInput
    case .interrupted(let signal): return .interrupted(signal: signal)
    }
    lines += 1
    answered = (question.key, lines)
    guard question.isSecret, !line.isEmpty, !(question.words + question.commands).contains(line) else {
      console.echo(question.prompt, looksLikeSecret(line) ? "(not shown)" : line)
      return .line(line, .program)
    }
    guard let reference = SecretReference(line) else {
      console.echo(question.prompt, "(not shown)")
      return .diverged(
        Divergence(
          place: nil, message: "step '\(question.key)' takes a credential only by reference",
          hint: "write env:NAME, file:PATH or fd:NUMBER on that line"))
    }
    console.echo(question.prompt, line)
    do {
      return .secret(try secrets.read(reference), .program)
    } catch let obstacle as SecretObstacle {
      return .diverged(Divergence(place: nil, message: obstacle.message, hint: obstacle.hint))
    }
  }

  func endSecrets() {}
  func remember(_ line: String) {}
  func pendingSignal() -> Int32? { Signals.pending() }
}
