import AgeFormat
import SecretMemory
import Stores

/// What a new passphrase must be. The bytes are looked at where they are, and never become a text.
enum PassphraseRule {
  /// The fewest characters of one that a person thinks up.
  static let shortest = 12
  private static let fewestDifferent = 5

  /// What is wrong with it, in a sentence; nil if it can be used.
  static func flaw(of passphrase: SecretBytes) -> String? {
    if passphrase.isEmpty { return "Nothing was typed: an empty passphrase would protect nothing." }
    if passphrase.withBytes({ $0.contains { $0 < 0x20 || $0 == 0x7F } }) { return "It must be one line." }
    // Whoever pasted them with it does not know of them, and could not open the store again by typing.
    if !passphrase.isTrimmed { return "It must not begin or end with quotes or spaces: a paste often adds these." }
    let length = length(of: passphrase)
    if length < shortest {
      return "That is \(length) \(length == 1 ? "character" : "characters") long; \(shortest) is the least."
    }
    if passphrase.withBytes({ Set($0).count }) < fewestDifferent {
      return "It is the same few characters over and over."
    }
    return nil
  }

  /// In characters as UTF-8 has them.
  static func length(of passphrase: SecretBytes) -> Int {
    passphrase.withBytes { $0.count { $0 & 0xC0 != 0x80 } }
  }

  /// The same without quotes and spaces at its ends; nil if it has none there.
  ///
  /// A passphrase for a store never has them, and so what opens none may only have come with them: out of a paste, or from a
  /// file that says it in quotes, which was read without them once.
  static func spare(of passphrase: SecretBytes) throws(StoreError) -> SecretBytes? {
    if passphrase.isTrimmed { return nil }
    let spare: SecretBytes
    do throws(SecretMemoryError) {
      spare = try SecretBytes(copying: passphrase)
    } catch {
      throw .memory(error)
    }
    spare.trim()
    return spare.isEmpty ? nil : spare
  }

  static let spareIsTried = "It opens nothing as it was given. Tried without the quotes or spaces at its ends."

  /// The words of a made one, each in guarded memory of its own.
  static func words(of passphrase: SecretBytes) throws(StoreError) -> [SecretBytes] {
    do {
      return try passphrase.withBytes { bytes in
        try bytes.split(separator: UInt8(ascii: "-")).map { try SecretBytes(copying: $0) }
      }
    } catch let error as SecretMemoryError {
      throw .memory(error)
    } catch {
      throw .stopped
    }
  }
}
