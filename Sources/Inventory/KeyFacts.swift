public import FlowCore
public import Introspection
public import Records

/// What records tell of a key that lies in a store. Texts are in the words that a person reads.
public struct KeyFacts: Equatable, Sendable {
  public var reference: CredentialReference
  /// The id of the exchange or other service, for example `gate-io`.
  public var exchange: String?
  /// What the exchange's own list calls it, and the leading characters by which it lists it.
  public var label: String?
  public var listed: String?
  /// The account at the exchange.
  public var account: String?
  /// The same as the flow's own id of it, for example `testnet`, where it was chosen there.
  public var accountID: String?
  /// What it is meant to be; nil where nobody said.
  public var plan: KeyPlan?
  public var purpose: String?
  public var program: String?
  /// Who owns it.
  public var owner: String?
  /// When it came to lie there.
  public var since: Timestamp
  /// What its exchange said of it last; nil where nobody is known to have asked.
  public var check: KeyCheck?
}

extension KeyFacts {
  /// What is said of a key of which no record tells.
  public init(
    _ reference: CredentialReference, exchange: String, since moment: Timestamp, account: String? = nil,
    purpose: String? = nil, program: String? = nil, owner: String? = nil
  ) {
    (self.reference, self.exchange, self.since) = (reference, exchange, moment)
    (self.account, self.purpose, self.program, self.owner) = (account, purpose, program, owner)
  }

  /// What the run that kept a key knows of it.
  public init(
    of reference: CredentialReference, takenAt step: Step.ID, since moment: Timestamp, run: String, owner: String?,
    _ state: State, in flow: Flow
  ) {
    let end = flow.indices[step] ?? flow.steps.count
    let label = flow.lastStep(as: .label) { id in
      state.given[id] != nil && flow.indices[id].map { $0 < end } ?? false
    }
    func said(_ step: Step?) -> String? {
      guard let step, let answer = state.given[step.id]?.answer, !answer.isRedacted, !step.isUnsaid(answer) else {
        return nil
      }
      return state.answerText(of: step.id, in: flow)
    }
    func asked(as role: Step.Role) -> Step? { flow.lastStep(as: role) { state.given[$0] != nil } }
    func said(as role: Step.Role) -> String? { said(asked(as: role)) }
    func id(as role: Step.Role) -> String? { asked(as: role).flatMap { state.given[$0.id]?.answer?.inScript } }
    self.init(
      reference: reference,
      exchange: (reference.isPending ? nil : reference.name.map { String($0.prefix { $0 != "/" }) }) ?? flow.provider,
      label: said(label), listed: state.receipts[step]?.lazy.compactMap(\.publicPart).first,
      account: said(as: .account), accountID: flow[step]?.account ?? id(as: .account),
      plan: KeyPlan(of: run, state, in: flow, label: said(label)), purpose: said(as: .purpose),
      program: said(as: .program),
      owner: owner ?? state.ownerTakenOver, since: moment)
  }

  /// What an operation that took a key in says of it.
  init(of record: OperationSummary) {
    let (key, store) = record.operation.result
    let facts = record.operation.facts
    self.init(
      reference: CredentialReference(store: store, name: key), exchange: facts["exchange"], label: facts["label"],
      listed: facts["listed"],
      account: facts["account"], purpose: facts["purpose"], program: facts["program"], owner: facts["owner"],
      since: record.began)
  }
}

extension Step {
  /// The account of which the flow itself says that the credential taken here is.
  fileprivate var account: String? { if case .credential(let rule) = body { rule.account } else { nil } }
}
