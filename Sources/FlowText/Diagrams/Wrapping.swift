/// A text in lines of at most so many columns, broken at spaces, and within a word only where that is too long for a line.
///
/// What has no room in `most` lines is cut, and the last ends in `...`.
func wrapped(_ text: String, columns: Int, lines most: Int = .max) -> [String] {
  var lines: [String] = []
  var line = ""
  var used = 0
  func close() {
    lines.append(line)
    line = ""
    used = 0
  }
  for word in text.split(separator: " ") {
    // Nothing that stands further behind is shown.
    if lines.count > most { break }
    let needed = word.width
    if used > 0, used + 1 + needed > columns { close() }
    if used > 0 {
      line += " "
      used += 1
    }
    if needed <= columns {
      line += word
      used += needed
      continue
    }
    for character in word {
      let width = character.width
      if used > 0, used + width > columns { close() }
      line.append(character)
      used += width
    }
  }
  if used > 0 || lines.isEmpty { close() }
  guard lines.count > most, let last = lines.prefix(most).last else { return lines }
  return lines.prefix(most - 1) + [last.prefix(within: columns - 3) + "..."]
}

extension StringProtocol {
  /// How many columns it takes on a terminal that puts nothing together: at least as many as on any other.
  var width: Int { reduce(0) { $0 + $1.width } }

  fileprivate func prefix(within room: Int) -> String {
    var used = 0
    return String(
      prefix { character in
        used += character.width
        return used <= room
      })
  }
}

extension Character {
  /// The sum over its scalars, since not every terminal joins a face and the colour of its skin.
  fileprivate var width: Int {
    if isASCII { return 1 }
    return unicodeScalars.reduce(0) { $0 + ($1.properties.isEmojiPresentation ? 2 : String(Character($1)).columns) }
  }
}
