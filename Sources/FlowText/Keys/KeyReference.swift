import PlainText

/// The keys of one kind of file, or of what stands in it, as a reference lists them. The tables of `flows/README.md` and
/// those of the manual page are made of it.
package enum KeyReference: String, CaseIterable, Sendable {
  /// The head of a flow; what every step can have, and what a step of one kind; what stands within these.
  case flow, step, kind, within
  case shape, condition, group, control, pack, program, api

  /// One key.
  package struct Row: Equatable, Sendable {
    /// What has it, where the table tells of several: a kind of step, or what a mapping is called.
    package var owner: String?
    /// The key's own name, behind those of the keys that it stands below.
    package var path: [Name]
    package var about: String
    /// What alone may stand there; empty if there is more than a few words.
    package var words: [String]
  }

  package struct Name: Equatable, Sendable {
    package var text: String
    package var isNeeded: Bool
  }

  package var rows: [Row] {
    switch self {
    case .flow: FlowKeys.flow.keys.map { Row($0) }
    case .step: FlowKeys.step.keys.filter { !Self.ownKeys.contains($0.name) }.map { Row($0) }
    case .kind:
      StepKind.allCases.flatMap { kind in
        FlowKeys.step(of: kind).keys.filter { kind.own.contains($0.name) }.map { Row($0, of: kind) }
      }
    case .within:
      Self.rows(of: [
        FlowKeys.section, FlowKeys.conditionalText, FlowKeys.field, FlowKeys.cardLine, FlowKeys.advice,
        FlowKeys.source, FlowKeys.warning, FlowKeys.transition, FlowKeys.option, FlowKeys.disablement, FlowKeys.danger,
        FlowKeys.conditionalDefault, FlowKeys.part, FlowKeys.lookalike, FlowKeys.exit, FlowKeys.reminder,
      ])
    case .shape: FlowKeys.shape.keys.map { Row($0) }
    case .condition: FlowKeys.guardCondition.keys.map { Row($0) }
    case .group: Self.rows(of: [FlowKeys.group, FlowKeys.parameter])
    case .control: Self.rows(of: ["include", "each", "condition", "exclusion"].map { FlowKeys.table[$0] })
    case .pack: Self.rows(of: PackKeys.pack, below: [], in: PackKeys.table)
    case .program: Self.rows(of: ProgramKeys.program, below: [], in: ProgramKeys.table)
    case .api: Self.rows(of: APIKeys.api, below: [], in: APIKeys.table)
    }
  }

  // MARK: - Private

  private static let ownKeys = Set(StepKind.allCases.flatMap(\.own))

  private static func rows(of sets: [KeySet]) -> [Row] {
    sets.flatMap { set in set.keys.map { Row($0, of: set.called) } }
  }

  /// A pack's keys, each followed by those of the mapping that stands there.
  private static func rows(of set: KeySet, below path: [Name], in table: KeyTable) -> [Row] {
    set.keys.flatMap { key -> [Row] in
      guard let inner = key.content.mapping else { return [Row(key, below: path)] }
      guard table.has(inner) else { return [Row(key, below: path, or: FlowKeys.table[inner].about)] }
      let own = table[inner]
      let row = Row(key, below: path, or: own.about)
      return [row] + rows(of: own, below: row.path, in: table)
    }
  }
}

extension KeyReference.Row {
  /// - Parameter other: what it is where the key itself does not say.
  fileprivate init(_ key: Key, of owner: String? = nil, below path: [KeyReference.Name] = [], or other: String = "") {
    self.init(
      owner: owner, path: path + [KeyReference.Name(text: key.name, isNeeded: key.isNeeded)],
      about: key.about.isEmpty ? other : key.about, words: key.content.words ?? [])
  }

  /// Of a kind of step: its name need not be said again where the text begins with it.
  fileprivate init(_ key: Key, of kind: StepKind) {
    self.init(key, of: kind.rawValue)
    let words = about.split(by: ": ", maxSplits: 1)
    let isOfKind =
      words.count == 2 && words[0].split(by: ", ").allSatisfy { StepKind(rawValue: String($0)) != nil }
    if isOfKind { about = String(words[1]) }
  }
}
