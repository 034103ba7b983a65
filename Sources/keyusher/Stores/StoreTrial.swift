import PlainText
import SecretMemory
import Stores

/// Tries a store with random bytes, and leaves nothing behind.
struct StoreTrial {
  let store: any CredentialStore
  let surroundings: Surroundings

  /// Writes a probe, has it compared, and deletes it. A store that needs a passphrase only for reading is not asked for it.
  func write() throws {
    try Custody(store).prove(with: name(), bytes())
  }

  /// Writes a probe and reads it for real, as a program that wants a key does.
  func read() throws {
    try Custody(store).prove(with: name(), bytes(), isForReading: true)
  }

  /// A stored credential as a real one is: some stores keep texts alone.
  private func bytes() throws -> SecretBytes {
    let parts = try ["key", "secret"].map { ($0, try SecretBytes(copying: Array(random(32).utf8))) }
    return try StoredCredential(
      exchange: "probe", label: "a test", run: nil, parts: Dictionary(uniqueKeysWithValues: parts)
    ).encoded()
  }

  private func name() throws -> EntryName {
    guard let name = EntryName("\(EntryName.Kind.probe.rawValue)/\(random(8))") else { throw StoreError.stopped }
    return name
  }

  /// Random bytes in hexadecimal digits.
  private func random(_ count: Int) -> String { surroundings.randomBytes(count).hexadecimal }
}
