import Testing

/// The part of Mermaid's flowcharts that is used here, stricter than Mermaid is: each line is one of a few forms, a label holds
/// only what means nothing to Mermaid, Markdown or HTML, and an id is defined once and before it is used.
struct MermaidGrammar {
  private(set) var faults: [String] = []
  private var defined: Set<Substring> = []
  private var classes: Set<Substring> = []
  private var links = 0
  private var boxes: Set<Substring> = []
  private var isInBox = false
  private let forms: Forms

  init(checking text: String) throws {
    forms = try Forms()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.first != "flowchart TB" { faults.append("no head") }
    if lines.last != "" { faults.append("no line end") }
    for line in lines.dropFirst().dropLast() where !take(line) { faults.append(String(line)) }
    if isInBox { faults.append("no end of a subgraph") }
  }

  private mutating func take(_ line: Substring) -> Bool {
    if let match = matched(line, forms.node) { return defined.insert(match[1]).inserted }
    if let match = matched(line, forms.subgraph) {
      // Mermaid takes one within another; here each stands alone.
      defer { isInBox = true }
      return !isInBox && boxes.insert(match[1]).inserted
    }
    if line == "  end" {
      defer { isInBox = false }
      return isInBox
    }
    if let match = matched(line, forms.link) {
      links += 1
      return defined.contains(match[1]) && defined.contains(match[2])
    }
    if let match = matched(line, forms.classDefinition) { return classes.insert(match[1]).inserted }
    if let match = matched(line, forms.member) {
      return match[1].split(separator: ",").allSatisfy { defined.contains($0) } && classes.contains(match[2])
    }
    if let match = matched(line, forms.linkStyle) {
      return match[1].split(separator: ",").allSatisfy { (Int($0) ?? .max) < links }
    }
    return false
  }

  private func matched(_ line: Substring, _ form: Regex<AnyRegexOutput>) -> [Substring]? {
    guard let match = try? form.wholeMatch(in: line) else { return nil }
    return (0..<match.output.count).map { match.output[$0].substring ?? "" }
  }
}

/// What a line can be; made once for each text, since a regex is not Sendable and takes long to compile.
private struct Forms {
  let node, subgraph, link, classDefinition, member, linkStyle: Regex<AnyRegexOutput>

  init() throws {
    let label = #""(?:[A-Za-z0-9 ,?'().\-]|[^\x00-\x7F]|#[0-9]+;|<br>)*""#
    let shapes = [
      #"\(\(L\)\)"#, #"\[L\]"#, #"\[\(L\)\]"#, #"\[\[L\]\]"#, #"\[/L/\]"#, #"\[\\L\\\]"#, #"\(\[L\]\)"#, #"\[/L\\\]"#,
      #"\{\{L\}\}"#,
    ].map { $0.replacing("L", with: label) }.joined(separator: "|")
    let style =
      "(?:(?:stroke-width:[0-9]+px|stroke:#[0-9a-f]{6}|fill:#[0-9a-f]{6}|color:#[0-9a-f]{6}|font-weight:bold),?)+"
    node = try Regex("  (s[0-9]+|start|run)(?:\(shapes))")
    subgraph = try Regex("  subgraph (p[0-9]+)\\[\(label)\\]")
    link = try Regex(#"  (s[0-9]+|start) (?:-->|-\.->)(?:\|\#(label)\|)? (s[0-9]+)"#)
    classDefinition = try Regex("  classDef ([a-z]+) \(style)")
    member = try Regex("  class (s[0-9]+(?:,s[0-9]+)*) ([a-z]+)")
    linkStyle = try Regex("  linkStyle ([0-9]+(?:,[0-9]+)*) \(style)")
  }
}
