import FlowCore

extension [Step] {
  /// The steps with roles given by their ids, if none of them says its own: flows that were recorded before roles were written
  /// down say none, and neither need a flow of one's own.
  ///
  /// A text step names a new key if a check holds its answer against other runs, or if its id is `label` or ends in the same
  /// word as that of such a step (`testnet-label`). One called `old-key` names a key that is there already.
  var withRoles: [Step] {
    if contains(where: { $0.role != nil }) { return self }
    var words: Set<Substring> = ["label"]
    for step in self {
      if case .check(.labelUnused(let id)) = step.body { words.insert(id.lastWord) }
    }
    return map { step in
      guard case .text(var rule) = step.body else { return step }
      rule.role = step.id == "old-key" ? .oldLabel : words.contains(step.id.lastWord) ? .label : nil
      if rule.role == nil { return step }
      var step = step
      step.body = .text(rule)
      return step
    }
  }
}

extension Step.ID {
  /// `label` of `live-label`.
  fileprivate var lastWord: Substring { rawValue.split(separator: "-").last ?? rawValue[...] }
}
