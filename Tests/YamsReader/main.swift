// Reads a JSON list of YAML texts, and writes what Yams makes of each as a list of lines: its nodes with their places, or
// why it refuses the text. A program of its own, since Yams brings its own libyaml.

import Foundation
import Yams

func lines(_ node: Node) -> [String] {
  let place = "\(node.mark?.line ?? 0):\(node.mark?.column ?? 0)"
  switch node {
  case .scalar(let scalar): return ["\(place) text \(scalar.string.debugDescription)"]
  case .sequence(let nodes): return ["\(place) list \(nodes.count)"] + nodes.flatMap(lines)
  case .mapping(let entries):
    return ["\(place) mapping \(entries.count)"] + entries.flatMap { lines($0.key) + lines($0.value) }
  case .alias: return ["\(place) alias"]
  }
}

func refusal(_ error: YamlError) -> String {
  switch error {
  case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _):
    let opened = context.flatMap { $0.text.contains("quoted scalar") ? $0.mark : nil } ?? mark
    return "syntax \(opened.line):\(opened.column) \(problem)"
  case .composer(_, let problem, let mark, _):
    return "\(problem.contains("alias") ? "alias" : "several-documents") \(mark.line):\(mark.column)"
  case .duplicatedKeysInMapping: return "duplicate-key"
  default: return "syntax 1:1"
  }
}

let texts = try JSONDecoder().decode([String].self, from: FileHandle.standardInput.readDataToEndOfFile())
let answers = texts.map { text in
  do {
    return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot().map(lines) ?? ["empty-file"]
  } catch {
    return [(error as? YamlError).map(refusal) ?? "\(error)"]
  }
}
FileHandle.standardOutput.write(try JSONEncoder().encode(answers))
