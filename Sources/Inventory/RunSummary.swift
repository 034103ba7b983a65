public import FlowCore
public import Records

/// What lists of runs and of keys tell of a run.
public struct RunSummary: Equatable, Sendable {
  /// The id under which its record lies.
  public var run: String
  /// The id of the flow, for example `gate-io/create-key`, and the exchange that it is for.
  public var flowID: String
  public var provider: String
  /// The title of the flow.
  public var title: String
  /// The label that the run gave its key, if it came to that.
  public var label: String?
  /// What the key is called that the run is about and did not make, if it is about one.
  public var oldLabel: String?
  /// The keys that it named and did not make, by what the exchange's list calls them.
  public var named: Set<String> = []
  /// Those of them that are gone from it, by what was said, and when that was said.
  public var gone: [String: Timestamp] = [:]
  /// The login name and the host where it began, and who performed it, where given.
  public var user = ""
  public var host = ""
  public var performer: String?
  public var began: Timestamp
  /// When the last event happened, or the run began.
  public var lastAt: Timestamp
  /// How the run ended; none while it can be resumed.
  public var outcome: Outcome?
  /// Why it ended so, as far as its flow says.
  public var reason: String?
  /// Whether a person ended it before its end.
  public var isDiscarded = false
  /// The title of the step where an unfinished run stands; none at its beginning.
  public var stepTitle: String?
  /// Every key that was kept, those whose answers were taken back too.
  public var keys: [KeyFacts] = []
  /// What came of asking about its keys, for the last one; nil where its flow asks nobody, or did not come to it.
  public var check: KeyCheck?

  /// On which days to look again, as its end says.
  public var reminders: [Record.Reminder] = []
  /// What it was warned of, and ended with.
  public var openWarnings: [String] = []

  /// What the run did with entries of stores besides, in order.
  public var operations: [Done] = []

  /// Until when those who were asked are to be left alone, by host, where they said so, or rules do.
  public var waits: [String: Timestamp] = [:]

  /// What was done with an entry, and when.
  public struct Done: Equatable, Sendable {
    public var at: Timestamp
    public var operation: EntryOperation
  }

  public var isUnfinished: Bool { outcome == nil }
}

extension RunSummary {
  init(of run: String, _ contents: JournalContents, flow: Flow) {
    var state = State(rules: contents.header.rules)
    var kept: [(step: Step.ID, reference: CredentialReference, at: Timestamp)] = []
    var checks = KeyChecks()
    var ended: Timestamp?
    var saidGone: [Step.ID: Timestamp] = [:]
    for entry in contents.entries {
      if case .key(let step, let event) = entry.event {
        checks.take(event, at: step)
        if let operation = event.operation { operations.append(Done(at: entry.at, operation: operation)) }
        if let until = event.waitsUntil { waits.merge([event.by ?? "": until]) { max($0, $1) } }
      }
      for case .say(.stands(let step, let given)) in reduce(&state, entry.event, in: flow) {
        if case .credential(let reference)? = given.answer { kept.append((step, reference, entry.at)) }
        checks.take(given, at: step, of: flow, at: entry.at)
        if flow[step]?.endsKey == true, given.answer == .yes { saidGone[step] = entry.at }
      }
      if ended == nil, state.hasEnded { ended = entry.at }
    }
    keys = kept.map {
      var facts = KeyFacts(
        of: $0.reference, takenAt: $0.step, since: $0.at, run: run, owner: contents.header.owner, state, in: flow)
      facts.check = checks.byKey[$0.step]
      return facts
    }
    check = checks.last
    self.run = run
    flowID = flow.id
    provider = flow.provider
    title = flow.title
    label = flow.labelStep.flatMap { state.answerText(of: $0, in: flow) }
    let names = state.keysAlongWay(in: flow)
    named = Set(names).subtracting([""])
    for (visit, name) in zip(state.way, names) where flow[visit.step]?.endsKey == true && visit.given?.answer == .yes {
      gone[name] = saidGone[visit.step] ?? contents.lastAt
    }
    (user, host, performer) = (contents.header.user, contents.header.host, contents.header.performer)
    oldLabel = named.count == 1 ? named.first : nil
    began = contents.header.began
    lastAt = contents.lastAt
    if case .ended(let outcome, let step, let reason) = state.phase {
      (self.outcome, self.reason) = (outcome, reason)
      isDiscarded = step.flatMap { flow[$0]?.isEnd } != true
      reminders = Record.reminders(at: step, in: state, of: flow, from: ended)
      openWarnings = state.exceptions.filter { $0.kind == .warning && $0.resolution == .open }.map(\.what)
    } else {
      stepTitle = state.current.flatMap { flow[$0]?.title }
    }
  }
}

extension Flow {
  /// The step whose text is the key's label: the one that a check holds against other runs.
  fileprivate var labelStep: Step.ID? {
    for place in steps.indices {
      if case .check(.labelUnused(let id)) = steps[place].body { return id }
    }
    return nil
  }
}
