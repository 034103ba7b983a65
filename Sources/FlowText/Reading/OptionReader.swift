import FlowCore

extension FlowReader {
  /// Nobody reads more on a screen, or types their numbers.
  static let mostOptions = FlowKeys.step["options"]?.content.most ?? .max

  func options(_ fields: Fields, _ kind: StepKind) -> Options {
    let nodes = fields["options"].map { list($0, of: "options") } ?? []
    if let node = fields["options"], nodes.isEmpty, case .list = node.content {
      findings.report(.emptyList, at: node.place, "a question needs an option", hint: "add '- {id: ..., title: ...}'")
    }
    if nodes.count > Self.mostOptions {
      findings.report(
        .wrongValue, at: nodes[Self.mostOptions].place, "a question of \(nodes.count) options",
        hint: "\(Self.mostOptions) are the most; ask for groups first, or for a text")
    }
    let options = nodes.compactMap { option($0, kind) }
    let idPlaces = nodes.compactMap { node -> Place? in
      node.entries == nil ? nil : node["id"]?.place ?? node.place
    }
    reportDuplicates(of: options.map(\.id), at: idPlaces, "option")
    reportUnsaid(nodes)
    guard let node = fields["default"] else { return Options(options) }
    let known = Dictionary(options.map { ($0.id, $0.danger != nil) }, uniquingKeysWith: { first, _ in first })
    func chosen(_ node: TextNode) -> Option.ID { self.chosen(node, among: options, dangers: known) }
    let values = kind == .select ? selectionDefaults(node, chosen) : defaults(node) { [chosen($0)] }
    return Options(options, defaults: values)
  }

  /// What Enter takes: one value, or a list of values with conditions.
  func defaults<Value>(_ node: TextNode, _ value: (TextNode) -> Value) -> [Conditional<Value>] {
    guard case .list(let nodes) = node.content else { return [Conditional(value(node))] }
    reportWithoutWhen(nodes)
    let firstGuard = noted.guards.count
    let defaults = nodes.compactMap { node -> Conditional<Value>? in
      guard let fields = fields(node, FlowKeys.conditionalDefault) else { return nil }
      let condition = fields["when"].flatMap { self.guardCondition($0, afterwards: false) }
      return fields["value"].map { Conditional(when: condition, value($0)) }
    }
    noted.note(.standard, node, firstGuard: firstGuard)
    return defaults
  }

  // MARK: - Private

  func option(_ node: TextNode, _ kind: StepKind) -> Option? {
    guard let fields = fields(node, FlowKeys.option) else { return nil }
    if kind == .select, fields["next"] != nil {
      findings.report(
        .misplacedKey, at: fields.keyPlace("next"), "an option of a select step leads nowhere of its own",
        hint: "let the step's 'next' look at the selection")
    }
    if kind == .select, fields["unsaid"] != nil {
      findings.report(
        .misplacedKey, at: fields.keyPlace("unsaid"), "of a select step nothing is chosen where nothing is said",
        hint: "take it out")
    }
    let title = fields["title"].map { node in
      let title = oneLine(node)
      if title.literalColumns > Self.widestOption {
        findings.report(
          .optionTooWide, at: node.place, "an option of \(title.literalColumns) columns",
          hint: "\(Self.widestOption) are the most; the rest belongs into 'note' or 'help'")
      }
      return title
    }
    return Option(
      id: fields["id"].map(id) ?? "", title: title ?? "",
      note: fields["note"].map { screenText($0, afterwards: true) },
      disabled: fields["disabled"].map(disablements) ?? [], danger: fields["danger"].flatMap(danger),
      target: kind == .choose ? fields["next"].flatMap(target) : nil,
      isUnsaid: fields["unsaid"].map(truth) ?? false)
  }

  /// Reports what a script would mean that says nothing, where that can't be told or must be said.
  private func reportUnsaid(_ nodes: [TextNode]) {
    let unsaid = nodes.filter { $0["unsaid"]?.text == "true" }
    for node in unsaid.dropFirst() {
      findings.report(
        .wrongValue, at: node["unsaid"]?.place ?? node.place, "another option stands for what is not said",
        hint: "one of them can")
    }
    for node in unsaid where node["danger"] != nil || node["next"] != nil {
      findings.report(
        .wrongValue, at: node["unsaid"]?.place ?? node.place,
        "an option that is dangerous, or leads elsewhere, must be said",
        hint: "take 'unsaid' out, or 'danger' and 'next'")
    }
  }

  private func disablements(_ node: TextNode) -> [Disablement] {
    (node.items ?? [node]).compactMap { node in
      guard let fields = fields(node, FlowKeys.disablement) else { return nil }
      return Disablement(
        when: fields["when"].flatMap { self.guardCondition($0, afterwards: false) },
        reason: fields["reason"].map { template($0) } ?? "")
    }
  }

  private func danger(_ node: TextNode) -> Danger? {
    guard let fields = fields(node, FlowKeys.danger) else { return nil }
    return Danger(word: fields["word"].map(line) ?? "", why: fields["why"].map { screenText($0) } ?? "")
  }

  private func selectionDefaults(
    _ node: TextNode, _ chosen: (TextNode) -> Option.ID
  ) -> [Conditional<[Option.ID]>] {
    func chosenOnes(_ node: TextNode) -> [Option.ID] { list(node, of: "option ids").map(chosen) }
    guard case .list(let nodes) = node.content else {
      _ = list(node, of: "option ids")
      return []
    }
    if let first = nodes.first, case .mapping = first.content { return defaults(node, chosenOnes) }
    return [Conditional(chosenOnes(node))]
  }

  /// The option that a default names.
  ///
  /// - Parameter dangers: whether each option is dangerous.
  private func chosen(
    _ node: TextNode, among options: [Option], dangers: [Option.ID: Bool]
  ) -> Option.ID {
    guard let text = scalar(node) else { return "" }
    guard let isDangerous = dangers[text] else {
      findings.report(
        .unknownOption, at: node.place, "no option \(quoted(text))",
        hint: findings.suggestion(for: text, among: options.map(\.id)))
      return text
    }
    if isDangerous {
      findings.report(
        .dangerousDefault, at: node.place, "a dangerous option can't be the default",
        hint: "let Enter take the safe one")
    }
    return text
  }
}
