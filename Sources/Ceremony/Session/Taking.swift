import FlowCore
import PlainText
import SecretMemory

// How a session takes a credential: part by part, unseen.
extension Session {
  func take(
    _ part: CredentialPart, of rule: CredentialRule, at step: Step, _ problem: Sentence?, after said: [Sentence]
  ) throws -> Turn {
    let before = said + introduction(of: step)
    if let taken = try hand.take(as: part) {
      try show(before + (problem.map { [$0] } ?? []))
      return try receive(taken, as: part, of: rule, from: hand.source, at: step)
    }
    let maySkip = part.secret && state.store(of: rule) == CredentialReference.offline
    var question = presentation.paste(part, at: step, isFirst: part.name == rule.parts.first?.name, maySkip: maySkip)
    question.problem = problem
    switch try ask(question, at: step, after: before) {
    case .secret(let bytes, let source):
      if let taken = try hand.take(bytes, as: part) {
        return try receive(taken, as: part, of: rule, from: source, at: step)
      }
      if hand.isGathering { return .again([Sentence(.hint, Phrases.goOnWithThePEM)]) }
      return .again(problem: Sentence(.problem, Phrases.nothingCame))
    case .line where hand.isGathering: return .again()
    case .line(_, _, let source):
      guard maySkip else { return .again(problem: Sentence(.problem, Phrases.nothingCame)) }
      hand.parts[part.name] = nil
      let receipt = PartReceipt(part: part.name, publicPart: nil, looksRight: .notKnowable, taken: false)
      return .events([.partTaken(step.id, receipt, source)])
    }
  }

  /// Looks at what was taken, says what is odd about it, and keeps it in hand.
  private func receive(
    _ taken: TakenPart, as part: CredentialPart, of rule: CredentialRule, from source: AnswerSource, at step: Step
  ) throws -> Turn {
    let bytes = taken.bytes
    let look = hand.look(at: taken, as: part, among: rule.parts) { $0.filled(from: state, in: flow) }
    if look.isRefused { throw refuse(part, look, from: source, at: step) }
    var receipt = PartReceipt(
      part: part.name, publicPart: nil, looksRight: look.oddity == nil ? .yes : .no, taken: true)
    if !part.secret, part.publicPrefix > 0, look.oddity == nil, isOnlyOrFollowed(by: rule) {
      // Only what looks like the public key is quoted: a secret pasted here by mistake must leave no trace.
      let publicPart = bytes.publicPrefix(part.publicPrefix)
      receipt.publicPart = publicPart
      try show([Sentence(.standing, "\(look.taken); it begins with \(display(publicPart))")])
    } else {
      try show(look.sentences)
      try settle(look, of: part, from: source, at: step)
    }
    hand.parts[part.name] = bytes
    hand.source = source
    if part.secret { traces.append(try SecretTrace(of: bytes)) }
    return .events([.partTaken(step.id, receipt, source)])
  }

  /// Returns if a part is to be kept as it looks.
  private func settle(_ look: PartLook, of part: CredentialPart, from source: AnswerSource, at step: Step) throws {
    if case .sameAs(let title)? = look.oddity, !source.isPerson { throw refuse(part, sameAs: title, at: step) }
    for _ in 0..<look.askings where source.isPerson { try askWhetherToKeep(at: step) }
  }

  /// Whether the lines pasted along look like the other parts: a secret that a page broke into lines has a first line that
  /// could be a key, and must leave no trace either.
  private func isOnlyOrFollowed(by rule: CredentialRule) -> Bool {
    guard let next = hand.ahead.first else { return true }
    return rule.parts.contains { part in part.secret && next.withBytes { part.shape.mismatch(of: $0) } == nil }
  }

  /// Asks again for a part of which only one kind is taken, or leaves the run where nobody can be asked.
  private func refuse(_ part: CredentialPart, _ look: PartLook, from source: AnswerSource, at step: Step) -> Turn {
    hand.ahead = []
    let words = look.words ?? ""
    guard source.isPerson else {
      return diverge(
        Divergence(
          place: nil, message: "step '\(step.id)': \(part.title) is not taken: \(words)", hint: "nothing was kept"))
    }
    return .again(problem: Sentence(.problem, words))
  }

  /// Leaves the run where nobody can be asked whether one text twice is meant.
  private func refuse(_ part: CredentialPart, sameAs twin: String, at step: Step) -> Turn {
    diverge(
      Divergence(
        place: nil, message: "step '\(step.id)': \(part.title) is the same text as \(twin)",
        hint: "give each part its own value; nothing was kept"))
  }

  /// Returns if it is to be kept as it is; otherwise what was pasted along goes with it.
  private func askWhetherToKeep(at step: Step) throws {
    let ahead = hand.ahead
    hand.ahead = []
    if try askYesOrNo(presentation.pasteAgain(at: step), at: step, enter: true).answer { throw Turn.again() }
    hand.ahead = ahead
  }

  func askStillShown(_ rule: CredentialRule, at step: Step, after said: [Sentence]) throws -> Turn {
    try show(said)
    if let turn = try lookForCopy(of: rule, at: step) { return turn }
    try show(introduction(of: step))
    let question = Question(.stillShown, at: step.id, .yesOrNo, text: Phrases.stillShown)
    let (isShown, source) = try askYesOrNo(question, at: step)
    return .events([.stillShown(step.id, isShown, source)])
  }
}
