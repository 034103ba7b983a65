import Ceremony
import FlowCore
import FlowText
import SecretMemory

/// Reads answers from standard input without a terminal, one a line; credentials only by reference.
final class PipeConversation: Conversation {
  let isPerson = false
  private unowned let stage: Stage
  private let secrets: SecretSource

  init(stage: Stage, secrets: SecretSource) {
    self.stage = stage
    self.secrets = secrets
  }

  func show(_ sentences: [Sentence]) { stage.show(sentences) }

  func ask(_ question: Question) -> Reply {
    switch stage.input.next() {
    case .line(let line):
      stage.echo(question.prompt, looksLikeSecret(line) ? "(not shown)" : line)
      return .line(line, .program)
    case .end:
      stage.echo(question.prompt, "")
      return .endOfInput
    case .interrupted(let signal): return .interrupted(signal: signal)
    }
  }

  func takeSecret(_ question: SecretQuestion) throws -> SecretReply {
    let line: String
    switch stage.input.next() {
    case .line(let text): line = text
    case .end:
      stage.echo(question.prompt, "")
      return .endOfInput
    case .interrupted(let signal): return .interrupted(signal: signal)
    }
    if line.isEmpty || question.commands.contains(line) {
      stage.echo(question.prompt, line)
      return line.isEmpty ? .empty(.program) : .command(line, .program)
    }
    guard let reference = SecretReference(line) else {
      stage.echo(question.prompt, "(not shown)")
      return .diverged(
        Divergence(
          place: nil, message: "step '\(question.key)' takes a credential only by reference",
          hint: "write env:NAME, file:PATH or fd:NUMBER on that line"))
    }
    stage.echo(question.prompt, line)
    do {
      return .taken(try secrets.read(reference), .program)
    } catch let obstacle as SecretObstacle {
      return .diverged(Divergence(place: nil, message: obstacle.message, hint: obstacle.hint))
    }
  }

  func endSecrets() {}
  func settleLine(_ line: String, remember: Bool) {}
}
