extension Answer {
  /// The answer in a person's words: the titles of its options, or the text.
  public func words(at step: Step, in state: State, of flow: Flow) -> String {
    var filling = Filling(state: state, flow: flow)
    filling.fill(wordsOf: self, at: step)
    return filling.text
  }

  /// The same, each thing that it claims apart.
  public func statements(at step: Step, in state: State, of flow: Flow) -> [String] {
    let words = words(at: step, in: state, of: flow)
    let claims = step.claims.holding(in: state).map { $0.filled(from: state, in: flow) }
    switch self {
    case .yes, .acknowledged: return claims.isEmpty ? [words] : claims
    // An option that leads elsewhere is what the claims do not hold for.
    case .choice(let id) where step.options?[id]?.target == nil: return claims + [words]
    default: return [words]
    }
  }
}

extension Step {
  /// The steps whose answers stand in the words of an answer to this one.
  public func reads(inWordsOf answer: Answer) -> [Step.ID] {
    switch (body, answer) {
    case (.confirm, .yes), (.tell, .acknowledged): claims.reads
    case (.credential(let rule), .exit(let word)): rule.exits.first { $0.word == word }?.title.reads ?? []
    case (.choose(let options), .choice(let id)) where options[id]?.target == nil:
      claims.reads + (options[id]?.title.reads ?? [])
    default: answer.ids.flatMap { options?[$0]?.title.reads ?? [] }
    }
  }

  /// The options of a question, if it has any.
  public var options: Options? {
    switch body {
    case .choose(let options), .select(let options): options
    default: nil
    }
  }
}

extension Standing {
  /// The word for it, the same on screen and in every export.
  public var word: String {
    switch self {
    case .answered: "answered"
    case .claimed: "claimed"
    case .scripted: "scripted"
    case .verified(.yes, _): "verified"
    case .verified(.no, _), .verified(.refused, _): "not verified"
    case .verified(.notKnowable, _), .reported(.notKnowable, _): "not knowable"
    case .reported(.yes, _): "reported"
    case .reported(.no, _), .reported(.refused, _): "reported otherwise"
    case .skipped: "skipped"
    }
  }
}

extension Standing {
  /// On whose word an answer stands, for a person; nil for a choice, which is nobody's report.
  package var teller: String? {
    switch self {
    case .answered, .skipped: nil
    case .claimed: "you said"
    case .scripted: "the script said"
    case .verified(.yes, _): "Keyusher saw"
    case .verified(.no, _), .verified(.refused, _): "Keyusher saw otherwise"
    case .verified(.notKnowable, _), .reported(.notKnowable, _): "nobody can tell"
    // Who says so stands in what is said.
    case .reported: nil
    }
  }
}

extension RunException.Kind {
  /// The word for it, the same on screen and on every page.
  public var word: String {
    switch self {
    case .skip: "skipped"
    case .pageDiffers: "page differs"
    case .override: "danger taken"
    case .correction: "answer changed"
    case .storeChanged: "kept elsewhere"
    case .interruption: "interrupted"
    case .warning: "warning"
    }
  }
}

extension RunException {
  /// What became of it, in one word.
  public var resolutionWord: String {
    switch (resolution, kind) {
    case (.open, _): "open"
    case (.corrected, .interruption): "resumed"
    case (.corrected, _): "corrected"
    case (.accepted, _): "accepted"
    case (.recorded, _): "recorded"
    }
  }
}

extension CredentialReference {
  /// Where the credential is kept, for a person; what it waits under is no name.
  public var words: String { isPending ? "kept in \(store)" : exactWords }

  /// The same with the name under which it waits.
  public var exactWords: String {
    if let name { return "kept as \(name), in \(store)" }
    return store == CredentialReference.offline ? "kept in your own copy (offline)" : "kept in \(store)"
  }

  /// The name and the store, for a person: `gate-io/bot in age`.
  public var place: String { name.map { "\($0) in \(store)" } ?? store }

  /// The store that is the person's own hands.
  public static let offline = "offline"
}

extension Template {
  /// The text as it stands on a blank form, each hole named after its step.
  public func blank(in flow: Flow) -> String {
    segments.map { segment in
      switch segment {
      case .literal(let text): text
      case .answer(let id, _): "[\(flow[id]?.title.lowercased() ?? id.rawValue)]"
      case .name: "[its name in the store]"
      case .means: "[what was seen]"
      case .program: ""
      }
    }.joined()
  }
}
