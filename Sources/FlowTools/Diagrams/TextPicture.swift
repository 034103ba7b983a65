import FlowCore
import PlainText

extension Picture {
  /// The picture as a list in the order of the file: no line is wider than 80 columns, and nothing is said by place or line
  /// alone, so that it can be read aloud.
  ///
  /// - Parameter shown: makes a text that is not ours safe to show.
  public func text(shown: @escaping (String) -> String) -> String {
    let page = Page(numberColumns: nodes.compactMap { $0.number?.count }.reduce(3, max), hasMarks: hasRun, shown: shown)
    var lines = page.block(heading, indentation: 0)
    lines += page.block(counted, indentation: 0)
    lines += page.block(hasRun ? Self.runLegend : Self.legend, indentation: 0)
    if let caption { lines += page.block(caption, indentation: 0) }
    var rest = edges[...]
    for (index, node) in nodes.enumerated() {
      lines.append("")
      if let box = boxes.first(where: { $0.nodes.lowerBound == index }) {
        lines += page.block(box.title, indentation: 0) + [""]
      }
      lines += page.lines(of: node)
      let count = rest.prefix { $0.from == index }.count
      for edge in rest.prefix(count) { lines += page.lines(of: edge, to: nodes[edge.to]) }
      rest = rest.dropFirst(count)
    }
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: - Private

  private var counted: String {
    let ends = nodes.count { $0.isEnd }
    let steps = nodes.count - ends
    return "\(steps) \(steps == 1 ? "step" : "steps"), \(ends) \(ends == 1 ? "end" : "ends"). A run begins at "
      + "'\(nodes.first?.id ?? "")'."
  }

  private static let legend = "Each step, then the ways out of it. (back) leads up in this list."
  private static let runLegend =
    "Each step, then the ways out of it. (back) leads up in this list. * was walked; [1, 4]: as the first and the fourth way; "
    + "> is where the run is."
}

/// Lays lines out in 80 columns.
private struct Page {
  static let columns = 80

  var numberColumns: Int
  var hasMarks: Bool
  var shown: (String) -> String

  /// A text in lines, each indented so; all but the first a little more.
  func block(_ text: String, first: String = "", indentation: Int) -> [String] {
    let lines = wrapped(shown(text), columns: Page.columns - max(indentation, first.width))
    let margin = String(repeating: " ", count: indentation)
    return lines.enumerated().map { ($0 == 0 ? first : margin) + $1 }
  }

  func lines(of node: Picture.Node) -> [String] {
    let mark = hasMarks ? (node.standing != nil ? "> " : node.visits > 0 ? "* " : "  ") : ""
    let number = node.numberWord
    let first = mark + String(repeating: " ", count: max(numberColumns - number.count, 0)) + number + "  "
    let notes = node.notes.isEmpty ? "" : " (\(node.notes.joined(separator: ", ")))"
    return block("\(node.id): \(node.title)\(notes)", first: first, indentation: first.count)
  }

  func lines(of edge: Picture.Edge, to target: Picture.Node) -> [String] {
    let mark = hasMarks ? (edge.taken.isEmpty ? "  " : "* ") : ""
    let first = mark + String(repeating: " ", count: numberColumns + 4)
    let label = edge.label.isEmpty ? "" : "\(edge.label) "
    let number = target.numberWord
    let back = edge.isBack ? " (back)" : ""
    let taken = edge.taken.isEmpty ? "" : " [\(Picture.places(edge.taken))]"
    return block("\(label)-> \(number) \(target.id)\(back)\(taken)", first: first, indentation: first.count + 2)
  }
}

extension Picture.Node {
  fileprivate var numberWord: String { number ?? (isEnd ? "end" : "-") }
}
