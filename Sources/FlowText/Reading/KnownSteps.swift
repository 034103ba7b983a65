/// Steps as flows included them, kept for the next flow that includes the same; only such in which nothing was found.
final class KnownSteps {
  private var steps: [StepPlace: [(node: TextNode, reading: StepReading)]] = [:]

  /// A step that is included with more different parameters is read each time: looking for it would take longer.
  private static let mostVariants = 8

  /// Where a step stands in its file, and its id, which may be put together of parameters.
  private struct StepPlace: Hashable {
    let spot: Spot
    let id: String?

    init(_ node: TextNode) {
      spot = node.spot
      id = node["id"]?.text
    }
  }

  subscript(node: TextNode) -> StepReading? { steps[StepPlace(node)]?.first { $0.node == node }?.reading }

  func keep(_ step: StepReading, of node: TextNode) {
    let place = StepPlace(node)
    guard steps[place, default: []].count < Self.mostVariants else { return }
    steps[place, default: []].append((node, step))
  }
}
