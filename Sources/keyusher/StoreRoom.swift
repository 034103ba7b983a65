import FlowCore
import Stores

/// The stores of this computer, as the configuration has them.
struct StoreRoom {
  let home: String
  let environment: [String: String]
  let configuration: Configuration
  /// Who is asked when a store wants its passphrase.
  let asking: any PassphraseAsking

  /// Every store that there can be here, in the order in which they are offered; the person's own hands are not among them.
  var all: [any CredentialStore] { [AgeStore(folder: home + "/age", asking: asking)] }

  /// The store that is meant where none is named.
  var defaultID: String { configuration.defaultStore ?? StoreID.age }

  /// The store of an id, or the default one.
  func store(_ id: String? = nil) throws -> any CredentialStore {
    let id = id ?? defaultID
    if let store = all.first(where: { $0.id == id }) { return store }
    throw Complaint(
      "there is no store '\(id)'",
      hints: [
        nearest(to: id, among: all.map(\.id)).map { "did you mean '\($0)'?" }
          ?? "'keyusher store list' shows those there are"
      ], status: .usage)
  }
}

extension House {
  /// The stores, opened by whoever is asked for their passphrases.
  func stores(asking: any PassphraseAsking) throws -> StoreRoom {
    StoreRoom(
      home: try surroundings.home(), environment: surroundings.environment,
      configuration: try Configuration(home: surroundings.home()), asking: asking)
  }
}
