import FlowCore

extension [Step] {
  /// The steps with roles given by their ids, if none of them says its own: flows that were recorded before roles were written
  /// down say none, and neither need a flow of one's own.
  ///
  /// A text step names a new key if a check holds its answer against other runs, or if its id is `label` or ends in the same
  /// word as that of such a step (`testnet-label`). One called `old-key` names a key that is there already. What tells of a key
  /// otherwise has the role's own id.
  var withRoles: [Step] {
    var words: Set<Substring> = ["label"]
    for step in self {
      if case .check(.labelUnused(let id)) = step.body { words.insert(id.lastWord) }
    }
    let sayNames = contains(where: \.namesKey)
    let sayFacts = contains { $0.role != nil && !$0.namesKey }
    return map { step in
      guard step.role == nil else { return step }
      var step = step
      if !sayFacts, let role = Step.Role(rawValue: step.id.rawValue), role.fits(step.body) { step.role = role }
      if !sayNames, Step.Role.label.fits(step.body) {
        if step.id == "old-key" { step.role = .oldLabel }
        if words.contains(step.id.lastWord) { step.role = .label }
      }
      return step
    }
  }
}

extension Step.ID {
  /// `label` of `live-label`.
  fileprivate var lastWord: Substring { rawValue.split(separator: "-").last ?? rawValue[...] }
}
