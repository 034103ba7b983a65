import PlainText

extension Guard {
  /// Tells the condition to a person with the form before them: `step 6 has "withdraw"`.
  ///
  /// One that would fill lines names only the steps that it looks at.
  package func words(in flow: Flow) -> String {
    guard values <= Self.mostValues else {
      let read = Set(reads)
      let steps = flow.steps.filter { read.contains($0.id) && flow.number(of: $0.id) != nil }.map(\.id)
      let numbers = flow.numbers(of: steps)
      return steps.count == 1
        ? "the answer at step \(numbers) calls for it" : "the answers at steps \(numbers) call for it"
    }
    return GuardWords.sentence(flow).phrase(self)
  }

  /// Tells the condition in a few words, for the label of a way: `plan has withdraw`. Much is told in part.
  ///
  /// - Parameter own: the step that the way leaves; its own answer needs no name.
  package func label(leaving own: Step.ID) -> String { GuardWords.label(leaving: own).phrase(self) }

  /// How many answers a sentence can name before it is no help any more.
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
}

/// The two ways in which a guard is told: whole, by the numbers and titles of the form, or short, by ids.
private enum GuardWords {
  case sentence(Flow)
  case label(leaving: Step.ID)

  /// What is nested deeper is only hinted at on a label.
  private static let deepest = 3

  func phrase(_ told: Guard, depth: Int = 0) -> String {
    switch (self, told) {
    case (_, .all(let guards)): joined(guards, "and", depth)
    case (_, .any(let guards)): joined(guards, "or", depth)
    case (_, .not(.answer(let id, let condition))): phrase(condition, at: id, isDenied: true)
    case (.sentence, .not(let inner)): "not (\(phrase(inner)))"
    case (.label, .not(let inner)): "not " + nested(inner, depth, within: "not")
    case (_, .answer(let id, let condition)): phrase(condition, at: id, isDenied: false)
    }
  }

  private func joined(_ guards: [Guard], _ word: String, _ depth: Int) -> String {
    guard guards.count != 1 else { return phrase(guards[0], depth: depth) }
    switch self {
    case .sentence:
      if guards.isEmpty { return word == "and" ? "anything was answered" : "nothing else can be" }
      return guards.map { nested($0, depth, within: word) }.joined(separator: ", \(word) ")
    case .label:
      if guards.isEmpty { return word == "and" ? "always" : "never" }
      return several(guards, word) { nested($0, depth, within: word) }
    }
  }

  /// A part of a longer condition, in brackets where it could be read otherwise: on a label "and" binds closer than "or".
  private func nested(_ part: Guard, _ depth: Int, within word: String) -> String {
    let own: String? =
      switch part {
      case .all(let guards) where guards.count > 1: "and"
      case .any(let guards) where guards.count > 1: "or"
      default: nil
      }
    guard let own, own != word else { return phrase(part, depth: depth) }
    guard case .label = self else { return "(\(phrase(part)))" }
    guard depth + 1 < Self.deepest else { return "..." }
    let inner = phrase(part, depth: depth + 1)
    return word == "or" ? inner : "(\(inner))"
  }

  private func phrase(_ condition: Guard.Condition, at id: Step.ID, isDenied: Bool) -> String {
    let not = isDenied ? "not " : ""
    let words =
      switch (self, condition) {
      case (.label(id), .isOne(let values)): not + list(values, "or", at: id)
      case (_, .isOne(let values)): "is \(not)" + list(values, "or", at: id)
      case (.sentence, .includes(let values)): (isDenied ? "does not have " : "has ") + list(values, "or", at: id)
      case (.label, .includes(let values)): (isDenied ? "without " : "has ") + list(values, "or", at: id)
      case (_, .beyond(let values)): "has \(isDenied ? "no more" : "more") than " + list(values, "and", at: id)
      case (.sentence, .exceeds(let other)): "has \(isDenied ? "nothing" : "something") that \(name(other)) has not"
      case (.label, .exceeds(let other)): (isDenied ? "does not exceed " : "exceeds ") + name(other)
      case (.sentence, .lacks(let other)): "lacks \(isDenied ? "nothing" : "something") of \(name(other))"
      case (.label, .lacks(let other)): "lacks \(isDenied ? "nothing" : "some") of \(name(other))"
      case (.sentence, .skipped): "was \(not)skipped"
      case (.label, .skipped): "\(not)skipped"
      case (.sentence, .asked): "was \(not)filled in"
      case (.label, .asked): "\(not)asked"
      }
    if case .label(id) = self { return words }
    return "\(name(id)) \(words)"
  }

  private func name(_ id: Step.ID) -> String {
    switch self {
    case .sentence(let flow): flow.mention(of: id)
    case .label: id.rawValue
    }
  }

  private func list(_ values: [String], _ word: String, at id: Step.ID) -> String {
    guard case .sentence(let flow) = self else { return several(values, word) { $0 } }
    let options = flow[id]?.options
    return values.map { "\"\(options?[$0]?.title.blank(in: flow).onOneLine ?? $0)\"" }.listed(with: word)
  }
}

// MARK: - Lists in words

/// Things in a row, with a word before the last; of more than three the first two are named, and the rest is counted.
package func several<Item>(_ items: [Item], _ word: String, _ words: (Item) -> String) -> String {
  guard items.count > 3 else { return items.map(words).listed(with: word) }
  return items.prefix(2).map(words).joined(separator: ", ") + " \(word) \(items.count - 2) more"
}

extension Flow {
  /// A step as other steps speak of it: by its number, or, where it has none, by its title.
  package func mention(of id: Step.ID) -> String {
    if let number = number(of: id) { return "step \(number)" }
    let title = self[id]?.title.onOneLine ?? ""
    return "\"\(title.isEmpty ? id.rawValue : title)\""
  }

  /// The numbers of steps in the order of the flow, in words: `1 to 3, 5, 6 and 9`; `2.1, 2.3 and 3.1`.
  package func numbers(of ids: [Step.ID]) -> String {
    let labels = ids.compactMap(number)
    let plain = labels.compactMap { Int($0) }
    guard plain.count == labels.count else { return labels.listed(with: "and") }
    var ranges: [ClosedRange<Int>] = []
    for number in plain {
      if let last = ranges.last, last.upperBound + 1 == number {
        ranges[ranges.count - 1] = last.lowerBound...number
      } else {
        ranges.append(number...number)
      }
    }
    return ranges.flatMap { range -> [String] in
      range.count > 2 ? ["\(range.lowerBound) to \(range.upperBound)"] : range.map { "\($0)" }
    }.listed(with: "and")
  }
}

extension String {
  /// A flow may break its texts into lines; a form and a picture set them anew.
  package var onOneLine: String { split(whereSeparator: \.isNewline).joined(separator: " ").trimmed }
}
