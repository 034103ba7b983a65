import FlowCore
import SecretMemory

// How a session has a check made. What is not found out is told, and is never a yes or a no.
extension Session {
  func observe(_ check: Check, at step: Step, after said: [Sentence]) throws -> Turn {
    try show(said)
    if check.asksExchange, let (verdict, source) = try conversation.outcome(ofCheckAt: step.id) {
      return .events([.answered(step.id, .verdict(verdict, by: Phrases.asTheScriptSays), words: [:], source)])
    }
    let context = CheckContext(of: self, at: step)
    do {
      let observation =
        try observeCopies(check, at: step) ?? adapters.observing.observe(check, in: state, of: flow, with: context)
      // It is not asked again; what differs may be, once it is changed.
      if check.asksExchange, ![.no, .refused].contains(observation.verdict) {
        for id in check.reads { toAskAbout[id] = nil }
      }
      return .events(context.reports.map { .key(step.id, $0) } + [.observed(step.id, observation)])
    } catch let failure as ObservationFailure {
      if let ending = context.ending { throw ending }
      let reason = isSuspect(failure.reason) ? Phrases.reasonWithheld : failure.reason
      let reports = context.reports.map { Event.key(step.id, $0) }
      if failure.mayBeTriedAgain, try wantsAnotherLook(after: reason, at: step) {
        // On record first: it may say until when nothing is to be asked.
        if !reports.isEmpty { _ = try apply(reports) }
        return .again()
      }
      return .events(reports + [notFoundOut(reason, at: step)])
    } catch is ObservationCancelled {
      if let ending = context.ending { throw ending }
      return leave(context.signal.map { .signal($0) } ?? .quit, unannounced: false)
    }
  }

  /// A person can have it made again.
  private func wantsAnotherLook(after reason: String, at step: Step) throws -> Bool {
    guard conversation.isPerson else { return false }
    var question = Question(
      .check, at: step.id, .yesOrNo, text: step.asksExchange ? Phrases.askAgain : Phrases.lookAgain)
    question.problem = Sentence(.problem, Phrases.notFoundOut(reason))
    question.standard = Question.Default("yes", words: "yes")
    return try askYesOrNo(question, at: step, enter: true).answer
  }

  /// What is on record of it: not knowable; of an exchange that could not be asked, left out.
  private func notFoundOut(_ reason: String, at step: Step) -> Event {
    step.asksExchange
      ? .skipped(step.id, reason: reason, conversation.isPerson ? .typed : .program)
      : .observed(step.id, Observation(.notKnowable, by: reason))
  }
}

/// What a check at a step of a run may use.
private final class CheckContext: ObservationContext {
  /// What the person did in place of answering, or what failed in the session.
  private(set) var ending: (any Error)?
  /// The signal that is to end it.
  private(set) var signal: Int32?
  /// What the exchange reported.
  private(set) var reports: [KeyEvent] = []
  private let session: Session
  private let step: Step

  init(of session: Session, at step: Step) {
    self.session = session
    self.step = step
  }

  var isCancelled: Bool {
    signal = signal ?? session.conversation.pendingSignal()
    return signal != nil
  }

  func say(_ sentences: [Sentence]) throws { try noting { try session.show(sentences) } }

  func report(_ event: KeyEvent) { reports.append(event) }

  func ask(_ question: Question) throws -> String {
    var question = question
    question.step = step.id
    question.isSecret = false
    return try noting { try session.askAside(question, at: step, otherwise: Phrases.noneOfThese) { $0 }.answer }
  }

  func askUnseen(_ question: Question) throws -> SecretBytes? {
    guard session.conversation.isPerson else { return nil }
    let questions = RunQuestions(of: session, at: step)
    if let (secret, _) = questions.ask(question) { return secret }
    ending = questions.ending
    throw ObservationCancelled()
  }

  func lend(
    from id: Step.ID, _ body: ([CredentialPart.Name: SecretBytes]) throws -> Observation
  ) throws -> Observation {
    guard case .credential(let reference)? = session.state.given[id]?.answer, reference.name != nil else {
      throw ObservationFailure(Phrases.notToBeLent)
    }
    if let parts = session.toAskAbout[id] { return try body(parts) }
    let questions = RunQuestions(of: session, at: step)
    do {
      return try session.adapters.stores.lend(reference, asking: questions, body)
    } catch {
      guard let ended = questions.ending else {
        if error is ObservationFailure || error is ObservationCancelled { throw error }
        throw ObservationFailure(session.reason(of: error))
      }
      ending = ended
      throw ObservationCancelled()
    }
  }

  private func noting<Result>(_ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch {
      ending = error
      throw ObservationCancelled()
    }
  }
}
