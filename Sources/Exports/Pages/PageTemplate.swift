import PlainText

/// A page with places for values, after Mustache.
///
/// `{{name}}` and `{{name.of.field}}` are places for a text, `{{.}}` for the one at hand. What stands between `{{#name}}` and
/// `{{/name}}` is there once for each item of a list, or once for anything else that is there; between `{{^name}}` and
/// `{{/name}}` if nothing is. `{{> file}}` puts in another file. A name is looked for in the innermost value that has it.
/// A line that holds a section's tag alone leaves no line.
struct PageTemplate<Format: Markup> {
  private indirect enum Part {
    case literal(Substring)
    case place(String)
    case section(Section)
  }

  private struct Section {
    let name: String
    var isInverted = false
    var parts: [Part] = []
  }

  private let page: String
  private let parts: [Part]

  /// - Parameter texts: the files, of which `page` is one.
  init(_ page: String, in texts: [(name: String, text: String)]) throws(ExportError) {
    self.page = page
    var open = [Section(name: "")]
    func take(_ tag: Substring) throws(ExportError) {
      let name = String(tag.drop { "#^/".contains($0) })
      switch tag.first {
      case "#", "^": open.append(Section(name: name, isInverted: tag.first == "^"))
      case "/":
        let section = open.removeLast()
        guard section.name == name, !open.isEmpty else {
          throw .template(page: page, reason: "nothing that is open ends with '\(tag)'")
        }
        open[open.count - 1].parts.append(.section(section))
      default: open[open.count - 1].parts.append(.place(name))
      }
    }
    for line in try Self.lines(of: page, in: texts) {
      if let tag = line.onlyTag, "#^/".contains(tag.prefix(1)) {
        try take(tag)
        continue
      }
      var rest = line[...]
      while let begin = rest.firstRange(of: "{{") {
        guard let end = rest.firstRange(of: "}}"), begin.upperBound <= end.lowerBound else {
          throw .template(page: page, reason: "a tag does not end: \(line)")
        }
        open[open.count - 1].parts.append(.literal(rest[..<begin.lowerBound]))
        try take(rest[begin.upperBound..<end.lowerBound])
        rest = rest[end.upperBound...]
      }
      open[open.count - 1].parts.append(.literal(rest + "\n"))
    }
    guard open.count == 1 else { throw .template(page: page, reason: "'\(open[1].name)' does not end") }
    parts = open[0].parts
  }

  func rendered(_ value: PageValue<Format>) throws(ExportError) -> String {
    var text = ""
    try render(parts, with: [value], to: &text)
    return text
  }

  // MARK: - Private

  /// The lines of a file with those of the files that it includes, as far in as the tag stands.
  private static func lines(of file: String, in texts: [(name: String, text: String)]) throws(ExportError) -> [String] {
    guard let text = texts.first(where: { $0.name == file })?.text else {
      throw .template(page: file, reason: "it is missing")
    }
    var lines: [String] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      guard let begin = line.firstRange(of: "{{> "), let end = line[begin.upperBound...].firstRange(of: "}}") else {
        lines.append(String(line))
        continue
      }
      let included = try Self.lines(of: String(line[begin.upperBound..<end.lowerBound]), in: texts)
      let indentation = line[..<begin.lowerBound]
      if line.onlyTag == nil {
        lines.append(indentation + included.joined(separator: "\n") + line[end.upperBound...])
      } else {
        lines += included.map { indentation + $0 }
      }
    }
    return lines
  }

  private func render(_ parts: [Part], with values: [PageValue<Format>], to text: inout String) throws(ExportError) {
    for part in parts {
      switch part {
      case .literal(let literal): text += literal
      case .place(let name):
        guard case .escaped(let value) = try self.value(name, in: values) else {
          throw .template(page: page, reason: "'\(name)' is no text")
        }
        text += value.text
      case .section(let section):
        let value = try self.value(section.name, in: values)
        let items = value.items
        if section.isInverted, items.isEmpty { try render(section.parts, with: values, to: &text) }
        if !section.isInverted { for item in items { try render(section.parts, with: values + [item], to: &text) } }
      }
    }
  }

  private func value(_ name: String, in values: [PageValue<Format>]) throws(ExportError) -> PageValue<Format> {
    let path = name == "." ? [] : name.split(separator: ".").map(String.init)
    guard let first = path.first else { return values.last ?? .nothing }
    var found = values.last { $0[first] != nil }
    for field in path { found = found?[field] }
    guard let found else { throw .template(page: page, reason: "nothing is named '\(name)'") }
    return found
  }
}

extension PageValue {
  /// How often what depends on it is there, and with what at hand.
  fileprivate var items: [PageValue] {
    switch self {
    case .nothing: []
    case .list(let items): items
    case .something, .escaped, .fields: [self]
    }
  }

  fileprivate subscript(name: String) -> PageValue? { if case .fields(let fields) = self { fields[name] } else { nil } }
}

extension StringProtocol {
  /// What stands between the braces of the one tag that fills the line.
  fileprivate var onlyTag: SubSequence? {
    let begun = drop(while: \.isWhitespace)
    guard begun.hasPrefix("{{"), let end = begun.firstRange(of: "}}"),
      begun[end.upperBound...].allSatisfy(\.isWhitespace)
    else { return nil }
    return begun[begun.index(begun.startIndex, offsetBy: 2)..<end.lowerBound]
  }
}
