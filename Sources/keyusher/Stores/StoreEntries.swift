import FlowCore
import Inventory
import Stores

extension StoreRegistry {
  /// What the stores list that are ready, without asking for anything to be unlocked. Docker's helpers are other people's
  /// programs: of these only those are looked into that records know.
  func entries(beside origins: KeyOrigins) -> [ListedEntry] {
    all.filter { origins.stores.contains($0.id) || !$0.id.hasPrefix(StoreID.dockerPrefix) }.flatMap { store in
      guard store.condition().readiness == .ready, let names = try? store.names() else { return [ListedEntry]() }
      return names.map { $0.listed(in: store.id) }
    }
  }
}

extension EntryName {
  /// The run that wrote a pending entry, by its name.
  var pendingRun: String? {
    guard kind == .pending else { return nil }
    return text.split(separator: "/").last?.split(separator: ".").first.map(String.init)
  }

  /// What the name tells of the key.
  fileprivate func listed(in store: String) -> ListedEntry {
    let reference = CredentialReference(store: store, name: text)
    let words = text.split(separator: "/", maxSplits: 1).map(String.init)
    guard kind == .kept, words.count == 2 else { return ListedEntry(reference, run: pendingRun) }
    return ListedEntry(reference, exchange: words[0], label: words[1])
  }
}
