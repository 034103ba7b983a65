import HelperPrograms
public import SecretMemory

/// The keyring of the person's session: gnome-keyring, KWallet, KeePassXC, whatever speaks the Secret Service on D-Bus.
///
/// Each entry is an item of the default keyring with two attributes, `application` and `id`, which is the entry's name. The
/// secrets go through `secret-tool` by pipe, and over the bus encrypted. It can't tell a locked entry from a missing one, so
/// everything else is asked of the service through `gdbus`. Never `secret-tool search`: it prints secrets.
///
/// Two programs that put the same name in the same instant can't be kept apart by the service, which has no write that refuses:
/// those of ours are, by `LockedStore`.
public struct SecretServiceStore: CredentialStore {
  public let id = "secret-service"

  private let environment: [String: String]
  /// Whether a window that asks for the keyring's password could appear.
  private let canPrompt: Bool
  /// How long a helper program may take when nobody has to be asked.
  private let patience: Int

  /// - Parameter environment: of it the helper programs are given what leads to the bus, and nothing else.
  public init(environment: [String: String]) {
    self.init(environment: environment, patience: HelperProgram.patience)
  }

  /// - Parameter patience: in seconds, for tests.
  init(environment: [String: String], patience: Int) {
    self.patience = patience
    canPrompt = ["DISPLAY", "WAYLAND_DISPLAY"].contains { environment[$0]?.isEmpty == false }
    self.environment = environment
  }

  public func condition() -> StoreCondition {
    StoreCondition(place: Self.place) { () throws(StoreError) in
      let bus = try bus()
      _ = try secretTool()
      // A service that is not running yet is not started for this: the keyring would have to be unlocked before.
      guard try bus.isRunning() else { return nil }
      _ = try keyring(bus)
      return try bus.defaultKeyring().flatMap { SecretServiceFile(keyring: $0, environment).plaintext }
    }
  }

  public func names() throws(StoreError) -> [EntryName] {
    let bus = try bus()
    var names: Set<EntryName> = []
    for item in try bus.items(Self.mark) {
      guard let attributes = try bus.attributes(of: item) else { continue }
      // A keyring that was never opened in this session knows its attributes by their hashes alone.
      guard let text = attributes["id"] else {
        guard item.isLocked else { continue }
        throw locked
      }
      if let name = EntryName(text) { names.insert(name) }
    }
    return names.sorted()
  }

  public func get(_ name: EntryName) throws(StoreError) -> SecretBytes {
    let bus = try bus()
    guard let item = try only(try bus.items(attributes(name)), name) else { throw .missing(name) }
    let outcome = try run(["lookup"] + pairs(name), asksPeople: try asksPeople(for: item))
    if outcome.status == 0 { return outcome.output }
    guard let item = try bus.items(attributes(name)).first else { throw .missing(name) }
    throw item.isLocked ? locked : failed(outcome)
  }

  public func put(_ secret: SecretBytes, as name: EntryName) throws(StoreError) {
    let bus = try bus()
    guard try bus.items(attributes(name)).isEmpty else { throw .taken(name) }
    try write(secret, as: name, on: bus)
  }

  public func rename(_ name: EntryName, to other: EntryName, replacing: Bool) throws(StoreError) {
    let secret = try get(name)
    let bus = try bus()
    let there = try bus.items(attributes(other))
    guard replacing || there.isEmpty else { throw .taken(other) }
    guard name != other else { return }
    // Written over, an item is never away; but that works within one keyring alone.
    let keyring = try bus.defaultKeyring()
    if !there.allSatisfy({ $0.keyring == keyring }) { try delete(other) }
    try write(secret, as: other, on: bus)
    try delete(name)
  }

  public func delete(_ name: EntryName) throws(StoreError) {
    let bus = try bus()
    let items = try bus.items(attributes(name))
    guard let first = items.first else { throw .missing(name) }
    let lockedItem = items.first { $0.isLocked }
    // Clearing opens nothing; looking up does, where a window can ask.
    if let lockedItem { _ = try run(["lookup"] + pairs(name), asksPeople: try asksPeople(for: lockedItem)) }
    for item in lockedItem == nil ? items : try bus.items(attributes(name)) {
      guard !item.isLocked else { throw locked }
      // `clear` takes every item that has these attributes, even one with more.
      let extra = try bus.attributes(of: item)?.keys.filter { !Self.known.contains($0) } ?? []
      guard extra.isEmpty else { throw .damaged(name, why: "another program has put attributes of its own to it") }
    }
    let outcome = try run(["clear"] + pairs(name), asksPeople: false)
    guard try bus.items(attributes(name)).isEmpty else { throw first.isLocked ? locked : failed(outcome) }
  }

  // MARK: - Private

  /// What `secret-tool store` reads: it cuts off the rest without a word.
  ///
  /// Source: libsecret 0.20.5, tried 2026-11-23.
  private static let mostBytes = 8192
  private static let mark = [(name: "application", value: "keyusher")]
  private static let known: Set<String> = ["application", "id", "xdg:schema"]

  private func attributes(_ name: EntryName) -> [(name: String, value: String)] { Self.mark + [("id", name.text)] }
  private func pairs(_ name: EntryName) -> [String] { attributes(name).flatMap { [$0.name, $0.value] } }

  private func bus() throws(StoreError) -> SecretServiceBus {
    try SecretServiceBus(environment: environment, store: id, patience: patience)
  }

  private func secretTool() throws(StoreError) -> HelperProgram {
    let path = try SecretServiceBus.path(in: environment, store: id)
    return try telling(of: id) { try HelperProgram.find("secret-tool", environment: path) }
  }

  private func run(
    _ arguments: [String], input: SecretBytes? = nil, asksPeople: Bool
  ) throws(StoreError) -> HelperProgram.Outcome {
    let seconds = asksPeople ? HelperProgram.patienceWithPeople : patience
    return try telling(of: id) {
      try secretTool().run(arguments, input: input, seconds: seconds, asksPeople: asksPeople)
    }
  }

  private func write(_ secret: SecretBytes, as name: EntryName, on bus: SecretServiceBus) throws(StoreError) {
    guard secret.count <= Self.mostBytes else {
      throw .unstorable(why: "'secret-tool' takes no more than \(Self.mostBytes) bytes")
    }
    let asksPeople = try keyring(bus)
    let outcome = try run(
      ["store", "--label=keyusher \(name)"] + pairs(name), input: secret, asksPeople: asksPeople)
    if outcome.status != 0 {
      _ = try keyring(bus)
      throw asksPeople ? locked : failed(outcome)
    }
    try confirm(name, holds: secret)
  }

  /// Looks at the keyring that new entries come into, and whether somebody will have to be asked for its password. Throws
  /// `locked` or `notSetUp` if nobody can be.
  private func keyring(_ bus: SecretServiceBus) throws(StoreError) -> Bool {
    guard let keyring = try bus.defaultKeyring() else {
      guard canPrompt else { throw .notSetUp(store: id, hint: Self.makeHint) }
      return true
    }
    guard !keyring.hasSuffix("/session") else { throw .notSetUp(store: id, hint: Self.sessionHint) }
    guard try bus.isLocked(keyring), !opensByItself(keyring) else { return false }
    guard canPrompt else { throw locked }
    return true
  }

  private func asksPeople(for item: SecretServiceBus.Item) throws(StoreError) -> Bool {
    guard item.isLocked, !opensByItself(item.keyring) else { return false }
    guard canPrompt else { throw locked }
    return true
  }

  /// Whether a locked keyring has no password, so that the service opens it without asking.
  private func opensByItself(_ keyring: String) -> Bool {
    SecretServiceFile(keyring: keyring, environment).plaintext != nil
  }

  /// The one item of a name; nil if there is none. Two can't be told apart: one may be older.
  private func only(_ items: [SecretServiceBus.Item], _ name: EntryName) throws(StoreError) -> SecretServiceBus.Item? {
    guard items.count < 2 else { throw .damaged(name, why: "the keyring has \(items.count) items of that name") }
    return items.first
  }

  private func failed(_ outcome: HelperProgram.Outcome) -> StoreError {
    .broken(store: id, why: "'secret-tool' ended with status \(outcome.status)")
  }

  private var locked: StoreError { .locked(store: id, hint: Self.unlockHint) }

  // MARK: - Words

  private static let place = "the keyring of this session (Secret Service)"
  private static let unlockHint =
    "unlock the keyring in its own program, for example 'seahorse'; without a desktop: "
    + #"read -rs P; printf %s "$P" | gnome-keyring-daemon --replace --unlock"#
  private static let makeHint =
    "make a keyring and unlock it, for example in 'seahorse'; without a desktop: "
    + #"read -rs P; printf %s "$P" | gnome-keyring-daemon --replace --unlock"#
  private static let sessionHint =
    "its default keyring is forgotten when the session ends; make a lasting one the default, for example in 'seahorse'"
}
