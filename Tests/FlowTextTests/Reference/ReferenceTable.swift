import Foundation

@testable import FlowText

/// The tables in `flows/README.md`, each between `<!-- keys: NAME -->` and `<!-- end of keys -->`: those of keys, and that of
/// the lines of a script.
enum ReferenceTable {
  /// The text with its tables made anew.
  static func filled(_ text: String) -> String {
    let pieces = text.components(separatedBy: begin)
    return pieces.dropFirst().reduce(pieces[0]) { done, piece in
      let name = String(piece.prefix { $0 != " " })
      let rest = piece.components(separatedBy: end).dropFirst().joined(separator: end)
      return done + begin + name + " -->\n\n" + table(name).joined(separator: "\n") + "\n\n" + end + rest
    }
  }

  private static let begin = "<!-- keys: "
  private static let end = "<!-- end of keys -->"

  private static func table(_ name: String) -> [String] {
    if name == "script" {
      return ["| line | means |", "|---|---|"]
        + ScriptReference.lines.map { "| \($0.forms.map { "`\($0)`" }.joined(separator: ", ")) | \($0.means) |" }
    }
    guard let table = KeyReference(rawValue: name) else { return [] }
    return head(of: table) + table.rows.map { row($0, isCode: table == .kind) }
  }

  private static func head(of table: KeyReference) -> [String] {
    let columns =
      switch table {
      case .kind: ["kind", "key"]
      case .within, .group, .control: ["in", "key"]
      case .pack, .program, .api: ["keys"]
      case .flow, .step, .shape, .condition: ["key"]
      }
    return ["| \(columns.joined(separator: " | ")) | |", String(repeating: "|---", count: columns.count + 1) + "|"]
  }

  /// - Parameter isCode: whether what has the key is a word of the file.
  private static func row(_ row: KeyReference.Row, isCode: Bool) -> String {
    let owner = row.owner.map { (isCode ? "`\($0)`" : $0) + " | " } ?? ""
    // A key that may be left out stands in brackets.
    let path = row.path.map { $0.isNeeded ? "`\($0.text)`" : "[`\($0.text)`]" }.joined(separator: ": ")
    let words = row.words.isEmpty ? "" : " One of " + row.words.map { "`\($0)`" }.joined(separator: ", ") + "."
    return "| \(owner)\(path) | \(row.about)\(words) |"
  }
}
