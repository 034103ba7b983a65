import FlowCore
import SecretMemory

/// The credential that waits to be kept; its bytes are wiped when they are let go.
struct Hand {
  var parts: [CredentialPart.Name: SecretBytes] = [:]
  /// Who gave the last of them.
  var mouth: Mouth = .typed
  /// The further lines of a paste that had more than one.
  var ahead: [SecretBytes] = []
  /// Whether the store refused it: it is tried again only when somebody says so.
  var wasRefused = false
}

// How a credential leaves the session's hands: into a store, or compared with the copy that the person made.
extension Session {
  func keep(_ rule: CredentialRule, at step: Step, _ problem: Problem?, after said: [Sentence]) throws -> Turn {
    var sentences = said
    if !hand.ahead.isEmpty { sentences.append(Sentence(.warning, Phrases.linesDropped(hand.ahead.count))) }
    hand.ahead = []
    if let problem { sentences.append(Sentence(.problem, problem.words(at: step))) }
    try show(sentences)
    guard adapters.store.isByHand else {
      if hand.wasRefused, let turn = try askWhetherToTryAgain(of: rule, at: step) { return turn }
      return keepInStore(at: step)
    }
    let reference = CredentialReference(store: adapters.store.id)
    guard let secret = rule.parts.last(where: \.secret).flatMap({ hand.parts[$0.name] }) else {
      return try askWhetherCopied(reference, of: rule, at: step)
    }
    guard hand.mouth.isPerson else {
      // The secret came by reference: the place that the reference names is the copy.
      return .events([.credentialHeld(step.id, reference, .none, hand.mouth)])
    }
    return try askLastFour(of: secret, reference, of: rule, at: step)
  }

  // MARK: - A store that keeps by itself

  private func keepInStore(at step: Step) -> Turn {
    do {
      let (reference, proof) = try adapters.store.keep(hand.parts)
      return .events([.credentialHeld(step.id, reference, proof, .tool)])
    } catch {
      hand.wasRefused = true
      let reason = display("\(error)")
      return .events([.keepingFailed(step.id, reason: isSuspect(reason) ? Phrases.reasonWithheld : reason)])
    }
  }

  /// Nil: yes.
  private func askWhetherToTryAgain(of rule: CredentialRule, at step: Step) throws -> Turn? {
    let words = [Sentence(.question, Phrases.tryAgain), Sentence(.hint, "Enter = yes, try again")]
    switch try askYesOrNoUnseen("keep", of: rule, at: step, words: words, enter: true) {
    case .answer(true, _): return nil
    case .answer(false, _): return .again([Sentence(.hint, Phrases.notKept)])
    case .turn(let turn): return turn
    }
  }

  // MARK: - The person's own copy

  private func askLastFour(
    of secret: SecretBytes, _ reference: CredentialReference, of rule: CredentialRule, at step: Step
  ) throws -> Turn {
    try show(presentation.lastFour)
    switch try askSecret("copy", prompt: "Last four: ", of: rule, at: step) {
    case .turn(let turn): return turn
    case .empty: return try askWhetherCopied(reference, of: rule, at: step)
    case .word: return .again([])
    case .taken(let four, let mouth):
      guard four.count == 4, secret.hasSuffix(four) else {
        return .again([Sentence(.problem, Problem.lastFourDiffer.words(at: step))])
      }
      return .events([.credentialHeld(step.id, reference, .lastFourMatched, mouth)])
    }
  }

  /// Nothing was compared, so that only the person can say that the copy is there.
  private func askWhetherCopied(
    _ reference: CredentialReference, of rule: CredentialRule, at step: Step
  ) throws -> Turn {
    switch try askYesOrNoUnseen("copy", of: rule, at: step, words: [Sentence(.question, Phrases.copied)]) {
    case .answer(true, let mouth): return .events([.credentialHeld(step.id, reference, .none, mouth)])
    case .answer(false, _): return .again([Sentence(.hint, Phrases.copyNow)])
    case .turn(let turn): return turn
    }
  }
}
