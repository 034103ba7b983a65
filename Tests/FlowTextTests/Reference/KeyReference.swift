import Foundation

@testable import FlowText

/// The tables of keys in `flows/README.md`, each between `<!-- keys: NAME -->` and `<!-- end of keys -->`.
enum KeyReference {
  /// The text with its tables made anew.
  static func filled(_ text: String) -> String {
    let pieces = text.components(separatedBy: begin)
    return pieces.dropFirst().reduce(pieces[0]) { done, piece in
      let name = String(piece.prefix { $0 != " " })
      let rest = piece.components(separatedBy: end).dropFirst().joined(separator: end)
      return done + begin + name + " -->\n\n" + (tables[name] ?? []).joined(separator: "\n") + "\n\n" + end + rest
    }
  }

  private static let begin = "<!-- keys: "
  private static let end = "<!-- end of keys -->"

  private static let tables: [String: [String]] = [
    "flow": head("key") + FlowKeys.flow.keys.map { row(shown($0), $0) },
    "step": head("key") + FlowKeys.step.keys.filter { !ownKeys.contains($0.name) }.map { row(shown($0), $0) },
    "kind": head("kind", "key")
      + StepKind.allCases.flatMap { kind in
        FlowKeys.step(of: kind).keys.filter { kind.own.contains($0.name) }.map {
          row("`\(kind.rawValue)`", shown($0), $0)
        }
      },
    "within": head("in", "key")
      + [
        FlowKeys.section, FlowKeys.conditionalText, FlowKeys.field, FlowKeys.cardLine, FlowKeys.advice,
        FlowKeys.source, FlowKeys.warning, FlowKeys.transition, FlowKeys.option, FlowKeys.disablement, FlowKeys.danger,
        FlowKeys.conditionalDefault, FlowKeys.part, FlowKeys.lookalike, FlowKeys.exit, FlowKeys.reminder,
      ].flatMap { set in set.keys.map { row(set.called, shown($0), $0) } },
    "shape": head("key") + FlowKeys.shape.keys.map { row(shown($0), $0) },
    "group": head("in", "key")
      + [FlowKeys.group, FlowKeys.parameter].flatMap { set in set.keys.map { row(set.called, shown($0), $0) } },
    "pack": head("keys") + packRows(PackKeys.pack, "", in: PackKeys.table),
    "program": head("keys") + packRows(ProgramKeys.program, "", in: ProgramKeys.table),
    "api": head("keys") + packRows(APIKeys.api, "", in: APIKeys.table),
  ]

  private static let ownKeys = Set(StepKind.allCases.flatMap(\.own))

  /// A pack's keys, each followed by those of the mapping that stands there.
  private static func packRows(_ set: KeySet, _ path: String, in table: KeyTable) -> [String] {
    set.keys.flatMap { key -> [String] in
      let name = path + shown(key)
      guard let inner = key.content.mapping else { return [row(name, key)] }
      guard table.has(inner) else { return [row(name, key, FlowKeys.table[inner].about)] }
      let own = table[inner]
      return [row(name, key, own.about)] + packRows(own, "\(name): ", in: table)
    }
  }

  /// A key that may be left out stands in brackets.
  private static func shown(_ key: Key) -> String { key.isNeeded ? "`\(key.name)`" : "[`\(key.name)`]" }

  private static func head(_ columns: String...) -> [String] {
    ["| \(columns.joined(separator: " | ")) | |", String(repeating: "|---", count: columns.count + 1) + "|"]
  }

  private static func row(_ cells: String..., key: Key, about: String) -> String {
    let words = key.content.words.map { " One of " + $0.map { "`\($0)`" }.joined(separator: ", ") + "." } ?? ""
    return "| \(cells.joined(separator: " | ")) | \(about)\(words) |"
  }

  private static func row(_ cell: String, _ key: Key, _ other: String = "") -> String {
    row(cell, key: key, about: key.about.isEmpty ? other : key.about)
  }

  /// Of a kind of step the name stands in the first cell, and need not be said again.
  private static func row(_ first: String, _ second: String, _ key: Key) -> String {
    let words = key.about.split(separator: ": ", maxSplits: 1)
    let isOfKind =
      words.count == 2 && words[0].split(separator: ", ").allSatisfy { StepKind(rawValue: String($0)) != nil }
    return row(first, second, key: key, about: isOfKind ? String(words[1]) : key.about)
  }
}
