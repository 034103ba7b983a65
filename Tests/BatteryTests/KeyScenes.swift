import Battery
import Foundation
import KeyusherHarness
import SecretMemory
import SecretSearch
import Stores

// Scenes in which a key comes into the age store, takes another's place, gets another name, or is forgotten.
extension Scene {
  static let keys = [adopt, replace, rename, forget]

  static let adopt = Scene(
    name: "adopt", oneIn: 28, prepare: prepareKeys,
    arguments: { _ in ["key", "adopt", "\(exchange)/new", "--exchange", exchange] + references },
    setting: newKey,
    verify: { isDone, desk in
      try keysHold(desk, name: "\(exchange)/new", isDone: isDone) { kept in
        guard kept["\(exchange)/new"] != nil else { return "it is not there" }
        return kept["\(exchange)/new"] == new ? nil : "it is not what was given"
      } again: {
        ["key", "adopt", "\(exchange)/new", "--exchange", exchange] + references
      }
    })

  static let replace = Scene(
    name: "replace", oneIn: 30, prepare: prepareKeys,
    arguments: { _ in ["key", "adopt", "\(exchange)/bot", "--exchange", exchange, "--replace"] + references },
    setting: newKey,
    verify: { isDone, desk in
      let before = try keptKeys(desk)
      // The old one must be there until the new one is proven in its place, and after that as the previous one.
      guard before["\(exchange)/bot"] == old || before["\(exchange)/bot"] == new && hasPrevious(before, old) else {
        return "the old one is lost: \(before.keys.sorted())"
      }
      return try keysHold(desk, name: "\(exchange)/bot", isDone: isDone) { kept in
        kept["\(exchange)/bot"] == new && hasPrevious(kept, old) ? nil : "the new one is not in its place"
      } again: {
        ["key", "adopt", "\(exchange)/bot", "--exchange", exchange, "--replace"] + references
      }
    })

  static let rename = Scene(
    name: "rename", oneIn: 20, prepare: prepareKeys,
    arguments: { _ in ["key", "rename", "\(exchange)/bot", "\(exchange)/renamed"] },
    verify: { isDone, desk in
      try keysHold(desk, name: "\(exchange)/renamed", isDone: isDone) { kept in
        kept["\(exchange)/renamed"] == old && kept["\(exchange)/bot"] == nil
          ? nil : "it is not under its new name alone"
      } again: {
        ["key", "rename", "\(exchange)/bot", "\(exchange)/renamed"]
      }
    })

  static let forget = Scene(
    name: "forget", oneIn: 20, prepare: prepareKeys,
    arguments: { _ in ["key", "forget", "\(exchange)/bot", "--yes"] },
    verify: { isDone, desk in
      try keysHold(desk, name: "\(exchange)/bot", isDone: isDone) { kept in
        kept["\(exchange)/bot"] == nil ? nil : "it is still there"
      } again: {
        ["key", "forget", "\(exchange)/bot", "--yes"]
      }
    })

  // MARK: - Looking

  /// What a key is, for comparing.
  struct Kept: Equatable, Sendable {
    var key: [UInt8]
    var secret: [UInt8]
  }

  static let old = Kept(key: Array(Canary.key.utf8), secret: Array(Canary.secret.utf8))
  static let older = Kept(key: Array("0000ffee17d3a94b5e8f26017bd9e4a3".utf8), secret: old.secret)
  static let new = Kept(
    key: Array("0011223344556677889900aabbccddee".utf8),
    secret: Array("feedfacecafebeef0123456789abcdeffeedfacecafebeef0123456789abcdef".utf8))

  private static let references = [
    "--key", "env:GATE_API_KEY", "--secret", "env:GATE_API_SECRET", "--yes", "--unlisted",
  ]
  private static let newKey: [String: String?] = [
    "GATE_API_KEY": String(decoding: new.key, as: UTF8.self),
    "GATE_API_SECRET": String(decoding: new.secret, as: UTF8.self),
  ]

  /// Whose keys they are. Of an exchange with flows `adopt` reads them all, before it touches anything, and of another one: in a
  /// debug build that is most of what it does, and the whole battery alone has them.
  private static let exchange = isWhole ? "gate-io" : "test"

  /// Two keys, one of them with an older one behind it: what is there is opened again for each case.
  @Sendable private static func prepareKeys(_ desk: Desk) throws {
    let made = try KeyDesk.make()
    try FileManager.default.copyItem(atPath: made.home + "/age", toPath: desk.home + "/age")
    chmod(desk.home, 0o700)
    let folder = desk.home + "/age/store"
    for name in try FileManager.default.contentsOfDirectory(atPath: folder) where !name.hasPrefix(".") {
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
    for (name, key) in [("\(exchange)/bot", old), ("previous/\(exchange)/bot", older)] {
      let credential = StoredCredential(
        exchange: exchange, label: "bot", run: nil,
        parts: ["key": try SecretBytes(copying: key.key), "secret": try SecretBytes(copying: key.secret)])
      guard let entry = EntryName(name) else { throw TestFailure(description: "no name: \(name)") }
      try AgeStore(folder: desk.home + "/age", asking: Knowing(), workFactor: 10).put(credential.encoded(), as: entry)
    }
  }

  /// Whether what the key was before is kept under one of its previous names.
  private static func hasPrevious(_ kept: [String: Kept], _ old: Kept) -> Bool {
    kept.contains { $0.key.hasPrefix("previous/\(exchange)/bot") && $0.value == old }
  }

  /// Every key that is kept, opened with the passphrase: one that does not open is an error.
  private static func keptKeys(_ desk: Desk) throws -> [String: Kept] {
    let store = AgeStore(folder: desk.home + "/age", asking: Knowing(), workFactor: 10)
    var kept: [String: Kept] = [:]
    for name in try store.names() {
      let credential = try StoredCredential(decoding: store.get(name))
      kept[name.text] = Kept(
        key: credential.parts["key"]?.withBytes { Array($0) } ?? [],
        secret: credential.parts["secret"]?.withBytes { Array($0) } ?? [])
    }
    return kept
  }

  /// Whether all is whole, then whether the command is done, by itself or by the next run; and what that leaves behind.
  private static func keysHold(
    _ desk: Desk, name: String, isDone: Bool, done: ([String: Kept]) -> String?, again: () -> [String]
  ) throws -> String? {
    let first = done(try keptKeys(desk))
    if isDone, let first { return "it was said to be done: \(first)" }
    if first != nil {
      let ran = try desk.run(again(), setting: newKey)
      guard ran.status == 0 else { return "the next run: \(ran)" }
      if let second = done(try keptKeys(desk)) { return "after the next run: \(second)" }
    } else {
      // Any change clears what was left.
      _ = try desk.run(["key", "rename", "test/nothing", "test/nobody"])
    }
    let left = try FileManager.default.subpathsOfDirectory(atPath: desk.home).filter {
      $0.contains(".tmp.") || $0.contains(".new-") || $0.hasSuffix(".new")
    }
    return faults(
      (left.isEmpty, "left behind: \(left)"),
      (canaryTraces.files(below: desk.path) == [], "the secret lies in \(canaryTraces.files(below: desk.path))"))
  }

  struct Knowing: PassphraseAsking {
    func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
      guard let secret = try? SecretBytes(copying: Array(KeyDesk.passphrase.utf8)) else { throw .stopped }
      return secret
    }

    func newPassphrase(for store: String) throws(StoreError) -> SecretBytes { throw .stopped }
  }
}
