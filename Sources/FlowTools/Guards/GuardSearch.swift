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
    var isSure = true
    var trail: [(variable: Int, open: [Int])] = []
    defer {
      looksLeft -= looks
      for tried in trail { values[tried.variable] = -1 }
    }
    while true {
      guard looks < min(Self.mostLooks, looksLeft) else { return .undecided }
      pick = -1
      let weighed = weigh(formula)
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
    return weigh(formula)
  }

  /// The variable that left the last formula open.
  var openVariable: Int? { pick >= 0 ? pick : nil }

  // MARK: - Private

  private mutating func weigh(_ formula: Formula) -> Bool? {
    looks += 1
    switch formula {
    case .unknown: return nil
    case .not(let inner): return weigh(inner).map { !$0 }
    case .one(let variable, let value):
      guard variable < values.count, values[variable] >= 0 else {
        if pick < 0 { pick = variable }
        return nil
      }
      return values[variable] == value
    case .all(let parts): return weigh(parts, deciding: false)
    case .any(let parts): return weigh(parts, deciding: true)
    }
  }

  private mutating func weigh(_ parts: [Formula], deciding: Bool) -> Bool? {
    let earlier = pick
    var isOpen = false
    for part in parts {
      let weighed = weigh(part)
      if weighed == deciding {
        pick = earlier
        return deciding
      }
      if weighed == nil { isOpen = true }
    }
    if isOpen { return nil }
    pick = earlier
    return !deciding
  }
}
