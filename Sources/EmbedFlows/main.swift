// Usage: EmbedFlows OUTPUT FOLDER FILE...
// Writes one Swift file that holds the text of every flow, by the flow's id (its path below FOLDER without `.yaml`).

import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count >= 2, let output = arguments.first else {
  FileHandle.standardError.write(Data("usage: EmbedFlows OUTPUT FOLDER FILE...\n".utf8))
  exit(64)
}
let folder = arguments.dropFirst().first.map { $0.hasSuffix("/") ? $0 : $0 + "/" } ?? ""

/// A raw string literal with enough number signs that nothing in the text can end it.
func literal(_ text: String) -> String {
  var signs = "#"
  while text.contains("\"\"\"" + signs) || text.contains("\\" + signs) { signs += "#" }
  return "\(signs)\"\"\"\n\(text)\n\"\"\"\(signs)"
}

do {
  var entries = ""
  for path in arguments.dropFirst(2) {
    let id = path.dropFirst(folder.count).dropLast(".yaml".count)
    entries += "    (\"\(id)\", \(literal(try String(contentsOfFile: path, encoding: .utf8)))),\n"
  }
  let source = """
    // Made from flows/ by EmbedFlows at each build.

    /// The flows that travel inside the binary.
    enum ShippedFlows {
      static let all: [(id: String, text: String)] = [
    \(entries)  ]
    }

    """
  try source.write(toFile: output, atomically: true, encoding: .utf8)
} catch {
  FileHandle.standardError.write(Data("EmbedFlows: \(error.localizedDescription)\n".utf8))
  exit(74)
}
