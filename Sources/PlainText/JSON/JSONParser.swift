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

  /// Finds the values of a text.
  package init(parsing text: UnsafeRawBufferPointer, mostDepth: Int) throws(JSON.Fault) {
    var parser = JSONParser<NodeMaker>(text, mostDepth: mostDepth)
    self = try parser.document()
  }

  fileprivate init(_ kind: Kind, _ range: Range<Int>) { (self.kind, self.range) = (kind, range) }
}

/// Where a string of a JSON text stands, between its quotes, and whether it has an escape.
struct JSONString {
  var range: Range<Int>
  var hasEscapes = false
}

/// What becomes of the values that a parser finds.
protocol JSONMaking {
  associatedtype Value
  associatedtype Member
  typealias Text = UnsafeRawBufferPointer

  static func member(_ name: JSONString, _ value: Value, in text: Text) -> Member
  static func object(_ members: [Member], at range: Range<Int>) -> Value
  static func array(_ elements: [Value], at range: Range<Int>) -> Value
  static func string(_ string: JSONString, in text: Text) -> Value
  static func number(at range: Range<Int>, in text: Text) -> Value
  static func literal(at range: Range<Int>, in text: Text) -> Value
}

private enum NodeMaker: JSONMaking {
  static func member(_ name: JSONString, _ value: JSONNode, in text: Text) -> (name: Range<Int>, value: JSONNode) {
    (name.range, value)
  }
  static func object(_ members: [(name: Range<Int>, value: JSONNode)], at range: Range<Int>) -> JSONNode {
    JSONNode(.object(members), range)
  }
  static func array(_ elements: [JSONNode], at range: Range<Int>) -> JSONNode { JSONNode(.array(elements), range) }
  static func string(_ string: JSONString, in text: Text) -> JSONNode { JSONNode(.string, string.range) }
  static func number(at range: Range<Int>, in text: Text) -> JSONNode { JSONNode(.number, range) }
  static func literal(at range: Range<Int>, in text: Text) -> JSONNode { JSONNode(.literal, range) }
}

/// Finds the values of a JSON text, and whether it is one: RFC 8259 to the letter, and no member twice.
struct JSONParser<Maker: JSONMaking> {
  private let bytes: UnsafeRawBufferPointer
  private let mostDepth: Int
  private var position = 0
  /// The names of the objects that are open, the outermost first.
  private var names: [JSONString] = []

  init(_ bytes: UnsafeRawBufferPointer, mostDepth: Int) {
    names.reserveCapacity(8)
    self.bytes = bytes
    self.mostDepth = mostDepth
  }

  /// The one value of the text, with nothing but white space round it.
  mutating func document() throws(JSON.Fault) -> Maker.Value {
    let value = try value(depth: 1)
    skipSpace()
    guard position == bytes.count else { throw fault }
    return value
  }

  // MARK: - Private

  private var fault: JSON.Fault { .malformed(offset: position) }
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func value(depth: Int) throws(JSON.Fault) -> Maker.Value {
    guard depth <= mostDepth else { throw .tooDeep(offset: position) }
    skipSpace()
    let start = position
    switch next {
    case UInt8(ascii: "{"):
      let members = try members(depth: depth)
      return Maker.object(members, at: start..<position)
    case UInt8(ascii: "["):
      var values: [Maker.Value] = []
      try list(until: UInt8(ascii: "]")) { parser throws(JSON.Fault) in
        values.append(try parser.value(depth: depth + 1))
      }
      return Maker.array(values, at: start..<position)
    case UInt8(ascii: "\""): return Maker.string(try string(), in: bytes)
    case UInt8(ascii: "t"): try word("true")
    case UInt8(ascii: "f"): try word("false")
    case UInt8(ascii: "n"): try word("null")
    default:
      try number()
      return Maker.number(at: start..<position, in: bytes)
    }
    return Maker.literal(at: start..<position, in: bytes)
  }

  private mutating func members(depth: Int) throws(JSON.Fault) -> [Maker.Member] {
    var members: [Maker.Member] = []
    // As many as most objects have.
    members.reserveCapacity(8)
    var hashes: Set<Int> = []
    let outer = names.count
    try list(until: UInt8(ascii: "}")) { parser throws(JSON.Fault) in
      parser.skipSpace()
      let start = parser.position
      let name = try parser.string()
      guard parser.isNew(name, among: outer, &hashes) else { throw .repeatedName(offset: start) }
      parser.names.append(name)
      parser.skipSpace()
      try parser.take(UInt8(ascii: ":"))
      let value = try parser.value(depth: depth + 1)
      members.append(Maker.member(name, value, in: parser.bytes))
    }
    names.removeSubrange(outer...)
    return members
  }

  /// Whether no name of the object that is open is the same.
  ///
  /// A few are compared one by one, as they are written where none has an escape: most objects have only a few. The others are
  /// looked up.
  ///
  /// - Parameters:
  ///   - outer: how many names the objects around it have.
  ///   - hashes: of its names, once they are many.
  private func isNew(_ name: JSONString, among outer: Int, _ hashes: inout Set<Int>) -> Bool {
    if names.count - outer >= 16 {
      if hashes.isEmpty { hashes = Set(names[outer...].map(hash)) }
      if hashes.insert(hash(of: name)).inserted { return true }
    }
    for place in outer..<names.count where isSame(name, names[place]) { return false }
    return true
  }

  private func isSame(_ name: JSONString, _ other: JSONString) -> Bool {
    if name.hasEscapes || other.hasEscapes {
      return UnescapedString(bytes, name.range).elementsEqual(UnescapedString(bytes, other.range))
    }
    guard name.range.count == other.range.count else { return false }
    for (place, otherPlace) in zip(name.range, other.range) where bytes[place] != bytes[otherPlace] { return false }
    return true
  }

  private func hash(of name: JSONString) -> Int {
    var hasher = Hasher()
    for byte in UnescapedString(bytes, name.range) { hasher.combine(byte) }
    return hasher.finalize()
  }

  /// A bracket, elements with commas between them, and the bracket `end`.
  private mutating func list(
    until end: UInt8, _ element: (inout Self) throws(JSON.Fault) -> Void
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

  /// A string in its quotes.
  private mutating func string() throws(JSON.Fault) -> JSONString {
    try take(UInt8(ascii: "\""))
    var string = JSONString(range: position..<position)
    while true {
      passPlain()
      switch next {
      case UInt8(ascii: "\""):
        string.range = string.range.lowerBound..<position
        position += 1
        return string
      case UInt8(ascii: "\\"):
        string.hasEscapes = true
        try escape()
      case nil: throw fault
      case let byte? where byte < 0x20: throw fault
      case let byte? where byte < 0x80: position += 1
      default:
        guard let length = UTF8Length.of(bytes[position...]) else { throw fault }
        position += length
      }
    }
  }

  /// Passes over eight bytes at a time while all of them are ASCII that stands for itself.
  private mutating func passPlain() {
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    /// The top bit of each byte that is zero, and perhaps of one above it.
    func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word }
    while position + 8 <= bytes.count {
      let word = bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let quotes = zeros(word ^ (ones &* 0x22))
      let backslashes = zeros(word ^ (ones &* 0x5C))
      let controls = (word &- (ones &* 0x20)) & ~word
      guard (quotes | backslashes | controls | word) & tops == 0 else { return }
      position += 8
    }
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
