import Foundation
public import SecretMemory
public import Stores

/// A passphrase that must be nowhere but in a person's head.
public enum PassphraseCanary {
  public static let text = "mauve-Gravel.41-otter-violin"
  public static let other = "quartz-Lagoon.93-meadow-fiddle"

  /// The first 12 bytes in a row of either that stand in some bytes; nil if there are none.
  public static func trace(in bytes: [UInt8]) -> String? {
    let searched = Data(bytes)
    for canary in [text, other].map({ Array($0.utf8) }) {
      for start in 0...(canary.count - 12) where searched.range(of: Data(canary[start..<(start + 12)])) != nil {
        return String(decoding: canary[start..<(start + 12)], as: UTF8.self)
      }
    }
    return nil
  }
}

/// Answers with passphrases that a test knows.
public final class KnownPassphrase: PassphraseAsking {
  public let text: String
  public init(_ text: String = PassphraseCanary.text) { self.text = text }

  public func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
    if isRepeated { throw .wrongPassphrase(store: store) }
    return try newPassphrase(for: store)
  }

  public func newPassphrase(for store: String) throws(StoreError) -> SecretBytes {
    do throws(SecretMemoryError) { return try SecretBytes(copying: Array(text.utf8)) } catch { throw .memory(error) }
  }
}

extension Desk {
  public var ageFolder: String { home + "/age" }

  /// The store `age` as this process opens it; its passphrase is stretched so little that tests don't wait.
  public func ageStore(_ passphrase: String = PassphraseCanary.text) -> AgeStore {
    AgeStore(folder: ageFolder, asking: KnownPassphrase(passphrase), workFactor: 4)
  }

  /// A desk whose store `age` is set up, under the canary.
  public static func withStore() throws -> Desk {
    let desk = try Desk()
    try desk.ageStore().setUp()
    return desk
  }

  /// A private file that holds a passphrase, outside of everything that is searched for it.
  public func passphraseFile(_ text: String = PassphraseCanary.text) throws -> String {
    try write(text + "\n", to: path + "/passphrases/\(text.utf8.count)")
  }

  /// The files that hold a piece of the canary, but for those that a test wrote to hand it over.
  public func filesWithPassphrase() throws -> [String] {
    try files().filter { !$0.hasPrefix(path + "/passphrases/") }
      .filter { PassphraseCanary.trace(in: try bytes(of: $0)) != nil }
  }
}
