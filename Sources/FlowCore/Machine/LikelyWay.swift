/// One step that a run is likely to come to, and the answer that is likely there.
public struct LikelyStop: Equatable, Sendable {
  public let step: Step.ID
  public let asks: Bool
  /// Nil where nothing can be said, and the first way is taken.
  public let answer: Answer?
  /// Whether every answer leads on as this one does, since nothing looks at it.
  let isFree: Bool

  /// Whether an answer leads on as the likely one does.
  public func leads(as given: Given) -> Bool {
    if isFree, given.answer != nil { return true }
    return switch (answer, given.answer) {
    case (.text?, .text?), (.credential?, .credential?), (.text?, .redacted?): true
    case (.verdict(let likely, _)?, .verdict(let found, _)?): likely == found
    case (let likely?, let found?): likely == found
    case (_, nil), (nil, _): false
    }
  }
}

extension Flow {
  /// The flow with the steps beside its straight way numbered so: "3.2a". What reads a flow gives it its numbers.
  public func numbered() -> Flow {
    guard course == nil, !parts.isEmpty, let first = steps.first else { return self }
    var state = State()
    state.enter(first.id)
    let straight = state.likelyWay(in: self).compactMap { indices[$0.step] }
    var flow = self
    flow.course = FlowCourse(straight: straight.sorted(), steering: steering.compactMap { indices[$0] }.sorted())
    flow.numbering = Numbering(of: self, straight: Set(straight))
    return flow
  }
}

extension State {
  /// The steps that a run is likely still to come to, the one where it stands first: answers that were given are kept, each
  /// open question is answered by its default, otherwise by yes, otherwise so that its first way is taken. A loop is gone
  /// round once.
  public func likelyWay(in flow: Flow) -> [LikelyStop] {
    guard !hasEnded, let current, var step = flow[current] else { return [] }
    var ahead = self
    var stops: [LikelyStop] = []
    var seen: Set<Step.ID> = []
    let steering = flow.steeringPlaces
    while !step.isEnd, seen.insert(step.id).inserted {
      let answer = ahead.likelyAnswer(at: step, in: flow)
      // What is carried is taken over unasked.
      let isTaken = carried[step.id] != nil || ahead.givenTakenOver(at: step, in: flow) != nil
      let asks = step.asks && (stops.isEmpty || !isTaken)
      let isFree = step.leadsOneWay && flow.indices[step.id].map(steering.contains) != true
      stops.append(LikelyStop(step: step.id, asks: asks, answer: answer, isFree: isFree))
      if let answer { ahead.assume(Given(answer: answer, source: .enter, standing: .answered), at: step.id) }
      let next = answer == nil ? flow.ways(from: step).first?.to : flow.target(from: step, in: ahead)
      guard let following = next.flatMap({ flow[$0] }) else { break }
      step = following
    }
    return stops
  }

  private func likelyAnswer(at step: Step, in flow: Flow) -> Answer? {
    if let carried = carried[step.id]?.answer { return carried }
    if let standard = defaultAnswer(at: step, in: flow) { return standard }
    switch step.body {
    case .tell: return .acknowledged
    case .confirm: return .yes
    case .choose(let options):
      return options.options.first { flow.admits(.choice($0.id), at: step, in: self) }.map { .choice($0.id) }
    case .select: return nil
    case .text: return .text("")
    case .store: return .choice(CredentialReference.offline)
    case .credential: return .credential(CredentialReference(store: CredentialReference.offline))
    case .check: return .verdict(.yes, by: "")
    case .review: return .finished
    case .end: return nil
    }
  }
}

extension Flow {
  /// The steps that others look at: to lead on, to offer or propose something, or to be asked anew where those change.
  fileprivate var steeringPlaces: Set<Int> {
    Set(course?.steering ?? steering.compactMap { indices[$0] })
  }

  private var steering: Set<Step.ID> {
    steps.reduce(into: []) { steering, step in
      steering.formUnion(step.reads)
      steering.formUnion(step.formReads)
      // Its own answer, too.
      let own = step.transitions.map(\.guardCondition) + step.warnings.map(\.guardCondition)
      for case let condition? in own { steering.formUnion(condition.reads) }
    }
  }
}

extension Step {
  /// Whether no answer has a way of its own, and none means more than it says: what plays a part for other steps does.
  fileprivate var leadsOneWay: Bool {
    guard role == nil, !recalls, fromProgram == nil, branches.isEmpty else { return false }
    switch body {
    case .confirm, .choose, .select: return true
    case .tell, .text, .store, .credential, .check, .review, .end: return false
    }
  }
}
