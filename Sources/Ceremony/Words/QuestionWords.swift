// The words of a question: what stands above the line, the line's beginning, and what Tab completes. Pure, and the same for
// everybody who asks.

extension Question {
  /// What stands above the line where it is answered.
  public var sentences: [Sentence] {
    let problems = problem.map { [$0] } ?? []
    if isRepeated, subject != .answer { return problems.map(\.displayed) }
    var sentences = problems + warnings.map { Sentence(.warning, $0) }
    if !isRepeated { sentences += numberedChoices }
    if let text, !standsOnTheLine { sentences.append(Sentence(.question, text)) }
    if let longTitle { sentences.append(Sentence(.question, longTitle)) }
    sentences += explanations.map { Sentence(.body, $0) } + hints.map { Sentence(.hint, $0) }
    if let words = standard?.words { sentences.append(Sentence(.hint, "Enter = \(words)")) }
    let named = choices.filter { $0.number == nil }
    if !named.isEmpty { sentences.append(Sentence(.body, Phrases.orWhere)) }
    sentences += named.map { Sentence(.option, $0.title.hasPrefix($0.id) ? $0.title : "\($0.id): \($0.title)") }
    if isSecret, !words.isEmpty { sentences.append(Sentence(.hint, Phrases.unseen)) }
    return sentences.map(\.displayed)
  }

  /// The line at whose end the answer is typed, at most 40 columns.
  public var prompt: String {
    if standsOnTheLine, let text { return "\(text): " }
    return switch kind {
    case .acknowledge: isSecret ? "Enter, and it is gone: " : "Enter to go on: "
    case .yesOrNo: "yes or no: "
    case .choose where !words.isEmpty: "Answer: "
    case .choose where isSecret: "Number (Enter = \(standard?.ids.first ?? "")): "
    case .choose: "Number or name: "
    case .select: "Numbers with commas, or none: "
    case .review: "Enter = finish, or a number to change: "
    case .text where !choices.isEmpty: "Number or name: "
    case .text: lineForText
    case .word: "The word: "
    case .secret(let title): longTitle == nil ? "\(title): " : "Paste: "
    }
  }

  private var lineForText: String {
    switch subject {
    case .answer: "Answer: "
    case .name: "Its name in the store: "
    case .words(for: "skip"): "Why you skip it: "
    case .words(for: "differs"): "What your page shows: "
    case .words(for: "note"): "The note: "
    default: "In a few words: "
    }
  }

  private var numberedChoices: [Sentence] {
    let lines = choices.compactMap(\.numbered)
    guard isCompact, lines.count > 2 else { return lines }
    return [Sentence(.option, lines.map(\.text).joined(separator: "; "))]
  }

  /// Whether the question itself is short enough for the line where it is answered.
  private var standsOnTheLine: Bool {
    guard let text, !isSecret, text.count <= 38, !text.hasSuffix("?"), !text.contains("\n") else { return false }
    return kind == .acknowledge || kind == .text && subject == .answer
  }

  /// What Tab completes.
  public var completions: [String] {
    let answers =
      switch kind {
      case .acknowledge: ["ok"]
      case .yesOrNo: ["yes", "no"]
      case .choose: choices.map(\.id)
      case .select: choices.map(\.id) + ["none"]
      case .review: ["finish"]
      case .text: choices.map(\.id)
      case .word, .secret: [String]()
      }
    return answers + commands
  }

  /// The title of what is pasted, where it has no room on the line itself.
  private var longTitle: String? {
    if case .secret(let title) = kind, title.count > 38 { title } else { nil }
  }
}

extension Question.Choice {
  fileprivate var numbered: Sentence? {
    number.map { Sentence(.option, "\($0) \(title)" + (obstacle.map { " (not now: \($0))" } ?? "")) }
  }
}
