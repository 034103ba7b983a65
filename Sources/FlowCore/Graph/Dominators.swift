/// Which steps stand on every way from the first to a step: its dominators, as a tree.
///
/// Lengauer and Tarjan's algorithm ("A Fast Algorithm for Finding Dominators in a Flowgraph", 1979) with path compression,
/// and without recursion, so that long flows do not exhaust the machine's stack. Takes `ways × log(steps)`, loops or not.
package struct Dominators {
  /// The place of each step in a walk over the tree, from the first step on; -1 where no way leads.
  private let entry: [Int]
  /// How many steps each step dominates, itself included.
  private let size: [Int]
  /// The steps in the order of a depth-first walk, and in these numbers the nearest dominator of each.
  private let order: [Int]
  private let nearest: [Int]

  package init(of successors: [[Int]]) {
    let walk = Walk(successors)
    let nearest = walk.nearestDominators(successors)
    let count = walk.order.count
    var sizes = [Int](repeating: 1, count: count)
    for step in stride(from: count - 1, to: 0, by: -1) { sizes[nearest[step]] += sizes[step] }
    var entries = [Int](repeating: 0, count: count)
    var free = [Int](repeating: 1, count: count)
    for step in 0..<count where step > 0 {
      entries[step] = free[nearest[step]]
      free[nearest[step]] += sizes[step]
      free[step] = entries[step] + 1
    }
    var entry = [Int](repeating: -1, count: successors.count)
    var size = [Int](repeating: 0, count: successors.count)
    for (number, step) in walk.order.enumerated() { (entry[step], size[step]) = (entries[number], sizes[number]) }
    (self.entry, self.size, self.order, self.nearest) = (entry, size, walk.order, nearest)
  }

  /// Whether any way leads to a step.
  package func reaches(_ step: Int) -> Bool { entry[step] >= 0 }

  /// Whether every way from the first step to another passes a step, or ends there; false where no way leads.
  package func isOnEveryWay(_ step: Int, to other: Int) -> Bool {
    reaches(step) && reaches(other) && (entry[step]..<(entry[step] + size[step])).contains(entry[other])
  }

  /// Of each step, whether it stands on every way to any of some; false everywhere if no way leads to them.
  package func onEveryWay(to targets: [Int]) -> [Bool] {
    let wanted = Set(targets.filter(reaches))
    var under = order.map { wanted.contains($0) ? 1 : 0 }
    for step in stride(from: order.count - 1, to: 0, by: -1) { under[nearest[step]] += under[step] }
    var musts = [Bool](repeating: false, count: entry.count)
    for (number, step) in order.enumerated() { musts[step] = !wanted.isEmpty && under[number] == wanted.count }
    return musts
  }
}

/// A depth-first walk from the first step; its numbers count the steps in the order in which they were met.
private struct Walk {
  private(set) var order: [Int] = []
  private var number: [Int]
  /// The number of the step from which each was met.
  private var parent: [Int] = []

  init(_ successors: [[Int]]) {
    number = [Int](repeating: -1, count: successors.count)
    guard !successors.isEmpty else { return }
    var calls: [(step: Int, next: Int)] = []
    func meet(_ step: Int, from caller: Int) {
      number[step] = order.count
      order.append(step)
      parent.append(caller)
      calls.append((step, 0))
    }
    meet(0, from: 0)
    while let call = calls.last {
      guard call.next < successors[call.step].count else {
        calls.removeLast()
        continue
      }
      calls[calls.count - 1].next += 1
      let target = successors[call.step][call.next]
      if number[target] < 0 { meet(target, from: number[call.step]) }
    }
  }

  /// By number, the number of each step's nearest dominator; the first step's own is its own.
  func nearestDominators(_ successors: [[Int]]) -> [Int] {
    let count = order.count
    var predecessors = [[Int]](repeating: [], count: count)
    for (from, step) in order.enumerated() {
      for target in successors[step] { predecessors[number[target]].append(from) }
    }
    var semi = Array(0..<count)
    var forest = Forest(count)
    var bucket = [[Int]](repeating: [], count: count)
    var nearest = [Int](repeating: 0, count: count)
    for step in stride(from: count - 1, to: 0, by: -1) {
      for predecessor in predecessors[step] {
        semi[step] = min(semi[step], semi[forest.least(above: predecessor, by: semi)])
      }
      bucket[semi[step]].append(step)
      forest.ancestor[step] = parent[step]
      for waiting in bucket[parent[step]] {
        let least = forest.least(above: waiting, by: semi)
        nearest[waiting] = semi[least] < semi[waiting] ? least : parent[step]
      }
      bucket[parent[step]] = []
    }
    for step in 0..<count where step > 0 && nearest[step] != semi[step] { nearest[step] = nearest[nearest[step]] }
    return nearest
  }
}

/// The part of the walk's tree that was dealt with, with paths that are shortened as they are used.
private struct Forest {
  var ancestor: [Int]
  private var label: [Int]

  init(_ count: Int) {
    ancestor = [Int](repeating: -1, count: count)
    label = Array(0..<count)
  }

  /// The step of least `semi` on the path from the root of a step's tree, without that root, to the step.
  mutating func least(above step: Int, by semi: [Int]) -> Int {
    guard ancestor[step] >= 0 else { return step }
    var path: [Int] = []
    var current = step
    while ancestor[ancestor[current]] >= 0 {
      path.append(current)
      current = ancestor[current]
    }
    for step in path.reversed() {
      let above = ancestor[step]
      if semi[label[above]] < semi[label[step]] { label[step] = label[above] }
      ancestor[step] = ancestor[above]
    }
    return label[step]
  }
}
