import FlowCore

/// Tells of each place of a way in which loops of the flow it lies, and in which round of each.
///
/// A loop is a set of steps that all lead to each other, and it begins at the step by which the way came into it. Each time
/// the way comes there again a round begins. Steps that lead to each other without that one make a loop within the loop.
struct LoopNest {
  /// Loops that lie deeper are not told apart from the loop around them: nobody writes such a flow, and looking for
  /// them would take time with the square of its length.
  private static let deepest = 8

  /// A loop that a place lies in, and its round there, from 1.
  struct Level: Equatable {
    var loop: Int
    var round: Int
  }

  private struct Loop {
    /// The place of its first step in the flow.
    var head: Int
    var members: Set<Int>
  }

  private struct Entrance: Hashable {
    /// None: into no other loop.
    var outer: Int?
    var head: Int
  }

  private let successors: [[Int]]
  private var loops: [Loop] = []
  private var entered: [Entrance: Int] = [:]
  /// The steps that lead to each other: of the flow, and of each loop without its first step.
  private var components: [Int?: [Int: [Int]]] = [:]

  init(of flow: Flow) {
    successors = flow.successors
  }

  /// The levels of a place, the outermost first.
  ///
  /// - Parameters:
  ///   - step: the step there, by its place in the flow.
  ///   - before: the levels of the place before it.
  mutating func levels(at step: Int, after before: [Level]) -> [Level] {
    var levels = before
    while let last = levels.last, !loops[last.loop].members.contains(step) { levels.removeLast() }
    if let again = levels.firstIndex(where: { loops[$0.loop].head == step }) {
      levels[again].round += 1
      return Array(levels[...again])
    }
    guard levels.count < Self.deepest else { return levels }
    return loop(from: step, within: levels.last?.loop).map { levels + [Level(loop: $0, round: 1)] } ?? levels
  }

  // MARK: - Private

  /// The loop that begins at a step; nil if no way leads back to it.
  private mutating func loop(from head: Int, within outer: Int?) -> Int? {
    let entrance = Entrance(outer: outer, head: head)
    if let known = entered[entrance] { return known }
    guard let members = component(of: head, within: outer) else { return nil }
    loops.append(Loop(head: head, members: Set(members)))
    entered[entrance] = loops.count - 1
    return loops.count - 1
  }

  /// The steps that lead to a step and to which it leads; nil if there is no way round.
  private mutating func component(of step: Int, within outer: Int?) -> [Int]? {
    if components[outer] == nil { components[outer] = knotsOfSteps(within: outer) }
    return components[outer]?[step]
  }

  private func knotsOfSteps(within outer: Int?) -> [Int: [Int]] {
    let steps = outer.map { loops[$0].members.subtracting([loops[$0].head]).sorted() } ?? Array(successors.indices)
    let places = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1, $0) })
    let ways = steps.map { step in successors[step].compactMap { places[$0] } }
    var members: [Int: [Int]] = [:]
    let components = Components.found(in: ways).of
    for (place, component) in components.enumerated() { members[component, default: []].append(steps[place]) }
    var found: [Int: [Int]] = [:]
    for (place, step) in steps.enumerated() {
      guard let component = members[components[place]], component.count > 1 || ways[place].contains(place) else {
        continue
      }
      found[step] = component
    }
    return found
  }
}
