import FlowCore
import Inventory
import Stores

extension KeyOrigins {
  /// The run that made an entry: the one that says so, or the one in a pending entry's name.
  subscript(name: EntryName, in store: String) -> RunSummary? {
    self[CredentialReference(store: store, name: name.text)] ?? name.pendingRun.flatMap { self[run: $0] }
  }
}
