import Ceremony
import FlowCore
import FlowText
import Introspection
import Inventory
import PlainText
import Records

/// What came of asking an exchange about one key.
struct KeyVerification {
  /// The key's name in its store.
  let name: String
  let store: String
  let pack: Pack
  let plan: KeyPlan?
  let outcome: KeyQuestioning.Outcome
  /// Nil where nothing was told.
  let verdict: KeyVerdict?
  let listed: String?
  let program: String?
  let asker: Asker
  let oddParts: [OddPart]
  /// The account's other keys; nil where the exchange does not list them.
  let otherKeys: [OtherKey]?
  /// When it may end by a rule of its exchange; nil where none is known to hold.
  let ruledEnd: RuledEnd?
  /// How far this computer's clock may be off.
  let clock: ExchangeAPI.Clock

  enum Result: String {
    case asPlanned = "as-planned"
    case differs
    /// It told something, and nobody said what the key should do.
    case noPlan = "no-plan"
    /// The exchange did not take the key.
    case refused
    /// It takes the key, and did not tell what the key may do.
    case untold
    case notAsked = "not-asked"
  }

  init(of question: KeyVerifier.Question, _ outcome: KeyQuestioning.Outcome, at moment: Timestamp) {
    let api = question.place.api
    name = question.name
    store = question.store
    pack = question.place.pack
    self.outcome = outcome
    plan = question.facts?.plan
    listed = question.facts?.listed
    program = question.facts?.program
    asker = question.asker
    oddParts = question.oddParts
    clock = api.clock
    otherKeys = OtherKey.all(in: outcome.observations, knowing: question.known)
    let ruledEnd = api.ruledEnd(outcome.observations, now: Int(moment.milliseconds / 1000))
    self.ruledEnd = ruledEnd
    verdict =
      outcome.observations.isEmpty || !outcome.isAccepted
      ? nil
      : KeyVerdict(
        outcome.observations, plan: plan, page: pack.page,
        reportable: Set(api.permissions.compactMap(\.meaning.permission)),
        ruledEnd: ruledEnd,
        home: outcome.foundAt.map { api.home($0, account: question.facts?.accountID) })
  }

  var result: Result {
    if let verdict {
      if verdict.differences > 0 { return .differs }
      if verdict.danger == nil { return .untold }
      return plan == nil ? .noPlan : .asPlanned
    }
    guard let failure = outcome.failure else { return .notAsked }
    if isAsPlanned(failure) { return .asPlanned }
    let words = failure.causes.map { CauseWords($0, at: pack.short, from: asker) }
    return !words.isEmpty && words.allSatisfy(\.isOfKey) ? .refused : .notAsked
  }

  /// The same for records and lists, which have a word for each way to differ.
  var check: KeyCheck.Verdict {
    switch result {
    case .asPlanned: .asPlanned
    case .differs: verdict?.isTooWide == true ? .tooWide : verdict?.isTooNarrow == true ? .lessThanPlanned : .differs
    case .noPlan: .noPlan
    case .refused: .refused
    case .untold: .untold
    case .notAsked: .notAsked
    }
  }

  /// The same with what it told of the key's powers.
  var told: KeyCheck.Told {
    KeyCheck.Told(check, powers: powers, isGone: result == .refused && outcome.failure?.causes == [.key])
  }

  private var powers: KeyPowers? {
    guard let verdict, let danger = verdict.danger else { return nil }
    let words = verdict.lines.filter { line in
      switch line.subject {
      case .right, .addresses: true
      default: false
      }
    }
    func has(_ risks: [Grant.Risk], isUntold: Bool) -> Bool? {
      danger.risks.contains(where: risks.contains) ? true : danger.hasUnknown || isUntold ? nil : false
    }
    let isUntold = verdict.lines.contains { $0.subject == .withdrawal && $0.end == .notKnowable }
    return KeyPowers(
      words.map { display($0.text) }, withdraws: has([.withdraw], isUntold: isUntold),
      trades: has([.trade, .borrow, .transfer], isUntold: false), isBound: danger.isBound)
  }

  var status: ExitStatus {
    switch result {
    case .asPlanned, .noPlan: .completed
    case .untold: outcome.failure == nil ? .completed : .unavailable
    case .differs, .refused: .findings
    case .notAsked: .unavailable
    }
  }

  /// Whether a change on the exchange's page, which takes its time to arrive, may make it as planned.
  var mayChange: Bool {
    if let verdict { return verdict.differences > 0 }
    guard result == .refused, let failure = outcome.failure, failure.pause == nil else { return false }
    return failure.causes.allSatisfy { [.address, .unbound, .permission].contains($0) }
  }

  /// Whether another look came to the same.
  func isLike(_ other: KeyVerification) -> Bool {
    verdict == other.verdict && outcome.failure?.causes == other.outcome.failure?.causes
  }

  /// In a few words, for a record and a list.
  var summary: String {
    switch result {
    case .asPlanned where verdict == nil: "\(pack.short) refuses it from here, as the key's IP list demands"
    case .asPlanned: "\(pack.short) says: as planned" + (isWhole ? "" : ", as far as it tells")
    case .differs:
      "\(pack.short) says: \(check == .tooWide ? "wider than planned" : check.words)"
    case .untold: "\(pack.short) takes the key; what it may do, it did not tell"
    case .noPlan: "\(pack.short) told what it can do; nobody said what it should"
    case .refused: "\(pack.short) does not take it: \(causes)"
    case .notAsked: "\(pack.short) could not be asked: \(causes)"
    }
  }

  /// What it may do, in one line, for the answer of a check.
  var report: String {
    guard let verdict else { return summary + inItsPlace }
    let said = verdict.lines.filter { line in
      switch line.subject {
      case .right, .addresses, .environment: true
      case .withdrawal: line.end != .notKnowable
      default: false
      }
    }
    let unknown = verdict.lines.filter { $0.end == .notKnowable && $0.subject == .withdrawal }
    return "\(summary): \(said.map(\.text).joined(separator: "; "))"
      + (unknown.isEmpty ? "" : "; whether it can withdraw, it does not tell") + inItsPlace
  }

  /// Why it told nothing, in a few words.
  var causes: String {
    let causes = outcome.failure?.causes ?? []
    return causes.isEmpty
      ? "its answer fits nothing that is known"
      : causes.map { CauseWords($0, at: pack.short, from: asker).what }.joined(separator: ", or ")
  }

  // MARK: - Private

  /// Whose word it is where not the exchange was asked.
  private var inItsPlace: String {
    guard let host = outcome.asked.last?.host, host.hasPrefix("127.") || host.hasPrefix("localhost") else { return "" }
    return " (asked in its place: \(host), on \(asker.name))"
  }

  private var isWhole: Bool { verdict?.lines.allSatisfy { $0.end != .notKnowable } ?? false }

  /// Whether a list that keeps this computer out is what was meant: not if it is the one that uses the key.
  func isAsPlanned(_ failure: KeyFailure) -> Bool {
    guard failure.causes == [.address], !asker.isWhereItRuns, let plan else { return false }
    switch plan.addresses {
    case .some, .these: return true
    case .notSaid, .none: return false
    }
  }
}

// MARK: - On record

extension KeyVerification {
  /// The name of the fact, in records and in JSON.
  static let clockOffset = "clock-offset"

  /// What each answer reported, and until when the exchange is to be left alone, for a record.
  ///
  /// - Parameters:
  ///   - digest: of the text that says how its answers are read.
  ///   - now: when it was asked.
  func events(readBy digest: String, at now: Timestamp) -> [KeyEvent] {
    var events = outcome.asked.map { asked in
      var event = KeyEvent(
        .reported, key: name, by: asked.host,
        facts: [
          "request": asked.request, "asked": Timestamp(milliseconds: Int64(asked.at)).description,
          "answer-digest": asked.digest, "api-digest": digest,
        ])
      if asked.hasPassword { event.facts["one-time-password"] = "sent along" }
      event.facts[KeyVerification.clockOffset] = asked.clock?.words()
      for observation in asked.observations {
        switch observation.value {
        case .told(let value): event.facts[observation.fact.rawValue] = display(value.text)
        case .notKnowable(let reason): event.unknown[observation.fact.rawValue] = display(reason)
        }
      }
      return event
    }
    if let failure = outcome.failure {
      events.append(failure.event(of: name, by: outcome.failedAt ?? pack.id))
    }
    for attempt in outcome.foundAt == nil ? outcome.tries.dropFirst() : outcome.tries[...] {
      let (host, environment) = (attempt.environment.hostName, attempt.environment.id)
      var event =
        attempt.failure?.event(of: name, by: host) ?? KeyEvent(.reported, key: name, by: host, facts: [:])
      event.facts["environment"] = environment
      if attempt.failure == nil { event.facts["planned"] = verdict?.plannedHome.map { display($0) } }
      events.append(event)
    }
    // Only where the exchange itself gives no day.
    if let end = ruledEnd, verdict?.namesRule == true {
      events.append(.mayEnd(name, on: end.day, after: end.days, ofUse: end.isOfUse, by: end.by))
    }
    if let (host, failure) = outcome.closing, let pause = failure.pause {
      let until = Timestamp(milliseconds: now.milliseconds + Int64(pause) * 1000)
      events.append(.wait(name, until: until, by: host ?? pack.id))
    }
    return events
  }
}

extension KeyFailure {
  fileprivate func event(of key: String, by host: String) -> KeyEvent {
    var facts = ["cause": causes.map(\.rawValue).joined(separator: ", "), "came": display(came)]
    facts["code"] = code.map { display($0) }
    return KeyEvent(.reported, key: key, by: host, facts: facts)
  }
}

extension KeyVerdict {
  fileprivate var namesRule: Bool {
    lines.contains { if case .rule = $0.subject { true } else { false } }
  }

  /// Where it was meant to live, if that is not where it lives.
  fileprivate var plannedHome: String? {
    switch lines.first(where: { $0.subject == .environment })?.end {
    case .tooWide(let planned), .missing(let planned): planned
    default: nil
    }
  }
}
