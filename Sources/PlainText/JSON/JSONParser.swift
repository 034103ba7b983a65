/// What stands where in a JSON text: offsets, and nothing of what is written there.
package struct JSONNode: Sendable {
  package enum Kind: Sendable {
    case object([(name: Range<Int>, value: JSONNode)])
    case array([JSONNode])
    /// The range is that between the quotes.
    case string
    case number
    /// `true`, `false` or `null`.
    case literal
  }

  package var kind: Kind
  package var range: Range<Int>
}

/// Finds the values of a JSON text, and whether it is one: RFC 8259 to the letter, and no member twice.
package struct JSONParser {
  private let bytes: UnsafeRawBufferPointer
  private let mostDepth: Int
  private var position = 0

  package init(_ bytes: UnsafeRawBufferPointer, mostDepth: Int) {
    self.bytes = bytes
    self.mostDepth = mostDepth
  }

  /// The one value of the text, with nothing but white space round it.
  package mutating func document() throws(JSON.Fault) -> JSONNode {
    let value = try value(depth: 1)
    skipSpace()
    guard position == bytes.count else { throw fault }
    return value
  }

  // MARK: - Private

  private var fault: JSON.Fault { .malformed(offset: position) }
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func value(depth: Int) throws(JSON.Fault) -> JSONNode {
    guard depth <= mostDepth else { throw .tooDeep(offset: position) }
    skipSpace()
    let start = position
    switch next {
    case UInt8(ascii: "{"):
      let members = try members(depth: depth)
      return JSONNode(kind: .object(members), range: start..<position)
    case UInt8(ascii: "["):
      var values: [JSONNode] = []
      try list(until: UInt8(ascii: "]")) { parser throws(JSON.Fault) in
        values.append(try parser.value(depth: depth + 1))
      }
      return JSONNode(kind: .array(values), range: start..<position)
    case UInt8(ascii: "\""): return JSONNode(kind: .string, range: try string())
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default:
      try number()
      return JSONNode(kind: .number, range: start..<position)
    }
    return JSONNode(kind: .literal, range: start..<position)
  }

  private mutating func members(
    depth: Int
  ) throws(JSON.Fault) -> [(name: Range<Int>, value: JSONNode)] {
    var members: [(name: Range<Int>, value: JSONNode)] = []
    var names = NamesSeen()
    try list(until: UInt8(ascii: "}")) { parser throws(JSON.Fault) in
      parser.skipSpace()
      let start = parser.position
      let name = try parser.string()
      guard names.insert(name, in: parser.bytes) else { throw .repeatedName(offset: start) }
      parser.skipSpace()
      try parser.take(UInt8(ascii: ":"))
      members.append((name, try parser.value(depth: depth + 1)))
    }
    return members
  }

  /// A bracket, elements with commas between them, and the bracket `end`.
  private mutating func list(
    until end: UInt8, _ element: (inout JSONParser) throws(JSON.Fault) -> Void
  ) throws(JSON.Fault) {
    position += 1
    skipSpace()
    if next == end {
      position += 1
      return
    }
    while true {
      try element(&self)
      skipSpace()
      if next == end {
        position += 1
        return
      }
      try take(UInt8(ascii: ","))
    }
  }

  /// A string in its quotes; returns the range between them.
  private mutating func string() throws(JSON.Fault) -> Range<Int> {
    try take(UInt8(ascii: "\""))
    let start = position
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        position += 1
        return start..<position - 1
      case UInt8(ascii: "\\"): try escape()
      case 0..<0x20: throw fault
      case ..<0x80: position += 1
      default:
        guard let length = UTF8Length.of(bytes[position...]) else { throw fault }
        position += length
      }
    }
    throw fault
  }

  private mutating func escape() throws(JSON.Fault) {
    let start = position
    position += 1
    if let letter = next, byte(ofEscapeLetter: letter) != nil {
      position += 1
    } else if let length = UnescapedString.scalar(bytes, at: start)?.length {
      position = start + length
    } else {
      throw .malformed(offset: start)
    }
  }

  private mutating func number() throws(JSON.Fault) {
    if next == UInt8(ascii: "-") { position += 1 }
    if next == UInt8(ascii: "0") { position += 1 } else { try digits() }
    if next == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    guard next == UInt8(ascii: "e") || next == UInt8(ascii: "E") else { return }
    position += 1
    if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
    try digits()
  }

  private mutating func digits() throws(JSON.Fault) {
    guard let first = next, (0x30...0x39).contains(first) else { throw fault }
    while let digit = next, (0x30...0x39).contains(digit) { position += 1 }
  }

  private mutating func word(_ word: StaticString) throws(JSON.Fault) {
    for index in 0..<word.utf8CodeUnitCount { try take(word.utf8Start[index]) }
  }

  private mutating func take(_ byte: UInt8) throws(JSON.Fault) {
    guard next == byte else { throw fault }
    position += 1
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
  }
}

/// The names that an object has so far.
///
/// A few are compared one by one, as they are written where none has an escape: most objects have only a few. The others are looked up.
private struct NamesSeen {
  private static let few = 16

  private var names: [Range<Int>] = []
  private var haveEscapes = false
  private var hashes: Set<Int> = []

  /// Takes a name; false if it was there.
  mutating func insert(_ name: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Bool {
    let hasEscape = bytes[name].contains(UInt8(ascii: "\\"))
    haveEscapes = haveEscapes || hasEscape
    if names.count >= NamesSeen.few {
      if hashes.isEmpty { hashes = Set(names.map { NamesSeen.hash(of: $0, in: bytes) }) }
      if hashes.insert(NamesSeen.hash(of: name, in: bytes)).inserted {
        names.append(name)
        return true
      }
    }
    for other in names where isSame(name, other, in: bytes) { return false }
    names.append(name)
    return true
  }

  private func isSame(_ name: Range<Int>, _ other: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Bool {
    if haveEscapes { return UnescapedString(bytes, name).elementsEqual(UnescapedString(bytes, other)) }
    return name.count == other.count && bytes[name].elementsEqual(bytes[other])
  }

  private static func hash(of name: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Int {
    var hasher = Hasher()
    for byte in UnescapedString(bytes, name) { hasher.combine(byte) }
    return hasher.finalize()
  }
}
