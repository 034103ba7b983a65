import FlowCore
import PlainText
import Records

extension Record {
  /// The way that the run took, without its corrections, as a script that answers the flow again.
  ///
  /// Credential parts read `ask`: give a reference instead, or let a person be asked. A step that was skipped, or
  /// blanked afterwards, is said in a comment.
  func script() -> String {
    var lines = [
      "# \(flow.title.onOneLine)", "# Run \(header.run), flow version \(header.flowVersion)",
      "# Final digest \(finalDigest)",
    ]
    if case .unfinished(let step) = status { lines.append("# Unfinished: \(standsAt(step))") }
    lines.append("flow \(header.flowID)")
    var written: Set<Step.ID> = []
    for visit in state.way {
      guard let step = flow[visit.step], let given = visit.given else { continue }
      let notes = written.insert(step.id).inserted ? asides(at: step.id) : []
      // A skip answers the open question, so that its notes come first; other notes belong to the answer above.
      lines += given.isSkipped ? ["# \(step.id)"] + notes : []
      lines += given.scriptLines(at: step, in: state, of: flow, value)
      lines += given.isSkipped ? [] : notes.map { "  " + $0 }
    }
    lines += scriptEnding
    return lines.map { display($0) + "\n" }.joined()
  }

  // MARK: - Private

  /// Exports of records of format 1 are as they were.
  private func value(_ text: String) -> String { header.format < 2 ? shownScriptValue(text) : scriptValue(text) }

  /// What was said at a step beside its answer. That a page differs is in scripts since format 2.
  private func asides(at step: Step.ID) -> [String] {
    let differed =
      header.format < 2
      ? []
      : exceptions.filter { $0.exception.step == step && $0.exception.kind == .pageDiffers }
        .map { ":differs \(value($0.exception.what))" }
    return differed + (items.first { $0.step == step }?.notes ?? []).map { ":note \(value($0.text))" }
  }

  private var scriptEnding: [String] {
    guard case .ended(let outcome, let end, let reason) = state.phase else { return [] }
    // A run that was discarded did not come to this end by its answers.
    if outcome == .aborted, end.flatMap({ flow[$0] })?.isEnd != true {
      return ["# Discarded: \(reason ?? "no reason given")"]
    }
    return ["expect outcome \(outcome.rawValue)"]
  }
}

extension Given {
  fileprivate func scriptLines(
    at step: Step, in state: State, of flow: Flow, _ value: (String) -> String
  ) -> [String] {
    switch answer {
    case nil:
      guard case .skipped(let reason) = standing else { return [] }
      return [":skip \(value(reason))"]
    case .verdict(let verdict, _)?: return step.asksExchange ? ["\(step.id): \(verdict.rawValue)"] : []
    case .credential?:
      guard case .credential(let rule) = step.body else { return [] }
      return rule.parts.map { "\(step.id).\($0.name): ask" }
    case .redacted?: return ["# blanked afterwards", "\(step.id): ask"]
    case .selection(let ids)?:
      return ["\(step.id): \(ids.isEmpty ? "none" : ids.joined(separator: ", "))"]
        + dangerLines(at: step, of: ids, in: state, value)
    case .choice(let id)?: return ["\(step.id): \(id)"] + dangerLines(at: step, of: [id], in: state, value)
    case .text(let text)?:
      let isSuspect = looksLikeSecret(text, knowing: flow.credentialShapes)
      return ["\(step.id): \(value(text))"] + (isSuspect ? ["\(step.id).secret: no"] : [])
    case .acknowledged?, .yes?, .no?, .exit?, .finished?: return ["\(step.id): \(answer?.ids.first ?? "")"]
    }
  }

  private func dangerLines(
    at step: Step, of ids: [Option.ID], in state: State, _ value: (String) -> String
  ) -> [String] {
    guard !step.claim else { return [] }
    return ids.compactMap { state.options(of: step)?[$0]?.danger }.map { "\(step.id).danger: \(value($0.word))" }
  }
}

/// A text as a value in a script: in double quotes where it would mean something else without, and there with what nobody would
/// see as `\u{200B}`, so that the script says the same.
func scriptValue(_ text: String) -> String {
  let isUnseen = text.unicodeScalars.contains(where: \.isControlling)
  // A mark that belongs to the character before it would take the quote for that.
  let isMark = text.unicodeScalars.first.map { $0.properties.isGraphemeExtend } ?? false
  guard isUnseen || isMark else { return shownScriptValue(text) }
  let escaped = text.unicodeScalars.enumerated().map { place, scalar in
    if scalar == "\"" || scalar == "\\" { return "\\\(scalar)" }
    let isWritten = !scalar.isControlling && (place > 0 || !isMark)
    return isWritten ? "\(scalar)" : "\\u{\(scalar.value.hexadecimal(digits: 2, uppercase: true))}"
  }
  return "\"" + escaped.joined() + "\""
}

/// The same with controls as a page shows them.
private func shownScriptValue(_ text: String) -> String {
  let shown = display(text)
  let meansMore =
    shown.isEmpty || shown != shown.trimmed || shown.hasPrefix(":") || shown == "ask" || shown == "?"
    || ["env:", "file:", "fd:"].contains { shown.hasPrefix($0) } || shown.contains { $0 == "#" || $0 == "\"" }
  guard meansMore else { return shown }
  return "\"" + shown.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
}
