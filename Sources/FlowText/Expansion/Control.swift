/// What stands in a flow in the place of steps, options or values, and says which these are.
enum Control: String, CaseIterable {
  /// The steps of a group: `{include: shared/login, with: {NAME: VALUE}}`.
  case include
  /// The same once for each item of a list: `{for: NAME, in: LIST, where: {KEY: VALUE}, put: ...}`.
  case each = "for"
  /// Only where a parameter is there: `{if: NAME, put: ...}`, or is one of some texts: `{if: NAME, is: TEXT, put: ...}`.
  case when = "if"
  /// The opposite.
  case unless

  init?(_ entries: [TextNode.Entry]) {
    for entry in entries.prefix(4) {
      guard let control = Control(rawValue: entry.key) else { continue }
      self = control
      return
    }
    return nil
  }

  private static let keysOfInclude = FlowKeys.table["include"]
  private static let keysOfEach = FlowKeys.table["each"]
  private static let keysOfCondition = FlowKeys.table["condition"]
  private static let keysOfExclusion = FlowKeys.table["exclusion"]

  var keys: KeySet {
    switch self {
    case .include: Self.keysOfInclude
    case .each: Self.keysOfEach
    case .when: Self.keysOfCondition
    case .unless: Self.keysOfExclusion
    }
  }
}

extension Expander {
  mutating func expand(_ control: Control, _ node: TextNode, in scope: Scope, depth: Int) -> Expansion {
    guard let fields = reader.fields(node, control.keys) else { return .nothing }
    switch control {
    case .include: return include(fields, in: scope, depth: depth)
    case .each: return each(fields, in: scope, depth: depth)
    case .when, .unless:
      guard let name = fields[control.rawValue],
        holds(name, fields["is"], in: scope, depth: depth) == (control == .when)
      else { return .nothing }
      return put(fields, in: scope, depth: depth)
    }
  }

  // MARK: - if, for

  private mutating func holds(_ name: TextNode, _ texts: TextNode?, in scope: Scope, depth: Int) -> Bool {
    guard let text = reader.scalar(name) else { return false }
    guard let reference = Reference(text + "?") else {
      findings.report(
        .badText, at: name.place, "\(quoted(text)) is not the name of a parameter", hint: "write if: pack.pages.keys")
      return false
    }
    guard let value = look(up: reference, at: name, in: scope) else { return false }
    guard let texts, let wanted = expandValue(texts, in: scope, depth: depth + 1) else { return true }
    nodesLeft -= wanted.count >> 4
    return wanted.texts.includes(value)
  }

  private mutating func each(_ fields: Fields, in scope: Scope, depth: Int) -> Expansion {
    let name = fields["for"].map(reader.id) ?? ""
    guard !name.isEmpty, let list = fields["in"], let value = expandValue(list, in: scope, depth: depth + 1) else {
      return .nothing
    }
    let wanted = fields["where"].flatMap { expandValue($0, in: scope, depth: depth + 1) }
    var conditions: [(key: String, texts: Set<String>)] = []
    if let wanted {
      nodesLeft -= wanted.count
      guard let entries = wanted.entries else { return .many([]) }
      conditions = entries.map { ($0.key, $0.value.texts) }
    }
    var expanded: [TextNode] = []
    // Copied once, and not for each item: a group may have thousands of parameters.
    nodesLeft -= scope.names.count >> 6
    var inner = scope
    for item in reader.list(value, of: "items") where !findings.isFull && nodesLeft >= 0 {
      if wanted != nil {
        nodesLeft -= (conditions.count * item.keyCount) >> 4
        if !item.fits(conditions) { continue }
      }
      inner.names[name] = item
      switch put(fields, in: inner, depth: depth) {
      case .node(let node): expanded.append(node)
      case .many(let nodes): expanded += nodes
      case .nothing: break
      }
    }
    return .many(expanded)
  }

  private mutating func put(_ fields: Fields, in scope: Scope, depth: Int) -> Expansion {
    guard let put = fields["put"] else { return .nothing }
    if let nodes = put.items { return .many(expandAll(nodes, in: scope, depth: depth + 1)) }
    return expand(put, in: scope, depth: depth + 1)
  }

  // MARK: - include

  /// What a parameter of an include costs, in nodes.
  private static let parameterEffort = 4

  private mutating func include(_ fields: Fields, in scope: Scope, depth: Int) -> Expansion {
    guard let node = fields["include"], let id = reader.flowID(node) else { return .nothing }
    guard !including.contains(id) else {
      findings.report(
        .includeLoop, at: node.place, "group \(quoted(id)) includes itself",
        hint: (including.drop { $0 != id } + [id]).joined(separator: " includes "))
      return .nothing
    }
    guard including.count < Composer.deepest else {
      findings.report(
        .tooDeep, at: node.place, "groups include each other more than \(Composer.deepest) levels deep",
        hint: "a flow never needs this")
      return .nothing
    }
    guard let group = group(id, at: node) else { return .nothing }
    // Each include looks at all parameters of its group, and copies them.
    nodesLeft -= (group["params"]?.entries?.count ?? 0) * Self.parameterEffort
    var inner = Scope(provider: scope.provider)
    inner.included = scope.included ?? node.place
    (inner.names, inner.missed) = given(fields["with"], to: group, of: fields, in: scope, depth: depth)
    including.append(id)
    defer { including.removeLast() }
    guard let nodes = group["steps"]?.items else { return .nothing }
    var steps = expandAll(nodes, in: inner, depth: depth)
    if let section = fields["section"].flatMap({ expandValue($0, in: scope, depth: depth + 1) }),
      case .mapping(let entries)? = steps.first?.content, steps[0]["section"] == nil
    {
      let entry = TextNode.Entry(key: "section", keySpot: section.spot, value: section)
      steps[0] = TextNode(content: .mapping(entries + [entry]), spot: steps[0].spot)
    }
    return .many(steps)
  }

  /// The group of an id, if it can be used.
  private mutating func group(_ id: String, at node: TextNode) -> Fields? {
    if let known = groups[id] { return known }
    let found = openGroup(id, at: node)
    if let found { groups[id] = found }
    return found
  }

  private func openGroup(_ id: String, at node: TextNode) -> Fields? {
    switch library?.open(id) {
    case .opened(let opened):
      for finding in opened.findings { findings.take(finding) }
      return opened.root.flatMap { group($0, id: id) }
    case .refused(let reason):
      findings.report(.unknownInclude, at: node.place, "group \(quoted(id)) can't be used: \(reason)")
    case .absent, nil:
      findings.report(
        .unknownInclude, at: node.place, "no group \(quoted(id))",
        hint: findings.suggestion(for: id, among: library?.known ?? [])
          ?? "a group is a file FOLDER/NAME.yaml that begins with 'group:'")
    }
    return nil
  }

  /// Looks at the head of a group, and at each of its parameters.
  func group(_ root: TextNode, id: String?) -> Fields? {
    guard let fields = reader.fields(root, FlowKeys.group) else { return nil }
    if let format = fields["format"] { reader.checkFormat(format) }
    if let named = fields["group"], let own = reader.flowID(named), let id, own != id {
      findings.report(
        .wrongFlowID, at: named.place, "the group calls itself \(quoted(own)), its file says \(quoted(id))",
        hint: "write 'group: \(id)', or move the file")
    }
    if let steps = fields["steps"] { _ = reader.list(steps, of: "steps") }
    if let params = fields["params"], let entries = reader.entries(params, called: "the parameters") {
      for entry in entries {
        if !isID(entry.key) || entry.key == Scope.pack {
          findings.report(
            .badID, at: entry.keyPlace, "no parameter can be called \(quoted(entry.key))",
            hint: "use small letters, digits and '-', and not 'pack', which stands for the provider's pack")
        }
        guard let parameter = reader.fields(entry.value, FlowKeys.parameter) else { continue }
        _ = parameter["about"].flatMap(reader.scalar)
        _ = parameter["optional"].map(reader.truth)
      }
    }
    _ = fields["about"].flatMap(reader.scalar)
    return fields
  }

  /// What an include gives for each parameter of the group, or the group's own default.
  private mutating func given(
    _ with: TextNode?, to group: Fields, of include: Fields, in scope: Scope, depth: Int
  ) -> (names: [String: TextNode], missed: Set<String>) {
    var names: [String: TextNode] = [:]
    var missed: Set<String> = []
    let params = group["params"].flatMap { reader.entries($0, called: "the parameters") } ?? []
    let known = Set(params.map(\.key))
    for entry in with.flatMap({ reader.entries($0, called: "what is given") }) ?? [] {
      guard known.contains(entry.key) else {
        findings.report(
          .unknownParameter, at: entry.keyPlace, "the group has no parameter \(quoted(entry.key))",
          hint: findings.suggestion(for: entry.key, among: params.map(\.key)))
        continue
      }
      if let value = expandValue(entry.value, in: scope, depth: depth + 1) { names[entry.key] = value }
    }
    for param in params where names[param.key] == nil {
      guard param.value.entries != nil else { continue }
      if let standard = param.value["default"] {
        names[param.key] = standard
      } else if param.value["optional"]?.text != "true" {
        missed.insert(param.key)
        findings.report(
          .missingParameter, at: include.keyPlace("include"), "the group needs parameter \(quoted(param.key))",
          hint: "add 'with: {\(param.key): ...}'")
      }
    }
    return (names, missed)
  }
}

extension TextNode {
  /// The texts that it is, or that stand in its lists.
  fileprivate var texts: Set<String> {
    switch content {
    case .text(let text): return [text]
    case .list(let nodes):
      var texts: Set<String> = []
      for node in nodes { texts.formUnion(node.texts) }
      return texts
    case .mapping: return []
    }
  }

  /// How many nodes it is made of.
  fileprivate var count: Int {
    switch content {
    case .text: 1
    case .list(let nodes): nodes.reduce(1) { $0 + $1.count }
    case .mapping(let entries): entries.reduce(1) { $0 + $1.value.count }
    }
  }

  fileprivate var keyCount: Int { entries?.count ?? 0 }

  /// Whether an item has all of some keys with the values wanted.
  fileprivate func fits(_ conditions: [(key: String, texts: Set<String>)]) -> Bool {
    entries != nil && conditions.allSatisfy { condition in self[condition.key].map(condition.texts.includes) ?? false }
  }
}

extension Set<String> {
  /// Whether a value is one of the texts.
  fileprivate func includes(_ value: TextNode) -> Bool {
    value.text.map(contains) ?? false
  }
}
