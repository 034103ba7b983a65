import FlowCore
import FoundationEssentials
import PlainText

/// A flat JSON object: the payload of a journal line.
///
/// It is written here and not by a library, so that the same event gives the same bytes for ever. What a library can only read
/// is kept as `other`, so that fields of later versions are ignored.
struct Fields: Equatable, Sendable {
  enum Value: Equatable, Sendable {
    case text(String)
    case number(Int64)
    case flag(Bool)
    case texts([String])
    case map([String: String])
    case other
  }

  /// Why a payload can't be understood.
  enum Fault: Error, Equatable {
    /// It is not JSON, or a field is missing or of another type.
    case malformed
    /// It is of a kind that this version does not know.
    case unknown(String)
  }

  var values: [String: Value] = [:]

  init() {}

  /// Reads a JSON object.
  init(parsing payload: [UInt8]) throws(Fault) {
    do {
      values = try JSONDecoder().decode([String: Value].self, from: Data(payload))
    } catch {
      throw .malformed
    }
  }

  // MARK: - Writing

  mutating func set(_ key: String, _ text: String?) { values[key] = text.map(Value.text) }
  mutating func set(_ key: String, _ number: Int) { values[key] = .number(Int64(number)) }
  mutating func set(_ key: String, _ flag: Bool) { values[key] = .flag(flag) }
  mutating func set(_ key: String, _ texts: [String]) { values[key] = .texts(texts) }
  mutating func set(_ key: String, _ map: [String: String]) { values[key] = .map(map) }

  /// The object without white space, its keys sorted by their bytes.
  var rendered: [UInt8] {
    var writer = JSONWriter()
    writer.object(values) { writer, value in
      switch value {
      case .text(let text): writer.string(text)
      case .number(let number): writer.literal(String(number))
      case .flag(let flag): writer.literal(flag ? "true" : "false")
      case .texts(let texts): writer.array(texts)
      case .map(let map): writer.object(map) { $0.string($1) }
      case .other: writer.literal("null")
      }
    }
    return writer.bytes
  }

  // MARK: - Reading

  func text(_ key: String) throws(Fault) -> String {
    guard case .text(let text)? = values[key] else { throw .malformed }
    return text
  }

  func textIfPresent(_ key: String) throws(Fault) -> String? {
    values[key] == nil ? nil : try text(key)
  }

  func number(_ key: String) throws(Fault) -> Int {
    guard case .number(let number)? = values[key], let number = Int(exactly: number) else { throw .malformed }
    return number
  }

  func flag(_ key: String) throws(Fault) -> Bool {
    guard case .flag(let flag)? = values[key] else { throw .malformed }
    return flag
  }

  func texts(_ key: String) throws(Fault) -> [String] {
    switch values[key] {
    case .texts(let texts)?: return texts
    default: throw .malformed
    }
  }

  func mapIfPresent(_ key: String) throws(Fault) -> [String: String] {
    switch values[key] {
    case nil: return [:]
    case .map(let map)?: return map
    default: throw .malformed
    }
  }

  func time(_ key: String) throws(Fault) -> Timestamp {
    guard let time = Timestamp(try text(key)) else { throw .malformed }
    return time
  }

  /// A value of a closed list.
  func choice<Choice: RawRepresentable<String>>(_ key: String, as type: Choice.Type) throws(Fault) -> Choice {
    let word = try text(key)
    guard let choice = Choice(rawValue: word) else { throw .unknown("\(key) '\(word)'") }
    return choice
  }
}

extension Fields.Value: Decodable {
  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Int64.self) {
      self = .number(number)
    } else if let texts = try? value.decode([String].self) {
      self = .texts(texts)
    } else if let map = try? value.decode([String: String].self) {
      self = .map(map)
    } else {
      self = .other
    }
  }
}

/// Writes JSON without white space.
private struct JSONWriter {
  var bytes: [UInt8] = []

  mutating func literal(_ text: String) { bytes += text.utf8 }

  mutating func object<Value>(_ members: [String: Value], _ write: (inout JSONWriter, Value) -> Void) {
    bytes.append(UInt8(ascii: "{"))
    let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    for (index, member) in sorted.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      string(member.key)
      bytes.append(UInt8(ascii: ":"))
      write(&self, member.value)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  mutating func array(_ texts: [String]) {
    bytes.append(UInt8(ascii: "["))
    for (index, text) in texts.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      string(text)
    }
    bytes.append(UInt8(ascii: "]"))
  }

  /// A string in which everything that could steer a terminal is escaped, so that a journal can be read with any tool.
  mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    var text = text
    text.withUTF8 { utf8 in
      // From one scalar that wants care to the next, everything is copied at once: a header holds a whole flow.
      var copied = 0
      var next = 0
      while next < utf8.count {
        let length = JSONWriter.scalarLength(utf8[next])
        if length > 1 || !JSONWriter.isPlain(utf8[next]) {
          bytes += utf8[copied..<next]
          for scalar in String(decoding: utf8[next..<(next + length)], as: UTF8.self).unicodeScalars { careful(scalar) }
          copied = next + length
        }
        next += length
      }
      bytes += utf8[copied...]
    }
  }

  /// How many bytes the scalar has that begins with a byte.
  private static func scalarLength(_ byte: UInt8) -> Int {
    byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func careful(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": literal("\\\"")
    case "\\": literal("\\\\")
    case "\n": literal("\\n")
    case "\t": literal("\\t")
    case _ where scalar.isControlling: for unit in UTF16.encode(scalar).map(Array.init) ?? [] { escape(unit) }
    default: bytes += UTF8.encode(scalar).map(Array.init) ?? []
    }
  }

  private mutating func escape(_ unit: UInt16) {
    let hex = String(unit, radix: 16)
    literal("\\u" + String(repeating: "0", count: 4 - hex.count) + hex)
  }
}
