import FlowCore

/// The ways through a flow, by the places of its steps in the file. Every question is answered in time linear in steps
/// and ways (`leads`: in one such pass for each 64 steps that are asked about).
struct FlowGraph {
  let successors: [[Int]]
  /// Which steps stand on every way to others.
  let dominators: Dominators
  /// Whether a run can go on past the last step.
  let fallsOff: Bool
  private let components: (of: [Int], count: Int)
  /// How many steps each component has.
  private let sizes: [Int]
  /// The steps, each after those that lead to it, loops aside.
  private let forwards: [Int]
  let tally = Tally()

  /// How many ways were looked along so far.
  final class Tally { var ways = 0 }

  /// - Parameters:
  ///   - mending: the steps that unknown targets stand for.
  ///   - closed: the steps whose `next` list always holds somewhere, so that the run never just goes on.
  init(_ flow: Flow, mending: [Step.ID: Step.ID] = [:], closed: Set<Int> = []) {
    func goesOn(_ index: Int) -> Bool { flow.steps[index].goesOn && !closed.contains(index) }
    successors = flow.steps.indices.map { index in
      let named = flow.steps[index].targets.compactMap { flow.indices[mending[$0] ?? $0] }
      return goesOn(index) && index + 1 < flow.steps.count ? named + [index + 1] : named
    }
    fallsOff = flow.steps.indices.last.map(goesOn) ?? false
    dominators = Dominators(of: successors)
    components = Components.found(in: successors)
    var sizes = [Int](repeating: 0, count: components.count)
    for component in components.of { sizes[component] += 1 }
    self.sizes = sizes
    // Knots are numbered from the end of the flow to its beginning.
    forwards = successors.indices.sorted { [of = components.of] in of[$0] > of[$1] }
  }

  /// Which steps can be reached from some, these included, without entering certain others.
  func reached(from starts: [Int], avoiding closed: Set<Int> = []) -> [Bool] {
    Self.reached(along: successors, from: starts.filter { !closed.contains($0) }, avoiding: closed, tally)
  }

  /// From which steps some can be reached.
  func reaching(_ targets: Set<Int>) -> [Bool] {
    Self.reached(along: Self.reversed(successors), from: Array(targets), tally)
  }

  /// The shortest way from the first step to one of some that leaves a step out; nil if there is none.
  ///
  /// - Parameter left: the step to leave out; none if it is the first, or if there is nothing to leave out.
  func shortestWay(to isTarget: (Int) -> Bool, leavingOut left: Int? = nil) -> [Int]? {
    guard !successors.isEmpty, left != 0 else { return nil }
    return Self.shortestWay(along: successors, from: 0, leavingOut: left, tally, to: isTarget)
  }

  /// For each pair, whether a run that stood at the first can come to the second afterwards.
  func leads(_ pairs: [(from: Int, to: Int)]) -> [Bool] {
    var answers = [Bool](repeating: false, count: pairs.count)
    // What lies ahead in the file on an unbroken chain needs no search.
    var chainStart = [Int](repeating: 0, count: successors.count)
    for index in successors.indices.dropFirst() {
      chainStart[index] = successors[index - 1].contains(index) ? chainStart[index - 1] : index
    }
    var open: [Int] = []
    for (index, pair) in pairs.enumerated() {
      if pair.from < pair.to, chainStart[pair.to] <= pair.from { answers[index] = true } else { open.append(index) }
    }
    var bits: [Int: Int] = [:]
    for index in open where bits[pairs[index].from] == nil { bits[pairs[index].from] = bits.count }
    let order = bits.sorted { $0.value < $1.value }.map(\.key)
    for batch in stride(from: 0, to: order.count, by: 64) {
      let passed = passedBits(order[batch..<min(batch + 64, order.count)])
      for index in open {
        guard let bit = bits[pairs[index].from], (batch..<(batch + 64)).contains(bit) else { continue }
        answers[index] = passed[pairs[index].to] & (1 << UInt64(bit - batch)) != 0
      }
    }
    return answers
  }

  /// Each loop that can be reached: its steps, in the order of the file.
  var wholeLoops: [[Int]] {
    var members: [Int: [Int]] = [:]
    for step in successors.indices where isInLoop(step) && dominators.reaches(step) {
      members[components.of[step], default: []].append(step)
    }
    return members.values.sorted { $0[0] < $1[0] }
  }

  /// Whether a way leads from a step out of the loop in which it stands.
  func leavesLoop(_ step: Int) -> Bool { successors[step].contains { components.of[$0] != components.of[step] } }

  /// Of each loop that stays among some steps, the first in the file.
  func loops(among members: [Bool]) -> [Int] {
    let ways = successors.indices.map { index in members[index] ? successors[index].filter { members[$0] } : [] }
    let inner = Components.found(in: ways)
    var sizes = [Int](repeating: 0, count: inner.count)
    for component in inner.of { sizes[component] += 1 }
    var told: Set<Int> = []
    return ways.indices.filter { index in
      (sizes[inner.of[index]] > 1 || ways[index].contains(index)) && told.insert(inner.of[index]).inserted
    }
  }

  // MARK: - Private

  /// At each step, which of some a run may have left behind: bit n for the n-th.
  ///
  /// One pass over the components (loops taken as one) from the first to the last, each way once.
  private func passedBits(_ sources: ArraySlice<Int>) -> [UInt64] {
    var own = [UInt64](repeating: 0, count: components.count)
    for (bit, source) in sources.enumerated() { own[components.of[source]] |= 1 << UInt64(bit) }
    var arriving = [UInt64](repeating: 0, count: components.count)
    for step in forwards {
      let component = components.of[step]
      for next in successors[step] {
        tally.ways += 1
        if components.of[next] != component { arriving[components.of[next]] |= arriving[component] | own[component] }
      }
    }
    return successors.indices.map { step in
      let component = components.of[step]
      return isInLoop(step) ? arriving[component] | own[component] : arriving[component]
    }
  }

  private func isInLoop(_ step: Int) -> Bool { sizes[components.of[step]] > 1 || successors[step].contains(step) }
}

extension FlowGraph {
  /// Which steps some ways lead to from some steps, these included, without entering certain others.
  static func reached(
    along ways: [[Int]], from starts: [Int], avoiding closed: Set<Int> = [], _ tally: Tally? = nil
  ) -> [Bool] {
    var seen = [Bool](repeating: false, count: ways.count)
    var open = starts.filter { ways.indices.contains($0) }
    for start in open { seen[start] = true }
    while let current = open.popLast() {
      for next in ways[current] where !seen[next] && !closed.contains(next) {
        tally?.ways += 1
        seen[next] = true
        open.append(next)
      }
    }
    return seen
  }

  /// The shortest way from a step to one of some that leaves a step out; nil if there is none.
  static func shortestWay(
    along ways: [[Int]], from start: Int, leavingOut left: Int? = nil, _ tally: Tally? = nil, to isTarget: (Int) -> Bool
  ) -> [Int]? {
    var came = [Int](repeating: -1, count: ways.count)
    var open = [start]
    var next = 0
    while next < open.count {
      let current = open[next]
      next += 1
      if isTarget(current) {
        var way = [current]
        while let last = way.last, last != start { way.append(came[last]) }
        return way.reversed()
      }
      for target in ways[current] where target != start && target != left && came[target] < 0 {
        tally?.ways += 1
        came[target] = current
        open.append(target)
      }
    }
    return nil
  }

  static func reversed(_ ways: [[Int]]) -> [[Int]] {
    var back = [[Int]](repeating: [], count: ways.count)
    for (step, next) in ways.enumerated() { for other in next { back[other].append(step) } }
    return back
  }
}
