import FlowCore

/// What can be written as bytes, and be read from them again. The two stand side by side, and take the parts in one order.
///
/// The bytes are the program's own, made by the same build: no file or person gives any. Other tags than those written are a
/// fault of this code, which ends the program; tests read every shipped flow, and a sample of each case.
protocol Packable {
  func pack(into writer: inout PackedWriter)
  init(from reader: inout PackedReader)
}

/// Puts values into bytes of ASCII, so that they can stand in a literal of Swift. Texts are kept beside, each once.
struct PackedWriter {
  private(set) var bytes: [UInt8] = []
  private let texts: BytePool

  init(_ texts: BytePool) { self.texts = texts }

  mutating func pack<each Value: Packable>(_ values: repeat each Value) {
    repeat (each values).pack(into: &self)
  }

  /// Of six bits a byte, the lowest first; the bit above them says that more follow.
  mutating func number(_ number: UInt) {
    var rest = number
    while rest >= 0x40 {
      bytes.append(UInt8(rest & 0x3F) | 0x40)
      rest >>= 6
    }
    bytes.append(UInt8(rest))
  }

  mutating func text(_ text: String) { number(UInt(texts.place(of: Array(text.utf8)))) }
}

/// Different pieces of bytes, one behind the other, each once.
final class BytePool {
  private(set) var bytes: [UInt8] = []
  /// Where each begins, and where the last one ends.
  private(set) var bounds = [0]
  private var places: [[UInt8]: Int] = [:]

  /// Which one it is, from 0.
  func place(of piece: [UInt8]) -> Int {
    if let place = places[piece] { return place }
    bytes += piece
    bounds.append(bytes.count)
    places[piece] = bounds.count - 2
    return bounds.count - 2
  }

  /// Where it begins.
  func start(of piece: [UInt8]) -> Int { bounds[place(of: piece)] }
}

/// Reads what a `PackedWriter` wrote: of this program's own bytes, which are taken at their word.
struct PackedReader {
  private var next: UnsafePointer<UInt8>
  private let texts: UnsafePointer<UInt8>
  private let bounds: FixedNumbers

  init(at start: UnsafePointer<UInt8>, texts: UnsafePointer<UInt8>, bounds: FixedNumbers) {
    (next, self.texts, self.bounds) = (start, texts, bounds)
  }

  mutating func read<Value: Packable>() -> Value { Value(from: &self) }

  mutating func number() -> UInt {
    var number: UInt = 0
    var shift: UInt = 0
    while true {
      let byte = next.pointee
      next += 1
      number |= UInt(byte & 0x3F) << shift
      if byte & 0x40 == 0 { return number }
      shift += 6
    }
  }

  mutating func text() -> String {
    let place = Int(number())
    let start = bounds[place]
    return String(
      decoding: UnsafeBufferPointer(start: texts + start, count: bounds[place + 1] - start), as: UTF8.self)
  }
}

/// Numbers below 2^24 in four bytes each, so that any of them can be looked up.
struct FixedNumbers {
  static let size = 4
  static let longest = 1 << 24 - 1
  let start: UnsafePointer<UInt8>

  subscript(index: Int) -> Int {
    let bytes = start + index * Self.size
    return Int(bytes[0]) | Int(bytes[1]) << 6 | Int(bytes[2]) << 12 | Int(bytes[3]) << 18
  }

  static func bytes(_ number: Int) -> [UInt8] {
    precondition(0...longest ~= number)
    return (0..<size).map { UInt8(number >> (6 * $0) & 0x3F) }
  }
}

extension Int: Packable {
  func pack(into writer: inout PackedWriter) { writer.number(UInt(bitPattern: self << 1 ^ self >> (Int.bitWidth - 1))) }

  init(from reader: inout PackedReader) {
    let number = reader.number()
    self = Int(bitPattern: number >> 1) ^ -Int(bitPattern: number & 1)
  }
}

extension Bool: Packable {
  func pack(into writer: inout PackedWriter) { writer.number(self ? 1 : 0) }
  init(from reader: inout PackedReader) { self = reader.number() == 1 }
}

extension String: Packable {
  func pack(into writer: inout PackedWriter) { writer.text(self) }
  init(from reader: inout PackedReader) { self = reader.text() }
}

extension Optional: Packable where Wrapped: Packable {
  func pack(into writer: inout PackedWriter) {
    writer.pack(self != nil)
    if let self { writer.pack(self) }
  }

  init(from reader: inout PackedReader) {
    self = reader.read() as Bool ? .some(reader.read()) : nil
  }
}

extension Array: Packable where Element: Packable {
  func pack(into writer: inout PackedWriter) {
    writer.number(UInt(count))
    for element in self { writer.pack(element) }
  }

  init(from reader: inout PackedReader) {
    let count = Int(reader.number())
    self.init()
    reserveCapacity(count)
    for _ in 0..<count { append(reader.read()) }
  }
}

extension ClosedRange: Packable where Bound == Int {
  func pack(into writer: inout PackedWriter) { writer.pack(lowerBound, upperBound) }

  init(from reader: inout PackedReader) {
    let lowest: Int = reader.read()
    self = lowest...reader.read()
  }
}

/// A word of a closed list, by its place there.
extension Packable where Self: CaseIterable & Equatable, AllCases == [Self] {
  func pack(into writer: inout PackedWriter) {
    guard let place = Self.allCases.firstIndex(of: self) else { preconditionFailure("a word that its list lacks") }
    writer.number(UInt(place))
  }

  init(from reader: inout PackedReader) { self = Self.allCases[Int(reader.number())] }
}
