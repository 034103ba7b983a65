public import FlowCore
import FlowText
import PlainText
import SecretMemory

/// Walks one run with one source: append, reduce, perform, feed back.
///
/// Every event is in the log, and on disk, before its effects are performed. What stands on the screen goes into the log
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
    public var looking: any Looking
    public var opening: any AddressOpening

    public init(
      conversation: any Conversation, log: any EventLog, stores: any CredentialKeeping, looking: any Looking,
      opening: any AddressOpening
    ) {
      self.conversation = conversation
      self.log = log
      self.stores = stores
      self.looking = looking
      self.opening = opening
    }
  }

  public let flow: Flow
  public internal(set) var state: State
  let adapters: Adapters
  let presentation: Presentation
  /// The credential that waits to be kept.
  var hand = Hand()
  /// What recognises the secrets that were taken in this session, so that no text on record can hold one.
  var traces: [SecretTrace] = []
  /// Whether the loss of the secret was announced and the next attempt to leave counts.
  var leavingWasAnnounced = false
  /// The stay at a step whose text is on the screen: only the question is repeated there.
  private var shownStay: Int?
  /// Why the last question got no line.
  private var interruption: Interruption?
  /// How the session ends if leaving the run is not the whole of it.
  private var conclusion: Conclusion?

  var conversation: any Conversation { adapters.conversation }

  /// - Parameter brief: leaves out the hints, for those who walk the flow daily.
  public init(flow: Flow, state: State = State(), adapters: Adapters, brief: Bool = false) {
    self.flow = flow
    self.state = state
    self.adapters = adapters
    self.presentation = Presentation(flow: flow, brief: brief)
  }

  /// Begins the run, after the opening words.
  public func begin(opening: [Sentence]) throws -> Conclusion {
    try show(opening)
    return try run(apply([.began]))
  }

  /// Goes on where the run was left.
  public func resume(_ resumption: Resumption, opening: [Sentence]) throws -> Conclusion {
    try show(opening)
    return try run(apply([.resumed(resumption)]))
  }

  // MARK: - The loop

  /// What one performed effect came to.
  enum Turn {
    case events([Event])
    /// Say this, and ask again.
    case again([Sentence])
  }

  private func run(_ first: [Effect]) throws -> Conclusion {
    defer {
      hand = Hand()
      conversation.endSecrets()
    }
    var effects = first
    while true {
      var said: [Sentence] = []
      var request: Effect?
      for effect in effects {
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

  private func apply(_ events: [Event]) throws -> [Effect] {
    try adapters.log.append(events, durable: true)
    let stay = state.way.count
    let effects = events.flatMap { reduce(&state, $0, in: flow) }
    // Whatever led away from the credential, its bytes are not for the next one.
    if state.way.count != stay { hand = Hand() }
    return effects
  }

  /// Where a run is that wants nothing more.
  private var standstill: Conclusion {
    if case .ended(let outcome, _, _) = state.phase { .ended(outcome) } else { .suspended(.lost) }
  }

  /// Performs an effect until it comes to events.
  private func perform(_ effect: Effect, after said: [Sentence]) throws -> [Event] {
    var effect = effect
    var said = said
    while true {
      switch try perform(once: effect, after: said) {
      case .events(let events): return events
      case .again(let sentences): said = sentences
      }
      effect = effect.withoutProblem
    }
  }

  private func perform(once effect: Effect, after said: [Sentence]) throws -> Turn {
    switch effect {
    case .ask(let id, let problem), .askWord(let id, _, _, let problem):
      guard let step = flow[id] else { return .events([]) }
      return try ask(step, problem, after: said)
    case .askStillShown(let id): return try askStillShown(id, after: said)
    case .takePart(let id, let part, let problem):
      guard let step = flow[id], case .credential(let rule) = step.body,
        let part = rule.parts.first(where: { $0.name == part })
      else { return .events([]) }
      return try take(part, of: rule, at: step, problem, after: said)
    case .keepCredential(let id, let problem):
      guard let step = flow[id], case .credential(let rule) = step.body else { return .events([]) }
      return try keep(rule, at: step, problem, after: said)
    case .nameCredential(let id, let reference, let problem):
      guard let step = flow[id], case .credential(let rule) = step.body else { return .events([]) }
      return try name(reference, rule, at: step, problem, after: said)
    case .surveyStores(let id, let problem):
      guard let step = flow[id] else { return .events([]) }
      try show(said + (problem.map { [Sentence(.problem, $0.words(at: step))] } ?? []))
      return .events([.storesSurveyed(id, try adapters.stores.survey())])
    case .proveStore(let id, let store):
      guard let step = flow[id] else { return .events([]) }
      return try prove(store, at: step, after: said)
    case .runCheck(let id, let check):
      try show(said)
      let (verdict, means) = adapters.looking.look(check, in: state, of: flow)
      return .events([.observed(id, Observation(verdict, by: means))])
    case .say, .suspend, .finish: return .events([])
    }
  }

  // MARK: - What every turn uses

  /// Shows sentences and writes them down as shown.
  func show(_ sentences: [Sentence]) throws {
    guard !sentences.isEmpty else { return }
    let shown = sentences.map { sentence in
      Sentence(
        sentence.role, display(sentence.text, keepingLines: true),
        recorded: display(sentence.recorded, keepingLines: true))
    }
    let texts = shown.filter { $0.role != .blank }.map(\.recorded)
    if !texts.isEmpty { try adapters.log.append([.shown(state.current, texts)], durable: false) }
    conversation.show(shown)
  }

  /// The step's own text, once for each stay.
  func introduction(of step: Step) -> [Sentence] {
    guard shownStay != state.way.count else { return [] }
    shownStay = state.way.count
    return presentation.introduction(of: step, in: state)
  }

  /// Asks a question. Nil: no line came, and the run is to be left.
  func askLine(_ question: Question) throws -> (line: String, source: AnswerSource)? {
    switch conversation.ask(question) {
    case .line(let line, let source):
      if readLine(line) != .command(.quit) { leavingWasAnnounced = false }
      return (line, source)
    case .endOfInput: note(.inputEnded, at: question.step, key: question.key)
    case .interrupted(let signal): note(.signal(signal))
    case .diverged(let divergence): note(divergence)
    }
    return nil
  }

  func note(_ interruption: Interruption) { self.interruption = interruption }

  /// The input ended at a question.
  func note(_ interruption: Interruption, at step: Step.ID, key: String) {
    self.interruption = interruption
    if !conversation.isPerson { conclusion = .missing(step: step, key: key) }
  }

  func note(_ divergence: Divergence) {
    interruption = .inputEnded
    conclusion = .diverged(divergence)
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

  /// Leaves the run for what the last question got in place of an answer.
  func leave() -> Turn {
    leave(interruption ?? .inputEnded, unannounced: !conversation.isPerson || conclusion != nil)
  }
}

extension Effect {
  /// The same request, its problem said.
  fileprivate var withoutProblem: Effect {
    switch self {
    case .ask(let id, _): .ask(id, problem: nil)
    case .takePart(let id, let part, _): .takePart(id, part, problem: nil)
    case .keepCredential(let id, _): .keepCredential(id, problem: nil)
    case .nameCredential(let id, let reference, _): .nameCredential(id, reference, problem: nil)
    case .surveyStores(let id, _): .surveyStores(id, problem: nil)
    default: self
    }
  }
}
