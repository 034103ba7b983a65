extension [String] {
  /// Things in a row, with a word before the last.
  package func listed(with word: String) -> String {
    guard count > 1, let last else { return first ?? "" }
    return dropLast().joined(separator: ", ") + " \(word) \(last)"
  }
}
