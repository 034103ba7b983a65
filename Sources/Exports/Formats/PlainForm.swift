import PlainText

/// The layout of the Markdown page as plain text, for a terminal: nothing in it is taken as markup there.
enum PlainForm: Markup {
  static var pages: [(name: String, text: String)] {
    Resources.markdown.map { name, text in
      // A terminal renders no marks.
      let lines = text.filter { $0 != "*" && $0 != "`" }.split(separator: "\n", omittingEmptySubsequences: false)
      return (name, lines.map { $0.hasPrefix("#") ? $0.drop { $0 == "#" || $0 == " " } : $0 }.joined(separator: "\n"))
    }
  }

  static func escape(_ text: String) -> String { display(text) }
  static func link(_ link: Form.Link) -> String { link.address }
  static func filled(_ answer: String) -> String { display(answer) }
  static func code(_ text: String) -> String { display(text) }
}
