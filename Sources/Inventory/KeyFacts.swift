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
}

extension KeyFacts {
  /// What the run that kept a key knows of it.
  public init(
    of reference: CredentialReference, takenAt step: Step.ID, since moment: Timestamp, run: String, owner: String?,
    _ state: State, in flow: Flow
  ) {
    let before = flow.steps.prefix { $0.id != step }
    let label = before.last { $0.role == .label && state.given[$0.id] != nil }
    func said(_ id: Step.ID?) -> String? {
      guard let id, state.given[id]?.answer?.isRedacted == false else { return nil }
      return state.answerText(of: id, in: flow)
    }
    self.init(
      reference: reference, exchange: reference.name.map { String($0.prefix { $0 != "/" }) } ?? flow.provider,
      label: said(label?.id), listed: state.receipts[step]?.lazy.compactMap(\.publicPart).first,
      account: said(KeyFacts.account), accountID: state.given[KeyFacts.account]?.answer?.inScript,
      plan: KeyPlan(of: run, state, label: said(label?.id)), purpose: said(KeyFacts.purpose),
      program: said(KeyFacts.program),
      owner: owner, since: moment)
  }

  /// What an operation that took a key in says of it.
  init(of record: OperationRecord) {
    let (key, store) = record.operation.result
    let facts = record.operation.facts
    self.init(
      reference: CredentialReference(store: store, name: key), exchange: facts["exchange"], label: facts["label"],
      account: facts["account"], purpose: facts["purpose"], program: facts["program"], owner: facts["owner"],
      since: record.header.began)
  }

  /// The steps by whose ids the shipped flows ask for these.
  private static let account: Step.ID = "account"
  private static let purpose: Step.ID = "purpose"
  private static let program: Step.ID = "program"
}
