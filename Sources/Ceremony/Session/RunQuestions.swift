import FlowCore
import SecretMemory

/// Asks what a store wants to know at a step of a run; commands are obeyed there as at any question.
final class RunQuestions: StoreQuestions {
  /// What ended the asking, if something did: what the person did in place of answering, or what failed in the session. It is
  /// no failure of the store.
  private(set) var ending: (any Error)?
  private let session: Session
  private let step: Step
  private var remarks: [Sentence] = []

  init(of session: Session, at step: Step) {
    self.session = session
    self.step = step
  }

  func remark(_ sentences: [Sentence]) { remarks += sentences }

  func ask(_ question: Question) -> (SecretBytes, AnswerSource)? {
    do {
      var question = question
      question.step = step.id
      question.commands = session.presentation.secretCommands(at: step)
      let taken = try take(question, after: takeRemarks())
      try trace(taken.0)
      return taken
    } catch {
      ending = error
      return nil
    }
  }

  func trace(_ secret: SecretBytes) throws {
    if !secret.isEmpty { session.traces.append(try noting { try SecretTrace(of: secret) }) }
  }

  func conclude() throws { try noting { try session.show(takeRemarks()) } }

  // MARK: - Private

  private func take(_ question: Question, after said: [Sentence]) throws -> (SecretBytes, AnswerSource) {
    var before = said
    while true {
      do {
        switch try session.ask(question, at: step, after: before) {
        case .secret(let secret, let source): return (secret, source)
        case .line("", _, let source): return (try SecretBytes(capacity: 0), source)
        case .line: before = said
        }
      } catch Session.Turn.again(let more, let problem) {
        before = more + (problem.map { [$0] } ?? []) + said
      }
    }
  }

  private func takeRemarks() -> [Sentence] {
    defer { remarks = [] }
    return remarks
  }

  private func noting<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      ending = error
      throw error
    }
  }
}
