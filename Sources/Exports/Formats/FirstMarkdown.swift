/// Markdown as records of format 1 are exported for ever: an empty comment, which no reader sees, parts a word that code
/// hosts would make a link of.
enum FirstMarkdown: Markup {
  private static let parting = "<!-- -->"

  static var pages: [(name: String, text: String)] { Markdown.pages }

  static func escape(_ text: String) -> String {
    let (begun, rest) = Markdown.begun(text)
    return begun
      + rest.indices.map { place in
        Markdown.marked(rest[place]) + (Markdown.startsLink(at: place, in: rest) ? parting : "")
      }.joined()
  }

  static func link(_ link: Form.Link) -> String { Markdown.link(link) }
  static func filled(_ answer: String) -> String { escape(answer) }
  static func code(_ text: String) -> String { "`\(escape(text))`" }
}
