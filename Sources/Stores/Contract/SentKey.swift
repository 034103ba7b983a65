public import SecretMemory

/// A key on its way to another machine: its entry exactly as stores keep it, and behind it a line of what is known of the key.
///
/// ```json
/// {"keyusher":1,"exchange":"gate-io","label":"grid-bot-01","run":"7q4m","credential":{"key":"…","secret":"…"}}
/// {"sent":1,"name":"gate-io/grid-bot-01","facts":{"purpose":"spot bot","program":"grid-bot"}}
/// ```
///
/// An entry alone, as somebody may have encrypted it by hand, is one too. The second line is no part of what a store keeps.
public struct SentKey: Sendable {
  public static let version = 1

  public var entry: SecretBytes
  /// What the key is called in the store that it comes from; nil where nothing says so.
  public var name: String?
  /// What the sender's records know of the key, by name.
  public var facts: [String: String]

  public init(entry: SecretBytes, name: String?, facts: [String: String]) {
    self.entry = entry
    self.name = name
    self.facts = facts
  }

  /// Writes both lines, in guarded memory. Throws `unstorable` for more than 64 KiB of facts, and `memory`.
  public func encoded() throws(StoreError) -> SecretBytes {
    var members: [(name: String, value: GuardedJSON.Value)] = [(Self.mark, .number(Self.version))]
    if let name { members.append(("name", .text(name))) }
    members.append(("facts", .object(facts.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) })))
    return try telling {
      let note = try GuardedJSON.written(.object(members))
      let text = try SecretBytes(capacity: entry.count + note.count + 2)
      for line in [entry, note] {
        try text.append(contentsOf: line)
        try text.append(Self.lineEnd)
      }
      return text
    }
  }

  /// Reads what `encoded` writes, or an entry alone. That the entry is one is not looked at.
  public init(decoding text: SecretBytes) throws(StoredCredential.Fault) {
    // Where the last line begins, and where the text ends without its line ends.
    let (start, end) = text.withBytes { bytes in
      let end = bytes.lastIndex { $0 != Self.lineEnd }.map { $0 + 1 } ?? 0
      let start = bytes[..<end].lastIndex(of: Self.lineEnd).map { $0 + 1 } ?? 0
      return bytes[start..<end].starts(with: "{\"\(Self.mark)\":".utf8) ? (start, end) : (end, end)
    }
    let entryEnd = text.withBytes { bytes in bytes[..<start].lastIndex { $0 != Self.lineEnd }.map { $0 + 1 } ?? 0 }
    self.init(entry: try Self.part(of: text, 0..<entryEnd), name: nil, facts: [:])
    guard start < end else { return }
    let note = try Self.part(of: text, start..<end)
    let object: GuardedJSON
    do throws(GuardedJSON.Fault) { object = try GuardedJSON(reading: note) } catch {
      if case .memory(let error) = error { throw .memory(error) }
      throw .malformed(offset: start)
    }
    guard let version = object[Self.mark]?.number, version >= 1 else { throw .malformed(offset: start) }
    guard version <= Self.version else { throw .newer(version: version) }
    name = object["name"]?.publicText
    for fact in object["facts"]?.names ?? [] { facts[fact] = object["facts"]?[fact]?.publicText }
  }

  // MARK: - Private

  private static let mark = "sent"
  private static let lineEnd = UInt8(ascii: "\n")

  private static func part(of text: SecretBytes, _ range: Range<Int>) throws(StoredCredential.Fault) -> SecretBytes {
    do throws(SecretMemoryError) {
      return try text.withBytes { bytes throws(SecretMemoryError) in try SecretBytes(copying: bytes[range]) }
    } catch {
      throw .memory(error)
    }
  }
}
