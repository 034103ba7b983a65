import FlowCore

extension Guard {
  /// The condition for a person with the form before them: `step 6 has "withdraw"`.
  ///
  /// One that would fill lines names only the steps that it looks at.
  func words(in flow: Flow) -> String {
    guard values <= Self.mostValues else {
      let numbers = Set(reads.compactMap { flow.formNumber(of: $0) }).sorted()
      return numbers.count == 1
        ? "the answer at step \(numbers.inRanges) calls for it" : "the answers at steps \(numbers.inRanges) call for it"
    }
    return phrase(in: flow)
  }

  // MARK: - Private

  /// How many answers a condition can name before it is no help any more.
  private static let mostValues = 6

  private var values: Int {
    switch self {
    case .all(let guards), .any(let guards): guards.reduce(0) { $0 + $1.values }
    case .not(let inner): inner.values
    case .answer(_, .isOne(let values)), .answer(_, .includes(let values)), .answer(_, .beyond(let values)):
      max(values.count, 1)
    case .answer: 1
    }
  }

  private func phrase(in flow: Flow) -> String {
    switch self {
    case .all(let guards): Self.joined(guards, "and", in: flow)
    case .any(let guards): Self.joined(guards, "or", in: flow)
    case .not(.answer(let id, let condition)): condition.words(at: id, denied: true, in: flow)
    case .not(let inner): "it is not so that (\(inner.phrase(in: flow)))"
    case .answer(let id, let condition): condition.words(at: id, denied: false, in: flow)
    }
  }

  private static func joined(_ guards: [Guard], _ word: String, in flow: Flow) -> String {
    guard guards.count != 1 else { return guards[0].phrase(in: flow) }
    if guards.isEmpty { return word == "and" ? "anything was answered" : "nothing else can be" }
    return guards.map { $0.nested(within: word, in: flow) }.joined(separator: ", \(word) ")
  }

  /// A part of a longer condition, in brackets where it could be read otherwise.
  private func nested(within word: String, in flow: Flow) -> String {
    switch self {
    case .all(let guards) where guards.count > 1 && word == "or",
      .any(let guards) where guards.count > 1 && word == "and":
      "(\(phrase(in: flow)))"
    default: phrase(in: flow)
    }
  }
}

extension Guard.Condition {
  fileprivate func words(at id: Step.ID, denied: Bool, in flow: Flow) -> String {
    let subject = "step \(flow.formNumber(of: id) ?? 0)"
    func titles(_ ids: [String], _ word: String) -> String {
      ids.map { value in
        "\"\(flow[id]?.options?[value]?.title.blank(in: flow).onOneLine ?? value)\""
      }.listed(with: word)
    }
    func other(_ id: Step.ID) -> String { "step \(flow.formNumber(of: id) ?? 0)" }
    return switch self {
    case .isOne(let values): "\(subject) is \(denied ? "not " : "")\(titles(values, "or"))"
    case .includes(let values): "\(subject) \(denied ? "does not have" : "has") \(titles(values, "or"))"
    case .beyond(let values): "\(subject) has \(denied ? "no more" : "more") than \(titles(values, "and"))"
    case .exceeds(let id): "\(subject) has \(denied ? "nothing" : "something") that \(other(id)) has not"
    case .lacks(let id): "\(subject) lacks \(denied ? "nothing" : "something") of \(other(id))"
    case .skipped: "\(subject) was \(denied ? "not " : "")skipped"
    case .asked: "\(subject) was \(denied ? "not " : "")filled in"
    }
  }
}

extension [Int] {
  /// Ascending numbers in words: `4 to 8, 11, and 13`.
  var inRanges: String {
    var ranges: [ClosedRange<Int>] = []
    for number in self {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    let words = ranges.flatMap { range -> [String] in
      switch range.count {
      case 1: ["\(range.lowerBound)"]
      case 2: ["\(range.lowerBound)", "\(range.upperBound)"]
      default: ["\(range.lowerBound) to \(range.upperBound)"]
      }
    }
    return words.listed(with: "and")
  }
}

extension [String] {
  /// Things in a row, with a word before the last.
  func listed(with word: String) -> String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(word) \(last)"
  }
}
