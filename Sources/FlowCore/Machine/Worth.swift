extension Standing {
  /// What an answer from a source is worth at a step.
  package static func of(_ answer: Answer, at step: Step, from source: AnswerSource) -> Standing {
    if case .verdict(let verdict, let means) = answer {
      guard case .check(let check) = step.body, check.asksExchange else { return .verified(verdict, by: means) }
      return source == .tool ? .reported(verdict, by: means) : .scripted
    }
    guard source.isPerson else { return .scripted }
    if case .confirm = step.body, answer == .yes { return .claimed }
    if case .tell = step.body { return .claimed }
    return step.claim ? .claimed : .answered
  }

  /// What a kept credential is worth: verified as far as it was compared.
  package static func of(_ proof: KeepingProof, from source: AnswerSource) -> Standing {
    switch proof {
    case .readBack: .verified(.yes, by: "read back from the store")
    case .foundAgain: .verified(.yes, by: "a whole copy was found in the store after a stop")
    case .lastFourMatched: .verified(.yes, by: "the last four characters of the copy match the paste")
    case .none: source.isPerson ? .claimed : .scripted
    }
  }
}
