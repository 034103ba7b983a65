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
    verdict =
      outcome.observations.isEmpty || !outcome.isAccepted
      ? nil
      : KeyVerdict(
        outcome.observations, plan: plan, page: pack.page,
        reportable: Set(api.permissions.compactMap(\.meaning.permission)),
        ruledEnd: api.ruledEnd(outcome.observations, now: Int(moment.milliseconds / 1000)))
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
      verdict?.isTooWide == true ? "\(pack.short) says: wider than planned" : "\(pack.short) says: less than planned"
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
      line.subject.isRight || line.subject == .addresses || line.subject == .withdrawal && line.end != .notKnowable
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

extension KeyVerdict.Subject {
  var isRight: Bool { if case .right = self { true } else { false } }
}

// MARK: - On record

extension KeyVerification {
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
      for observation in asked.observations {
        switch observation.value {
        case .told(let value): event.facts[observation.fact.rawValue] = display(value.text)
        case .notKnowable(let reason): event.unknown[observation.fact.rawValue] = display(reason)
        }
      }
      return event
    }
    if let failure = outcome.failure {
      let host = outcome.asked.last?.host ?? pack.id
      var facts = ["cause": failure.causes.map(\.rawValue).joined(separator: ", "), "came": display(failure.came)]
      facts["code"] = failure.code.map { display($0) }
      events.append(KeyEvent(.reported, key: name, by: host, facts: facts))
      if let pause = failure.pause {
        events.append(.wait(name, until: Timestamp(milliseconds: now.milliseconds + Int64(pause) * 1000), by: host))
      }
    }
    return events
  }
}
