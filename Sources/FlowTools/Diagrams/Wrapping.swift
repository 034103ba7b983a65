import PlainText

/// A text in lines of at most so many columns, broken at spaces, and within a word only where that is too long for a line.
///
/// What has no room in `most` lines is cut, and the last ends in `...`.
func wrapped(_ text: String, columns: Int, lines most: Int = .max) -> [String] {
  let lines = PlainText.wrapped(text, columns: columns, longWords: .broken)
  guard lines.count > most, let last = lines.prefix(most).last else { return lines }
  return lines.prefix(most - 1) + [last.prefix(columns: columns - 3) + "..."]
}
