public import FlowCore

/// What a person reads of a run: the blank procedure filled in, folded from its journal.
public struct Record: Equatable, Sendable {
  public enum Status: Equatable, Sendable {
    /// The run can be resumed; `at` is where it stands.
    case unfinished(at: Step.ID?)
    case ended(Outcome, reason: String?)

    public var isUnfinished: Bool { if case .unfinished = self { true } else { false } }
  }

  /// One step of the form.
  public struct Item: Equatable, Sendable {
    /// The step's number, if it has one.
    public var number: String?
    public var step: Step.ID
    public var title: String
    /// Every stay at the step that led to an answer or a skip, in order; empty if the way did not lead here.
    public var visits: [Visit]
    public var notes: [Note]
    /// The visit whose answer stands: not always the last one, since going back takes an answer off the way and
    /// may bring an earlier one back.
    public var standing: Visit?
  }

  public struct Visit: Equatable, Sendable {
    public var at: Timestamp
    public var given: Given
    /// The answer in words; nil if it was skipped.
    public var answer: String?
    /// The same, each thing that it claims apart.
    public var statements: [String]
    /// What is known of the credential's parts, at a credential step.
    public var receipts: [PartReceipt]

    /// The round it was given in, at a step of a loop that was gone round more than once.
    public var round: Round?
    /// Whether it was taken back within that round.
    public var isTakenBack = false

    /// The answer as ids, as a script gives it.
    public var ids: [String] { given.answer?.ids ?? [] }
    public var source: AnswerSource { given.source }
    public var standing: Standing { given.standing }
  }

  public struct Note: Equatable, Sendable {
    public var at: Timestamp
    public var text: String
    public var source: AnswerSource
    public var round: Round?
  }

  public struct DatedException: Equatable, Sendable {
    public var exception: RunException
    public var raised: Timestamp
    /// When it was corrected or accepted; none while it is open, and for what is only on record.
    public var resolved: Timestamp?
    /// The round it was raised in.
    public var round: Round?
  }

  public struct Reminder: Equatable, Sendable {
    /// `YYYY-MM-DD`.
    public var day: String
    public var text: String
    /// What settles it; nil: that a person says so.
    public var settledBy: FlowCore.Reminder.Settlement?

    public init(day: String, text: String, settledBy: FlowCore.Reminder.Settlement? = nil) {
      (self.day, self.text, self.settledBy) = (day, text, settledBy)
    }
  }

  /// What became of the key after its run had ended.
  public enum Afterwards: Equatable, Sendable {
    case named(CredentialReference)
    case deleted
  }

  public var header: RunHeader
  public var flow: Flow
  public var status: Status
  public var state: State
  public var items: [Item]
  /// The loops that the way went round more than once.
  public var loops: [Loop]
  public var exceptions: [DatedException]
  public var reminders: [Reminder]
  /// What later records tell of a key that had no name at the end of its run; nil where nobody looked, or it still has none.
  public var afterwards: Afterwards?
  /// When the run ended.
  public var ended: Timestamp?
  /// The digest of the last line, in hexadecimal.
  public var finalDigest: String
  /// How many lines the journal has.
  public var lines: Int
  /// The entries themselves, for those who want every sentence.
  public var entries: [Entry]

  /// Folds the entries of a journal; `flow` is the one read from the header's own text.
  public init(header: RunHeader, entries: [Entry], flow: Flow, finalDigest: String) {
    var fold = RecordFold(flow: flow, rules: header.rules)
    for entry in entries { fold.take(entry) }
    self.header = header
    self.flow = flow
    self.entries = entries
    self.finalDigest = finalDigest
    lines = (entries.last?.line ?? 1)
    state = fold.state
    loops = fold.rounds.sort(&fold.found, on: fold.state.way)
    exceptions = fold.found.exceptions
    ended = fold.ended
    items = flow.steps.filter { !$0.isEnd }.map { step in
      let visits = fold.found.visits[step.id] ?? []
      let given = fold.state.given[step.id]
      return Item(
        number: flow.number(of: step.id), step: step.id, title: step.title, visits: visits,
        notes: fold.found.notes[step.id] ?? [], standing: given.flatMap { given in visits.last { $0.given == given } })
    }
    if case .ended(let outcome, let end, let reason) = fold.state.phase {
      status = .ended(outcome, reason: reason)
      reminders = Record.reminders(at: end, in: fold.state, of: flow, from: fold.ended)
    } else {
      status = .unfinished(at: fold.state.current)
      reminders = []
    }
  }

  /// What stands: an answer of each step, or of each round in which it was answered.
  public var standings: [Standing] {
    let inRounds = loops.reduce(into: Set<Step.ID>()) { $0.formUnion($1.steps) }
    return state.given.filter { !inRounds.contains($0.key) }.map(\.value.standing)
      + loops.flatMap { $0.rounds.joined().compactMap { $0.standing?.standing } }
  }

  /// The steps the run can still come to without going back, the one it stands at included; none once it has ended.
  public var ahead: Set<Step.ID> {
    guard case .unfinished(let current) = status, let from = current ?? flow.steps.first?.id else { return [] }
    return flow.reachable(from: from)
  }

  /// What the end that a run came to says of days on which to look again.
  public static func reminders(
    at end: Step.ID?, in state: State, of flow: Flow, from ended: Timestamp?
  ) -> [Reminder] {
    guard let end, let ended, case .end(let ending)? = flow[end]?.body else { return [] }
    return ending.reminders.filter { $0.guardCondition.holds(in: state) }.map {
      Reminder(
        day: ended.adding(days: $0.days).day, text: $0.text.filled(from: state, in: flow), settledBy: $0.settledBy)
    }
  }
}

/// Runs the machine over a journal and notes when things happened.
private struct RecordFold {
  let flow: Flow
  var state: State
  var found = Rounded()
  var rounds: RoundFold
  /// Which of them are open.
  private var open: [Int] = []
  var ended: Timestamp?

  init(flow: Flow, rules: State.Rules) {
    self.flow = flow
    state = State(rules: rules)
    rounds = RoundFold(flow: flow)
  }

  mutating func take(_ entry: Entry) {
    let here = state.way.indices.last
    let before = if case .key = entry.event { state.given } else { [Step.ID: Given]() }
    let effects = reduce(&state, entry.event, in: flow)
    let carries = if case .reopened = entry.event { state.way.count <= here ?? 0 } else { false }
    rounds.follow(state.way, carries: carries)
    if case .noted(let step, let text, let source) = entry.event {
      found.notes[step, default: []].append(Record.Note(at: entry.at, text: text, source: source))
      rounds.addNote(at: step)
    }
    var place = here ?? 0
    for effect in effects {
      switch effect {
      case .say(.stands(let step, let given)): addVisit(of: step, given, at: entry.at, place: place)
      case .say(.takenOver(let step, let given)):
        place += 1
        addVisit(of: step, given, at: entry.at, place: place)
      case .say(.kept(let step, _)):
        place += 1
        rounds.keep(step, at: place)
      case .finish: ended = entry.at
      default: break
      }
    }
    if !before.isEmpty { followNames(from: before) }
    dateExceptions(entry.at, from: here)
  }

  /// A key that got another name since it was kept is told by that, as the answers have it.
  private mutating func followNames(from before: [Step.ID: Given]) {
    for (step, given) in state.given {
      guard let old = before[step]?.answer, let new = given.answer, new != old, let definition = flow[step] else {
        continue
      }
      for place in found.visits[step]?.indices ?? 0..<0 where found.visits[step]?[place].given.answer == old {
        found.visits[step]?[place].given.answer = new
        found.visits[step]?[place].answer = new.words(at: definition, in: state, of: flow)
        found.visits[step]?[place].statements = new.statements(at: definition, in: state, of: flow)
      }
    }
  }

  /// - Parameter place: where the run stood.
  private mutating func dateExceptions(_ moment: Timestamp, from place: Int?) {
    for exception in state.exceptions.dropFirst(found.exceptions.count) {
      open.append(found.exceptions.count)
      found.exceptions.append(Record.DatedException(exception: exception, raised: moment, resolved: nil))
      rounds.addException(at: exception.step, on: state.way, from: place)
    }
    // Only an open exception can change: looking at all of them at each event would be quadratic.
    open.removeAll { index in
      found.exceptions[index].exception = state.exceptions[index]
      switch state.exceptions[index].resolution {
      case .open: return false
      case .recorded: return true
      case .corrected, .accepted:
        found.exceptions[index].resolved = moment
        return true
      }
    }
  }

  private mutating func addVisit(of step: Step.ID, _ given: Given, at moment: Timestamp, place: Int) {
    guard let definition = flow[step] else { return }
    // A word that leaves a credential step is no credential, even if one was kept there on an earlier visit.
    let receipts = if case .credential = given.answer { state.receipts[step] ?? [] } else { [PartReceipt]() }
    rounds.addVisit(of: step, at: place)
    found.visits[step, default: []].append(
      Record.Visit(
        at: moment, given: given, answer: given.answer?.words(at: definition, in: state, of: flow),
        statements: given.answer?.statements(at: definition, in: state, of: flow) ?? [], receipts: receipts))
  }
}
