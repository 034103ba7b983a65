/// The keys of one kind of mapping in a flow file.
struct KeySet: Sendable {
  /// Its name in `flows/flow.schema.json`.
  let name: String
  /// What it is, in a sentence: "a step".
  let called: String
  let keys: [String]
  let required: [String]
  private let members: Set<String>

  init(_ name: String, _ called: String, required: [String] = [], _ others: [String] = []) {
    self.name = name
    self.called = called
    self.keys = required + others
    self.required = required
    members = Set(keys)
  }

  func has(_ key: String) -> Bool { members.contains(key) }
}

/// What a step can be.
package enum StepKind: String, CaseIterable, Sendable {
  case tell, confirm, choose, select, text, store, credential, check, review, end
}

/// Every key that a flow file can have. The schema and the README name the same ones; a test holds them together.
enum FlowKeys {
  static let flow = KeySet(
    "flow", "a flow", required: ["format", "flow", "version", "title", "summary", "steps"], ["minutes"])
  static let source = KeySet("source", "a source", required: ["from", "date"], ["seen-live"])
  static let warning = KeySet("warning", "a warning", required: ["code", "text"], ["when"])
  static let transition = KeySet("transition", "a way on", required: ["to"], ["when"])
  static let option = KeySet(
    "option", "an option", required: ["id", "title"], ["note", "disabled", "danger", "next"])
  static let disablement = KeySet("disablement", "a reason to disable", required: ["reason"], ["when"])
  static let conditionalDefault = KeySet("conditional-default", "a default", required: ["value"], ["when"])
  static let danger = KeySet("danger", "a danger", required: ["word", "why"])
  static let part = KeySet(
    "part", "a part of a credential", required: ["name", "title", "secret"],
    ["shape", "pem", "public-prefix", "lookalikes"])
  static let lookalike = KeySet("lookalike", "a lookalike", required: ["shape", "text"])
  static let exit = KeySet("exit", "an exit", required: ["word", "title", "next"])
  static let reminder = KeySet("reminder", "a reminder", required: ["days", "text"], ["when"])
  static let shape = KeySet(
    "shape", "a shape", ["min", "max", "length", "characters", "also", "prefix", "suffix", "message"])
  static let guardCondition = KeySet(
    "guard", "a guard",
    ["step", "is", "is-not", "includes", "beyond", "exceeds", "lacks", "skipped", "asked", "all", "any", "not"])

  static let include = KeySet("include", "an include", required: ["include"], ["with"])
  static let each = KeySet("each", "a 'for'", required: ["for", "in", "put"], ["where"])
  static let condition = KeySet("condition", "an 'if'", required: ["if", "put"], ["is"])
  static let exclusion = KeySet("exclusion", "an 'unless'", required: ["unless", "put"], ["is"])
  static let group = KeySet("group", "a group", required: ["format", "group", "about", "steps"], ["params"])
  static let parameter = KeySet("parameter", "a parameter", required: ["about"], ["default", "optional"])

  static let everyStep = [
    "id", "kind", "title", "say", "prompt", "why", "help", "url", "needs", "source", "alternative", "facts",
    "required", "claim", "warnings", "resolves", "next",
  ]

  /// The keys that a kind of step has besides.
  static func own(_ kind: StepKind) -> [String] {
    switch kind {
    case .tell, .store, .review: []
    case .confirm: ["default", "if-no", "claimed"]
    case .choose, .select: ["options", "default"]
    case .text: ["shape", "default", "role"]
    case .credential: ["parts", "store", "name", "if-lost", "exits"]
    case .check: ["check", "of"]
    case .end: ["outcome", "reason", "reminders", "then"]
    }
  }

  /// The keys that a kind of step can't do without, besides `id` and `kind`.
  static func required(_ kind: StepKind) -> [String] {
    switch kind {
    case .tell, .confirm, .text, .store, .review: ["title"]
    case .choose, .select: ["title", "options"]
    case .credential: ["title", "parts", "if-lost"]
    case .check: ["title", "check"]
    case .end: ["outcome"]
    }
  }

  /// All that a kind of step can have.
  static func step(of kind: StepKind) -> KeySet { steps[kind] ?? step }

  private static let steps = Dictionary(
    uniqueKeysWithValues: StepKind.allCases.map { kind in
      let required = ["id"] + required(kind)
      let others = (everyStep + own(kind)).filter { !required.contains($0) && !(kind == .end && $0 == "next") }
      return (kind, KeySet("step", kind == .end ? "an end" : "a \(kind.rawValue) step", required: required, others))
    })

  /// All that a step can have, whatever its kind.
  static let step: KeySet = {
    var keys = everyStep
    for kind in StepKind.allCases { keys += own(kind).filter { !keys.contains($0) } }
    return KeySet("step", "a step", keys)
  }()

  static let all = [
    flow, step, source, warning, transition, option, disablement, conditionalDefault, danger, part, lookalike, exit,
    reminder, shape, guardCondition, include, each, condition, exclusion, group, parameter,
  ]
}
