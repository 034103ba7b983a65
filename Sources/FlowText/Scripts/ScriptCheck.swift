public import FlowCore
import PlainText

/// What a script says that its flow can't mean: steps, parts and options that do not exist, answers where none is taken.
///
/// - Parameters:
///   - path: what findings name.
///   - text: the script's own text, so that findings show their lines; empty: they show none.
public func check(_ script: Script, against flow: Flow, path: String, text: String = "") -> [Finding] {
  let source = SourceText(text, path: path)
  let findings = Findings(source) { looksLikeSecret(String($0)) || ScriptLine.isLiteralPart($0) }
  var checker = ScriptChecker(findings: findings, flow: flow)
  if script.flowID != flow.id {
    let line = (1...source.lineStarts.count).first { ScriptLine(source.line($0), $0).firstWord == "flow" } ?? 1
    findings.report(
      .wrongFlow, at: Place(spot: Spot(line: line, column: 1)),
      "the script answers flow \(quoted(script.flowID)), this is \(quoted(flow.id))",
      hint: "replay it with its own flow")
    return findings.list.map { $0.shown(!text.isEmpty) }
  }
  for item in script.items where !findings.isFull { checker.take(item) }
  return findings.list.map { $0.shown(!text.isEmpty) }
}

extension Finding {
  fileprivate func shown(_ hasText: Bool) -> Finding {
    var finding = self
    if !hasText { finding.excerpt = nil }
    return finding
  }
}

private struct ScriptChecker {
  let findings: Findings
  let flow: Flow
  private var line = 1

  init(findings: Findings, flow: Flow) {
    self.findings = findings
    self.flow = flow
  }

  mutating func take(_ item: Script.Item) {
    line = item.line
    switch item.content {
    // What an id of an earlier version means now is seen where it is answered.
    case .answer(let id, _), .danger(let id, _), .copy(let id), .noSecret(let id), .part(let id, _, _):
      if flow.indices[id] == nil, flow.steps.contains(where: { $0.was.contains(id) }) { return }
    case .command, .expect: return
    }
    switch item.content {
    case .answer(let id, let reply):
      guard let step = step(id) else { return }
      if case .text(let text) = reply { check(text, at: step) }
      if !step.asks, !step.asksExchange { reportNoAnswer(step, "runs by itself") }
    case .part(let id, let part, _):
      guard let step = step(id) else { return }
      let names: [String]
      switch step.body {
      case .credential(let rule): names = rule.parts.map(\.name) + [CredentialPart.unlock]
      case .store: names = [CredentialPart.unlock]
      default: return reportNoParts(step)
      }
      if !names.contains(part) {
        report(
          .unknownPart, "step \(quoted(id.rawValue)) takes no part of that name",
          findings.suggestion(for: part, among: names))
      }
    case .copy(let id):
      guard let step = step(id), !step.isCredential else { return }
      reportNoParts(step)
    case .noSecret(let id):
      guard let step = step(id), step.isCredential else { return }
      report(
        .literalSecret, "a part of a credential stands here openly", "write env:NAME, file:PATH or fd:NUMBER, or 'ask'")
    case .danger(let id, let reply):
      guard let step = step(id) else { return }
      // What stores there are, and which leave plain text, is known when they are looked for.
      let words =
        step.body == .store ? [StoreSurvey.plaintextWord] : step.options?.options.compactMap { $0.danger?.word } ?? []
      if words.isEmpty {
        report(.takesNoAnswer, "step \(quoted(id.rawValue)) has no dangerous option", "take this line out")
      } else if case .text(let word) = reply, !words.contains(word) {
        report(.wrongValue, "this is not the word that step \(quoted(id.rawValue)) wants", "it wants \(listed(words))")
      }
    case .command, .expect: break
    }
  }

  // MARK: - Private

  private func step(_ id: Step.ID) -> Step? {
    if let step = flow[id] { return step }
    let name = looksLikeSecret(id.rawValue) ? "of that name" : quoted(id.rawValue)
    report(
      .unknownStep, "the flow has no step \(name)",
      findings.suggestion(for: id.rawValue, among: flow.steps.map(\.id.rawValue)))
    return nil
  }

  private func check(_ text: String, at step: Step) {
    let name = quoted(step.id.rawValue)
    let typed = text.trimmed.lowercased()
    if typed.isEmpty { return }
    switch step.body {
    case .tell:
      if !["ok", "yes", "y"].contains(typed) {
        report(.wrongValue, "step \(name) only tells", "write '\(step.id): ok'")
      }
    case .confirm:
      if !["yes", "y", "no", "n"].contains(typed) {
        report(.wrongValue, "step \(name) wants yes or no", "write '\(step.id): yes' or '\(step.id): no'")
      }
    case .choose(let options): check(typed, among: options, name)
    case .select(let options):
      guard typed != "none" else { return }
      for word in typed.split(whereSeparator: { $0 == "," || $0 == ";" }).map(\.trimmed) where !word.isEmpty {
        guard !options.know(word) else { continue }
        for part in word.split(separator: " ") { check(String(part), among: options, name) }
      }
    case .text(let rule):
      if rule.mismatch(of: text.trimmed) != nil {
        report(.wrongValue, "the answer does not fit what step \(name) takes", rule.shape.message?.plain)
      }
    case .credential(let rule):
      let words = [CredentialRule.lost] + rule.exits.map(\.word)
      if !words.contains(typed) {
        let line = findings.source.line(line)
        findings.hide(line)
        report(
          .literalSecret, "step \(name) takes a credential, and none can stand in a script",
          "write '\(step.id).\(rule.parts.first?.name ?? "key"): env:NAME', or one of the words \(listed(words))")
      }
    case .check(let check) where check.asksExchange:
      let words = check.verdicts.map(\.rawValue)
      if !words.contains(typed) {
        report(.wrongValue, "step \(name) takes what the exchange would say", "write one of \(listed(words))")
      }
    case .store, .check, .review, .end: break
    }
  }

  private func check(_ word: String, among options: Options, _ step: String) {
    guard !options.know(word) else { return }
    let shown = looksLikeSecret(word) ? "of that name" : quoted(word)
    report(
      .unknownOption, "step \(step) has no option \(shown)",
      findings.suggestion(for: word, among: options.options.map(\.id)))
  }

  private func reportNoAnswer(_ step: Step, _ why: String) {
    report(.takesNoAnswer, "step \(quoted(step.id.rawValue)) \(why) and takes no answer", "take this line out")
  }

  private func reportNoParts(_ step: Step) {
    report(.takesNoAnswer, "step \(quoted(step.id.rawValue)) takes no credential", "write '\(step.id): VALUE'")
  }

  private func report(_ code: FindingCode, _ message: String, _ hint: String?) {
    let key = findings.source.line(line).prefix { $0 != ":" }
    findings.report(code, at: Place(spot: Spot(line: line, column: 1), text: String(key)), message, hint: hint)
  }
}

extension Options {
  /// Whether a word can name one of them. A title with an answer in it is known only when the run is there.
  fileprivate func know(_ word: String) -> Bool {
    places(of: word, titles: options.map { $0.title.plain ?? "" }).map { places in
      !places.isEmpty || options.contains { $0.title.hasAnswers }
    } ?? false
  }
}

extension Template {
  /// The text, if no answer stands in it.
  fileprivate var plain: String? {
    hasAnswers ? nil : filled(by: "")
  }
}
