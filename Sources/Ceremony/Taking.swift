import FlowCore
import FlowText
import SecretMemory

// How a session takes a credential: part by part, unseen, and out of its hands as soon as it is kept.
extension Session {
  func take(
    _ part: CredentialPart, of rule: CredentialRule, at step: Step, _ problem: Problem?, after said: [Sentence]
  ) throws -> Turn {
    var sentences = said + introduction(of: step)
    if let problem { sentences.append(Sentence(.problem, problem.words(at: step))) }
    if let ahead = pasteAhead.first {
      try show(sentences)
      pasteAhead.removeFirst()
      return try receive(ahead, as: part, from: handMouth, at: step)
    }
    if part.secret, adapters.store.isByHand { sentences.append(Sentence(.hint, presentation.skipPaste)) }
    try show(sentences)
    let question = SecretQuestion(
      step: step.id, part: part.name, prompt: "\(part.title): ", commands: presentation.secretCommands(of: rule))
    switch try conversation.takeSecret(question) {
    case .taken(let bytes, let mouth):
      leavingWasAnnounced = false
      var lines = try bytes.lines()
      guard let first = lines.first else { return .again([Sentence(.problem, Problem.empty.words(at: step))]) }
      lines.removeFirst()
      pasteAhead = lines
      return try receive(first, as: part, from: mouth, at: step)
    case .empty(let mouth):
      leavingWasAnnounced = false
      guard part.secret, adapters.store.isByHand else {
        return .again([Sentence(.problem, "Nothing came. \(Phrases.paste)")])
      }
      hand[part.name] = nil
      let receipt = PartReceipt(part: part.name, publicPart: nil, looksRight: .notKnowable, taken: false)
      return .events([.partTaken(step.id, receipt, mouth)])
    case .command(let line, let mouth):
      guard case .command(let command) = readLine(line, words: step.exitWords) else { return .again([]) }
      return try obey(command, from: mouth, at: step)
    case .endOfInput: note(.inputEnded, missing: question)
    case .interrupted(let signal): note(.signal(signal))
    case .diverged(let divergence): note(.inputEnded, divergence: divergence)
    }
    return leave()
  }

  /// Looks at what was taken, says what is odd about it, and keeps it in hand.
  private func receive(
    _ bytes: SecretBytes, as part: CredentialPart, from mouth: Mouth, at step: Step
  ) throws -> Turn {
    let mismatch = bytes.withBytes { part.shape.mismatch(of: $0) }
    let lookalike = bytes.withBytes { raw in part.lookalikes.first { $0.shape.mismatch(of: raw) == nil } }
    var receipt = PartReceipt(
      part: part.name, publicPart: nil, looksRight: mismatch == nil ? .yes : .no, taken: true)
    conversation.show([Sentence(.standing, "\(bytes.count) \(characters(bytes.count)) taken")])
    if let mismatch {
      let words =
        lookalike?.text.filled(from: state, in: flow)
        ?? part.shape.message?.filled(from: state, in: flow) ?? mismatch.words
      try show([Sentence(.warning, words)])
      if mouth.isPerson, let turn = try askWhetherToKeep(part, at: step) { return turn }
    } else if !part.secret, part.publicPrefix > 0 {
      // Only what looks like the public key is quoted: a secret pasted here by mistake must leave no trace.
      let publicPart = bytes.publicPrefix(part.publicPrefix)
      receipt.publicPart = publicPart
      try show([Sentence(.standing, "begins with \(display(publicPart))")])
    }
    hand[part.name] = bytes
    handMouth = mouth
    return .events([.partTaken(step.id, receipt, mouth)])
  }

  /// Nil: keep it as it is.
  private func askWhetherToKeep(_ part: CredentialPart, at step: Step) throws -> Turn? {
    try show([Sentence(.question, "Paste it again?"), Sentence(.hint, "Enter = yes; no keeps it as it is")])
    while true {
      let question = Question(step: step.id, part: "again", prompt: "yes or no: ", completions: ["yes", "no"])
      guard let (reply, _) = try askLine(question) else { return leave() }
      conversation.settleLine(reply, remember: false)
      switch reply.lowercased() {
      case "no", "n": return nil
      case "", "yes", "y":
        pasteAhead = []
        return .again([])
      default: try show([Sentence(.problem, "Please say yes or no.")])
      }
    }
  }

  func keep(_ rule: CredentialRule, at step: Step, _ problem: Problem?, after said: [Sentence]) throws -> Turn {
    var sentences = said
    if let problem { sentences.append(Sentence(.problem, problem.words(at: step))) }
    pasteAhead = []
    guard adapters.store.isByHand else {
      try show(sentences)
      return keepInStore(at: step)
    }
    let reference = CredentialReference(store: adapters.store.id)
    guard let secret = rule.parts.last(where: \.secret).flatMap({ hand[$0.name] }) else {
      return try askWhetherCopied(reference, at: step, after: sentences)
    }
    guard handMouth.isPerson else {
      // The secret came by reference: the place that the reference names is the copy.
      try show(sentences)
      hand = [:]
      return .events([.credentialHeld(step.id, reference, .none, handMouth)])
    }
    return try askLastFour(of: secret, reference, of: rule, at: step, after: sentences)
  }

  private func keepInStore(at step: Step) -> Turn {
    do {
      let (reference, proof) = try adapters.store.keep(hand)
      hand = [:]
      return .events([.credentialHeld(step.id, reference, proof, .tool)])
    } catch {
      return .events([.keepingFailed(step.id, reason: display("\(error)"))])
    }
  }

  private func askLastFour(
    of secret: SecretBytes, _ reference: CredentialReference, of rule: CredentialRule, at step: Step,
    after said: [Sentence]
  ) throws -> Turn {
    try show(said.isEmpty ? presentation.lastFour : said)
    let question = SecretQuestion(
      step: step.id, part: "copy", prompt: "Last four: ", commands: presentation.secretCommands(of: rule))
    switch try conversation.takeSecret(question) {
    case .taken(let four, let mouth):
      leavingWasAnnounced = false
      guard four.count == 4, secret.hasSuffix(four) else {
        return .again([Sentence(.problem, Problem.lastFourDiffer.words(at: step))])
      }
      hand = [:]
      return .events([.credentialHeld(step.id, reference, .lastFourMatched, mouth)])
    case .empty: return .again([Sentence(.problem, Problem.empty.words(at: step))])
    case .command(let line, let mouth):
      guard case .command(let command) = readLine(line, words: step.exitWords) else { return .again([]) }
      return try obey(command, from: mouth, at: step)
    case .endOfInput: note(.inputEnded, missing: question)
    case .interrupted(let signal): note(.signal(signal))
    case .diverged(let divergence): note(.inputEnded, divergence: divergence)
    }
    return leave()
  }

  /// Nothing was pasted, so that only the person can say that the copy is there.
  private func askWhetherCopied(
    _ reference: CredentialReference, at step: Step, after said: [Sentence]
  ) throws -> Turn {
    try show(said + [Sentence(.question, Phrases.copied)])
    let question = Question(step: step.id, part: "copy", prompt: "yes or no: ", completions: ["yes", "no"])
    guard let (reply, mouth) = try askLine(question) else { return leave() }
    if case .command(let command) = readLine(reply, words: step.exitWords) {
      return try obey(command, from: mouth, at: step)
    }
    conversation.settleLine(reply, remember: false)
    switch reply.lowercased() {
    case "yes", "y": return .events([.credentialHeld(step.id, reference, .none, mouth)])
    case "no", "n": return .again([Sentence(.hint, "Copy it now, then say yes. If the page is gone, type :lost.")])
    default: return .again([Sentence(.problem, "Please say yes or no.")])
    }
  }

  func askStillShown(_ id: Step.ID, after said: [Sentence]) throws -> Turn {
    guard let step = flow[id] else { return .events([]) }
    try show(said + introduction(of: step) + [Sentence(.question, Phrases.stillShown)])
    let question = Question(step: id, part: "shown", prompt: "yes or no: ", completions: ["yes", "no"])
    guard let (reply, mouth) = try askLine(question) else { return leave() }
    if case .command(let command) = readLine(reply, words: step.exitWords) {
      return try obey(command, from: mouth, at: step)
    }
    conversation.settleLine(reply, remember: false)
    switch reply.lowercased() {
    case "yes", "y": return .events([.stillShown(id, true, mouth)])
    case "no", "n": return .events([.stillShown(id, false, mouth)])
    default: return .again([Sentence(.problem, "Please say yes or no.")])
    }
  }
}
