import Ceremony
import FlowCore
import FlowText
import Terminal

/// Reads answers from standard input without a terminal, one a line; credentials only by reference.
final class PipeConversation: Conversation {
  let isPerson = false
  private unowned let console: Console
  private let secrets: SecretSource

  init(console: Console, secrets: SecretSource) {
    self.console = console
    self.secrets = secrets
  }

  func show(_ sentences: [Sentence]) { console.show(sentences) }

  func ask(_ question: Question) throws -> Reply {
    console.show(question.sentences)
    let line: String
    switch console.input.next() {
    case .line(let text): line = text
    case .secret, .endOfInput:
      console.echo(question.prompt, "")
      return .endOfInput
    case .interrupted(let signal): return .interrupted(signal: signal)
    }
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
