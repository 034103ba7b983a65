import Introspection

/// The commands by which a person asks about a key again.
struct AskingAgain: Equatable, Sendable {
  /// The key, as a command takes it: "gate-io/bot", "gate-io/bot --store pass", "--from fd:0".
  let key: String
  /// What was said of its plan, as options.
  var options = ""

  var command: String { "keyusher key verify \(key)\(options)" }

  /// The same, where what differs is waited for.
  var waiting: String { "\(command) --wait" }

  /// The same from a server.
  func through(_ host: String) -> String { "\(command) --via ssh:\(host)" }

  /// Asks on a server that has keyusher and no store: the key goes there through ssh, and is kept nowhere.
  func onServer(_ plan: KeyPlan?) -> String {
    "keyusher exec \(key) --fd -- sh -c 'ssh SERVER keyusher key verify --from fd:0 --yes\(plan?.asOptions ?? "")"
      + " <&\"$KEYUSHER_FD\"'"
  }
}

extension KeyPlan {
  /// As options of `key verify`.
  var asOptions: String {
    let permissions = permissions?.filter { $0 != KeyPlan.other } ?? []
    let addresses: String? =
      switch addresses {
      case .notSaid: nil
      case .none: "none"
      case .some: "list"
      case .these(let addresses): addresses.joined(separator: ",")
      }
    return (permissions.isEmpty ? "" : " --plan \(permissions.joined(separator: ","))")
      + (addresses.map { " --ip-plan \($0)" } ?? "")
  }
}
