import Ceremony
import FlowCore
import FlowText
import HelperPrograms
import PlainText
import SecretMemory
import Stores

/// The stores of this computer, as the configuration has them.
struct StoreRegistry {
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
    let withoutLock: [any CredentialStore] =
      [SecretServiceStore(environment: environment)]
      + DockerCredentialStore.installed(environment: environment).filter { !StoreID.keepNothing.contains($0) }.map {
        DockerCredentialStore(helper: $0, environment: environment)
      } + [StoreRegistry.openBao(configuration, environment)]
    all = [age, PassStore(environment: environment)] + withoutLock.map { LockedStore($0, home: home) }
  }

  /// What a run can choose: every store, and the person's own hands.
  var survey: StoreSurvey {
    let offers = all.map { store in
      let condition = store.condition()
      var obstacle: String?
      if case .unusable(let error) = condition.readiness {
        obstacle = [error.what, error.hint].compactMap { $0 }.joined(separator: "; ")
      }
      return StoreOffer(store.id, obstacle: obstacle, plaintext: condition.plaintext)
    }
    let all = offers + [StoreOffer(StoreID.offline)]
    let usable = all.filter { $0.obstacle == nil && $0.plaintext == nil }.map(\.id)
    // What can be chosen first, so that its numbers follow each other.
    return StoreSurvey(
      offers: all.filter { $0.obstacle == nil } + all.filter { $0.obstacle != nil },
      standard: usable.contains(defaultID) ? defaultID : nil)
  }

  /// Sets up a store that was never used here, if it is Keyusher's own; returns whether it had to be.
  func setUpIfNeeded(_ store: any CredentialStore) throws -> Bool {
    guard store.id == age.id, age.condition().readiness == .needsSetUp else { return false }
    try age.setUp()
    return true
  }

  /// The server, as the settings have it, or else the variables that its own programs know.
  private static func openBao(_ configuration: Configuration, _ environment: [String: String]) -> OpenBaoStore {
    let values = configuration.values
    let settings = OpenBaoSettings(
      address: values[.openBaoAddress], mount: values[.openBaoMount], prefix: values[.openBaoPrefix],
      namespace: values[.openBaoNamespace], authorityFile: values[.openBaoAuthority],
      token: configuration.openBaoToken?.written, environment: environment)
    let net = NetProgram(beside: NetProgram.running() ?? "", environment: environment)
    return OpenBaoStore(settings: settings, net: net) { () throws(StoreError) in try token(settings.token) }
  }

  private static func token(_ text: String) throws(StoreError) -> SecretBytes {
    do {
      guard let reference = SecretReference(text) else { throw SecretObstacle(message: "no token is set") }
      let token = try SecretSource().read(reference)
      token.trim()
      return token
    } catch let error as SecretMemoryError {
      throw .memory(error)
    } catch {
      let obstacle = error as? SecretObstacle
      throw .locked(
        store: StoreID.openBao,
        hint: [obstacle?.message, obstacle?.hint, "where the token is: keyusher config set openbao.token env:NAME"]
          .compactMap { $0 }.joined(separator: "; "))
    }
  }

  /// The store that is meant where none is named.
  var defaultID: String { configuration.defaultStore ?? StoreID.age }

  /// Whether that store is on this computer.
  var hasDefault: Bool { defaultID == StoreID.offline || all.contains { $0.id == defaultID } }

  /// The store of an id, or the default one.
  func store(_ id: String? = nil) throws -> any CredentialStore {
    let id = id ?? defaultID
    if let store = all.first(where: { $0.id == id }) { return store }
    if id == StoreID.offline {
      throw CommandError(
        "'offline' is your own hands: there is nothing to open", hints: ["name another store, or set another default"],
        status: .usage)
    }
    if id.hasPrefix(StoreID.dockerPrefix) { throw StoreError.notInstalled(store: id, program: id) }
    throw CommandError(
      "there is no store '\(id)'",
      hint: nearest(to: id, among: all.map(\.id)).map { "did you mean '\($0)'?" }
        ?? "'keyusher store list' shows those there are", status: .usage)
  }
}

extension StoreOffer {
  /// An offer in the words of the store's profile.
  fileprivate init(_ id: String, obstacle: String? = nil, plaintext: String? = nil) {
    let profile = StoreProfile.of(id)
    let isHelper = id.hasPrefix(StoreID.dockerPrefix)
    self.init(
      id: id, title: isHelper ? "\(id): a docker credential helper" : profile?.title ?? id, note: profile?.note,
      obstacle: obstacle, plaintext: plaintext)
  }
}
