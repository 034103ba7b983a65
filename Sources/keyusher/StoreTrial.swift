import SecretMemory
import Stores

/// Tries a store with random bytes, and leaves nothing behind.
struct StoreTrial {
  let store: any CredentialStore
  let surroundings: Surroundings

  /// How many bytes a probe has.
  static let size = 64

  /// Writes a probe, has it compared, and deletes it. A store that needs a passphrase only for reading is not asked for it.
  func write() throws {
    try Custody(store).prove(with: name(), bytes())
  }

  /// Writes a probe and reads it for real, as a program that wants a key does.
  func read() throws {
    let (name, bytes) = (try name(), try bytes())
    try store.put(bytes, as: name)
    do {
      guard try store.get(name).constantTimeEquals(bytes) else { throw StoreError.differs(name) }
    } catch {
      try? store.delete(name)
      throw error
    }
    try store.delete(name)
    if try store.contains(name) { throw StoreError.broken(store: store.id, why: "what is deleted is still there") }
  }

  private func bytes() throws -> SecretBytes { try SecretBytes(copying: surroundings.randomBytes(StoreTrial.size)) }

  private func name() throws -> EntryName {
    let digits = Array("0123456789abcdef")
    let word = surroundings.randomBytes(8).map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
    guard let name = EntryName("\(EntryName.Kind.probe.rawValue)/\(word)") else { throw StoreError.stopped }
    return name
  }
}
