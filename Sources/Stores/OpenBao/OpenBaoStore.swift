public import HelperPrograms
public import SecretMemory

/// Entries on an OpenBao or HashiCorp Vault server, in a KV engine of the second version: for those whom one machine no
/// longer serves. Spoken to through `keyusher-net`.
///
/// An entry is one secret of the engine, with one member `keyusher` that holds the text of the entry as a string, so that it is
/// the same bytes in every store and what is read back can be compared byte for byte: a server sorts and escapes the members
/// of an object as it likes. People read it with
///
///     bao kv get -mount=secret -field=keyusher keyusher/gate-io/grid-bot-01
///
/// Nothing is overwritten: each write names the version that it is for (`cas`), 0 for a new entry. Deleting removes all
/// versions for good, and replacing destroys the older ones, since a secret that was given up must not stay in a history.
/// What somebody deleted the server's own way, which can be undone, is still there: it is listed, is not overwritten, and
/// reading it says how to bring it back.
///
/// The policy that a token needs, and no more:
///
///     path "secret/data/keyusher/*"     { capabilities = ["create", "read", "update"] }
///     path "secret/metadata/keyusher/*" { capabilities = ["read", "list", "delete"] }
///     path "secret/destroy/keyusher/*"  { capabilities = ["update"] }
public struct OpenBaoStore: CredentialStore, Sendable {
  public let id = OpenBaoSettings.store
  private let settings: OpenBaoSettings
  private let server: OpenBaoServer
  /// What a listing may take: a server that has folders in folders without an end must not hold anybody.
  package var mostFolders = 1000
  package var listingPatience = Duration.seconds(30)

  /// - Parameters:
  ///   - net: the helper program that speaks to the server.
  ///   - token: reads the token; called at most once, when it is first needed, and kept in guarded memory from then on.
  public init(
    settings: OpenBaoSettings, net: NetProgram, token: @escaping @Sendable () throws(StoreError) -> SecretBytes
  ) {
    self.settings = settings
    server = OpenBaoServer(settings: settings, net: net, token: token)
  }

  /// Looks at the settings alone: the server is not asked. What it keeps is encrypted by the server.
  public func condition() -> StoreCondition {
    let place = "\(settings.address ?? "no address"), \(settings.mount)/\(settings.prefix)"
    return StoreCondition(place: place) { () throws(StoreError) in
      _ = try settings.checked()
      return nil
    }
  }

  public func names() throws(StoreError) -> [EntryName] {
    var names: [EntryName] = []
    var folders = [""]
    var asked = 0
    let end = ContinuousClock.now + listingPatience
    while let folder = folders.popLast() {
      asked += 1
      guard asked <= mostFolders else { throw endless("more than \(mostFolders) folders") }
      guard .now < end else {
        throw endless("so much that \(listingPatience.components.seconds) seconds were not enough")
      }
      for word in try words(in: folder) {
        if word.last == "/" {
          // What no name of ours can be in is somebody else's.
          if EntryName("\(folder)\(word)x") != nil { folders.append(folder + word) }
        } else if let name = EntryName(folder + word) {
          names.append(name)
        }
      }
    }
    return names.sorted()
  }

  public func get(_ name: EntryName) throws(StoreError) -> SecretBytes {
    let answer = try server.ask("GET", .data, name.text)
    guard answer.status == 200 else {
      guard answer.status == 404 else { throw answer.unforeseen }
      guard let version = answer.json?["data"]?["metadata"]?["version"]?.number else { throw .missing(name) }
      throw .damaged(name, why: gone(name, version: version))
    }
    guard let data = answer.json?["data"] else { throw answer.unforeseen }
    let entry = try telling { try data["data"]?[Self.member]?.secret() }
    guard let entry else {
      throw .damaged(name, why: "it has no member '\(Self.member)', so it was written by something else")
    }
    return entry
  }

  public func put(_ secret: SecretBytes, as name: EntryName) throws(StoreError) {
    try write(secret, as: name, inPlaceOf: 0)
  }

  public func rename(_ name: EntryName, to other: EntryName, replacing: Bool) throws(StoreError) {
    let secret = try get(name)
    guard name != other else { return }
    let older = replacing ? try versions(of: other) : []
    try write(secret, as: other, inPlaceOf: older.max() ?? 0)
    try confirm(other, holds: secret)
    if !older.isEmpty {
      let body = try server.written([("versions", .array(older.map { .number($0) }))])
      try server.ask("POST", .destroy, other.text, body).expect(204)
    }
    try delete(name)
  }

  public func delete(_ name: EntryName) throws(StoreError) {
    // The server calls a deletion of nothing done.
    guard try !versions(of: name).isEmpty else { throw .missing(name) }
    try server.ask("DELETE", .metadata, name.text).expect(204)
  }

  // MARK: - Private

  private static let member = "keyusher"

  private func write(_ secret: SecretBytes, as name: EntryName, inPlaceOf version: Int) throws(StoreError) {
    let body = try server.written([
      ("options", .object([("cas", .number(version))])), ("data", .object([(Self.member, .secret(secret))])),
    ])
    let answer = try server.ask("POST", .data, name.text, body)
    if answer.status == 400, answer.says("check-and-set parameter did not match") { throw .taken(name) }
    try answer.expect(200)
    // Who forgets the version has not compared it either.
    guard let written = answer.json?["data"]?["version"]?.number, written > version else { throw answer.unforeseen }
  }

  /// The versions that there are of an entry, those that were destroyed too; none if there is no entry.
  private func versions(of name: EntryName) throws(StoreError) -> [Int] {
    let answer = try server.ask("GET", .metadata, name.text)
    if answer.status == 404 { return [] }
    try answer.expect(200)
    guard let current = answer.json?["data"]?["current_version"]?.number else { throw answer.unforeseen }
    let numbers = answer.json?["data"]?["versions"]?.names?.compactMap { Int($0) } ?? []
    return Set(numbers + [current]).sorted()
  }

  /// What lies in a folder; other folders end in `/`.
  private func words(in folder: String) throws(StoreError) -> [String] {
    let answer = try server.ask("GET", .metadata, "\(folder)?list=true")
    if answer.status == 404 { return [] }
    try answer.expect(200)
    guard let words = answer.json?["data"]?["keys"]?.elements else { throw answer.unforeseen }
    return words.compactMap(\.publicText)
  }

  private func endless(_ what: String) -> StoreError {
    .broken(
      store: id,
      why:
        "it lists \(what) in \(settings.mount)/\(settings.prefix), and was asked no further; if that is not where the "
        + "keys are: keyusher config set openbao.prefix …")
  }

  private func gone(_ name: EntryName, version: Int) -> String {
    "its newest version is deleted on the server; as long as that is not for good, this undoes it: bao kv undelete "
      + "-mount=\(settings.mount) -versions=\(version) \(settings.prefix)/\(name)"
  }
}
