import FlowCore
import PlainText
import SecretMemory

// How a credential leaves the session's hands: into a store, or compared with the copy that the person made.
extension Session {
  func keep(_ rule: CredentialRule, at step: Step, after said: [Sentence]) throws -> Turn {
    var sentences = said
    if !hand.ahead.isEmpty { sentences.append(Sentence(.warning, Phrases.linesDropped(hand.ahead.count))) }
    hand.ahead = []
    try show(sentences)
    let store = state.store(of: rule)
    guard store == CredentialReference.offline else {
      if hand.wasRefused, let turn = try askWhatNow(instead: store, of: rule, at: step) { return turn }
      return try hold(rule, in: store, at: step)
    }
    let reference = CredentialReference(store: store)
    guard hand.source.isPerson else {
      // The secret came by reference: the place that the reference names is the copy.
      return .events([.credentialHeld(step.id, reference, .none, hand.source)])
    }
    // All private keys end alike; and of a secret and a passphrase it is the secret that nobody can look up again.
    let comparable = rule.parts.compactMap { part in
      part.secret && !part.isPEM ? hand.parts[part.name].map { (title: part.title, bytes: $0) } : nil
    }
    guard let secret = comparable.max(by: { $0.bytes.count < $1.bytes.count }) else {
      return try askWhetherCopied(reference, at: step)
    }
    return try askLastFour(of: secret.bytes, called: secret.title, reference, at: step)
  }

  // MARK: - A store that keeps by itself

  private func hold(_ rule: CredentialRule, in store: String, at step: Step) throws -> Turn {
    let name = flow.name(ofCredentialAt: step.id, in: state)
    return try attempt(at: step) { questions in
      let (reference, proof) = try adapters.stores.hold(
        hand.parts, takenAt: step.id, as: name, in: store, asking: questions)
      // The bytes are in the store, and were compared.
      if adapters.observing.asksExchanges, flow.asksExchange(about: step.id) { toAskAbout[step.id] = hand.parts }
      hand = CredentialInHand()
      conversation.endSecrets()
      return .credentialHeld(step.id, reference, proof, .tool)
    } failing: { reason in
      hand.wasRefused = true
      return .keepingFailed(step.id, reason: reason)
    }
  }

  /// What to do with a credential that its store refused. Nil: try again.
  private func askWhatNow(instead store: String, of rule: CredentialRule, at step: Step) throws -> Turn? {
    let others =
      rule.store == nil ? [] : try adapters.stores.survey().offers.filter { $0.obstacle == nil && $0.id != store }
    let question = presentation.whatNow(others: others, at: step)
    switch try askAside(question, at: step, otherwise: Phrases.noneOfThese, reading: { $0.isEmpty ? "yes" : $0 }) {
    case ("yes", _), ("y", _): return nil
    case ("no", _), ("n", _): return .again([Sentence(.hint, Phrases.notKept)])
    case (let other, let source):
      guard let offer = others.first(where: { $0.id == other }) else { return .again() }
      return try change(to: offer, source, at: step)
    }
  }

  /// Puts the credential that is in hand into another store, once that is proven.
  private func change(to offer: StoreOffer, _ source: AnswerSource, at step: Step) throws -> Turn {
    if let why = offer.plaintext { return .again([Sentence(.problem, why), Sentence(.hint, Phrases.notKept)]) }
    guard offer.id != CredentialReference.offline else {
      hand.wasRefused = false
      return .events([.storeChanged(step.id, store: offer.id, source)])
    }
    try show([Sentence(.body, Phrases.proving)])
    return try attempt(at: step) { questions in
      _ = try adapters.stores.prove(offer.id, asking: questions)
      hand.wasRefused = false
      return .storeChanged(step.id, store: offer.id, source)
    } failing: {
      .keepingFailed(step.id, reason: $0)
    }
  }

  /// Gives what is held its name.
  func name(
    _ reference: CredentialReference, _ rule: CredentialRule, at step: Step, _ problem: Sentence?,
    after said: [Sentence]
  ) throws -> Turn {
    try show(said)
    var isToBeNamed = true
    if let problem {
      var question = Question(.name, at: step.id, .yesOrNo, text: Phrases.nameAgain)
      question.standard = Question.Default("yes", words: "yes")
      question.problem = problem
      isToBeNamed = try askYesOrNo(question, at: step, enter: true).answer
    }
    let name = flow.name(ofCredentialAt: step.id, in: state)
    return try attempt(at: step) { questions in
      if isToBeNamed {
        return .credentialKept(step.id, try adapters.stores.name(reference, name, asking: questions))
      }
      // It stays under the name it waits under.
      guard try adapters.stores.has(reference) else { throw NotThere() }
      return .credentialKept(step.id, reference)
    } failing: {
      .keepingFailed(step.id, reason: $0)
    }
  }

  private struct NotThere: Error, CustomStringConvertible {
    let description = Phrases.notThere
  }

  /// After a resume: a copy that was written before the stop and is not on record. Nil: there is none.
  func lookForCopy(of rule: CredentialRule, at step: Step) throws -> Turn? {
    let store = state.store(of: rule)
    guard let receipts = state.receiptsOfCopy, store != CredentialReference.offline else { return nil }
    let questions = RunQuestions(of: self, at: step)
    do {
      let found = try adapters.stores.find(takenAt: step.id, as: receipts, in: store, asking: questions)
      if let ending = questions.ending { throw ending }
      guard let reference = found else { return nil }
      try show([Sentence(.body, Phrases.foundAgain)])
      return .events([.credentialHeld(step.id, reference, .foundAgain, .tool)])
    } catch {
      if let ending = questions.ending { throw ending }
      try show([Sentence(.problem, reason(of: error))])
      return nil
    }
  }

  // MARK: - Choosing a store

  /// Tries the store that was chosen, which is set up first if it must be.
  func prove(_ store: String, at step: Step, after said: [Sentence]) throws -> Turn {
    try show(said)
    return try attempt(at: step) { questions in
      let (verdict, means) = try adapters.stores.prove(store, asking: questions)
      return .storeProven(step.id, store: store, verdict, by: means)
    } failing: { reason in
      .storeFailed(step.id, store: store, reason: reason)
    }
  }

  /// Does something with a store; what goes wrong there is an event, and what a person did at its questions a turn.
  private func attempt(
    at step: Step, _ body: (RunQuestions) throws -> Event, failing: (String) -> Event
  ) throws -> Turn {
    let questions = RunQuestions(of: self, at: step)
    do {
      return .events([try body(questions)])
    } catch {
      if let ending = questions.ending { throw ending }
      return .events([failing(reason(of: error))])
    }
  }

  /// What a store says went wrong, if that holds no secret.
  func reason(of error: any Error) -> String {
    let reason = display("\(error)")
    return isSuspect(reason) ? Phrases.reasonWithheld : reason
  }

  // MARK: - The person's own copy

  private func askLastFour(
    of secret: SecretBytes, called title: String, _ reference: CredentialReference, at step: Step
  ) throws -> Turn {
    switch try ask(presentation.lastFour(of: title, at: step), at: step) {
    case .line: return try askWhetherCopied(reference, at: step)
    case .secret(let four, let source):
      four.trim()
      guard four.count == 4, secret.hasSuffix(four) else {
        return .again(problem: Sentence(.problem, Problem.lastFourDiffer.words(at: step)))
      }
      return .events([.credentialHeld(step.id, reference, .lastFourMatched, source)])
    }
  }

  /// Nothing was compared, so that only the person can say that the copy is there.
  private func askWhetherCopied(_ reference: CredentialReference, at step: Step) throws -> Turn {
    let (isCopied, source) = try askYesOrNo(presentation.whetherCopied(at: step), at: step)
    guard isCopied else { return .again([Sentence(.hint, Phrases.copyNow)]) }
    return .events([.credentialHeld(step.id, reference, .none, source)])
  }
}
