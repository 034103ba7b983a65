import PlainText

/// A manual page in the language mdoc, as it is being written. Whatever is put into it is text: nothing in it is a request.
struct Mdoc {
  private var lines: [String] = []

  var text: String { lines.map { $0 + "\n" }.joined() }

  /// A word on a request's line: a macro, or text that has been escaped.
  enum Word {
    case macro(String)
    case text(String)
  }

  mutating func request(_ name: String, _ words: Word...) { request(name, words) }

  mutating func request(_ name: String, _ words: [Word]) {
    let written = words.map { word in
      switch word {
      case .macro(let name): name
      // Quoted, so that a text of several words is one.
      case .text(let text): "\"\(Mdoc.meansMore(text) ? "\\&" : "")\(Mdoc.escaped(text))\""
      }
    }
    lines.append(([".\(name)"] + written).joined(separator: " "))
  }

  mutating func section(_ title: String) { request("Sh", .text(title)) }

  mutating func subsection(_ title: String) { request("Ss", .text(title)) }

  mutating func paragraph(_ text: String) {
    // A heading begins a paragraph by itself.
    if lines.last.map({ $0.hasPrefix(".Sh ") || $0.hasPrefix(".Ss ") }) != true { request("Pp") }
    line(text)
  }

  /// Running text. Each sentence begins a line, as the language wants it: what shows the page fills them again.
  mutating func line(_ text: String) {
    var line = ""
    var endsSentence = false
    for word in text.split(separator: " ") {
      let escaped = Mdoc.escaped(word)
      if !line.isEmpty, endsSentence || line.utf8.count + 1 + escaped.utf8.count > Mdoc.longestLine {
        lines.append(Mdoc.begun(line))
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + escaped
      endsSentence = Mdoc.endsSentence(word)
    }
    lines.append(Mdoc.begun(line))
  }

  /// Lines that are not filled, for commands.
  mutating func literal(_ texts: [String]) {
    request("Bd", .macro("-literal"), .macro("-offset"), .macro("indent"))
    for text in texts { lines.append(Mdoc.begun(Mdoc.escaped(text))) }
    request("Ed")
  }

  /// A list whose items begin with what `.It` makes of their words.
  mutating func list(_ items: [(words: [Word], text: String)], compact: Bool = false) {
    if items.isEmpty { return }
    request("Bl", [.macro("-tag"), .macro("-width"), .macro("Ds")] + (compact ? [.macro("-compact")] : []))
    for (words, text) in items {
      request("It", words)
      line(text)
    }
    request("El")
  }

  /// An item of several forms that mean the same.
  mutating func list(of forms: [String], _ macro: String, means text: String) {
    request("Bl", [.macro("-tag"), .macro("-width"), .macro("Ds"), .macro("-compact")])
    for form in forms { request("It", .macro(macro), .text(form)) }
    line(text)
    request("El")
  }

  /// What a discussion says: paragraphs with an empty line between, in which lines that are indented stand as they are.
  mutating func discussion(_ text: String) {
    for block in text.split(by: "\n\n") {
      var code: [String] = []
      for line in block.split(separator: "\n") {
        if line.hasPrefix("  ") {
          code.append(String(line.dropFirst(2)))
          continue
        }
        if !code.isEmpty { literal(code) }
        code = []
        paragraph(String(line))
      }
      if !code.isEmpty { literal(code) }
    }
  }

  // MARK: - Private

  private static let longestLine = 80

  /// Whether a word on a request's line would be taken for a macro, or for punctuation.
  private static func meansMore(_ text: String) -> Bool {
    text.count < 4 && text.first?.isUppercase == true || text.count == 1 && ".,:;()[]?!|".contains(text)
  }

  private static func endsSentence(_ word: Substring) -> Bool {
    word.reversed().first { !")\"'\u{201D}".contains($0) }.map { ".!?".contains($0) } ?? false
  }

  /// A line of text, of which the beginning is no request.
  private static func begun(_ line: String) -> String { (line.hasPrefix(".") ? "\\&" : "") + line }

  /// Text of which every character comes out as it is, in ASCII alone.
  private static func escaped(_ text: some StringProtocol) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\e"
      case "-": escaped += "\\-"
      case "'": escaped += "\\(aq"
      case "\"": escaped += "\\(dq"
      case "`": escaped += "\\(ga"
      case "^": escaped += "\\(ha"
      case "~": escaped += "\\(ti"
      case _ where scalar.isASCII: escaped.unicodeScalars.append(scalar)
      default:
        let digits = String(scalar.value, radix: 16, uppercase: true)
        escaped += "\\[u\(String(repeating: "0", count: max(4 - digits.count, 0)))\(digits)]"
      }
    }
    return escaped
  }
}
