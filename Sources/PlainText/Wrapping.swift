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
  for part in words(of: text) {
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

/// What stands between spaces. Plain ASCII is taken apart by its bytes, which takes a small part of the time.
private func words(of text: some StringProtocol) -> [Substring] {
  let text = Substring(text)
  guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return text.split(separator: " ") }
  return text.utf8.split(separator: UInt8(ascii: " ")).map { Substring($0) }
}
