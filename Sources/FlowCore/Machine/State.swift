/// Where a run stands: the fold of its events.
public struct State: Equatable, Sendable {
  public enum Phase: Equatable, Sendable {
    case running
    case suspended(Interruption)
    case ended(Outcome, at: Step.ID?, reason: String?)
  }

  /// One stay at a step.
  public struct Visit: Equatable, Sendable {
    public var step: Step.ID
    /// What the step's answer had been before, so that going back can put it again.
    var replaced: Given?
    /// What was answered on this visit; nil while it is open.
    public var given: Given?
  }

  /// A store that was chosen and must be proven before the choice stands.
  struct Unproven: Equatable, Sendable {
    var store: String
    var source: AnswerSource
  }

  /// What counts as an exception: as long as there are records that were written by older rules, these stay.
  public enum Rules: Equatable, Sendable {
    /// Journal format 1: every interruption, and every answer that was changed.
    case first
    /// Since format 2: an interruption while a secret could be lost, and an answer that was changed once something was done
    /// on a page.
    case second

    public static let current = Rules.second
  }

  public let rules: Rules
  /// Whether something was done on a page, where it stays done.
  private(set) var hasTouchedPage = false
  public private(set) var phase: Phase = .running
  /// The way so far; the last is where the run stands.
  public private(set) var way: [Visit] = []
  /// The answer that stands for each step.
  public private(set) var given: [Step.ID: Given] = [:]
  public private(set) var exceptions: [RunException] = []
  /// What is known of each credential taken, by step.
  public private(set) var receipts: [Step.ID: [PartReceipt]] = [:]
  public private(set) var surveys: [Step.ID: StoreSurvey] = [:]
  /// The keys that the records on this computer know, by the step that wants the name of one, the newest first; at one that
  /// gives a new key its name, those whose names are like the one that is proposed.
  public private(set) var knownKeys: [Step.ID: [KnownKey]] = [:]
  /// The copies that the run has deleted: what was known of keys before still names them.
  public private(set) var deletedCopies: Set<CredentialReference> = []
  /// The checks at which the run has done something with entries of stores.
  private(set) var acted: Set<Step.ID> = []
  /// What was said of the key which was named last when it was made or taken in, by step.
  private(set) var recalled: [Step.ID: String] = [:]
  /// Who said that all of that is still so; nil if nobody did.
  private(set) var recallAccepted: AnswerSource?
  /// Whose that key is, where somebody said that it still is.
  public private(set) var ownerTakenOver: String?

  /// The program for which the run was begun.
  public private(set) var program: ProgramProposal?

  /// Answers left by going back or reopening: the defaults when their steps are asked again.
  var drafts: [Step.ID: Given] = [:]
  /// After a reopening: answers that are taken over unasked unless something they read has changed.
  var carried: [Step.ID: Given] = [:]
  /// After a reopening: every answer that stood before it.
  private var before: [Step.ID: Given] = [:]
  /// After a reopening: whether the way still has to come past a credential that was kept.
  private var keptKeyIsAhead = false
  var taking = Taking()
  /// Whether this computer was looked over in this stay at a store step.
  private(set) var isSurveyed = false
  var unproven: Unproven?
  /// Where the warnings that are open stand among the exceptions, by code and step.
  private var openWarnings: [String: [Step.ID: Int]] = [:]

  public init(rules: Rules = .current) { self.rules = rules }

  /// The step the run stands at; none before it began.
  public var current: Step.ID? { way.last?.step }

  /// Whether the run has come to its end.
  public var hasEnded: Bool { if case .ended = phase { true } else { false } }

  /// Whether leaving now may lose a secret that is shown once.
  public func secretIsAtStake(in flow: Flow) -> Bool {
    guard !hasEnded, let current, let step = flow[current] else { return false }
    return step.isCredential && !taking.mustAskStillShown && taking.held == nil
  }

  /// The answer that stands for a step, in words, or as ids.
  public func answerText(of id: Step.ID, asID: Bool = false, in flow: Flow) -> String? {
    guard given[id]?.answer != nil, flow[id] != nil else { return nil }
    var filling = Filling(state: self, flow: flow)
    filling.fill(answerOf: id, asID: asID)
    return filling.text
  }

  // MARK: - Changes, for the reducer alone

  mutating func enter(_ id: Step.ID) {
    way.append(Visit(step: id, replaced: given[id]))
    forgetStay()
  }

  /// Takes an answer for given, to see where it would lead.
  mutating func assume(_ answer: Given, at id: Step.ID) { given[id] = answer }

  mutating func leaveBackwards() -> Visit? {
    guard let visit = way.popLast() else { return nil }
    if let standing = visit.given { drafts[visit.step] = standing }
    given[visit.step] = visit.replaced
    return visit
  }

  mutating func begin(for program: ProgramProposal) { self.program = program }

  mutating func noteTouch() { hasTouchedPage = true }

  mutating func settle(_ answer: Given) {
    guard let last = way.indices.last else { return }
    way[last].given = answer
    given[way[last].step] = answer
    drafts[way[last].step] = nil
  }

  /// Opens the current step again: what it had becomes the default.
  mutating func reopenCurrent() {
    guard let last = way.indices.last else { return }
    forgetStay()
    if let standing = way[last].given { drafts[way[last].step] = standing }
    way[last].given = nil
    given[way[last].step] = way[last].replaced
  }

  /// What belongs to one stay at a step alone.
  mutating func forgetStay() {
    taking = Taking()
    unproven = nil
    isSurveyed = false
  }

  // MARK: - The store

  /// Puts another name in the place of one, wherever a credential was kept under it.
  mutating func rename(_ reference: CredentialReference, to other: CredentialReference) {
    for id in given.keys where given[id]?.answer == .credential(reference) {
      given[id]?.answer = .credential(other)
      for place in way.indices where way[place].step == id && way[place].given?.answer == .credential(reference) {
        way[place].given?.answer = .credential(other)
      }
    }
  }

  mutating func noteDeletion(of reference: CredentialReference) { deletedCopies.insert(reference) }

  mutating func noteDeed(at step: Step.ID) { acted.insert(step) }

  mutating func found(_ survey: StoreSurvey, at id: Step.ID) {
    surveys[id] = survey
    isSurveyed = true
  }

  mutating func found(_ keys: [KnownKey], at id: Step.ID) { knownKeys[id] = keys }

  /// What was said of another key before is not proposed for this one.
  mutating func recall(
    _ answers: [Step.ID: String], of key: KnownKey? = nil, at steps: [Step.ID], accepted: AnswerSource? = nil
  ) {
    if recalled != answers { for step in steps { drafts[step] = nil } }
    recalled = answers
    recallAccepted = accepted
    ownerTakenOver = accepted == nil ? nil : key?.owner
  }

  /// What was found may no longer hold.
  mutating func mustSurveyAgain() {
    unproven = nil
    isSurveyed = false
  }

  // MARK: - Answers that are carried over a reopening

  /// Carries the answers given after a place of the way, which is about to be answered anew.
  mutating func carry(after index: Int) {
    before = given
    carried = [:]
    for visit in way[(index + 1)...] where visit.given != nil { carried[visit.step] = visit.given }
    carried[way[index].step] = nil
    keptKeyIsAhead = carried.values.contains { if case .credential? = $0.answer { true } else { false } }
  }

  /// The answer to take over unasked at the step the run has come to; nil if the step must be asked: because nothing is
  /// carried for it, or something it reads is not what it was, or there is a new warning whose reason it gives. A
  /// credential that was kept is never taken a second time, and a way out of taking one is never taken unasked. What was
  /// told on the way to a key is not told again once that key is made.
  mutating func carriedAnswer(for step: Step) -> Given? {
    guard let answer = carried.removeValue(forKey: step.id) else { return nil }
    switch answer.answer {
    case .credential:
      keptKeyIsAhead = false
      return answer
    case .exit: return nil
    // What could not be done may be by now.
    case .verdict(let verdict, _) where verdict != .yes && step.acts: return nil
    case .acknowledged where keptKeyIsAhead: return answer
    default: break
    }
    // A form that made a key is not filled in again.
    let isDone = keptKeyIsAhead && rules != .first
    let reads = isDone ? step.reads : step.reads.union(step.formReads)
    if !hasChanged(reads), openWarnings(of: step.resolves).isEmpty {
      return answer
    }
    drafts[step.id] = answer
    return nil
  }

  /// Whether one of these answers is no longer what it was before the reopening.
  func hasChanged(_ steps: Set<Step.ID>) -> Bool {
    steps.contains { given[$0]?.answer != before[$0]?.answer }
  }

  mutating func forgetCarried() {
    carried = [:]
    before = [:]
    keptKeyIsAhead = false
  }

  // MARK: - Open warnings, as places among the exceptions

  func openWarning(_ code: String, at step: Step.ID) -> Int? { openWarnings[code]?[step] }

  func openWarnings(of codes: [String]) -> [Int] {
    codes.flatMap { openWarnings[$0].map { Array($0.values) } ?? [] }.sorted()
  }

  /// Those whose step has neither an answer nor a reason for skipping it any more.
  var withdrawnWarnings: [Int] {
    openWarnings.values.flatMap { $0.filter { given[$0.key] == nil }.values }.sorted()
  }

  mutating func keepReceipts(of id: Step.ID) { receipts[id] = taking.receipts }
  mutating func set(_ phase: Phase) { self.phase = phase }

  @discardableResult
  mutating func raise(
    _ kind: RunException.Kind, at step: Step.ID, code: String? = nil, _ what: String,
    _ resolution: RunException.Resolution
  ) -> RunException {
    let exception = RunException(
      number: exceptions.count + 1, step: step, kind: kind, code: code, what: what, resolution: resolution)
    if kind == .warning, let code { openWarnings[code, default: [:]][step] = exceptions.count }
    exceptions.append(exception)
    return exception
  }

  mutating func resolve(_ index: Int, _ resolution: RunException.Resolution) -> RunException {
    exceptions[index].resolution = resolution
    if let code = exceptions[index].code { openWarnings[code]?[exceptions[index].step] = nil }
    return exceptions[index]
  }
}

extension Step {
  /// Whether it does something, and then looks.
  fileprivate var acts: Bool { if case .check(let check) = body { check.acts } else { false } }
}
