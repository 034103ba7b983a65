import FlowCore

extension [Step] {
  /// The steps with roles given by their ids, if none of them says its own: flows that were recorded before roles were written
  /// down say none, and neither need a flow of one's own.
  ///
  /// A text step names a new key if a check holds its answer against other runs, or if its id is `label` or ends in the same
  /// word as that of such a step (`testnet-label`). One called `old-key` names a key that is there already. What tells of a key
  /// otherwise has the role's own id.
  var withRoles: [Step] {
    // The steps are looked at where they stand: each is a large value.
    var words: Set<Substring> = ["label"]
    for place in indices {
      if case .check(.labelUnused(let id)) = self[place].body { words.insert(id.lastWord) }
    }
    let sayNames = indices.contains { self[$0].namesKey }
    let sayFacts = indices.contains { self[$0].role != nil && !self[$0].namesKey }
    var steps = self
    for place in indices where self[place].role == nil {
      let id = self[place].id
      if !sayFacts, let role = Step.Role(rawValue: id.rawValue), role.fits(self[place].body) {
        steps[place].role = role
      }
      if !sayNames, Step.Role.label.fits(self[place].body) {
        if id == "old-key" { steps[place].role = .oldLabel }
        if words.contains(id.lastWord) { steps[place].role = .label }
      }
    }
    return steps
  }
}

extension Step.ID {
  /// `label` of `live-label`.
  fileprivate var lastWord: Substring { rawValue.split(separator: "-").last ?? rawValue[...] }
}
