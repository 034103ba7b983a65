package import FlowCore

extension FlowReader {
  /// Whether steps speak of steps, options and answers that exist.
  func check(_ flow: Flow) {
    let ids = flow.steps.indices.map { flow.steps[$0].id.rawValue }
    for mention in notes.mentions where !findings.isFull { check(mention, flow, ids) }
    checkWarnings(flow)
  }

  // MARK: - Private

  private func check(_ mention: Mention, _ flow: Flow, _ ids: [String]) {
    guard let place = flow.indices[mention.id] else {
      findings.report(
        .unknownStep, at: mention.place, "no step \(quoted(mention.id.rawValue))",
        hint: findings.suggestion(for: mention.id.rawValue, among: ids))
      return
    }
    if case .target = mention.manner { return }
    let step = flow.steps[place]
    switch mention.manner {
    case .target: break
    case .answer:
      if step.isEnd { reportEnd(step, at: mention.place) }
    case .kind(let kind):
      if kind != step.body.kind {
        findings.report(
          .wrongKind, at: mention.place, "step \(quoted(step.id.rawValue)) is a \(step.body.kind.rawValue) step",
          hint: "a step of 'kind: \(kind.rawValue)' belongs here")
      }
    case .condition(let condition, let places): check(condition, on: step, mention, places)
    }
  }

  private func reportEnd(_ step: Step, at place: Place) {
    findings.report(
      .wrongKind, at: place, "step \(quoted(step.id.rawValue)) is an end, and ends have no answers",
      hint: "name a step that asks")
  }

  private func check(_ condition: Guard.Condition, on step: Step, _ mention: Mention, _ places: [Place]) {
    let name = quoted(step.id.rawValue)
    if step.isEnd { return reportEnd(step, at: mention.place) }
    switch (condition, step.body) {
    case (.asked, _): break
    case (.skipped, .check) where !step.asksExchange, (.skipped, .review):
      findings.report(
        .wrongKind, at: mention.place, "step \(name) can't be skipped", hint: "only steps that ask can be")
    case (.skipped, _): break
    case (_, .text):
      findings.report(
        .guardOnText, at: mention.place, "a guard looks at the text of step \(name)",
        hint: "texts can be blanked later and never steer; 'skipped' is fine, or let a choose step ask")
    case (.includes, let body) where body.kind != .select, (.beyond, let body) where body.kind != .select:
      findings.report(
        .wrongKind, at: mention.place, "step \(name) is no select step", hint: "'is' looks at a single answer")
    case (.exceeds, let body) where body.kind != .select, (.lacks, let body) where body.kind != .select:
      findings.report(
        .wrongKind, at: mention.place, "step \(name) is no select step",
        hint: "'exceeds' and 'lacks' compare two selections")
    case (.isOne(let ids), let body), (.includes(let ids), let body), (.beyond(let ids), let body):
      guard let known = answerSet(of: step) else {
        findings.report(
          .wrongKind, at: mention.place, "a \(body.kind.rawValue) step has no answer to look at",
          hint: "'skipped: true' is the only condition on it")
        return
      }
      for (id, place) in zip(ids, places) where !id.isEmpty && !known.contains(id) && !step.body.isHelper(id) {
        findings.report(
          .unknownOption, at: place, "step \(name) has no answer \(quoted(id))",
          hint: findings.suggestion(for: id, among: body.answerIDs ?? []))
        if findings.isFull { break }
      }
    case (.exceeds, _), (.lacks, _): break
    }
  }

  private func answerSet(of step: Step) -> Set<String>? {
    if let set = answerSets[step.id] { return set }
    let set = step.body.answerIDs.map(Set.init)
    answerSets[step.id] = set
    return set
  }

  private func checkWarnings(_ flow: Flow) {
    let codes = flow.steps.indices.flatMap { flow.steps[$0].warnings.map(\.code) }
    let known = Set(codes)
    for (code, place) in notes.resolved where !known.contains(code) {
      findings.report(
        .unknownWarning, at: place, "no step warns of \(quoted(code))",
        hint: findings.suggestion(for: code, among: codes))
    }
  }
}

extension Step.Body {
  var kind: StepKind {
    switch self {
    case .tell: .tell
    case .confirm: .confirm
    case .choose: .choose
    case .select: .select
    case .text: .text
    case .store: .store
    case .credential: .credential
    case .check: .check
    case .review: .review
    case .end: .end
    }
  }

  /// Whether an answer names a credential helper, of which there may be any.
  package func isHelper(_ id: String) -> Bool { self == .store && id.hasPrefix(CredentialReference.helperPrefix) }

  /// What a guard can find here; nil if there is nothing to look at.
  package var answerIDs: [String]? {
    switch self {
    case .confirm: ["yes", "no"]
    case .choose(let options), .select(let options): options.options.map(\.id)
    case .check(let check): check.verdicts.map(\.rawValue)
    case .store: CredentialReference.stores
    case .credential(let rule): [CredentialRule.lost] + rule.exits.map(\.word)
    case .tell, .text, .review, .end: nil
    }
  }
}
