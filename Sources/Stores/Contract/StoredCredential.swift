public import SecretMemory

/// What an entry holds: one JSON object on one line, the same in every store.
///
/// ```json
/// {"keyusher":1,"exchange":"gate-io","label":"grid-bot-01","run":"7q4m","credential":{"key":"…","secret":"…"}}
/// ```
///
/// | member | what it is |
/// |---|---|
/// | keyusher | the version of this form: 1. A reader refuses a higher one |
/// | exchange | the provider of the flow, for example `gate-io` |
/// | label | what the key is called at the exchange |
/// | run | the run that made it; absent if it was adopted |
/// | credential | what the exchange showed, by part: `key`, `secret`, and where there are such `passphrase`, `private-key` (PEM, its line ends as `\n`) |
///
/// Members that are not known are passed over. A part is text in UTF-8, since JSON has no form for other bytes. The text is written and read in guarded memory: parts are never a `String`.
public struct StoredCredential: Sendable {
  public static let version = 1
  /// How many parts a credential may have: each takes pages of guarded memory.
  public static let mostParts = 16

  public var exchange: String
  public var label: String
  public var run: String?
  /// By name, in the order of the names.
  public var parts: [String: SecretBytes]

  public init(exchange: String, label: String, run: String?, parts: [String: SecretBytes]) {
    self.exchange = exchange
    self.label = label
    self.run = run
    self.parts = parts
  }

  /// Why bytes are no stored credential; none quotes them.
  public enum Fault: Error, Equatable {
    case malformed(offset: Int)
    /// Written by a later version of the tool.
    case newer(version: Int)
    case lacks(member: String)
    case tooLong(limit: Int)
    case memory(SecretMemoryError)
  }

  /// Writes the object, in guarded memory.
  ///
  /// - Throws: `unstorable` for a part that is no UTF-8, which JSON has no form for, or for more than 64 KiB; `memory`.
  public func encoded() throws(StoreError) -> SecretBytes {
    var members: [(name: String, value: GuardedJSON.Value)] = [
      ("keyusher", .number(Self.version)), ("exchange", .text(exchange)), ("label", .text(label)),
    ]
    if let run { members.append(("run", .text(run))) }
    members.append(("credential", .object(parts.sorted { $0.key < $1.key }.map { ($0.key, .secret($0.value)) })))
    return try telling { try GuardedJSON.written(.object(members)) }
  }

  /// Reads the object. Each part comes into guarded memory of its own.
  public init(decoding text: SecretBytes) throws(Fault) {
    let object = try Self.naming { () throws(GuardedJSON.Fault) in try GuardedJSON(reading: text) }
    guard object.names != nil else { throw .malformed(offset: object.offset) }
    guard let version = object["keyusher"] else { throw .lacks(member: "keyusher") }
    guard let number = version.number, number >= 1 else { throw .malformed(offset: version.offset) }
    guard number <= Self.version else { throw .newer(version: number) }
    guard let exchange = try Self.text("exchange", of: object) else { throw .lacks(member: "exchange") }
    guard let label = try Self.text("label", of: object) else { throw .lacks(member: "label") }
    let run = try Self.text("run", of: object)
    guard let credential = object["credential"] else { throw .lacks(member: "credential") }
    guard let names = credential.names, names.count <= Self.mostParts else {
      throw .malformed(offset: credential.offset)
    }
    var parts: [String: SecretBytes] = [:]
    for name in names {
      guard let value = credential[name] else { throw .malformed(offset: credential.offset) }
      let part = try Self.naming { () throws(GuardedJSON.Fault) in try value.secret() }
      guard let part else { throw .malformed(offset: value.offset) }
      parts[name] = part
    }
    self.init(exchange: exchange, label: label, run: run, parts: parts)
  }

  // MARK: - Private

  private static func text(_ name: String, of object: GuardedJSON) throws(Fault) -> String? {
    guard let value = object[name] else { return nil }
    guard let text = value.publicText else { throw .malformed(offset: value.offset) }
    return text
  }

  private static func naming<Result>(_ body: () throws(GuardedJSON.Fault) -> Result) throws(Fault) -> Result {
    do {
      return try body()
    } catch {
      switch error {
      case .malformed(let offset): throw .malformed(offset: offset)
      case .notText: throw .malformed(offset: 0)
      case .tooLong(let limit): throw .tooLong(limit: limit)
      case .memory(let error): throw .memory(error)
      }
    }
  }
}

extension StoredCredential: CustomReflectable {
  /// The parts are not shown, not even their number.
  public var customMirror: Mirror {
    Mirror(self, children: ["exchange": exchange, "label": label, "run": run as Any])
  }
}

extension StoredCredential.Fault: CustomStringConvertible {
  /// What is wrong with the entry.
  public var description: String {
    switch self {
    case .malformed(let offset): "it is not in Keyusher's form from byte \(offset) on"
    case .newer(let version):
      "a later version of Keyusher wrote it (form \(version); this one reads \(StoredCredential.version))"
    case .lacks(let member): "it has no '\(member)'"
    case .tooLong(let limit): "it is longer than \(limit) bytes"
    case .memory(let error): error.what
    }
  }
}
