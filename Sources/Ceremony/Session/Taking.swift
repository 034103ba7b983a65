import FlowCore
import PlainText
import SecretMemory

// How a session takes a credential: part by part, unseen.
extension Session {
  func take(
    _ part: CredentialPart, of rule: CredentialRule, at step: Step, _ problem: Sentence?, after said: [Sentence]
  ) throws -> Turn {
    let before = said + introduction(of: step)
    if !hand.ahead.isEmpty {
      try show(before + (problem.map { [$0] } ?? []))
      return try receive(hand.ahead.removeFirst(), as: part, of: rule, from: hand.source, at: step)
    }
    let maySkip = part.secret && state.store(of: rule) == CredentialReference.offline
    var question = presentation.paste(part, at: step, isFirst: part.name == rule.parts.first?.name, maySkip: maySkip)
    question.problem = problem
    switch try ask(question, at: step, after: before) {
    case .secret(let bytes, let source) where part.isPEM:
      guard let whole = try hand.gather(bytes) else { return .again([Sentence(.hint, Phrases.goOnWithThePEM)]) }
      return try receive(whole, as: part, of: rule, from: source, at: step)
    case .secret(let bytes, let source):
      var lines = try bytes.lines()
      guard !lines.isEmpty else { return .again(problem: Sentence(.problem, Phrases.nothingCame)) }
      let first = lines.removeFirst()
      hand.ahead = lines
      return try receive(first, as: part, of: rule, from: source, at: step)
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
    _ bytes: SecretBytes, as part: CredentialPart, of rule: CredentialRule, from source: AnswerSource, at step: Step
  ) throws -> Turn {
    let mismatch = bytes.withBytes { part.mismatch(of: $0) }
    let lookalike = bytes.withBytes { raw in part.lookalikes.first { $0.shape.mismatch(of: raw) == nil } }
    let isLikeACommand = bytes.withBytes { $0.count > 1 && $0[0] == UInt8(ascii: ":") }
    let twin = rule.parts.first { $0.name != part.name && hand.parts[$0.name]?.constantTimeEquals(bytes) == true }
    let oddity =
      mismatch != nil && isLikeACommand
      ? Phrases.likeACommand
      : twin.map { Phrases.sameAs($0.title) } ?? bytes.withBytes { PasteFlaw(in: $0) }?.words
        ?? lookalike?.text.filled(from: state, in: flow)
        ?? mismatch.map { part.shape.message?.filled(from: state, in: flow) ?? $0.words }
    var receipt = PartReceipt(part: part.name, publicPart: nil, looksRight: oddity == nil ? .yes : .no, taken: true)
    let count = bytes.withBytes { $0.characterCount }
    let taken = "\(part.title): \(count) \(characters(count)) taken"
    if let oddity {
      try show([Sentence(.standing, taken), Sentence(.warning, oddity)])
      if let twin, !source.isPerson { throw refuse(part, sameAs: twin, at: step) }
      // One text twice is nearly always a slip: that is said two times.
      for _ in 0..<(twin == nil ? 1 : 2) where source.isPerson { try askWhetherToKeep(at: step) }
    } else if !part.secret, part.publicPrefix > 0, isOnlyOrFollowed(by: rule) {
      // Only what looks like the public key is quoted: a secret pasted here by mistake must leave no trace.
      let publicPart = bytes.publicPrefix(part.publicPrefix)
      receipt.publicPart = publicPart
      try show([Sentence(.standing, "\(taken); it begins with \(display(publicPart))")])
    } else {
      try show([Sentence(.standing, taken)])
    }
    hand.parts[part.name] = bytes
    hand.source = source
    if part.secret { traces.append(try SecretTrace(of: bytes)) }
    return .events([.partTaken(step.id, receipt, source)])
  }

  /// Whether the lines pasted along look like the other parts: a secret that a page broke into lines has a first line that
  /// could be a key, and must leave no trace either.
  private func isOnlyOrFollowed(by rule: CredentialRule) -> Bool {
    guard let next = hand.ahead.first else { return true }
    return rule.parts.contains { part in part.secret && next.withBytes { part.shape.mismatch(of: $0) } == nil }
  }

  /// Leaves the run where nobody can be asked whether one text twice is meant.
  private func refuse(_ part: CredentialPart, sameAs twin: CredentialPart, at step: Step) -> Turn {
    diverge(
      Divergence(
        place: nil, message: "step '\(step.id)': \(part.title) is the same text as \(twin.title)",
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
