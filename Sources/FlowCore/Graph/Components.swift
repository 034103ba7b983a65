/// The loops of a graph: strongly connected components by Tarjan's algorithm, in linear time, with its own stack so that long
/// flows do not exhaust the machine's.
package enum Components {
  /// The component of each step, numbered from the end to the beginning: a step leads to components of smaller numbers only.
  package static func found(in successors: [[Int]]) -> (of: [Int], count: Int) {
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
