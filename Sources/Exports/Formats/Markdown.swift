import PlainText

/// GitHub-flavoured Markdown: a task list, whose boxes are ticked only for what stands.
///
/// No text stands at the beginning of a line, where it could begin a heading, a list or a box. A backslash keeps a mark as
/// text. What code hosts turn into links without any mark (`@name`, `#12`, bare addresses) is not kept by a backslash: there
/// an empty comment parts the word, which no reader sees.
enum Markdown: Markup {
  private static let parting = "<!-- -->"

  static var pages: [(name: String, text: String)] { Resources.markdown }

  /// Escapes what Markdown, or a code host that renders it, takes as markup.
  static func escape(_ text: String) -> String {
    var escaped = ""
    var rest = display(text).unicodeScalars[...]
    if let marker = lineMarker(of: rest) {
      escaped += marker
      rest = rest.dropFirst(marker.unicodeScalars.count - 1)
    }
    while let character = rest.popFirst() {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\\", "`", "*", "_", "{", "}", "[", "]", "|", "~", "#", "!", "$":
        escaped += "\\"
        escaped.unicodeScalars.append(character)
      default: escaped.unicodeScalars.append(character)
      }
      if startsLink(character, after: escaped, before: rest) { escaped += Self.parting }
    }
    return escaped
  }

  static func link(_ link: Form.Link) -> String { "<\(link.address)>" }

  static func filled(_ answer: String) -> String { escape(answer) }

  // MARK: - Private

  /// What would begin a list or a heading at the beginning of a text, escaped: `- `, `+ `, `1. `, `1) `, `==`.
  private static func lineMarker(of text: Substring.UnicodeScalarView) -> String? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard let mark = text.dropFirst(digits.count).first else { return nil }
    let next = text.dropFirst(digits.count + 1).first ?? " "
    let isMarker =
      digits.isEmpty ? "-+=".unicodeScalars.contains(mark) : (mark == "." || mark == ")") && next == " "
    return isMarker ? "\(String(digits))\\\(mark)" : nil
  }

  /// Whether a word that code hosts make a link of goes on after this character.
  private static func startsLink(
    _ character: Unicode.Scalar, after before: String, before rest: Substring.UnicodeScalarView
  ) -> Bool {
    let isDigitNext = rest.first.map { ("0"..."9").contains($0) } == true
    return switch character {
    case "@": isDigitNext || rest.first?.properties.isAlphabetic == true
    case "#": isDigitNext
    case ":": rest.starts(with: "//".unicodeScalars)
    case "w", "W": rest.first == "." && before.suffix(3).lowercased() == "www"
    default: false
    }
  }
}
