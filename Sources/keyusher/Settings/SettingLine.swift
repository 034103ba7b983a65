import FlowText

/// Reads one line of a settings file, from its beginning to its end.
struct SettingLine {
  enum Content: Equatable {
    /// Empty, or a comment.
    case nothing
    /// Columns count from 1, in characters.
    case setting(key: String, value: String, keyColumn: Int, valueColumn: Int, valueLength: Int)
    case fault(column: Int, FindingCode, String, hint: String)
  }

  private let characters: [Character]
  private var index = 0

  init(_ line: String) { characters = Array(line) }

  mutating func read() -> Content {
    if let at = characters.firstIndex(where: {
      $0.unicodeScalars.contains { $0.value < 0x20 && $0 != "\t" || $0.value == 0x7F }
    }) {
      return .fault(column: at + 1, .controlCharacter, "a control character", hint: "take it out")
    }
    if characters.first == "\u{FEFF}" { index = 1 }
    let indentation = skipSpaces()
    guard let first = current, first != "#" else { return .nothing }
    guard indentation == 0 else { return fault("a line begins at its margin", Self.flat) }
    let start = index
    while let character = current, character.isLetter || character.isNumber || "._-".contains(character) { index += 1 }
    let key = String(characters[start..<index])
    guard !key.isEmpty, current == ":" else { return fault("this is no 'key: value'", Self.flat) }
    index += 1
    guard current == nil || current == " " || current == "\t" else {
      return fault("a space belongs between ':' and the value", "key: value")
    }
    _ = skipSpaces()
    let place = index
    let value: String
    switch current {
    case "\""?, "'"?:
      guard let text = quoted() else {
        return fault("this quote is not closed, or holds '\\' and a letter", Self.quotes)
      }
      value = text
    case let sign? where "[]{}&*!|>%@`,?".contains(sign):
      return fault("a value that begins with '\(sign)' needs quotes; lists and maps are not taken", Self.flat)
    default: value = plain()
    }
    let length = index - place
    let isSpaced = skipSpaces() > 0
    guard current == nil || (current == "#" && (isSpaced || length == 0)) else {
      return fault("nothing but a comment can stand behind the value", Self.quotes)
    }
    if length == 0, current == "#" { index = place }
    return .setting(key: key, value: value, keyColumn: start + 1, valueColumn: place + 1, valueLength: length)
  }

  // MARK: - Private

  private static let flat = "this file has lines 'key: value', such as 'openbao.mount: secret', and comments with '#'"
  private static let quotes = "put a value with signs in it into double quotes"

  private var current: Character? { index < characters.count ? characters[index] : nil }

  private func fault(_ message: String, _ hint: String) -> Content {
    .fault(column: index + 1, .syntax, message, hint: hint)
  }

  private mutating func skipSpaces() -> Int {
    let start = index
    while current == " " || current == "\t" { index += 1 }
    return index - start
  }

  /// Up to the end of the line or a comment, without the spaces before these.
  private mutating func plain() -> String {
    let start = index
    while let character = current {
      if character == "#", index > start, " \t".contains(characters[index - 1]) { break }
      if character == "#", index == start { break }
      if character == ":", index + 1 == characters.count || characters[index + 1] == " " { break }
      index += 1
    }
    while index > start, " \t".contains(characters[index - 1]) { index -= 1 }
    return String(characters[start..<index])
  }

  /// In quotes; nil if they are not closed, or have an escape other than of a quote or a backslash.
  private mutating func quoted() -> String? {
    let quote = characters[index]
    index += 1
    var text = ""
    while let character = current {
      index += 1
      switch character {
      case "\\" where quote == "\"":
        guard let next = current, next == "\"" || next == "\\" else { return nil }
        text.append(next)
        index += 1
      case quote where quote == "'" && current == "'":
        text.append("'")
        index += 1
      case quote: return text
      default: text.append(character)
      }
    }
    return nil
  }
}
