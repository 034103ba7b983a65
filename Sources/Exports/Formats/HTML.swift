import PlainText

/// HTML as one page that loads nothing and runs nothing.
enum HTML: Markup {
  static var pages: [(name: String, text: String)] { Resources.html }

  /// Escapes what HTML takes as markup, in texts and in quoted attributes.
  static func escape(_ text: String) -> String {
    var escaped = ""
    for character in display(text).unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  static func link(_ link: Form.Link) -> String {
    let address = escape(link.address)
    return "<a href=\"\(address)\" rel=\"noreferrer\">\(address)</a>"
  }

  static func code(_ text: String) -> String { "<code>\(escape(text))</code>" }

  static func filled(_ answer: String) -> String { "<span class=\"filled\">\(escape(answer))</span>" }
}
