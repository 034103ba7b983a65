import FlowCore
import Mustache

/// A template and the way texts are escaped in it. Escaping is the template's default, so that nothing is forgotten.
struct Page: Sendable {
  let name: String
  let template: Result<MustacheTemplate, ExportError>

  static let markdown = Page("Markdown", markdownTemplate, escapes: MarkdownEscapes())
  static let html = Page("HTML", htmlTemplate, escapes: HTMLEscapes())

  /// - Parameter text: a template without a content type; `escapes` becomes its own.
  init(_ name: String, _ text: String, escapes: some MustacheContentType) {
    let contentType = "keyusher-\(name)"
    MustacheContentTypes.register(escapes, named: contentType)
    self.name = name
    template = Result { try MustacheTemplate(string: "{{% CONTENT_TYPE:\(contentType)}}\n" + text) }
      .mapError { .template(page: name, reason: "\($0)") }
  }

  func rendered(_ form: Form) throws(ExportError) -> String {
    try template.get().render(form)
  }
}

/// Shows what is hidden, then escapes what HTML takes as markup, in texts and in quoted attributes.
struct HTMLEscapes: MustacheContentType {
  func escapeText(_ text: String) -> String {
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
}

/// Shows what is hidden, then escapes what Markdown, or a code host that renders it, takes as markup.
///
/// A backslash keeps its mark as text. What code hosts turn into links without any mark (`@name`, `#12`, bare addresses)
/// is not kept by a backslash: there an empty comment parts the word, which no reader sees.
struct MarkdownEscapes: MustacheContentType {
  private static let parting = "<!-- -->"

  func escapeText(_ text: String) -> String {
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

  /// What would begin a list or a heading at the beginning of a text, escaped: `- `, `+ `, `1. `, `1) `, `==`.
  private func lineMarker(of text: Substring.UnicodeScalarView) -> String? {
    let digits = text.prefix { ("0"..."9").contains($0) }
    guard let mark = text.dropFirst(digits.count).first else { return nil }
    let next = text.dropFirst(digits.count + 1).first ?? " "
    let isMarker =
      digits.isEmpty ? "-+=".unicodeScalars.contains(mark) : (mark == "." || mark == ")") && next == " "
    return isMarker ? "\(String(digits))\\\(mark)" : nil
  }

  /// Whether a word that code hosts make a link of goes on after this character.
  private func startsLink(
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
