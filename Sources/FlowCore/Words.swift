extension Answer {
  /// The answer in a person's words: the titles of its options, or the text.
  public func words(at step: Step, in state: State, of flow: Flow) -> String {
    words(at: step, in: state, of: flow, depth: 0)
  }

  func words(at step: Step, in state: State, of flow: Flow, depth: Int) -> String {
    switch self {
    case .acknowledged: "done"
    case .yes:
      if case .confirm(let confirmation) = step.body, let claim = confirmation.claim {
        claim.filled(from: state, in: flow, depth: depth)
      } else {
        "yes"
      }
    case .no: "no"
    case .choice(let id): step.title(of: id, in: state, of: flow, depth: depth)
    case .selection(let ids):
      ids.isEmpty ? "none" : ids.map { step.title(of: $0, in: state, of: flow, depth: depth) }.joined(separator: ", ")
    case .text(let text): text
    case .verdict(let verdict, let means): "\(verdict.rawValue): \(means)"
    case .credential(let reference): reference.words
    case .exit(let word):
      if case .credential(let rule) = step.body, let exit = rule.exits.first(where: { $0.word == word }) {
        exit.title.filled(from: state, in: flow, depth: depth)
      } else {
        word
      }
    case .finished: "finished"
    case .redacted: "[redacted]"
    }
  }
}

extension Step {
  /// The options of a question, if it has any.
  public var options: Options? {
    switch body {
    case .choose(let options), .select(let options): options
    default: nil
    }
  }

  func title(of option: Option.ID, in state: State, of flow: Flow, depth: Int) -> String {
    options?[option]?.title.filled(from: state, in: flow, depth: depth) ?? option
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
    case .verified(.no, _): "not verified"
    case .verified(.notKnowable, _): "not knowable"
    case .skipped: "skipped"
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
  /// Where the credential is kept, for a person.
  public var words: String {
    if let name { return "kept as \(name), in \(store)" }
    return store == CredentialReference.offline ? "kept in your own copy (offline)" : "kept in \(store)"
  }

  /// The store that is the person's own hands.
  public static let offline = "offline"
}
