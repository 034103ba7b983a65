import FlowCore
import PlainText

extension Picture {
  /// The picture as a Mermaid flowchart, which code hosts draw in Markdown.
  public var mermaid: String {
    var lines = ["flowchart TB"]
    if let caption { lines.append("  run[\(quoted([caption, Self.mermaidRunLegend]))]") }
    lines.append("  start((\"start\"))")
    // Ids of our own: `end` and others are words of the language.
    for (index, node) in nodes.enumerated() {
      if let place = boxes.firstIndex(where: { $0.nodes.lowerBound == index }) {
        lines.append("  subgraph p\(place)[\(quoted(wrapped(display(boxes[place].title), columns: 40, lines: 2)))]")
      }
      lines.append("  s\(index)\(node.mermaidShape)")
      if boxes.contains(where: { $0.nodes.upperBound == index + 1 }) { lines.append("  end") }
    }
    if !nodes.isEmpty { lines.append("  start --> s0") }
    for edge in edges {
      var label = edge.label.isEmpty ? [] : wrapped(display(edge.label), columns: 28, lines: 4)
      if !edge.taken.isEmpty { label.append("[\(Picture.places(edge.taken))]") }
      let arrow = edge.isBack ? "-.->" : "-->"
      lines.append("  s\(edge.from) \(arrow)\(label.isEmpty ? "" : "|\(quoted(label))|") s\(edge.to)")
    }
    lines += classes
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - Private

  private static let mermaidRunLegend = "Bold: the way it took, numbered in order."

  /// Who is painted how. The words and shapes say the same.
  private var classes: [String] {
    var lines: [String] = []
    func paint(_ name: String, _ style: String, _ isMember: (Node) -> Bool) {
      let members = nodes.indices.filter { isMember(nodes[$0]) }.map { "s\($0)" }
      if members.isEmpty { return }
      lines.append("  classDef \(name) \(style)")
      lines.append("  class \(members.joined(separator: ",")) \(name)")
    }
    paint("required", "stroke-width:3px") { $0.isRequired }
    paint("secret", "fill:#fef0c3,color:#202124") { $0.kind == .credential }
    paint("keeping", "fill:#e8f0fe,color:#202124") { $0.kind == .store }
    paint("walked", "stroke:#0b5d1e,stroke-width:4px,font-weight:bold") { $0.visits > 0 && $0.standing == nil }
    paint("standing", "stroke:#0b5d1e,stroke-width:8px,font-weight:bold") { $0.standing != nil }
    // The way from the start marker is link 0.
    let taken = edges.indices.filter { !edges[$0].taken.isEmpty }.map { String($0 + 1) }
    if !taken.isEmpty {
      lines.append("  linkStyle \(taken.joined(separator: ",")) stroke:#0b5d1e,stroke-width:4px,font-weight:bold")
    }
    return lines
  }
}

extension Picture.Node {
  fileprivate var mermaidShape: String {
    let title = (number.map { "\($0) " } ?? "") + title
    var lines = wrapped(display(title), columns: 30, lines: 4)
    if !notes.isEmpty { lines.append("(\(notes.joined(separator: ", ")))") }
    let label = quoted(lines)
    return switch kind {
    case .plain: "[\(label)]"
    case .store: "[(\(label))]"
    case .credential: "[[\(label)]]"
    case .check: "[/\(label)/]"
    case .review: "[\\\(label)\\]"
    case .end(.completed): "([\(label)])"
    case .end(.aborted): "[/\(label)\\]"
    case .end(.blocked): "{{\(label)}}"
    }
  }
}

/// Lines as one text between quotes. All that could mean something to Mermaid, to Markdown or to HTML becomes an entity of
/// Mermaid's, `#34;`: letters, digits and a few harmless signs are left.
private func quoted(_ lines: [String]) -> String {
  "\"" + lines.map(escaped).joined(separator: "<br>") + "\""
}

private func escaped(_ line: String) -> String {
  let scalars = Array(display(line).unicodeScalars)
  var text = ""
  for (index, scalar) in scalars.enumerated() {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", ",", "?", "'", "(", ")": text.unicodeScalars.append(scalar)
    case "-", ".":
      // Within a word; in front of a space they would make a list.
      if index > 0, index + 1 < scalars.count, scalars[index - 1].isWordly, scalars[index + 1].isWordly {
        text.unicodeScalars.append(scalar)
      } else {
        text += "#\(scalar.value);"
      }
    default:
      if scalar.isASCII { text += "#\(scalar.value);" } else { text.unicodeScalars.append(scalar) }
    }
  }
  return text
}

extension Unicode.Scalar {
  fileprivate var isWordly: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }
}
