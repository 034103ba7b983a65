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
  ///
  /// Made once: what a store was opened with it remembers until the program ends, and asks no second time.
  let all: [any CredentialStore]
  /// Keyusher's own, which it sets up itself.
  let age: AgeStore

  init(
    home: String, environment: [String: String], configuration: Configuration, asking: any PassphraseAsking
  ) {
    self.home = home
    self.environment = environment
    self.configuration = configuration
    self.asking = asking
    age = AgeStore(folder: home + "/age", asking: asking)
    all = [age]
  }

  /// What a run can choose: every store, and the person's own hands.
  var survey: StoreSurvey {
    let offers = all.map { store in
      let condition = store.condition()
      var obstacle: String?
      if case .unusable(let error) = condition.readiness { obstacle = error.what }
      return StoreOffer(
        id: store.id, title: StoreWords.title(of: store.id), note: StoreWords.note(on: store.id), obstacle: obstacle,
        plaintext: condition.plaintext)
    }
    let hands = StoreOffer(
      id: CredentialReference.offline, title: StoreWords.title(of: CredentialReference.offline),
      note: StoreWords.note(on: CredentialReference.offline))
    let usable = (offers + [hands]).filter { $0.obstacle == nil && $0.plaintext == nil }.map(\.id)
    return StoreSurvey(
      offers: offers + [hands], standard: usable.contains(defaultID) ? defaultID : nil)
  }

  /// Sets a store up that was never used here, if it is one that this tool can set up.
  func setUpIfNeeded(_ store: any CredentialStore) throws {
    guard store.condition().readiness == .needsSetUp else { return }
  }

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
    let home = try surroundings.home()
    return StoreRoom(
      home: home, environment: surroundings.environment, configuration: try Configuration(home: home), asking: asking)
  }
}
