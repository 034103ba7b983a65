public import FlowCore
import FlowText
import SecretMemory

/// Walks one run with one source: append, reduce, perform, feed back.
///
/// Every event is in the log, and from the first answer on also on disk, before its effects are performed. What stands on the screen goes into the log
/// with it. A session knows no terminal, no file and no clock: those are its adapters.
public final class Session {
  /// How a session ended.
  public enum Conclusion: Equatable, Sendable {
    case ended(Outcome)
    /// The run can be resumed.
    case suspended(Interruption)
    /// Nobody could answer a question; the run can be resumed.
    case missing(step: Step.ID, key: String)
    /// A script and the flow parted; the run can be resumed.
    case diverged(Divergence)
  }

  public struct Adapters {
    public var conversation: any Conversation
    public var log: any EventLog
    public var stores: any CredentialKeeping
    public var observing: any Observing
    public var opening: any AddressOpening

    public init(
      conversation: any Conversation, log: any EventLog, stores: any CredentialKeeping, observing: any Observing,
      opening: any AddressOpening
    ) {
      self.conversation = conversation
      self.log = log
      self.stores = stores
      self.observing = observing
      self.opening = opening
    }
  }

  public let flow: Flow
  public internal(set) var state: State
  let adapters: Adapters
  let presentation: Presentation
  /// The credential that waits to be kept.
  var hand = CredentialInHand()
  /// Credentials that were kept in this session, by the step that took them, until their exchange was asked about them: nobody
  /// need open the store for what was in hand a minute before.
  var toAskAbout: [Step.ID: [CredentialPart.Name: SecretBytes]] = [:]
  /// What recognises the secrets that were taken in this session, so that no text on record can hold one.
  var traces: [SecretTrace] = []
  /// Whether the loss of the secret was announced and the next attempt to leave counts.
  var leavingWasAnnounced = false
  /// The name of a key that looked like a slip when it was typed: typed again, it is meant.
  var doubtedName: String?
  /// The name of the key that the run was begun for, until it is asked for.
  public var keyAtHand: String?
  /// The stay at a step whose text is on the screen: only the question is repeated there.
  private var shownStay: Int?
  /// How much is likely still to come.
  private var outlook = Outlook()
  /// How the session ends if leaving the run is not the whole of it.
  private var conclusion: Conclusion?

  var conversation: any Conversation { adapters.conversation }

  /// - Parameters:
  ///   - brief: leaves out the hints, for those who walk the flow daily.
  ///   - isThrownAway: whether nothing of the run is left at its end, so that nobody can go on with it.
  public init(
    flow: Flow, state: State = State(), adapters: Adapters, brief: Bool = false, isThrownAway: Bool = false
  ) {
    self.flow = flow
    self.state = state
    self.adapters = adapters
    self.presentation = Presentation(flow: flow, brief: brief, isThrownAway: isThrownAway)
  }

  /// Begins the run, after the opening words.
  ///
  /// - Parameter program: the one that it is begun for, where that is said.
  public func begin(opening: [Sentence], for program: ProgramProposal? = nil) throws -> Conclusion {
    try show(opening)
    return try run(apply([.began] + (program.map { [.programProposed($0)] } ?? [])))
  }

  /// Goes on where the run was left.
  public func resume(_ resumption: Resumption, opening: [Sentence]) throws -> Conclusion {
    try show(opening)
    return try run(apply([.resumed(resumption)]))
  }

  // MARK: - The loop

  /// What one performed effect came to. Who asks throws it where something else was done than to answer: the question is
  /// dropped then.
  enum Turn: Error {
    case events([Event])
    /// Say this, and ask again: with what was wrong with the last try, if that was it.
    case again([Sentence] = [], problem: Sentence? = nil)
  }

  private func run(_ first: [Effect]) throws -> Conclusion {
    defer {
      hand = CredentialInHand()
      toAskAbout = [:]
      conversation.endSecrets()
    }
    var effects = first
    while true {
      var said: [Sentence] = []
      var request: Effect?
      for effect in effects.withoutOpenings {
        switch effect {
        case .say(let notice): said += presentation.sentences(for: notice, in: state)
        case .finish(_, let outcome):
          try show(said)
          return .ended(outcome)
        case .suspend(let interruption):
          try show(said)
          return conclusion ?? .suspended(interruption)
        default: request = effect
        }
      }
      guard let request else { return standstill }
      effects = try apply(perform(request, after: said))
    }
  }

  func apply(_ events: [Event]) throws -> [Effect] {
    try adapters.log.append(events, durable: true)
    let stay = state.way.count
    let effects = events.flatMap { reduce(&state, $0, in: flow) }
    if events.contains(where: \.leadsBack) { outlook.forget() }
    // Whatever led away from the credential, its bytes are not for the next one.
    if state.way.count != stay { hand = CredentialInHand() }
    return effects
  }

  /// Where a run is that wants nothing more.
  private var standstill: Conclusion {
    if case .ended(let outcome, _, _) = state.phase { .ended(outcome) } else { .suspended(.lost) }
  }

  /// Performs an effect until it comes to events.
  private func perform(_ effect: Effect, after said: [Sentence]) throws -> [Event] {
    guard let step = effect.step.flatMap({ flow[$0] }) else { return [] }
    var said = said
    var problem = effect.problem.map { Sentence(.problem, $0.words(at: step)) }
    while true {
      do {
        throw try perform(effect, at: step, problem, after: said)
      } catch Turn.events(let events) {
        return events
      } catch Turn.again(let sentences, let found) {
        (said, problem) = (sentences, found)
      }
    }
  }

  private func perform(_ effect: Effect, at step: Step, _ problem: Sentence?, after said: [Sentence]) throws -> Turn {
    let all = said + (problem.map { [$0] } ?? [])
    switch (effect, step.body) {
    case (.ask, _), (.askWord, _): return try ask(step, problem, after: said)
    case (.surveyStores, _):
      try show(all)
      return .events([.storesSurveyed(step.id, try adapters.stores.survey())])
    case (.surveyKeys, _):
      try show(all)
      return .events([.keysSurveyed(step.id, keysKnown(at: step))])
    case (.proveStore(_, let store), _): return try prove(store, at: step, after: all)
    case (.askStillShown, .credential(let rule)): return try askStillShown(rule, at: step, after: all)
    case (.takePart(_, let name, _), .credential(let rule)):
      guard let part = rule.parts.first(where: { $0.name == name }) else { return .events([]) }
      return try take(part, of: rule, at: step, problem, after: said)
    case (.keepCredential, .credential(let rule)): return try keep(rule, at: step, after: all)
    case (.nameCredential(_, let reference, _), .credential(let rule)):
      return try name(reference, rule, at: step, problem, after: said)
    case (.runCheck(_, let check), _): return try observe(check, at: step, after: all)
    default: return .events([])
    }
  }

  /// The keys among which one is to be named; for a new one, those with whose names the one that is proposed could clash.
  private func keysKnown(at step: Step) -> [KnownKey] {
    if step.namesKnownKey { return adapters.observing.surveyKeys(in: flow).keys }
    guard case .text(let proposed)? = state.defaultAnswer(at: step, in: flow) else { return [] }
    let alike = adapters.observing.namesInUse(in: flow).filter { $0.withoutNumber == proposed.withoutNumber }
    return alike.sorted().map { KnownKey(name: $0) }
  }

  // MARK: - What every turn uses

  /// Shows sentences and writes them down as shown.
  func show(_ sentences: [Sentence]) throws {
    guard !sentences.isEmpty else { return }
    let shown = sentences.map(\.displayed)
    try record(shown)
    conversation.show(shown)
  }

  /// Writes down what is about to stand on the screen.
  private func record(_ sentences: [Sentence]) throws {
    let texts = sentences.filter { $0.role != .blank }.map(\.recorded)
    if !texts.isEmpty { try adapters.log.append([.shown(state.current, texts)], durable: false) }
  }

  /// Whether the step's own text stands on the screen since this stay at it began.
  var isIntroduced: Bool { shownStay == state.way.count }

  /// The step's own text, once for each stay.
  func introduction(of step: Step) -> [Sentence] {
    guard !isIntroduced else { return [] }
    shownStay = state.way.count
    return presentation.introduction(of: step, in: state, after: outlook.next(in: state, of: flow))
  }

  /// What came of a question once commands are obeyed.
  enum Heard {
    /// - Parameter typed: the line with the colon that keeps a text from being a command.
    case line(String, typed: String, AnswerSource)
    case secret(SecretBytes, AnswerSource)
  }

  /// Asks a question after what is to be said before it. Commands are obeyed: what comes of them is thrown, and how the run is
  /// to be left.
  func ask(_ question: Question, at step: Step, after said: [Sentence] = []) throws -> Heard {
    let before = said.map(\.displayed)
    try record(before + question.sentences)
    if !before.isEmpty { conversation.show(before) }
    var interruption = Interruption.inputEnded
    switch try conversation.ask(question) {
    case .secret(let bytes, let source):
      leavingWasAnnounced = false
      return .secret(bytes, source)
    case .line(let line, let source):
      if readLine(line) != .command(.quit) { leavingWasAnnounced = false }
      if question.isSecret, line.isEmpty || question.words.contains(line) { return .line(line, typed: line, source) }
      let text = try text(of: line, from: source, at: step)
      guard question.isSecret else { return .line(text, typed: line, source) }
      throw Turn.again(problem: Sentence(.problem, Problem.notTheKindOfAnswer.words(at: step)))
    case .endOfInput:
      if !conversation.isPerson { conclusion = .missing(step: step.id, key: question.key) }
    case .interrupted(let signal): interruption = .signal(signal)
    case .diverged(let divergence): throw diverge(divergence)
    }
    throw leave(interruption, unannounced: !conversation.isPerson || conclusion != nil)
  }

  /// Leaves the run since a script, or a program, and the flow have parted.
  func diverge(_ divergence: Divergence) -> Turn {
    conclusion = .diverged(divergence)
    return leave(.inputEnded, unannounced: true)
  }

  /// Leaves the run. A person who would lose the secret by it is told so first, unless there is no time for that.
  func leave(_ interruption: Interruption, unannounced: Bool) -> Turn {
    let canWait = [.quit, .inputEnded, .signal(2)].contains(interruption)
    if canWait, !unannounced, !leavingWasAnnounced, state.secretIsAtStake(in: flow) {
      leavingWasAnnounced = true
      return .again([Sentence(.warning, Phrases.secretIsShownOnce), Sentence(.hint, Phrases.reallyLeave)])
    }
    return .events([.suspended(interruption)])
  }
}

extension Event {
  /// Whether what comes next follows no answer.
  fileprivate var leadsBack: Bool {
    switch self {
    case .wentBack, .reopened, .resumed: true
    default: false
    }
  }
}

extension Effect {
  /// The step at which it is performed; nil where it is none of a step.
  fileprivate var step: Step.ID? {
    switch self {
    case .ask(let id, _), .askWord(let id, _, _, _), .surveyStores(let id, _), .surveyKeys(let id, _),
      .proveStore(let id, _),
      .askStillShown(let id), .takePart(let id, _, _), .keepCredential(let id, _), .nameCredential(let id, _, _),
      .runCheck(let id, _):
      id
    case .say, .suspend, .finish: nil
    }
  }

  /// Why it is performed again.
  fileprivate var problem: Problem? {
    switch self {
    case .ask(_, let problem), .askWord(_, _, _, let problem), .takePart(_, _, let problem),
      .keepCredential(_, let problem), .nameCredential(_, _, let problem), .surveyStores(_, let problem),
      .surveyKeys(_, let problem):
      problem
    default: nil
    }
  }
}
