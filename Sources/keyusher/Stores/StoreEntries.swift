import FlowCore
import Inventory
import Stores

extension StoreRegistry {
  /// What the stores list that are ready, without asking for anything to be unlocked, and which of those that records know
  /// could not be looked into, and why. Docker's helpers are other people's programs: of these only those are looked into
  /// that records know.
  func entries(beside origins: KeyOrigins) -> (entries: [ListedEntry], unseen: [String]) {
    var entries: [ListedEntry] = []
    var unseen: [String] = []
    for store in all where origins.stores.contains(store.id) || !store.id.hasPrefix(StoreID.dockerPrefix) {
      do throws(StoreError) {
        switch store.condition().readiness {
        case .ready: entries += try store.names().map { $0.listed(in: store.id) }
        // Where nothing was set up nothing is kept, unless records say that something was.
        case .needsSetUp where origins.stores.contains(store.id): throw .notSetUp(store: store.id, hint: "")
        case .needsSetUp: continue
        case .unusable(let error): throw error
        }
      } catch {
        if origins.stores.contains(store.id) { unseen.append("\(store.id) could not be looked into: \(error.what)") }
      }
    }
    return (entries, unseen)
  }
}

/// Who else than a run writes a pending entry.
enum PendingPurpose: String, CaseIterable {
  case adopt, copy, receive
}

extension EntryName {
  /// The run that wrote a pending entry, by its name; nil if it was none.
  var pendingRun: String? {
    guard kind == .pending, let word = text.split(separator: "/").last?.split(separator: ".").first.map(String.init),
      PendingPurpose(rawValue: word) == nil
    else { return nil }
    return word
  }

  func reference(in store: any CredentialStore) -> CredentialReference {
    CredentialReference(store: store.id, name: text)
  }

  /// Where an entry waits that no run writes.
  static func pending(for purpose: PendingPurpose, step: String) -> EntryName? {
    pending(run: purpose.rawValue, step: step)
  }

  /// What the name tells of the key.
  fileprivate func listed(in store: String) -> ListedEntry {
    let reference = CredentialReference(store: store, name: text)
    let words = text.split(separator: "/", maxSplits: 1).map(String.init)
    guard kind == .kept, words.count == 2 else { return ListedEntry(reference, run: pendingRun) }
    return ListedEntry(reference, exchange: words[0], label: words[1])
  }
}
