import PlainText

/// GitHub-flavoured Markdown: a task list, whose boxes are ticked only for what stands.
///
/// No text stands at the beginning of a line, where it could begin a heading, a list or a box. A backslash keeps a mark as
/// text. What code hosts turn into links without any mark (`@name`, `#12`, bare addresses) is not kept by a backslash: its
/// word is set as code, so that it is read, and copied, as it was written, and leads nowhere.
enum Markdown: Markup {
  static var pages: [(name: String, text: String)] { Resources.markdown }

  /// Escapes what Markdown, or a code host that renders it, takes as markup.
  static func escape(_ text: String) -> String {
    var (escaped, rest) = begun(text)
    while !rest.isEmpty {
      let word = rest.prefix(while: isOfWord)
      rest = rest[word.endIndex...]
      escaped += word.indices.contains { startsLink(at: $0, in: word) } ? code(in: word) : word.map(marked).joined()
      if let other = rest.popFirst() { escaped += marked(other) }
    }
    return escaped
  }

  static func link(_ link: Form.Link) -> String { "<\(link.address)>" }

  static func filled(_ answer: String) -> String { escape(answer) }

  /// Set off by more backticks than stand in it side by side.
  static func code(_ text: String) -> String {
    let shown = display(text)
    let longest = shown.split { $0 != "`" }.map(\.count).max() ?? 0
    let (marks, space) = (String(repeating: "`", count: longest + 1), longest > 0 ? " " : "")
    return "\(marks)\(space)\(shown)\(space)\(marks)"
  }

  // MARK: - Of a text

  /// What would begin a list or a heading at the beginning of a text, escaped (`- `, `+ `, `1. `, `1) `, `==`), and what
  /// follows, with nothing hidden.
  static func begun(_ text: String) -> (escaped: String, rest: Substring.UnicodeScalarView) {
    let shown = Substring(display(text)).unicodeScalars
    let digits = shown.prefix { ("0"..."9").contains($0) }
    guard let mark = shown.dropFirst(digits.count).first else { return ("", shown) }
    let next = shown.dropFirst(digits.count + 1).first ?? " "
    let isMarker =
      digits.isEmpty ? "-+=".unicodeScalars.contains(mark) : (mark == "." || mark == ")") && next == " "
    return isMarker ? ("\(String(digits))\\\(mark)", shown.dropFirst(digits.count + 1)) : ("", shown)
  }

  static func marked(_ character: Unicode.Scalar) -> String {
    switch character {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\\", "`", "*", "_", "{", "}", "[", "]", "|", "~", "#", "!", "$": "\\\(character)"
    default: "\(character)"
    }
  }

  /// Whether a word that code hosts make a link of goes on after a character.
  static func startsLink(at place: String.Index, in text: Substring.UnicodeScalarView) -> Bool {
    let rest = text[place...].dropFirst()
    let isDigitNext = rest.first.map { ("0"..."9").contains($0) } == true
    return switch text[place] {
    case "@": isDigitNext || rest.first?.properties.isAlphabetic == true
    case "#": isDigitNext
    case ":": rest.starts(with: "//".unicodeScalars)
    case "w", "W": rest.first == "." && String(text[...place].suffix(3)).lowercased() == "www"
    default: false
    }
  }

  // MARK: - Private

  /// Whether it can stand within a word that is set as code: nothing that ends it, a cell of a table, or an address.
  private static func isOfWord(_ character: Unicode.Scalar) -> Bool {
    !character.properties.isWhitespace && !"`|<>[]{}\"\\".unicodeScalars.contains(character)
  }

  /// A word set as code, without what begins and ends a sentence or a bracket around it.
  private static func code(in word: Substring.UnicodeScalarView) -> String {
    let begun = word.drop { !($0 == "@" || $0 == "#" || $0.properties.isAlphabetic || ("0"..."9").contains($0)) }
    var core = begun
    while let last = core.last, ".,:;!?)'*_~".unicodeScalars.contains(last) { core.removeLast() }
    // Signs alone are no address.
    if core.isEmpty { return word.map(marked).joined() }
    return word[..<begun.startIndex].map(marked).joined() + code(String(core))
      + begun[core.endIndex...].map(marked).joined()
  }
}
