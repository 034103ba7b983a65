import FlowCore
import FlowText

extension FlowLint {
  /// A key that waits for its name has to get it: no way leads from its store to 'completed' round the step that gives it.
  func checkNaming(_ proof: inout GuardProof) {
    var looked: Set<Step.ID> = []
    for place in flow.steps.indices where !findings.isFull {
      guard case .check(.named(let id)) = flow.steps[place].body, looked.insert(id).inserted, let credential = flow[id],
        case .credential(let rule) = credential.body, let store = rule.store.flatMap({ flow.indices[$0] }),
        let way = wayRoundNaming(credential, in: store, &proof)
      else { continue }
      findings.report(
        .noName, at: notes.stepPlaces[place],
        "the way \(flow.words(ofWay: way)) leads to 'completed', and the key of step \(quoted(id.rawValue)) has no name then",
        hint: "lead it through step \(quoted(flow.steps[place].id.rawValue)), or to an end that is not 'completed'")
    }
  }

  // MARK: - Private

  /// A way from a credential that a store has to 'completed' on which nothing gives it its name.
  private func wayRoundNaming(_ credential: Step, in store: Int, _ proof: inout GuardProof) -> [Int]? {
    guard let start = flow.indices[credential.id],
      var ways = proof.successors(where: store, isNot: CredentialReference.offline)
    else { return nil }
    // The words that leave it mean that nothing was kept.
    let exits = Set(credential.branches.compactMap { flow.indices[$0.to] })
    let kept = Set(flow.ways(from: credential).filter { $0.cause.answer == nil }.compactMap { flow.indices[$0.to] })
    ways[start] = ways[start].filter { kept.contains($0) || !exits.contains($0) }
    for place in flow.steps.indices {
      if case .check(.named(credential.id)) = flow.steps[place].body { ways[place] = [] }
    }
    return FlowGraph.shortestWay(along: ways, from: start) { flow.steps[$0].completes }
  }
}
