import FlowCore
import FlowText
import PlainText

/// What can be found in a flow that can be read: where it leads, what is proven of its guards, what its texts are like.
struct FlowLint {
  let flow: Flow
  let notes: LintNotes
  let findings: Findings

  func check() {
    let mending = nearTargets
    var graph = FlowGraph(flow, mending: mending)
    var proof = GuardProof(flow, graph)
    if !proof.closed.isEmpty { graph = FlowGraph(flow, mending: mending, closed: proof.closed) }
    checkSections()
    checkConsents()
    checkEnds(graph)
    checkLoops(graph)
    checkAnswers(graph)
    checkNaming(&proof)
    proof.report(notes, to: findings)
  }

  /// Where a mistyped target was probably meant to lead, so that one slip does not make half a flow unreachable.
  private var nearTargets: [Step.ID: Step.ID] {
    var near: [Step.ID: Step.ID] = [:]
    var tried: Set<Step.ID> = []
    for mention in notes.mentions where tried.count < 10 {
      guard case .target = mention.manner, flow.indices[mention.id] == nil, tried.insert(mention.id).inserted else {
        continue
      }
      let ids = flow.steps.map(\.id.rawValue)
      near[mention.id] = nearest(to: mention.id.rawValue, among: ids.prefix(2_000)).map { Step.ID($0) }
    }
    return near
  }
}
