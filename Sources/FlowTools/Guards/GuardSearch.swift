/// Looks for answers under which a formula holds: exact, and given up where it would take too long.
///
/// A formula is weighed while some variables have no value yet; only where that leaves it open, the first of them is tried
/// with each of its values.
struct GuardSearch {
  enum Outcome {
    /// The value of each variable that matters; -1 for the others.
    case holds([Int])
    case never
    /// Too long, or something in it is not known.
    case undecided
  }

  /// How many looks at a variable one question may take.
  static let mostLooks = 100_000
  /// How many looks are left for all questions about a flow.
  private(set) var looksLeft = 4_000_000

  /// Whether no question is answered any more.
  var isSpent: Bool { looksLeft <= 0 }

  /// The value that each variable is tried with; -1 for none, as between two questions.
  private var values: [Int] = []
  private var row = FormulaRow()
  private var looks = 0
  private var pick = -1

  /// - Parameters:
  ///   - variables: how many there are.
  ///   - domain: the values that a variable can have.
  ///   - accept: whether such values can come together at all; nil if nobody knows.
  mutating func solve(
    _ formula: Formula, variables: Int, domain: (Int) -> [Int], accept: ([Int]) -> Bool? = { _ in true }
  ) -> Outcome {
    if formula.deniesItself { return .never }
    if values.count < variables { values += [Int](repeating: -1, count: variables - values.count) }
    looks = 0
    row.lay(formula)
    var isSure = true
    var trail: [(variable: Int, open: [Int])] = []
    defer {
      looksLeft -= looks
      for tried in trail { values[tried.variable] = -1 }
    }
    while true {
      guard looks < min(Self.mostLooks, looksLeft) else { return .undecided }
      pick = -1
      let weighed = weigh(row.nodes, at: 0)
      if weighed == true {
        switch accept(values) {
        case true?: return .holds(values)
        case nil: isSure = false
        case false?: break
        }
      } else if weighed == nil, pick >= 0 {
        let open = domain(pick)
        if !open.isEmpty {
          trail.append((pick, Array(open.dropFirst())))
          values[pick] = open[0]
          continue
        }
      } else if weighed == nil {
        isSure = false
      }
      while let last = trail.last, last.open.isEmpty {
        values[last.variable] = -1
        trail.removeLast()
      }
      guard !trail.isEmpty else { return isSure ? .never : .undecided }
      values[trail[trail.count - 1].variable] = trail[trail.count - 1].open.removeFirst()
    }
  }

  /// What a formula comes to under some values, of which -1 stands for any; nil while it is open.
  ///
  /// - Parameter values: lent, so that nothing is copied.
  mutating func weigh(_ formula: Formula, under values: inout [Int]) -> Bool? {
    swap(&self.values, &values)
    defer { swap(&self.values, &values) }
    pick = -1
    row.lay(formula)
    return weigh(row.nodes, at: 0)
  }

  /// The variable that left the last formula open.
  var openVariable: Int? { pick >= 0 ? pick : nil }

  // MARK: - Private

  private mutating func weigh(_ nodes: [FormulaRow.Node], at place: Int) -> Bool? {
    looks += 1
    let node = nodes[place]
    switch node.kind {
    case .unknown: return nil
    case .not: return weigh(nodes, at: place + 1).map { !$0 }
    case .one:
      guard node.variable < values.count, values[node.variable] >= 0 else {
        if pick < 0 { pick = node.variable }
        return nil
      }
      return values[node.variable] == node.value
    case .all, .any:
      let deciding = node.kind == .any
      let earlier = pick
      var isOpen = false
      var part = place + 1
      while part < node.end {
        let weighed = weigh(nodes, at: part)
        if weighed == deciding {
          pick = earlier
          return deciding
        }
        if weighed == nil { isOpen = true }
        part = nodes[part].end
      }
      if isOpen { return nil }
      pick = earlier
      return !deciding
    }
  }
}

/// A formula whose parts lie in a row, each behind what it is a part of: so it is weighed over and over without reference counting.
private struct FormulaRow {
  enum Kind { case all, any, not, one, unknown }

  struct Node {
    var kind: Kind
    var variable = 0
    var value = 0
    /// Where the next begins that is no part of it.
    var end = 0
  }

  private(set) var nodes: [Node] = []

  /// Of more, parts that stand in it more than once counted each time, nothing is said: no question could look at all of them.
  private static let mostNodes = GuardSearch.mostLooks

  mutating func lay(_ formula: Formula) {
    nodes.removeAll(keepingCapacity: true)
    add(formula)
    if nodes.count > Self.mostNodes { nodes = [Node(kind: .unknown, end: 1)] }
  }

  private mutating func add(_ formula: Formula) {
    let place = nodes.count
    guard place <= Self.mostNodes else { return }
    switch formula {
    case .unknown: nodes.append(Node(kind: .unknown))
    case .one(let variable, let value): nodes.append(Node(kind: .one, variable: variable, value: value))
    case .not(let inner):
      nodes.append(Node(kind: .not))
      add(inner)
    case .all(let parts): add(parts, as: .all)
    case .any(let parts): add(parts, as: .any)
    }
    nodes[place].end = nodes.count
  }

  private mutating func add(_ parts: [Formula], as kind: Kind) {
    nodes.append(Node(kind: kind))
    for part in parts { add(part) }
  }
}
