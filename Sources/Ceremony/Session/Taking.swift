import FlowCore
import FlowText
import PlainText
import SecretMemory

// How a session takes a credential: part by part, unseen.
extension Session {
  /// What came of asking for a secret.
  enum Handed {
    case taken(SecretBytes, AnswerSource)
    case empty(AnswerSource)
    /// One of the words that were allowed besides.
    case word(String, AnswerSource)
    /// Something else happened.
    case turn(Turn)
  }

  /// - Parameters:
  ///   - commands: the lines that are commands here.
  ///   - words: those among them that are answers here and no secret, for example `yes`.
  func askSecret(
    _ part: CredentialPart.Name, prompt: String, commands: [String], at step: Step, besides words: [String] = []
  ) throws -> Handed {
    let question = SecretQuestion(step: step.id, part: part, prompt: prompt, commands: commands)
    switch try conversation.takeSecret(question) {
    case .taken(let bytes, let source):
      leavingWasAnnounced = false
      return .taken(bytes, source)
    case .empty(let source):
      leavingWasAnnounced = false
      return .empty(source)
    case .command(let line, let source):
      if readLine(line) != .command(.quit) { leavingWasAnnounced = false }
      if words.contains(line) { return .word(line, source) }
      if case .turn(let turn) = try hear(line, from: source, at: step) { return .turn(turn) }
      return .turn(.again([Sentence(.problem, Problem.notTheKindOfAnswer.words(at: step))]))
    case .endOfInput: note(.inputEnded, at: step.id, key: question.key)
    case .interrupted(let signal): note(.signal(signal))
    case .diverged(let divergence): note(divergence)
    }
    return .turn(leave())
  }

  func take(
    _ part: CredentialPart, of rule: CredentialRule, at step: Step, _ problem: Problem?, after said: [Sentence]
  ) throws -> Turn {
    var sentences = said + introduction(of: step)
    if let problem { sentences.append(Sentence(.problem, problem.words(at: step))) }
    if !hand.ahead.isEmpty {
      try show(sentences)
      return try receive(hand.ahead.removeFirst(), as: part, of: rule, from: hand.source, at: step)
    }
    let maySkip = part.secret && state.store(of: rule) == CredentialReference.offline
    let commands = presentation.secretCommands(of: rule)
    let (words, prompt) = presentation.paste(part, maySkip: maySkip)
    try show(sentences + words)
    switch try askSecret(part.name, prompt: prompt, commands: commands, at: step) {
    case .turn(let turn): return turn
    case .taken(let bytes, let source) where part.isPEM:
      guard let whole = try hand.gather(bytes) else { return .again([Sentence(.hint, Phrases.goOnWithThePEM)]) }
      return try receive(whole, as: part, of: rule, from: source, at: step)
    case .taken(let bytes, let source):
      var lines = try bytes.lines()
      guard !lines.isEmpty else { return .again([Sentence(.problem, Phrases.nothingCame)]) }
      let first = lines.removeFirst()
      hand.ahead = lines
      return try receive(first, as: part, of: rule, from: source, at: step)
    case .word: return .again([])
    case .empty where hand.isGathering: return .again([])
    case .empty(let source):
      guard maySkip else { return .again([Sentence(.problem, Phrases.nothingCame)]) }
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
    let oddity =
      mismatch != nil && isLikeACommand
      ? Phrases.likeACommand
      : lookalike?.text.filled(from: state, in: flow)
        ?? mismatch.map { part.shape.message?.filled(from: state, in: flow) ?? $0.words }
    var receipt = PartReceipt(part: part.name, publicPart: nil, looksRight: oddity == nil ? .yes : .no, taken: true)
    try show([Sentence(.standing, "\(part.title): \(bytes.count) \(characters(bytes.count)) taken")])
    if let oddity {
      try show([Sentence(.warning, oddity)])
      if source.isPerson, let turn = try askWhetherToKeep(of: rule, at: step) { return turn }
    } else if !part.secret, part.publicPrefix > 0, isOnlyOrFollowed(by: rule) {
      // Only what looks like the public key is quoted: a secret pasted here by mistake must leave no trace.
      let publicPart = bytes.publicPrefix(part.publicPrefix)
      receipt.publicPart = publicPart
      try show([Sentence(.standing, "begins with \(display(publicPart))")])
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

  /// Nil: keep it as it is.
  private func askWhetherToKeep(of rule: CredentialRule, at step: Step) throws -> Turn? {
    let words = [Sentence(.question, Phrases.pasteAgain), Sentence(.hint, "Enter = yes, paste it again")]
    switch try askYesOrNoUnseen("again", of: rule, at: step, words: words, enter: true) {
    case .answer(false, _): return nil
    case .answer(true, _):
      hand.ahead = []
      return .again([])
    case .turn(let turn):
      hand.ahead = []
      return turn
    }
  }

  func askStillShown(_ id: Step.ID, after said: [Sentence]) throws -> Turn {
    guard let step = flow[id], case .credential(let rule) = step.body else { return .events([]) }
    try show(said)
    if let turn = try lookForCopy(of: rule, at: step) { return turn }
    try show(introduction(of: step))
    switch try askYesOrNo("shown", at: step, words: [Sentence(.question, Phrases.stillShown)]) {
    case .answer(let isShown, let source): return .events([.stillShown(id, isShown, source)])
    case .turn(let turn): return turn
    }
  }
}
