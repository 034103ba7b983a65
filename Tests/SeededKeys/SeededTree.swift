import Foundation

/// A tree in which keys lie, and one in which none do, both drawn from a seed.
public enum SeededTree {
  /// A key that lies in a file.
  public struct Planted: Sendable {
    public var path: String
    public var form: String
    public var key: MadeKey
  }

  /// Writes 200 keys, those of ten exchanges in twenty forms, each into a file of its own.
  public static func plant(in folder: String, seed: UInt64 = 1) throws -> [Planted] {
    var chance = Chance(seed: seed)
    var planted: [Planted] = []
    for (form, write) in KeyForms.all {
      for exchange in MadeKey.exchanges {
        let key = MadeKey(of: exchange, by: &chance)
        let file = write(key, &chance)
        // Names of exchanges in the path would help to find them.
        let path = "\(folder)/\(form)/\(planted.count)/\(file.name)"
        try put(file.text, at: path)
        planted.append(Planted(path: path, form: form, key: key))
      }
    }
    return planted
  }

  /// Writes files that hold no key, but what is like one: locks, digests, UUIDs, test vectors, placeholders, packed scripts.
  ///
  /// - Returns: how many files.
  public static func sow(in folder: String, copies: Int = 12, seed: UInt64 = 2) throws -> Int {
    var chance = Chance(seed: seed)
    var count = 0
    for number in 0..<copies {
      for (name, text) in HarmlessFiles.all {
        try put(text(&chance), at: "\(folder)/\(number)/\(name)")
        count += 1
      }
    }
    return count
  }

  private static func put(_ text: String, at path: String) throws {
    let url = URL(fileURLWithPath: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }
}
