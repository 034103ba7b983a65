import FlowCore
import PlainText

extension Picture {
  /// The picture in the language of graphviz, for `dot`.
  public var dot: String {
    let captions = [heading] + [caption, hasRun ? Self.dotRunLegend : nil].compactMap { $0 }
    var lines = [
      "digraph \(quoted([flow])) {",
      "  graph [rankdir=TB, nodesep=0.35, ranksep=0.4, labelloc=t, fontname=\"Helvetica\", fontsize=16,"
        + " label=\(quoted(captions.flatMap { wrapped(display($0), columns: 70, lines: 3) }))]",
      "  node [shape=box, style=\"rounded,filled\", fillcolor=white, color=\"#3c4043\", fontname=\"Helvetica\","
        + " fontsize=12, margin=\"0.15,0.08\"]",
      "  edge [color=\"#5f6368\", fontname=\"Helvetica\", fontsize=10, arrowsize=0.8]",
      // No step has an id with brackets in it.
      "  \"(start)\" [label=\"start\", shape=circle, fillcolor=\"#3c4043\", fontcolor=white, margin=\"0.02\"]",
    ]
    for (index, node) in nodes.enumerated() {
      if let place = boxes.firstIndex(where: { $0.nodes.lowerBound == index }) {
        lines.append("  subgraph \"cluster_\(place)\" {")
        let title = wrapped(display(boxes[place].title), columns: 40, lines: 2)
        lines.append(
          "    graph [label=\(quoted(title)), labeljust=l, fontname=\"Helvetica\", fontsize=13, color=\"#9aa0a6\", "
            + "style=rounded]")
      }
      lines.append("  \(quoted([node.id])) \(attributes(of: node))")
      if boxes.contains(where: { $0.nodes.upperBound == index + 1 }) { lines.append("  }") }
    }
    if let first = nodes.first { lines.append("  \"(start)\" -> \(quoted([first.id])) [weight=8]") }
    for edge in edges {
      lines.append("  \(quoted([nodes[edge.from].id])) -> \(quoted([nodes[edge.to].id])) \(attributes(of: edge))")
    }
    return lines.joined(separator: "\n") + "\n}\n"
  }

  // MARK: - Private

  private static let dotRunLegend = "Bold: the way it took, numbered in order."

  private func attributes(of node: Node) -> String {
    let title = (node.number.map { "\($0)  " } ?? "") + node.title
    var label = wrapped(display(title), columns: 26, lines: 4)
    if !node.notes.isEmpty { label += wrapped("(\(node.notes.joined(separator: ", ")))", columns: 26) }
    var attributes = ["label=\(quoted(label))"] + node.kind.dotAttributes
    if node.visits > 0 {
      attributes += ["color=\"#0b5d1e\"", "penwidth=\(node.standing == nil ? 3 : 6)", "fontname=\"Helvetica-Bold\""]
    } else if node.isRequired {
      attributes.append("penwidth=2.2")
    }
    return "[\(attributes.joined(separator: ", "))]"
  }

  private func attributes(of edge: Edge) -> String {
    var attributes: [String] = []
    var label = edge.label.isEmpty ? [] : wrapped(display(edge.label), columns: 22, lines: 4)
    if !edge.taken.isEmpty { label.append("[\(Picture.places(edge.taken))]") }
    if !label.isEmpty { attributes.append("label=\(quoted(label.map { " \($0) " }))") }
    if edge.isBack { attributes.append("style=dashed") }
    if !edge.isBack, edge.isUsual { attributes.append("weight=8") }
    if !edge.taken.isEmpty {
      attributes += ["color=\"#0b5d1e\"", "fontcolor=\"#0b5d1e\"", "penwidth=3", "fontname=\"Helvetica-Bold\""]
    }
    return attributes.isEmpty ? "" : "[\(attributes.joined(separator: ", "))]"
  }
}

extension Picture.Node.Kind {
  /// The shape says what the word in the label says.
  fileprivate var dotAttributes: [String] {
    switch self {
    case .plain: []
    case .store: ["shape=cylinder", "style=filled", "fillcolor=\"#e8f0fe\""]
    case .credential: ["shape=box3d", "style=filled", "fillcolor=\"#fef0c3\""]
    case .check: ["shape=component", "style=filled"]
    case .review: ["shape=note", "style=filled"]
    case .end(.completed): ["peripheries=2", "fillcolor=\"#e6f4ea\""]
    case .end(.aborted): ["shape=octagon", "style=filled", "margin=\"0.02\"", "fillcolor=\"#fce8e6\""]
    case .end(.blocked): ["shape=hexagon", "style=filled", "margin=\"0.02\"", "fillcolor=\"#f1f3f4\""]
    }
  }
}

/// Lines as one text between quotes. What graphviz would take as an escape or as an entity stays as it is written.
private func quoted(_ lines: [String]) -> String {
  var text = "\""
  for (index, line) in lines.enumerated() {
    if index > 0 { text += "\\n" }
    for scalar in display(line).unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "&": text += "&amp;"
      default: text.unicodeScalars.append(scalar)
      }
    }
  }
  return text + "\""
}
