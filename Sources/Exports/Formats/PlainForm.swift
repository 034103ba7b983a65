import PlainText

/// The layout of the Markdown page as plain text, for a terminal: nothing in it is taken as markup there.
enum PlainForm: Markup {
  static var pages: [(name: String, text: String)] { Resources.markdown }

  static func escape(_ text: String) -> String { display(text) }
  static func link(_ link: Form.Link) -> String { link.address }
  static func filled(_ answer: String) -> String { display(answer) }
}
