import FlowCore

/// One way out of a step, and when it is taken.
struct Way: Equatable {
  var target: Step.ID
  /// None where there is no other way.
  var label: String?
  /// Whether it is where the step leads unless something is said against it.
  var isUsual: Bool
}

extension Step {
  /// Every way out of the step, in the order in which they are weighed; `next` is the step after it in the file.
  func ways(next: Step.ID?) -> [Way] {
    if isEnd { return [] }
    var (ways, usual) = branches
    // Where every answer leads elsewhere, and none can be left out, what stands behind `next` is never taken.
    if let usual, usual.isEmpty { return ways }
    let answers = usual.map { several($0, "or") { $0 } }
    for transition in transitions {
      guard let condition = transition.guardCondition else { break }
      let words = condition.words(leaving: id)
      ways.append(
        Way(target: transition.target, label: answers.map { "\($0), \(words)" } ?? words, isUsual: false))
    }
    guard let last = transitions.first(where: { $0.guardCondition == nil })?.target ?? next else { return ways }
    let otherwise = transitions.contains { $0.guardCondition != nil } ? "otherwise" : nil
    let label = [answers, otherwise].compactMap { $0 }.joined(separator: ", ")
    ways.append(Way(target: last, label: label.isEmpty ? nil : label, isUsual: true))
    return ways
  }

  // MARK: - Private

  /// The ways of single answers, and the answers that go on as the step says; nil if all do.
  private var branches: (ways: [Way], usual: [String]?) {
    var ways: [Way] = []
    var usual: [String] = []
    switch body {
    case .confirm(let confirmation):
      guard let target = confirmation.ifNo else { return ([], nil) }
      ways.append(Way(target: target, label: "no", isUsual: false))
      usual.append("yes")
    case .choose(let options):
      guard options.options.contains(where: { $0.target != nil }) else { return ([], nil) }
      for option in options.options {
        if let target = option.target {
          ways.append(Way(target: target, label: option.id, isUsual: false))
        } else {
          usual.append(option.id)
        }
      }
    case .credential(let rule):
      ways.append(Way(target: rule.ifLost, label: CredentialRule.lost, isUsual: false))
      ways += rule.exits.map { Way(target: $0.target, label: $0.word, isUsual: false) }
      usual.append("kept")
    case .tell, .select, .text, .store, .check, .review, .end: return ([], nil)
    }
    if !required { usual.append("skipped") }
    return (ways, usual)
  }
}
