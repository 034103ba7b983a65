// Usage: EmbedResources OUTPUT RESOURCES [FLOWS]
// Writes one Swift file with `enum Resources`: each file of RESOURCES as a text, each folder of it as a list of texts by
// their names (the path below the folder, without the extension), and the YAML files below FLOWS as such a list.

import Foundation

let arguments = Array(CommandLine.arguments.dropFirst())
guard (2...3).contains(arguments.count) else {
  FileHandle.standardError.write(Data("usage: EmbedResources OUTPUT RESOURCES [FLOWS]\n".utf8))
  exit(64)
}

/// A raw string literal with enough number signs that nothing in the text can end it.
func literal(_ text: String) -> String {
  var signs = "#"
  while text.contains("\"\"\"" + signs) || text.contains("\\" + signs) { signs += "#" }
  return "\(signs)\"\"\"\n\(text)\n\"\"\"\(signs)"
}

/// `page.html` as a name in Swift: `pageHtml`.
func identifier(_ name: String) -> String {
  let words = name.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
  let first = words.first.map { $0.prefix(1).lowercased() + $0.dropFirst() } ?? ""
  return first + words.dropFirst().map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
}

func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

/// A computed property: a text costs nothing before it is asked for.
func property(_ name: String, in folder: String) throws -> String {
  "  static var \(identifier(name)): String {\n\(literal(try text(folder + "/" + name)))\n  }\n"
}

func list(_ folder: String, endingIn suffix: String = "") throws -> String {
  var entries = ""
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() where name.hasSuffix(suffix) {
    let path = folder + "/" + name
    if isFolder(path) || name.split(separator: "/").contains(where: isHidden) { continue }
    entries += "    (\"\((name as NSString).deletingPathExtension)\", \(literal(try text(path)))),\n"
  }
  let name = identifier((folder as NSString).lastPathComponent)
  return "  static let \(name): [(name: String, text: String)] = [\n\(entries)  ]\n"
}

func isHidden(_ name: some StringProtocol) -> Bool { name.first == "." }

func isFolder(_ path: String) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}

do {
  let (output, resources) = (arguments[0], arguments[1])
  var members: [String] = []
  let names = isFolder(resources) ? try FileManager.default.contentsOfDirectory(atPath: resources).sorted() : []
  for name in names where !isHidden(name) {
    let path = resources + "/" + name
    members.append(try isFolder(path) ? list(path) : property(name, in: resources))
  }
  if arguments.count == 3 { members.append(try list(arguments[2], endingIn: ".yaml")) }
  let source = """
    // Made by EmbedResources at each build.

    /// The files that travel inside the binary.
    enum Resources {
    \(members.joined(separator: "\n"))}

    """
  try source.write(toFile: output, atomically: true, encoding: .utf8)
} catch {
  FileHandle.standardError.write(Data("EmbedResources: \(error.localizedDescription)\n".utf8))
  exit(74)
}
