import FlowCore
import PlainText

/// One mapping, by its keys.
struct Fields {
  let node: TextNode
  /// What it can have.
  let set: KeySet
  private var entries: [TextNode.Entry] { node.entries ?? [] }

  init(_ node: TextNode, _ set: KeySet) { (self.node, self.set) = (node, set) }

  /// The keys among some that it has, in the order of the file.
  func keys(among known: [String]) -> [String] { entries.map(\.key).filter(known.contains) }

  subscript(key: String) -> TextNode? { node[key] }

  func keyPlace(_ key: String) -> Place { entries.first { $0.key == key }?.keyPlace ?? node.place }
}

extension FlowReader {
  /// A mapping's values, once its keys were looked at.
  func fields(_ node: TextNode, _ set: KeySet) -> Fields? {
    guard entries(node, called: set.called) != nil else { return nil }
    let fields = Fields(node, set)
    reportUnknown(in: node, known: set.names)
    reportMissing(set.required, in: fields, called: set.called)
    return fields
  }

  /// A mapping's entries, whatever its keys are.
  func entries(_ node: TextNode, called: String) -> [TextNode.Entry]? {
    if let entries = node.entries { return entries }
    findings.report(
      .wrongType, at: node.place, "\(called) is made of keys with values, this is \(node.kind)",
      hint: "write 'key: value' lines")
    return nil
  }

  func reportUnknown(in node: TextNode, known: [String]) {
    for entry in node.entries ?? [] where !known.contains(entry.key) {
      findings.report(
        .unknownKey, at: entry.keyPlace, "unknown key \(quoted(entry.key))",
        hint: entry.hintOfComma ?? findings.suggestion(for: entry.key, among: known))
    }
  }

  func reportMissing(_ keys: [String], in fields: Fields, called: String) {
    let missing = keys.filter { fields[$0] == nil }
    guard !missing.isEmpty else { return }
    findings.report(
      .missingKey, at: fields.node.entries?.first?.keyPlace ?? fields.node.place,
      "\(called) needs \(missing.map { quoted($0) }.joined(separator: " and "))",
      hint: "add '\(missing[0]): ...'")
  }

  func list(_ node: TextNode, of what: String) -> [TextNode] {
    guard case .list(let nodes) = node.content else {
      findings.report(
        .wrongType, at: node.place, "this is a list of \(what), and \(node.kind) stands here",
        hint: "begin each with '- '")
      return []
    }
    return nodes
  }

  /// A text as it is written; nil if it is none, or empty.
  func scalar(_ node: TextNode) -> String? { looked(at: node)?.text }

  /// The same, with what a look at it told.
  func looked(at node: TextNode) -> (text: String, look: TextLook)? {
    guard case .text(let text) = node.content else {
      findings.report(
        .wrongType, at: node.place, "a text belongs here, this is \(node.kind)",
        hint: "a text that begins with '{' or '[' needs double quotes")
      return nil
    }
    let look = TextLook(text)
    if look.isVisible { return (text, look) }
    if let scalar = text.unicodeScalars.first(where: { $0 != "\n" && $0.isControlling }) {
      findings.report(
        .controlCharacter, at: node.place, "the text holds control character \(scalar.codePoint)",
        hint: "take it out; a text never needs one")
      return nil
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      findings.report(.emptyText, at: node.place, "nothing stands here", hint: "write a text, or take the key out")
      return nil
    }
    return (text, look)
  }

  /// A text of one or several lines that takes no answers.
  func text(_ node: TextNode) -> String {
    guard let (text, look) = looked(at: node) else { return "" }
    if look.hasBraces, let brace = text.first(where: { $0 == "{" || $0 == "}" }) {
      findings.report(
        .badText, at: node.place(of: String(brace)), "no answers can stand in this text",
        hint: "say it without braces, or in 'say'")
    }
    return text.trimmed
  }

  /// A text of one line that takes no answers.
  func line(_ node: TextNode) -> String {
    let text = text(node)
    reportBreak(in: text, node)
    return text
  }

  func reportBreak(in text: String, _ node: TextNode) {
    guard TextLook(text).hasBreaks, text.contains(where: \.isNewline) else { return }
    findings.report(.badText, at: node.place, "this must be one line", hint: "'>-' folds several lines into one")
  }

  func lines(_ node: TextNode, of what: String) -> [String] { list(node, of: what).map(line) }

  /// The number at a key, if it is one that the table of keys allows there.
  func number(_ key: String, of fields: Fields) -> Int? {
    guard let node = fields[key], case .number(let range)? = fields.set[key]?.content else { return nil }
    return number(node, range)
  }

  func number(_ node: TextNode, _ range: ClosedRange<Int>) -> Int? {
    guard let text = scalar(node) else { return nil }
    let isPlain = text.utf8.allSatisfy { (0x30...0x39).contains($0) } && (text == "0" || text.first != "0")
    guard isPlain, let number = Int(text), range.contains(number) else {
      findings.report(
        .wrongValue, at: node.place,
        "\(quoted(text)) is not a whole number from \(range.lowerBound) to \(range.upperBound)",
        hint: "write it in digits")
      return nil
    }
    return number
  }

  func truth(_ node: TextNode) -> Bool {
    guard let text = scalar(node) else { return false }
    if text != "true", text != "false" {
      findings.report(
        .wrongValue, at: node.place, "\(quoted(text)) is neither true nor false", hint: "write true or false")
    }
    return text == "true"
  }

  /// One of a closed list of words.
  func word<Word: RawRepresentable & CaseIterable>(_ node: TextNode, _ type: Word.Type) -> Word?
  where Word.RawValue == String {
    word(node, among: Word.allCases.map(\.rawValue)).flatMap { Word(rawValue: $0) }
  }

  func word(_ node: TextNode, among words: [String]) -> String? {
    guard let text = scalar(node) else { return nil }
    if words.contains(text) { return text }
    findings.report(
      .wrongValue, at: node.place, "unknown word \(quoted(text))", hint: findings.suggestion(for: text, among: words))
    return nil
  }

  /// An id of a step, an option, a part or an exit; empty if it is none.
  func id(_ node: TextNode) -> String {
    guard let text = scalar(node) else { return "" }
    guard isID(text) else {
      findings.report(
        .badID, at: node.place, "\(quoted(text)) is not an id",
        hint: "use small letters, digits and '-', 64 at most, a letter or digit first")
      return ""
    }
    return text
  }

  /// Reports ids that stand twice in one list.
  func reportDuplicates(of ids: [String], at places: [Place], _ what: String) {
    var known: Set<String> = []
    for (id, place) in zip(ids, places) where !id.isEmpty && !known.insert(id).inserted {
      findings.report(
        .duplicateID, at: place, "\(what) \(quoted(id)) stands above already", hint: "give this one a name of its own")
    }
  }
}
