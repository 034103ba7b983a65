import FlowCore
import Introspection

extension KeyPlan {
  /// What was said in a run of what the key may do, and from where; nil where the run asked neither.
  init?(of run: String, _ state: State, in flow: Flow, label: String?) {
    func answer(as role: Step.Role) -> Answer? {
      flow.lastStep(as: role) { state.given[$0] != nil }.flatMap { state.given[$0.id]?.answer }
    }
    var permissions: [String]?
    if case .selection(let ids)? = answer(as: .plan) { permissions = ids }
    let addresses = Addresses(planned: answer(as: .addressPlan), named: answer(as: .address))
    guard permissions != nil || addresses != .notSaid else { return nil }
    self.init(permissions: permissions, addresses: addresses, label: label, source: "run \(run)")
  }
}

extension KeyPlan.Addresses {
  fileprivate init(planned: Answer?, named: Answer?) {
    guard case .choice(let id)? = planned else {
      self = .notSaid
      return
    }
    guard ["list", "service"].contains(id) else {
      self = .none
      return
    }
    guard case .text(let text)? = named else {
      self = .some
      return
    }
    let addresses = text.split { $0 == "," || $0 == " " }.map(String.init)
    // "the program's public address" is none to compare with.
    self = addresses.allSatisfy { $0.contains(".") || $0.contains(":") } ? .these(addresses) : .some
  }
}
