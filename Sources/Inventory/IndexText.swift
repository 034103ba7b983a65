/// Writes what rows of an index consist of, one after the other: a number as `12;`, a text as `5:hello`, none as `-`.
struct IndexWriter {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ number: Int) {
    bytes += String(number).utf8
    bytes.append(UInt8(ascii: ";"))
  }

  mutating func put(_ text: String?) {
    guard var text else { return bytes.append(UInt8(ascii: "-")) }
    text.withUTF8 { utf8 in
      bytes += String(utf8.count).utf8
      bytes.append(UInt8(ascii: ":"))
      bytes += utf8
    }
  }

  /// How many there are, then each.
  mutating func put<Item>(_ items: some Collection<Item>, each put: (inout IndexWriter, Item) -> Void) {
    self.put(items.count)
    for item in items { put(&self, item) }
  }

  /// One or none.
  mutating func put<Item>(_ item: Item?, _ put: (inout IndexWriter, Item) -> Void) {
    self.put(item.map { [$0] } ?? [], each: put)
  }

  mutating func endLine() { bytes.append(UInt8(ascii: "\n")) }
}

/// Reads what an `IndexWriter` wrote. Whatever else stands there is `Broken`.
struct IndexReader {
  struct Broken: Error {}

  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func number() throws(Broken) -> Int { try number(before: UInt8(ascii: ";")) }

  mutating func text() throws(Broken) -> String {
    guard let text = try textIfPresent() else { throw Broken() }
    return text
  }

  mutating func textIfPresent() throws(Broken) -> String? {
    guard position < bytes.count else { throw Broken() }
    if bytes[position] == UInt8(ascii: "-") {
      position += 1
      return nil
    }
    let count = try number(before: UInt8(ascii: ":"))
    guard count >= 0, count <= bytes.count - position else { throw Broken() }
    defer { position += count }
    return String(decoding: bytes[position..<position + count], as: UTF8.self)
  }

  mutating func items<Item>(_ item: (inout IndexReader) throws(Broken) -> Item) throws(Broken) -> [Item] {
    let count = try number()
    // Each takes two bytes at least.
    guard count >= 0, count <= bytes.count - position else { throw Broken() }
    var items: [Item] = []
    items.reserveCapacity(count)
    for _ in 0..<count { items.append(try item(&self)) }
    return items
  }

  mutating func ifPresent<Item>(_ item: (inout IndexReader) throws(Broken) -> Item) throws(Broken) -> Item? {
    try items(item).first
  }

  /// One of a closed list.
  mutating func choice<Choice: RawRepresentable<String>>(as type: Choice.Type) throws(Broken) -> Choice {
    guard let choice = Choice(rawValue: try text()) else { throw Broken() }
    return choice
  }

  mutating func endLine() throws(Broken) {
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\n") else { throw Broken() }
    position += 1
  }

  /// What was not read yet.
  var rest: [UInt8] { Array(bytes[position...]) }

  private mutating func number(before mark: UInt8) throws(Broken) -> Int {
    let isNegative = position < bytes.count && bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    let start = position
    var value = 0
    while position < bytes.count, bytes[position].isASCIIDigit {
      let (tens, isTooLong) = value.multipliedReportingOverflow(by: 10)
      let (sum, isTooLarge) = tens.addingReportingOverflow(Int(bytes[position] & 0xF))
      guard !isTooLong, !isTooLarge else { throw Broken() }
      value = sum
      position += 1
    }
    guard position > start, position < bytes.count, bytes[position] == mark else { throw Broken() }
    position += 1
    return isNegative ? -value : value
  }
}

extension UInt8 {
  fileprivate var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
