/// A format of pages, and how texts that are not ours stand in it.
protocol Markup: Sendable {
  static var pages: [(name: String, text: String)] { get }
  /// Shows what is hidden, then escapes what the format takes as markup.
  static func escape(_ text: String) -> String
  /// Makes a link whose text is its address.
  static func link(_ link: Form.Link) -> String
  /// Sets off an answer that fills a hole in a text of the flow.
  static func filled(_ answer: String) -> String
  /// Sets off what is to be typed as it stands.
  static func code(_ text: String) -> String
}

/// A text as it stands on a page of one format. The format's own functions alone make it: there is no raw form.
struct Escaped<Format: Markup>: Sendable {
  let text: String

  init(_ text: String) { self.text = Format.escape(text) }

  init(code: String) { text = Format.code(code) }

  init(_ text: Form.Text) {
    self.text = text.pieces.map { piece in
      switch piece {
      case .words(let words): Format.escape(words)
      case .link(let link): Format.link(link)
      case .hole(_, let filled?): Format.filled(filled)
      case .hole(let name, nil): Format.escape(name)
      }
    }.joined()
  }
}

/// What a page shows under a name.
indirect enum PageValue<Format: Markup>: Sendable, ExpressibleByDictionaryLiteral {
  case nothing, something
  case escaped(Escaped<Format>)
  case list([PageValue])
  case fields([String: PageValue])

  init(dictionaryLiteral fields: (String, PageValue)...) {
    self = .fields(Dictionary(fields, uniquingKeysWith: { first, _ in first }))
  }

  static func text(_ text: String?) -> PageValue { given(text) { .escaped(Escaped($0)) } }
  static func text(_ text: Form.Text?) -> PageValue { given(text) { .escaped(Escaped($0)) } }
  static func code(_ text: String?) -> PageValue { given(text) { .escaped(Escaped(code: $0)) } }
  static func number(_ number: Int) -> PageValue { .escaped(Escaped("\(number)")) }
  static func flag(_ flag: Bool) -> PageValue { flag ? .something : .nothing }
  static func each<Item>(_ items: [Item], _ value: (Item) -> PageValue) -> PageValue { .list(items.map(value)) }
  static func given<Item>(_ item: Item?, _ value: (Item) -> PageValue) -> PageValue { item.map(value) ?? .nothing }
}
