// Usage: EmbedFlows OUTPUT FOLDER
// Writes one Swift file that holds the text of every flow, group and pack, by its id (its path below FOLDER without `.yaml`).

import Foundation

let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2, let output = arguments.first, let folder = arguments.last else {
  FileHandle.standardError.write(Data("usage: EmbedFlows OUTPUT FOLDER\n".utf8))
  exit(64)
}

/// A raw string literal with enough number signs that nothing in the text can end it.
func literal(_ text: String) -> String {
  var signs = "#"
  while text.contains("\"\"\"" + signs) || text.contains("\\" + signs) { signs += "#" }
  return "\(signs)\"\"\"\n\(text)\n\"\"\"\(signs)"
}

do {
  var entries = ""
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() where name.hasSuffix(".yaml") {
    let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
    entries += "    (\"\(name.dropLast(".yaml".count))\", \(literal(text))),\n"
  }
  let source = """
    // Made from flows/ by EmbedFlows at each build.

    /// The flows that travel inside the binary, and what they include.
    enum ShippedFlows {
      static let files: [(id: String, text: String)] = [
    \(entries)  ]
    }

    """
  try source.write(toFile: output, atomically: true, encoding: .utf8)
} catch {
  FileHandle.standardError.write(Data("EmbedFlows: \(error.localizedDescription)\n".utf8))
  exit(74)
}
