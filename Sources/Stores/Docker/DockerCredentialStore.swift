import HelperPrograms
public import SecretMemory

/// Keeps entries through a credential helper of Docker's, `docker-credential-NAME`: four verbs, JSON by pipe.
///
/// An entry is what the helper has under the address `https://keyusher.invalid/NAME` (a domain that no one can own). The
/// user name is always `keyusher`: with another one for each key `docker-credential-pass` would hold both, and give the older.
///
/// Source: docker-credential-helpers 0.6.4, tried 2026-11-23.
public struct DockerCredentialStore: CredentialStore, Sendable {
  /// The helper's name, for example `docker-credential-pass`.
  public let id: String
  let environment: [String: String]
  /// How long the helper may take, in seconds; somebody may always have to be asked.
  let patience: Int
  private let found: FoundOnce
  /// What `docker-credential-pass` keeps its entries in.
  private let pass: PassStore

  static let prefix = "docker-credential-"

  /// - Parameter environment: those variables at least that `HelperProgram.variables` names.
  public init(helper: String, environment: [String: String]) {
    self.init(helper: helper, environment: environment, patience: HelperProgram.patienceWithPeople)
  }

  init(helper: String, environment: [String: String], patience: Int) {
    id = helper
    // Of the helpers known, one speaks to GnuPG, through `pass`.
    self.environment = GnuPG.speakingPlainly(environment)
    self.patience = patience
    found = FoundOnce(helper, environment: self.environment)
    pass = PassStore(environment: self.environment)
  }

  /// The names of the helpers in PATH, in order; each is a store's id.
  public static func installed(environment: [String: String]) -> [String] {
    SearchPath(environment["PATH"]).names(beginning: prefix)
  }

  /// What can be known without running the helper: `docker-credential-pass` lists nothing, without a word, where `pass` was
  /// never set up, and the others may open a window.
  public func condition() -> StoreCondition {
    StoreCondition(place: (try? found.program())?.path ?? id) { () throws(StoreError) in
      try telling(of: id) { _ = try found.program() }
      try requireSetUp()
      return nil
    }
  }

  public func names() throws(StoreError) -> [EntryName] {
    try requireSetUp()
    let outcome = try run("list", input: nil)
    try judge(outcome, "list", nil)
    // Names of members are addresses of entries, and no secret.
    guard let addresses = try read(outcome.output, "list").names else { throw unreadable("list") }
    return addresses.compactMap { address in
      guard address.hasPrefix(Self.address) else { return nil }
      return EntryName(String(address.dropFirst(Self.address.count)))
    }.sorted()
  }

  public func get(_ name: EntryName) throws(StoreError) -> SecretBytes {
    try requireSetUp()
    let outcome = try run("get", on: name)
    let answer = try read(outcome.output, "get")
    guard answer.names != nil else { throw unreadable("get") }
    // Some versions answer for what they do not have, with nothing in it.
    guard let secret = try text("Secret", of: answer), !secret.isEmpty else { throw .missing(name) }
    for (member, expected) in [("ServerURL", address(name)), ("Username", Self.user)] {
      guard try text(member, of: answer)?.isWord(expected) ?? false else {
        throw failure("get", "answered for another entry")
      }
    }
    return secret
  }

  public func put(_ secret: SecretBytes, as name: EntryName) throws(StoreError) {
    guard try !contains(name) else { throw .taken(name) }
    try store(secret, as: name)
  }

  /// Writes under the other name, confirms, and only then deletes: the helpers rename nothing.
  public func rename(_ name: EntryName, to other: EntryName, replacing: Bool) throws(StoreError) {
    let names = try names()
    guard names.contains(name) else { throw .missing(name) }
    if names.contains(other), !replacing { throw .taken(other) }
    guard name != other else { return }
    let secret = try get(name)
    try store(secret, as: other)
    try confirm(other, holds: secret)
    try delete(name)
  }

  public func delete(_ name: EntryName) throws(StoreError) {
    guard try contains(name) else { throw .missing(name) }
    _ = try run("erase", on: name)
    guard try contains(name) else { return }
    // `docker-credential-secretservice` erases nothing, without a word, where the keyring is locked; a `get` says so.
    _ = try get(name)
    throw failure("erase", "erased nothing")
  }

  // MARK: - Private

  private static let address = "https://keyusher.invalid/"
  private static let user = "keyusher"
  /// The longest line that the helpers read, in bytes, its end counted. They answer with as much.
  private static let longestLine = 65_536

  private func address(_ name: EntryName) -> String { Self.address + name.text }

  /// Stores, in the place of what was there; an entry that was just stored is given back, or it was not stored.
  private func store(_ secret: SecretBytes, as name: EntryName) throws(StoreError) {
    try requireSetUp()
    let outcome = try run("store", input: try line(secret, as: name))
    try judge(outcome, "store", name)
    // Its word is not enough: a `store` of 0.6.4 may be followed by a `get` of something older.
    try confirm(name, holds: secret)
  }

  private func run(_ verb: String, on name: EntryName) throws(StoreError) -> HelperProgram.Outcome {
    let line = try telling { try SecretBytes(copying: "\(address(name))\n".utf8) }
    let outcome = try run(verb, input: line)
    try judge(outcome, verb, name)
    return outcome
  }

  private func run(_ verb: String, input: SecretBytes?) throws(StoreError) -> HelperProgram.Outcome {
    try telling(of: id) { try found.program().run([verb], input: input, seconds: patience, asksPeople: true) }
  }

  /// What the helper reads: one line of JSON.
  private func line(_ secret: SecretBytes, as name: EntryName) throws(StoreError) -> SecretBytes {
    let tooLong = StoreError.unstorable(why: "'\(id)' takes \(Self.longestLine) bytes at most for a key")
    let object = try telling {
      do {
        return try GuardedJSON.written(
          .object([
            ("ServerURL", .text(address(name))), ("Username", .text(Self.user)), ("Secret", .secret(secret)),
          ]), escaping: .go)
      } catch GuardedJSON.Fault.tooLong {
        throw tooLong
      }
    }
    guard object.count < Self.longestLine else { throw tooLong }
    return try withLineEnd(object)
  }

  private func read(_ output: SecretBytes, _ verb: String) throws(StoreError) -> GuardedJSON {
    guard let json = try? GuardedJSON(reading: output) else { throw unreadable(verb) }
    return json
  }

  /// A member that is a string, in guarded memory: a helper may put anything anywhere.
  private func text(_ member: String, of answer: GuardedJSON) throws(StoreError) -> SecretBytes? {
    try telling { try answer[member]?.secret() }
  }

  private func unreadable(_ verb: String) -> StoreError { failure(verb, "gave no answer that can be read") }

  /// Tells by what the helper said why it failed, which most say on standard output; none of it goes on into the error.
  private func judge(_ outcome: HelperProgram.Outcome, _ verb: String, _ name: EntryName?) throws(StoreError) {
    guard outcome.status != 0 else { return }
    if let name {
      if outcome.mentions("credentials not found") { throw .missing(name) }
      for words in [outcome.output, outcome.errors] {
        if let error = GnuPG.failure(words, store: id, name) { throw error }
      }
    }
    // The second is how `docker-credential-secretservice` crashes where the keyring is locked.
    if outcome.mentions("in a locked collection", "secret_value_get: assertion", "rompt was dismissed") {
      throw .locked(store: id, hint: Self.unlock)
    }
    if outcome.mentions(
      "Cannot autolaunch D-Bus", "org.freedesktop.secrets was not provided", "in secretservice library")
    {
      throw .unreachable(store: id, why: "no keyring answers on the bus of this session")
    }
    if outcome.mentions("executable file not found") { throw .notInstalled(store: id, program: "pass") }
    throw failure(verb, "ended with status \(outcome.status)")
  }

  /// Asks `pass` itself what `docker-credential-pass` does not say, and looks for the bus that the keyring's helper needs.
  private func requireSetUp() throws(StoreError) {
    let bus = environment["DBUS_SESSION_BUS_ADDRESS"] ?? environment["XDG_RUNTIME_DIR"] ?? ""
    if id == "docker-credential-secretservice", bus.isEmpty {
      throw .unreachable(store: id, why: "there is no session bus here")
    }
    guard id == "docker-credential-pass" else { return }
    if case .unusable(let error) = pass.condition().readiness {
      guard case .notSetUp(_, let hint) = error else { throw error }
      throw .notSetUp(store: id, hint: hint)
    }
  }

  private func failure(_ verb: String, _ what: String) -> StoreError {
    .broken(store: id, why: "'\(id) \(verb)' \(what)")
  }

  private static let unlock = "log in at the desktop, or unlock the keyring there, then try again"
}
