import FlowCore
import FlowText
import SecretMemory

/// Asks for a store's secrets at a step of a run: commands are obeyed there as at any question.
final class StoreSecrets: SecretTaking {
  /// What the person did in place of answering.
  private(set) var turn: Session.Turn?
  private let session: Session
  private let step: Step

  init(of session: Session, at step: Step) {
    self.session = session
    self.step = step
  }

  func takeSecret(_ prompt: String, after sentences: [Sentence]) throws -> (SecretBytes, AnswerSource)? {
    do {
      return try ask(prompt, after: sentences)
    } catch {
      throw SessionFailure(cause: error)
    }
  }

  func say(_ sentences: [Sentence]) throws {
    do { try session.show(sentences) } catch { throw SessionFailure(cause: error) }
  }

  func trace(_ secret: SecretBytes) throws {
    do { session.traces.append(try SecretTrace(of: secret)) } catch { throw SessionFailure(cause: error) }
  }

  // MARK: - Private

  private func ask(_ prompt: String, after words: [Sentence]) throws -> (SecretBytes, AnswerSource)? {
    let commands = ["?"] + Command.names + step.exitWords.map { ":" + $0 }
    var sentences = words
    while true {
      try session.show(sentences)
      switch try session.askSecret(CredentialPart.unlock, prompt: prompt, commands: commands, at: step) {
      case .taken(let secret, let source):
        session.traces.append(try SecretTrace(of: secret))
        return (secret, source)
      case .empty(let source): return (try SecretBytes(capacity: 0), source)
      case .word: sentences = words
      case .turn(.again(let said)): sentences = said + words
      case .turn(let made):
        turn = made
        return nil
      }
    }
  }
}

/// What goes wrong in the session itself while a store asks: it is no failure of the store.
struct SessionFailure: Error {
  let cause: any Error
}
