/// What a step can be.
package enum StepKind: String, CaseIterable, Sendable {
  case tell, confirm, choose, select, text, store, credential, check, review, end

  /// The keys that it has besides those of every step.
  var own: [String] {
    switch self {
    case .review: []
    case .store: ["recall"]
    case .tell: ["claimed"]
    case .confirm: ["default", "if-no", "claimed", "ends-key"]
    case .choose: ["options", "default", "claimed", "role", "recall", "from-program"]
    case .select: ["options", "default", "role", "recall", "from-program"]
    case .text: ["shape", "accepts", "default", "role", "in-turn", "recall", "from-program"]
    case .credential: ["parts", "store", "name", "account", "if-lost", "exits"]
    case .check: ["check", "of", "after", "by"]
    case .end: ["outcome", "reason", "reminders", "card", "then"]
    }
  }

  /// The keys that it can't do without.
  fileprivate var required: Set<String> {
    switch self {
    case .tell, .confirm, .text, .store, .review: ["id", "title"]
    case .choose, .select: ["id", "title", "options"]
    case .credential: ["id", "title", "parts", "if-lost"]
    case .check: ["id", "title", "check"]
    case .end: ["id", "outcome"]
    }
  }
}

/// Every key that a flow file can have.
enum FlowKeys {
  static let table = KeyTable(Resources.flowKeys)

  static let flow = table["flow"]
  static let step = table["step"]
  static let source = table["source"]
  static let warning = table["warning"]
  static let transition = table["transition"]
  static let option = table["option"]
  static let disablement = table["disablement"]
  static let conditionalDefault = table["conditional-default"]
  static let conditionalText = table["conditional-text"]
  static let field = table["field"]
  static let cardLine = table["card-line"]
  static let advice = table["advice"]
  static let section = table["section"]
  static let danger = table["danger"]
  static let part = table["part"]
  static let lookalike = table["lookalike"]
  static let exit = table["exit"]
  static let reminder = table["reminder"]
  static let shape = table["shape"]
  static let guardCondition = table["guard"]
  static let group = table["group"]
  static let parameter = table["parameter"]

  /// All that a kind of step can have.
  static func step(of kind: StepKind) -> KeySet { steps[kind] ?? step }

  private static let steps = Dictionary(
    uniqueKeysWithValues: StepKind.allCases.map { kind in
      let others = Set(StepKind.allCases.flatMap(\.own)).subtracting(kind.own)
      let keys = step.keys.filter { !others.contains($0.name) && !(kind == .end && $0.name == "next") }.map { key in
        var key = key
        key.isNeeded = kind.required.contains(key.name)
        return key
      }
      let called = kind == .end ? "an end" : "a \(kind.rawValue) step"
      return (kind, KeySet("step", called, step.about, keys.filter(\.isNeeded) + keys.filter { !$0.isNeeded }))
    })
}

/// Every key that an exchange pack can have.
enum PackKeys {
  static let table = KeyTable(Resources.packKeys)
  static let pack = table["pack"]
  static let permission = table["permission"]
  /// What a key can be for: the options of the step `purpose`.
  static let purposes = table["least"]["purpose"]?.content.words ?? []
}

/// Every key that a program pack can have.
enum ProgramKeys {
  static let table = KeyTable(Resources.programKeys)
  static let program = table["program"]
}

/// Every key that an exchange's API can have.
enum APIKeys {
  static let table = KeyTable(Resources.apiKeys)
  static let api = table["api"]
  static let fact = table["fact"]
  static let refusal = table["refusal"]
}
