import FlowCore
import FlowText

extension FlowLint {
  /// What deletes a key's copies, or puts another in their place, comes after a yes to the claim that the key is gone: said of
  /// the key that was named last.
  func checkConsents() {
    for index in flow.steps.indices {
      guard case .check(let check) = flow.steps[index].body, let after = check.mustFollow, let claim = flow[after],
        case .confirm = claim.body
      else { continue }
      let step = flow.steps[index]
      if !claim.endsKey {
        findings.report(
          .actsUnasked, at: notes.stepPlaces[index],
          "step \(quoted(step.id.rawValue)) waits for the yes of step \(quoted(after.rawValue)), which does not say that the key is gone",
          hint: "name the confirm step with 'ends-key: true'")
      } else if reachedWithoutYes(to: after, from: starts(of: check))[index] {
        findings.report(
          .actsUnasked, at: notes.stepPlaces[index],
          "a way leads to step \(quoted(step.id.rawValue)) without a yes to step \(quoted(after.rawValue))",
          hint: "lead every way through it, with 'if-no: STEP' there to lead a no elsewhere")
      }
    }
  }

  // MARK: - Private

  /// Where a claim that was made before counts no more: at the beginning, and where a key is named.
  private func starts(of check: Check) -> [Int] {
    [0]
      + check.reads.compactMap { id in
        guard case .text? = flow[id]?.body else { return nil }
        return flow.indices[id]
      }
  }

  /// Which steps can be reached from some without a yes to a claim.
  private func reachedWithoutYes(to claim: Step.ID, from starts: [Int]) -> [Bool] {
    var reached = flow.steps.map { _ in false }
    var open = starts
    while let index = open.popLast() {
      if reached[index] { continue }
      reached[index] = true
      let step = flow.steps[index]
      let ways = step.id == claim && !step.branches.isEmpty ? step.branches : flow.ways(from: step)
      open += ways.compactMap { flow.indices[$0.to] }
    }
    return reached
  }
}
