/// What can be known of a flow's graph before anybody walks it: how far each step is from the end, at most.
///
/// The longest way that counts each step once is found by taking every loop as one component whose steps can all be
/// visited (strongly connected components, Tarjan), then adding up the heaviest components towards the end. Linear in steps and
/// transitions.
package struct FlowMap: Equatable, Sendable {
  /// Where each step can lead. Conditions are not weighed.
  package let successors: [[Int]]
  /// The component of each step.
  let component: [Int]
  /// How many asking steps a component has.
  let weight: [Int]
  /// How many asking steps lie on the heaviest way after a component, without the component's own.
  let after: [Int]

  /// - Parameters:
  ///   - successors: where each step can lead, by its place.
  ///   - asks: whether each step asks.
  init(successors: [[Int]], asks: [Bool]) {
    self.successors = successors
    let components = FlowMap.components(of: successors)
    var weight = [Int](repeating: 0, count: components.count)
    for index in asks.indices where asks[index] { weight[components.of[index]] += 1 }
    // Tarjan hands out components in reverse topological order: every component that can be reached has a smaller number.
    var after = [Int](repeating: 0, count: components.count)
    for index in asks.indices.sorted(by: { components.of[$0] < components.of[$1] }) {
      let own = components.of[index]
      for other in successors[index].map({ components.of[$0] }) where other != own {
        after[own] = max(after[own], weight[other] + after[other])
      }
    }
    self.component = components.of
    self.weight = weight
    self.after = after
  }

  // MARK: - Tarjan's algorithm, with its own stack so that long flows do not exhaust the machine's

  /// The component of each step, numbered from the end to the beginning: a step leads to components of smaller numbers only.
  package static func components(of successors: [[Int]]) -> (of: [Int], count: Int) {
    var component = [Int](repeating: -1, count: successors.count)
    var count = 0
    var order = [Int](repeating: -1, count: successors.count)
    var low = [Int](repeating: 0, count: successors.count)
    var clock = 0
    var open: [Int] = []
    for root in successors.indices where order[root] < 0 {
      var calls: [(step: Int, next: Int)] = [(root, 0)]
      while let call = calls.last {
        if call.next == 0 {
          order[call.step] = clock
          low[call.step] = clock
          clock += 1
          open.append(call.step)
        }
        if call.next < successors[call.step].count {
          calls[calls.count - 1].next += 1
          let target = successors[call.step][call.next]
          if order[target] < 0 {
            calls.append((target, 0))
          } else if component[target] < 0 {
            low[call.step] = min(low[call.step], order[target])
          }
          continue
        }
        if low[call.step] == order[call.step] {
          while let member = open.popLast() {
            component[member] = count
            if member == call.step { break }
          }
          count += 1
        }
        calls.removeLast()
        if let caller = calls.last { low[caller.step] = min(low[caller.step], low[call.step]) }
      }
    }
    return (component, count)
  }
}
