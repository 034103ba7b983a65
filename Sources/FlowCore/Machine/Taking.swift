extension State {
  /// How far the credential of the current step has come.
  struct Taking: Equatable, Sendable {
    var receipts: [PartReceipt] = []
    /// After a resume the page may no longer show the secret: that is asked first.
    var mustAskStillShown = false
    /// After a resume: what was taken before, if it was all, since a copy may be in the store that is not on record.
    var earlier: [PartReceipt] = []
    /// The store that was chosen with the credential in hand.
    var store: String?
    /// The credential is in its store under a pending name.
    var held: Held?
  }

  struct Held: Equatable, Sendable {
    var reference: CredentialReference
    var proof: KeepingProof
    var source: AnswerSource
  }
}

// MARK: - The credential in hand

extension State {
  /// What is known of a copy that may be in the store and is not on record, if everything was taken before the run stopped.
  public var receiptsOfCopy: [PartReceipt]? {
    taking.mustAskStillShown && !taking.earlier.isEmpty ? taking.earlier : nil
  }

  /// Whether every part of the credential of the current step is in this process's memory.
  func isInHand(_ step: Step) -> Bool {
    guard case .credential(let rule) = step.body, taking.held == nil else { return false }
    return !taking.mustAskStillShown && taking.receipts.count == rule.parts.count
  }

  mutating func take(_ receipt: PartReceipt) { taking.receipts.append(receipt) }
  /// Begins the taking anew; what is held stays held.
  mutating func restartTaking(askingFirst: Bool, of rule: CredentialRule) {
    guard taking.held == nil else { return }
    let all = taking.receipts.count == rule.parts.count ? taking.receipts : []
    taking = Taking(
      mustAskStillShown: askingFirst, earlier: askingFirst ? (all.isEmpty ? taking.earlier : all) : [],
      store: taking.store)
  }
}
