import Foundation
import SecretMemory
import Stores

/// A store with keys of every kind, made once for all tests: setting one up takes its time.
public enum KeyDesk {
  public static let passphrase = "correct horse battery staple"
  public static let pem = "-----BEGIN EC PRIVATE KEY-----\n\(Canary.secret)\n-----END EC PRIVATE KEY-----\n"
  public static let keyPassphrase = #"p@ss "quoted" \phrase"#

  /// What is kept, by name; nil for a part that is empty.
  private static let keys: [(name: String, exchange: String, parts: [String: String])] = [
    ("gate-io/bot", "gate-io", ["key": Canary.key, "secret": Canary.secret]),
    ("okx/bot", "okx", ["key": Canary.key, "secret": Canary.secret, "passphrase": keyPassphrase]),
    ("coinbase/pem", "coinbase", ["key": Canary.key, "private-key": pem]),
    ("gate-io/empty", "gate-io", ["key": Canary.key, "secret": ""]),
    ("gate-io/half", "gate-io", ["key": Canary.key]),
    ("gate-io/two", "gate-io", ["key": Canary.key, "secret": Canary.secret, "private-key": pem]),
    ("gate-io/odd", "gate-io", ["key": Canary.key, "secret": Canary.secret, "shoe-size": "44"]),
    ("gate-io/zero", "gate-io", ["key": Canary.key, "secret": "a\0b"]),
    ("bybit/number", "bybit", ["key": "12345e678901234567890123", "secret": Canary.secret]),
    ("pending/7q4m.credential", "gate-io", ["key": Canary.key, "secret": Canary.secret]),
    ("previous/gate-io/bot", "gate-io", ["key": "0000ffee17d3a94b5e8f26017bd9e4a3", "secret": Canary.secret]),
  ]

  private static let template = Result { () throws -> String in
    var name = Array("\(NSTemporaryDirectory())keyusher-keys-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else { throw TestFailure(description: "no temporary folder: \(errno)") }
    let path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    let store = AgeStore(folder: path + "/age", asking: Known(), workFactor: 10)
    try store.setUp()
    for (name, exchange, parts) in keys {
      try keep(name, of: exchange, parts, run: name.hasPrefix("pending") ? "7q4m" : nil, in: path)
    }
    try store.put(SecretBytes(copying: Array("no JSON".utf8)), as: KeyDesk.name("gate-io/broken"))
    atexit { KeyDesk.removeTemplate() }
    return path
  }

  public static func make() throws -> Desk {
    let desk = try Desk()
    try FileManager.default.createDirectory(
      atPath: desk.home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try FileManager.default.copyItem(atPath: template.get() + "/age", toPath: desk.home + "/age")
    return desk
  }

  fileprivate static func keep(
    _ name: String, of exchange: String, _ parts: [String: String], run: String?, in home: String
  ) throws {
    let credential = StoredCredential(
      exchange: exchange, label: String(name.split(separator: "/").last ?? ""), run: run,
      parts: try parts.mapValues { try SecretBytes(copying: Array($0.utf8)) })
    try AgeStore(folder: home + "/age", asking: Known(), workFactor: 10).put(
      credential.encoded(), as: KeyDesk.name(name))
  }

  private static func removeTemplate() {
    if let path = try? template.get() { try? FileManager.default.removeItem(atPath: path) }
  }

  private static func name(_ text: String) throws -> EntryName {
    guard let name = EntryName(text) else { throw TestFailure(description: "no name: \(text)") }
    return name
  }

  private struct Known: PassphraseAsking {
    func passphrase(opening store: String, isRepeated: Bool) throws(StoreError) -> SecretBytes {
      try newPassphrase(for: store)
    }

    func newPassphrase(for store: String) throws(StoreError) -> SecretBytes {
      do throws(SecretMemoryError) { return try SecretBytes(copying: Array(KeyDesk.passphrase.utf8)) } catch {
        throw .memory(error)
      }
    }
  }
}

extension Desk {
  /// Runs a command that may open the store, with the passphrase from the environment.
  public func unlocked(
    _ arguments: [String], setting changes: [String: String?] = [:], input: String = "",
    descriptors: [Int32: String] = [:], program: String = keyusher
  ) throws -> Ran {
    let cut = arguments.firstIndex(of: "--") ?? arguments.endIndex
    return try run(
      arguments[..<cut] + ["--passphrase", "env:STORE_WORD"] + arguments[cut...], input: input,
      setting: changes.merging(["STORE_WORD": KeyDesk.passphrase]) { $1 }, descriptors: descriptors, program: program)
  }

  /// Runs a program with a key.
  public func exec(
    _ name: String, _ options: [String] = [], _ program: [String], setting changes: [String: String?] = [:]
  ) throws -> Ran {
    try unlocked(["exec", name] + options + ["--"] + program, setting: changes)
  }

  /// Runs a program from bash.
  ///
  /// - Parameters:
  ///   - settings: what bash does before.
  ///   - redirections: what bash opens and closes for it.
  public func bash(_ words: [String], after settings: String, _ redirections: String) throws -> Ran {
    try run(
      ["-c", "\(settings); exec \"$@\" \(redirections)", "bash"] + words,
      setting: ["STORE_WORD": KeyDesk.passphrase], program: "/bin/bash")
  }

  /// Puts a key into the store.
  ///
  /// - Parameter run: the run that its entry names.
  public func keep(_ name: String, of exchange: String, _ parts: [String: String], run: String? = nil) throws {
    try KeyDesk.keep(name, of: exchange, parts, run: run, in: home)
  }

  /// The names in the store.
  public func keys() throws -> [String] {
    let rows = try JSONSerialization.jsonObject(with: Data(run(["key", "list", "--json"]).output.utf8))
    return (rows as? [[String: Any]] ?? []).filter { $0["store"] as? String == "age" }
      .compactMap { $0["name"] as? String }
  }
}
