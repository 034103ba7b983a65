import FlowCore
import Introspection

extension KeyPlan {
  /// What was said in a run of what the key may do, and from where; nil where the run asked neither.
  init?(of run: String, _ state: State, label: String?) {
    var permissions: [String]?
    if case .selection(let ids)? = state.given[KeyPlan.permissionsStep]?.answer { permissions = ids }
    let addresses = KeyPlan.addresses(in: state)
    guard permissions != nil || addresses != .notSaid else { return nil }
    self.init(permissions: permissions, addresses: addresses, label: label, source: "run \(run)")
  }

  // MARK: - Private

  private static func addresses(in state: State) -> Addresses {
    guard case .choice(let id)? = state.given[addressesStep]?.answer else { return .notSaid }
    guard listed.contains(id) else { return .none }
    guard case .text(let text)? = state.given[addressStep]?.answer else { return .some }
    let addresses = text.split { $0 == "," || $0 == " " }.map(String.init)
    // "the program's own" is none to compare with.
    return addresses.allSatisfy { $0.contains(".") || $0.contains(":") } ? .these(addresses) : .some
  }

  /// The steps by whose ids the shipped flows ask for these, and the answers that stand for an IP list.
  private static let permissionsStep: Step.ID = "plan"
  private static let addressesStep: Step.ID = "ip-plan"
  private static let addressStep: Step.ID = "ip-address"
  private static let listed: Set<String> = ["list", "service"]
}
