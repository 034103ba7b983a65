public import FlowCore
import FlowText
import SecretMemory

/// Walks one run with one mouth: append, reduce, perform, feed back.
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
    public var store: any CredentialKeeping
    public var looking: any Looking
    public var opening: any AddressOpening

    public init(
      conversation: any Conversation, log: any EventLog, store: any CredentialKeeping, looking: any Looking,
      opening: any AddressOpening
    ) {
      self.conversation = conversation
      self.log = log
      self.store = store
      self.looking = looking
      self.opening = opening
    }
  }

  public let flow: Flow
  public internal(set) var state: State
  let adapters: Adapters
  let presentation: Presentation
  /// The parts of the credential that wait to be kept; wiped when they are let go.
  var hand: [CredentialPart.Name: SecretBytes] = [:]
  /// Who gave the last of them.
  var handMouth: Mouth = .typed
  /// The further lines of a paste that had more than one.
  var pasteAhead: [SecretBytes] = []
  /// Whether the loss of the secret was announced and the next attempt to leave counts.
  var leavingWasAnnounced = false
  /// The stay at a step whose text is on the screen: only the question is repeated there.
  private var shownStay: Int?
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
    /// Ask the same step as if anew.
    case askStep([Sentence])
  }

  private func run(_ first: [Effect]) throws -> Conclusion {
    defer { conversation.endSecrets() }
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
      guard let request else { return .ended(.blocked) }
      effects = try apply(perform(request, after: said))
    }
  }

  private func apply(_ events: [Event]) throws -> [Effect] {
    try adapters.log.append(events, durable: true)
    return events.flatMap { reduce(&state, $0, in: flow) }
  }

  /// Performs an effect until it comes to events.
  private func perform(_ effect: Effect, after said: [Sentence]) throws -> [Event] {
    var effect = effect
    var said = said
    while true {
      switch try perform(once: effect, after: said) {
      case .events(let events): return events
      case .again(let sentences): said = sentences
      case .askStep(let sentences):
        said = sentences
        if let current = state.current { effect = .ask(current, problem: nil) }
      }
      effect = effect.withoutProblem
    }
  }

  private func perform(once effect: Effect, after said: [Sentence]) throws -> Turn {
    switch effect {
    case .ask(let id, let problem):
      guard let step = flow[id] else { return .events([]) }
      return try ask(step, problem, after: said)
    case .askWord(let id, let answer, _, _):
      guard let step = flow[id] else { return .events([]) }
      return try settle(answer, from: .typed, at: step, after: said)
    case .askStillShown(let id): return try askStillShown(id, after: said)
    case .takePart(let id, let part, let problem):
      guard let step = flow[id], case .credential(let rule) = step.body,
        let part = rule.parts.first(where: { $0.name == part })
      else { return .events([]) }
      return try take(part, of: rule, at: step, problem, after: said)
    case .keepCredential(let id, let problem):
      guard let step = flow[id], case .credential(let rule) = step.body else { return .events([]) }
      return try keep(rule, at: step, problem, after: said)
    case .runCheck(let id, let check):
      try show(said)
      let (verdict, means) = adapters.looking.look(check, in: state, of: flow)
      return .events([.answered(id, .verdict(verdict, by: means), words: [:], .tool)])
    case .say, .suspend, .finish: return .events([])
    }
  }

  // MARK: - What every turn uses

  /// Shows sentences and writes them down as shown.
  func show(_ sentences: [Sentence]) throws {
    guard !sentences.isEmpty else { return }
    let texts = sentences.filter { $0.role != .blank }.map(\.text)
    if !texts.isEmpty { try adapters.log.append([.shown(state.current, texts)], durable: false) }
    conversation.show(sentences)
  }

  /// The step's own text, once for each stay.
  func introduction(of step: Step) -> [Sentence] {
    guard shownStay != state.way.count else { return [] }
    shownStay = state.way.count
    return presentation.introduction(of: step, in: state)
  }

  /// Asks a question; what is no line becomes the turn that ends it.
  func askLine(_ question: Question) throws -> (line: String, mouth: Mouth)? {
    switch conversation.ask(question) {
    case .line(let line, let mouth):
      // Where a word or a yes is wanted there are no other commands, but leaving is possible everywhere.
      guard question.part != nil, readLine(line) == .command(.quit) else { return (line, mouth) }
      interruption = .quit
    case .endOfInput:
      if !conversation.isPerson { conclusion = .missing(step: question.step, key: question.key) }
      interruption = .inputEnded
    case .interrupted(let signal): interruption = .signal(signal)
    case .diverged(let divergence):
      conclusion = .diverged(divergence)
      interruption = .inputEnded
    }
    return nil
  }

  /// Why the last question got no line.
  private(set) var interruption: Interruption?

  func note(_ interruption: Interruption, divergence: Divergence? = nil, missing: SecretQuestion? = nil) {
    self.interruption = interruption
    if let divergence { conclusion = .diverged(divergence) }
    if let missing, !conversation.isPerson { conclusion = .missing(step: missing.step, key: missing.key) }
  }

  /// Ends the session's script where it parts from the flow.
  func diverge(_ divergence: Divergence) -> Turn {
    conclusion = .diverged(divergence)
    return .events([.suspended(.inputEnded)])
  }

  /// Leaves the run, or first says what would be lost.
  func leave(_ interruption: Interruption) -> Turn {
    let canWait = interruption == .quit || interruption == .inputEnded || interruption == .signal(2)
    if conversation.isPerson, canWait, !leavingWasAnnounced, state.secretIsAtStake(in: flow) {
      leavingWasAnnounced = true
      return .again([Sentence(.warning, Phrases.secretIsShownOnce), Sentence(.hint, Phrases.reallyLeave)])
    }
    return .events([.suspended(interruption)])
  }

  func leave() -> Turn { leave(interruption ?? .inputEnded) }
}

extension Effect {
  /// The same request, its problem said.
  fileprivate var withoutProblem: Effect {
    switch self {
    case .ask(let id, _): .ask(id, problem: nil)
    case .takePart(let id, let part, _): .takePart(id, part, problem: nil)
    case .keepCredential(let id, _): .keepCredential(id, problem: nil)
    default: self
    }
  }
}
