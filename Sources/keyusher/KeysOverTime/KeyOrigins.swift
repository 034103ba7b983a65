import FlowCore
import Inventory
import PlainText
import Records
import Stores

extension KeyOrigins {
  /// The run that made an entry: the one that says so, or the one in a pending entry's name.
  subscript(name: EntryName, in store: String) -> RunSummary? {
    self[CredentialReference(store: store, name: name.text)] ?? name.pendingRun.flatMap { self[run: $0] }
  }
}

extension CredentialReference {
  /// Whether it is the entry of a key in use, and neither a pending nor a replaced copy.
  var isInUse: Bool { name.flatMap { EntryName($0) }?.kind == .kept }
}

extension KeyFacts {
  /// The name by which a run is told that it is about the key.
  var nameInRuns: String? { reference.isInUse ? reference.name : label }
}

extension KeyCheck {
  /// On whose word, when and what: `api.gateio.ws refused gate-io/bot, 2026-12-03 14:05 UTC.`
  func told(of key: String) -> String {
    let who = host.map { display($0) } ?? "Its exchange"
    return verdict == .refused
      ? "\(who) refused \(key), \(at.minute)." : "By \(who), \(at.minute): \(key) is \(verdict.words)."
  }
}
