/// Puts into a flow what it includes and what its parameters stand for, so that what is left is steps alone.
///
/// Nodes keep their places, so that a finding points into the file that somebody has to mend: of a value that stands for
/// `$(NAME)` that is the file of the value. What comes out is bounded: a small flow can't stand for gigabytes.
struct Expander {
  /// The most that a flow may stand for, in bytes of its texts.
  static let mostBytes = SourceText.largest
  static let mostNodes = 500_000

  let reader: FlowReader
  var findings: Findings { reader.findings }
  /// The groups that are being included, the outermost first.
  var including: [String] = []
  /// The groups that were looked at already.
  var groups: [String: Fields] = [:]
  /// Whether anything was put in the place of anything.
  private(set) var hasChanged = false
  private var missesPack = false
  let library: FlowLibrary?
  private var bytesLeft = Expander.mostBytes
  var nodesLeft = Expander.mostNodes

  /// What a node turned into.
  enum Expansion {
    case node(TextNode)
    /// Several in its place, if that is in a list; a list, if it is a value.
    case many([TextNode])
    case nothing
  }

  init(_ findings: Findings, _ library: FlowLibrary? = nil) {
    reader = FlowReader(findings)
    self.library = library
  }

  /// - Parameter provider: the folder whose pack the parameter `pack` stands for; none: it stands for nothing.
  mutating func flow(_ root: TextNode, provider: String?) -> TextNode {
    guard case .node(let node) = expand(root, in: Scope(provider: provider), depth: 1) else { return root }
    // The last that was put in may have been too much, with nothing behind it to stop at.
    if isSpent, !findings.list.contains(where: { $0.code == .tooLarge }) { reportSpent(at: root) }
    return node
  }

  /// Whether the flow stands for more than any flow may.
  private var isSpent: Bool { nodesLeft < 0 || bytesLeft < 0 }

  private func reportSpent(at node: TextNode) {
    findings.report(
      .tooLarge, at: node.place, "with all that it includes, the flow is larger than any flow may be",
      hint: "let it include less, or lists with fewer items")
  }

  // MARK: - Nodes

  mutating func expand(_ node: TextNode, in scope: Scope, depth: Int) -> Expansion {
    nodesLeft -= 1
    guard !isSpent else {
      reportSpent(at: node)
      return .nothing
    }
    guard depth <= Composer.deepest else {
      reportDeep(at: node)
      return .nothing
    }
    switch node.content {
    case .text(let text): return expand(text, of: node, in: scope, depth: depth)
    case .list(let nodes):
      return .node(TextNode(content: .list(expandAll(nodes, in: scope, depth: depth + 1)), spot: node.spot))
    case .mapping(let entries):
      if let control = Control(entries) {
        hasChanged = true
        return expand(control, node, in: scope, depth: depth)
      }
      return .node(TextNode(content: .mapping(expandAll(entries, in: scope, depth: depth + 1)), spot: node.spot))
    }
  }

  /// What is put in is read again from a record, and by a reader that goes no deeper.
  private func reportDeep(at node: TextNode) {
    findings.report(
      .tooDeep, at: node.place, "more than \(Composer.deepest) levels deep", hint: "a flow never needs this")
  }

  mutating func expandAll(_ nodes: [TextNode], in scope: Scope, depth: Int) -> [TextNode] {
    var expanded: [TextNode] = []
    expanded.reserveCapacity(nodes.count)
    for node in nodes where !findings.isFull {
      switch expand(node, in: scope, depth: depth) {
      case .node(let node): expanded.append(node)
      case .many(let nodes): expanded += nodes
      case .nothing: break
      }
    }
    return expanded
  }

  private mutating func expandAll(_ entries: [TextNode.Entry], in scope: Scope, depth: Int) -> [TextNode.Entry] {
    var expanded: [TextNode.Entry] = []
    expanded.reserveCapacity(entries.count)
    for entry in entries where !findings.isFull {
      guard let value = expandValue(entry.value, in: scope, depth: depth) else { continue }
      expanded.append(TextNode.Entry(key: entry.key, keySpot: entry.keySpot, value: value))
    }
    return expanded
  }

  /// The value of a key; nil if the key is to be left out.
  mutating func expandValue(_ node: TextNode, in scope: Scope, depth: Int) -> TextNode? {
    switch expand(node, in: scope, depth: depth) {
    case .node(let node): node
    case .many(let nodes): TextNode(content: .list(nodes), spot: node.spot)
    case .nothing: nil
    }
  }

  // MARK: - Texts

  private mutating func expand(_ text: String, of node: TextNode, in scope: Scope, depth: Int) -> Expansion {
    guard let pieces = pieces(of: text, at: node.spot) else {
      bytesLeft -= text.utf8.count
      return .node(node)
    }
    hasChanged = true
    // A text that is nothing but a mention stands for the value, whatever it is.
    if case .reference(let reference)? = pieces.first, pieces.count == 1 {
      guard let value = look(up: reference, at: node, in: scope) else { return .nothing }
      bytesLeft -= value.size
      guard depth + value.height <= Composer.deepest + 1 else {
        reportDeep(at: node)
        return .nothing
      }
      return value.items.map { .many($0) } ?? .node(value)
    }
    var filled = ""
    // Many mentions of one long text are more than all flows together: counted as they are put in.
    for piece in pieces where bytesLeft >= 0 && !findings.isFull {
      switch piece {
      case .text(let literal): filled += literal
      case .reference(let reference):
        guard let value = look(up: reference, at: node, in: scope) else { continue }
        filled += words(of: value, reference, at: node)
        bytesLeft -= value.size
      case .malformed(let start):
        findings.report(
          .badText, at: node.place(of: start), "\(quoted(start)) is not '$(NAME)'",
          hint: "write '$$(' for one that is meant")
      }
    }
    bytesLeft -= text.utf8.count
    return .node(TextNode(content: .text(filled), spot: node.spot))
  }

  private func pieces(of text: String, at spot: Spot) -> [ReferencePiece]? {
    guard text.has(byte: UInt8(ascii: "$")) else { return nil }
    // A text of the flow's own file comes by once.
    guard spot.file > 0, let library else { return referencePieces(text) }
    return library.pieces(of: text, at: spot)
  }

  private func words(of value: TextNode, _ reference: Reference, at node: TextNode) -> String {
    switch value.content {
    case .text(let text): return text
    case .list(let nodes):
      let texts = nodes.compactMap(\.text)
      if texts.count == nodes.count { return texts.joined(separator: ", ") }
    case .mapping: break
    }
    findings.report(
      .wrongType, at: node.place(of: "$(\(reference.name))"),
      "parameter \(quoted(reference.name)) is \(value.kind), and stands within a text",
      hint: "name one of its texts, for example $(\(reference.name).title)")
    return ""
  }

  // MARK: - Parameters

  /// The value of a parameter; nil if there is none, which is reported unless the mention allows for it.
  mutating func look(up reference: Reference, at node: TextNode, in scope: Scope) -> TextNode? {
    let first = reference.path[0]
    var named = scope.names[first]
    if named == nil, first == Scope.pack, let provider = scope.provider {
      switch library?.open("\(provider)/\(Scope.pack)") {
      case .opened(let opened):
        for finding in opened.findings { findings.take(finding) }
        guard let root = opened.root else { return nil }
        named = root
      case .refused(let reason):
        findings.report(
          .unknownInclude, at: node.place, "the pack of \(quoted(provider)) can't be used: \(reason)")
        return nil
      case .absent, nil: break
      }
    }
    guard var value = named else {
      if reference.isOptional { return nil }
      if first == Scope.pack, let provider = scope.provider {
        reportMissingPack(of: provider, at: scope.included ?? node.place)
      } else if !scope.missed.contains(first) {
        report(reference, at: node, hint: hint(for: first, in: scope))
      }
      return nil
    }
    for key in reference.path.dropFirst() {
      guard case .mapping(let entries) = value.content else {
        report(reference, at: node, hint: nil)
        return nil
      }
      nodesLeft -= entries.count >> 6
      guard let inner = entries.first(where: { $0.key == key })?.value else {
        if reference.isOptional { return nil }
        if first == Scope.pack, let included = scope.included, let provider = scope.provider {
          reportIncompletePack(of: provider, reference.name, at: included)
        } else {
          report(reference, at: node, hint: findings.suggestion(for: key, among: entries.map(\.key)))
        }
        return nil
      }
      value = inner
    }
    return value
  }

  private func report(_ reference: Reference, at node: TextNode, hint: @autoclosure () -> String?) {
    if reference.isOptional { return }
    findings.report(
      .unknownParameter, at: node.place(of: "$(\(reference.name)"), "no parameter \(quoted(reference.name))",
      hint: hint() ?? "write $(\(reference.name)?) where it may be missing")
  }

  private func hint(for name: String, in scope: Scope) -> String? {
    findings.suggestion(for: name, among: scope.names.keys.sorted())
  }

  /// Said once, where the flow includes what needs it: the group may be a file that its author never saw.
  private mutating func reportMissingPack(of provider: String, at place: Place) {
    if missesPack { return }
    missesPack = true
    findings.report(
      .unknownParameter, at: place,
      "this needs the pack \(quoted("\(provider)/\(Scope.pack).yaml")), and there is none",
      hint: "'keyusher flow show gate-io/pack' prints one; flows/README.md says what belongs there")
  }

  private func reportIncompletePack(of provider: String, _ name: String, at place: Place) {
    let key = name.dropFirst(Scope.pack.count + 1)
    findings.report(
      .unknownParameter, at: place, "this needs \(quoted(key)) of the pack \(quoted("\(provider)/\(Scope.pack).yaml"))",
      hint: "add it there; flows/README.md says what each key of a pack is for")
  }
}

/// The names that can be mentioned at one place, and what they stand for.
struct Scope {
  /// The parameter that stands for the pack of the flow's provider.
  static let pack = "pack"

  var names: [String: TextNode] = [:]
  /// The provider of the flow.
  var provider: String?
  /// The parameters that an include should have given: that was reported already.
  var missed: Set<String> = []
  /// Where the flow itself includes what this belongs to; none in the flow's own steps.
  var included: Place?
}

extension TextNode {
  /// How many levels it has.
  var height: Int {
    switch content {
    case .text: 1
    case .list(let nodes): 1 + (nodes.map(\.height).max() ?? 0)
    case .mapping(let entries): 1 + (entries.map(\.value.height).max() ?? 0)
    }
  }

  /// About how many bytes its texts have.
  var size: Int {
    switch content {
    case .text(let text): text.utf8.count + 1
    case .list(let nodes): nodes.reduce(1) { $0 + $1.size }
    case .mapping(let entries): entries.reduce(1) { $0 + $1.key.utf8.count + $1.value.size }
    }
  }
}
