/// A part of the credential is in hand.
func partTaken(_ state: inout State, _ receipt: PartReceipt, at step: Step, in flow: Flow) -> [Effect] {
  guard case .credential(let rule) = step.body, !state.taking.mustAskStillShown,
    state.taking.receipts.count < rule.parts.count, rule.parts[state.taking.receipts.count].name == receipt.part
  else { return again(state, in: flow, problem: .notTheKindOfAnswer) }
  state.take(receipt)
  return again(state, in: flow)
}

/// The credential is in its store: where that knows names, it is given its own next, unless a step further on gives it.
func held(
  _ state: inout State, _ reference: CredentialReference, _ proof: KeepingProof, _ source: AnswerSource, at step: Step,
  in flow: Flow
) -> [Effect] {
  guard case .credential(let rule) = step.body else { return again(state, in: flow, problem: .notTheKindOfAnswer) }
  if proof == .foundAgain, state.taking.mustAskStillShown, !state.taking.earlier.isEmpty {
    state.taking = State.Taking(receipts: state.taking.earlier, store: state.taking.store)
  }
  guard state.isInHand(step) else {
    return again(state, in: flow, problem: .notTheKindOfAnswer)
  }
  if rule.store != nil, reference.store != CredentialReference.offline, !flow.isNamedLater(step.id) {
    state.taking.held = State.Held(reference: reference, proof: proof, source: source)
    return again(state, in: flow)
  }
  return settleHeld(&state, reference, proof, source, at: step, in: flow)
}

/// The credential has its name in the store.
func kept(
  _ state: inout State, _ reference: CredentialReference, at step: Step, in flow: Flow
) -> [Effect] {
  guard let held = state.taking.held, held.reference.store == reference.store else {
    return again(state, in: flow, problem: .notTheKindOfAnswer)
  }
  return settleHeld(&state, reference, held.proof, held.source, at: step, in: flow)
}

private func settleHeld(
  _ state: inout State, _ reference: CredentialReference, _ proof: KeepingProof, _ source: AnswerSource, at step: Step,
  in flow: Flow
) -> [Effect] {
  // What was never pasted can't have been compared.
  let comparable = state.taking.receipts.allSatisfy(\.taken)
  let standing = Standing.of(comparable ? proof : .none, from: source)
  let given = Given(answer: .credential(reference), source: source, standing: standing)
  state.settle(given)
  state.keepReceipts(of: step.id)
  return [.say(.stands(step.id, given))] + advance(&state, from: step, in: flow)
}

extension Flow {
  /// Whether the credential of a step gets its name at a step of its own.
  public func isNamedLater(_ credential: Step.ID) -> Bool { steps.contains { $0.body == .check(.named(credential)) } }

  /// The name that the credential of a step gets in its store.
  public func name(ofCredentialAt id: Step.ID, in state: State) -> String {
    guard case .credential(let rule)? = self[id]?.body, let name = rule.name else { return id.rawValue }
    return name.filled(from: state, in: self)
  }

  /// Whether that name can't be told any more, since an answer in it was blanked.
  public func isNameBlanked(ofCredentialAt id: Step.ID, in state: State) -> Bool {
    guard case .credential(let rule)? = self[id]?.body, let name = rule.name else { return false }
    return name.reads.contains { state.given[$0]?.answer?.isRedacted == true }
  }
}

extension CredentialReference {
  /// Whether it waits in its store for a name of its own.
  public var isPending: Bool { name?.hasPrefix("pending/") ?? false }
}
