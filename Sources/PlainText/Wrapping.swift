/// What becomes of a word that is wider than a line.
public enum LongWords: Sendable {
  /// It is never broken, and sticks out.
  case whole
  /// It goes on on the next line.
  case broken
}

/// A text folded at spaces into lines of at most so many columns; at least one line, which may be empty.
///
/// Spaces at the ends and doubled ones vanish.
///
/// - Parameter alone: whether a word has a line of its own.
public func wrapped(
  _ text: some StringProtocol, columns: Int, longWords: LongWords = .whole, alone: (String) -> Bool = { _ in false }
) -> [String] {
  var lines: [String] = []
  var line = ""
  var used = 0
  func close() {
    lines.append(line)
    line = ""
    used = 0
  }
  for part in text.split(separator: " ") {
    let word = String(part)
    let needed = word.width
    let isAlone = alone(word)
    if used > 0, isAlone || used + 1 + needed > columns { close() }
    if used > 0 {
      line += " "
      used += 1
    }
    if longWords == .broken, needed > columns {
      for character in word {
        let width = String(character).width
        if used > 0, used + width > columns { close() }
        line.append(character)
        used += width
      }
    } else {
      line += word
      used += needed
    }
    if isAlone { close() }
  }
  if !line.isEmpty || lines.isEmpty { close() }
  return lines
}
