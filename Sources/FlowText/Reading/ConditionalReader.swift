import FlowCore

// Texts that are said only on some ways, and what must fit a screen.
extension FlowReader {
  /// A text that must fit a screen.
  func screenText(_ node: TextNode, afterwards: Bool = false) -> Template {
    let text = template(node, afterwards: afterwards)
    noted.screenTexts.append(
      LintNotes.ScreenText(paragraphs: [(text, node.place)], place: node.place, isSaid: false))
    return text
  }

  /// Texts, each of which may have a condition: `{when: ..., text: ...}`.
  ///
  /// - Parameter afterwards: whether the conditions are looked at after the answer of their own step.
  func said(_ node: TextNode, afterwards: Bool = false, _ read: (TextNode) -> Template) -> [Conditional<Template>] {
    (node.items ?? [node]).compactMap { node in
      guard node["text"] != nil || node["when"] != nil else { return Conditional(read(node)) }
      guard let fields = fields(node, FlowKeys.conditionalText) else { return nil }
      return conditional(fields, afterwards: afterwards) { fields["text"].map(read) ?? "" }
    }
  }

  /// The same for texts of which the first that holds is said.
  func firstOf(_ node: TextNode, _ read: (TextNode) -> Template) -> [Conditional<Template>] {
    reportWithoutWhen(node.items ?? [])
    return said(node, read)
  }

  /// A value under the condition that stands beside it.
  func conditional<Value>(
    _ fields: Fields, afterwards: Bool, _ read: () -> Value
  ) -> Conditional<Value> {
    let condition = fields["when"].flatMap { guardCondition($0, afterwards: afterwards) }
    let first = noted.mentions.count
    let value = read()
    if let condition { noted.guardedMentions.append((condition, first..<noted.mentions.count)) }
    return Conditional(when: condition, value)
  }

  func paragraphs(_ node: TextNode) -> [Conditional<Template>] {
    var paragraphs: [(Template, Place)] = []
    let texts = said(node) { node in
      let text = template(node)
      paragraphs.append((text, node.place))
      return text
    }
    noted.screenTexts.append(LintNotes.ScreenText(paragraphs: paragraphs, place: node.place, isSaid: true))
    return texts
  }

  func field(_ node: TextNode) -> Conditional<Field>? {
    guard let fields = fields(node, FlowKeys.field) else { return nil }
    return conditional(fields, afterwards: false) {
      Field(name: fields["field"].map { oneLine($0) } ?? "", value: fields["value"].map { oneLine($0) } ?? "")
    }
  }
}
