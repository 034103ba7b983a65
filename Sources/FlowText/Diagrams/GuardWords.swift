import FlowCore

extension Guard {
  /// The condition in a few words, for the label of a way: `plan has withdraw`. Long ones are told in part.
  ///
  /// - Parameter own: the step that the way leaves; its own answer needs no name.
  func words(leaving own: Step.ID) -> String {
    wrapped(phrase(own, depth: 0), columns: Self.mostColumns, lines: 1).first ?? ""
  }

  // MARK: - Private

  private static let mostColumns = 96
  /// What is nested deeper is only hinted at.
  private static let deepest = 3

  private func phrase(_ own: Step.ID, depth: Int) -> String {
    switch self {
    case .all(let guards): Self.joined(guards, "and", own, depth)
    case .any(let guards): Self.joined(guards, "or", own, depth)
    case .not(.answer(let id, let condition)): subject(id, own) + condition.denial(isOwn: id == own)
    case .not(let inner): "not " + inner.nested(own, depth: depth, within: "not")
    case .answer(let id, let condition): subject(id, own) + condition.phrase(isOwn: id == own)
    }
  }

  private func subject(_ id: Step.ID, _ own: Step.ID) -> String { id == own ? "" : "\(id) " }

  private static func joined(_ guards: [Guard], _ word: String, _ own: Step.ID, _ depth: Int) -> String {
    guard guards.count != 1 else { return guards[0].phrase(own, depth: depth) }
    guard !guards.isEmpty else { return word == "and" ? "always" : "never" }
    return several(guards, word) { $0.nested(own, depth: depth, within: word) }
  }

  /// A part of a longer condition, in brackets where it could be read otherwise: "and" binds closer than "or".
  private func nested(_ own: Step.ID, depth: Int, within word: String) -> String {
    let ownWord: String? =
      switch self {
      case .all(let guards) where guards.count > 1: "and"
      case .any(let guards) where guards.count > 1: "or"
      default: nil
      }
    guard let ownWord, ownWord != word else { return phrase(own, depth: depth) }
    guard depth + 1 < Self.deepest else { return "..." }
    let inner = phrase(own, depth: depth + 1)
    return word == "or" ? inner : "(\(inner))"
  }
}

extension Guard.Condition {
  fileprivate func phrase(isOwn: Bool) -> String {
    switch self {
    case .isOne(let values): (isOwn ? "" : "is ") + several(values, "or") { $0 }
    case .includes(let values): "has " + several(values, "or") { $0 }
    case .beyond(let values): "has more than " + several(values, "and") { $0 }
    case .exceeds(let other): "exceeds \(other)"
    case .lacks(let other): "lacks some of \(other)"
    case .skipped: "skipped"
    case .asked: "asked"
    }
  }

  fileprivate func denial(isOwn: Bool) -> String {
    switch self {
    case .isOne(let values): (isOwn ? "not " : "is not ") + several(values, "or") { $0 }
    case .includes(let values): "without " + several(values, "or") { $0 }
    case .beyond(let values): "has no more than " + several(values, "and") { $0 }
    case .exceeds(let other): "does not exceed \(other)"
    case .lacks(let other): "lacks nothing of \(other)"
    case .skipped: "not skipped"
    case .asked: "not asked"
    }
  }
}

/// Things in a row, with a word before the last; of more than three the first two are named, and the rest is counted.
func several<Item>(_ items: [Item], _ word: String, _ words: (Item) -> String) -> String {
  let named = items.prefix(items.count > 3 ? 2 : 3).map(words)
  if items.count > 3 { return named.joined(separator: ", ") + " \(word) \(items.count - 2) more" }
  guard let last = named.last, named.count > 1 else { return named.first ?? "" }
  return named.dropLast().joined(separator: ", ") + " \(word) \(last)"
}
