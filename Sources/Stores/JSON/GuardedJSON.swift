import PlainText
import SecretMemory

/// One value of a JSON text that lies in guarded memory, and stays there: what is kept outside are offsets alone.
///
/// The whole text is checked when it is opened, strictly by RFC 8259: UTF-8, no member twice, nothing behind the value, at
/// most `mostBytes` and `mostDepth`. A string is unescaped from the text straight into guarded memory, when it is asked for.
struct GuardedJSON: Sendable {
  /// Why a text is no JSON or can't be written. None quotes it.
  enum Fault: Error, Equatable {
    /// It is no JSON from this byte on.
    case malformed(offset: Int)
    /// A secret that is no UTF-8 has no form in JSON.
    case notText
    case tooLong(limit: Int)
    case memory(SecretMemoryError)
  }

  static let mostBytes = 65_536
  static let mostDepth = 16

  private let text: SecretBytes
  private let node: JSONNode

  /// Opens a text.
  init(reading text: SecretBytes) throws(Fault) {
    guard text.count <= Self.mostBytes else { throw .tooLong(limit: Self.mostBytes) }
    self.text = text
    node = try text.withBytes { bytes throws(Fault) in
      do throws(JSON.Fault) {
        return try JSONNode(parsing: bytes, mostDepth: Self.mostDepth)
      } catch {
        throw .malformed(offset: error.offset)
      }
    }
  }

  /// Where the value begins in the text.
  var offset: Int {
    if case .string = node.kind { return node.range.lowerBound - 1 }
    return node.range.lowerBound
  }

  /// The member of this name; nil if there is none, or if this is no object.
  subscript(name: String) -> GuardedJSON? {
    guard case .object(let members) = node.kind else { return nil }
    let value = text.withBytes { bytes in
      members.first { UnescapedString(bytes, $0.name).elementsEqual(name.utf8) }?.value
    }
    return value.map { GuardedJSON(text, $0) }
  }

  /// The names of the members; nil if this is no object. They are no place for secrets.
  var names: [String]? {
    guard case .object(let members) = node.kind else { return nil }
    return text.withBytes { bytes in members.map { String(decoding: UnescapedString(bytes, $0.name), as: UTF8.self) } }
  }

  /// The values of an array, in order; nil if this is none.
  var elements: [GuardedJSON]? {
    guard case .array(let values) = node.kind else { return nil }
    return values.map { GuardedJSON(text, $0) }
  }

  /// A string, in guarded memory of its own; nil if this is no string.
  func secret() throws(Fault) -> SecretBytes? {
    guard case .string = node.kind else { return nil }
    return try text.withBytes { bytes throws(Fault) in
      let string = UnescapedString(bytes, node.range)
      return try Self.filled(capacity: string.count) { room in
        room.copyBytes(from: string)
      }
    }
  }

  /// A string that is no secret; nil if this is no string.
  var publicText: String? {
    guard case .string = node.kind else { return nil }
    return text.withBytes { String(decoding: UnescapedString($0, node.range), as: UTF8.self) }
  }

  /// A whole number, the nearest there is if it is out of range; nil if this is none.
  var number: Int? {
    guard case .number = node.kind else { return nil }
    return text.withBytes { bytes in
      let digits = bytes[node.range]
      guard digits.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }) else { return nil }
      let text = String(decoding: digits, as: UTF8.self)
      return Int(text) ?? (text.hasPrefix("-") ? .min : .max)
    }
  }

  /// True or false; nil if this is neither.
  var flag: Bool? {
    guard case .literal = node.kind else { return nil }
    switch node.range.count {
    case 5: return false
    default: return text.withBytes { $0[node.range.lowerBound] == UInt8(ascii: "t") ? true : nil }
    }
  }

  // MARK: - Private

  private init(_ text: SecretBytes, _ node: JSONNode) {
    self.text = text
    self.node = node
  }

  /// New guarded memory of exactly this size, filled in place.
  static func filled(
    capacity: Int, _ fill: (UnsafeMutableRawBufferPointer) throws(Fault) -> Void
  ) throws(Fault) -> SecretBytes {
    let secret: SecretBytes
    do throws(SecretMemoryError) { secret = try SecretBytes(capacity: capacity) } catch { throw .memory(error) }
    try secret.fill { room throws(Fault) in
      try fill(room)
      return capacity
    }
    return secret
  }
}

extension GuardedJSON: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  var description: String { "(secret)" }
  var debugDescription: String { "(secret)" }
  var customMirror: Mirror { Mirror(self, children: []) }
}
