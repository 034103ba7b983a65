import FlowCore
import PlainText

/// What one pass over a text finds before the parser sees it.
///
/// It makes the parser safe to call: no control characters, and no brackets without end. It also remembers where anchors and tags may stand, since the parser's own marks do not tell.
struct SourceScan {
  /// Bytes at which a control character stands.
  private(set) var controls: [(offset: Int, scalar: Unicode.Scalar)] = []
  /// Where a word begins with `&` or `!`.
  private(set) var anchors: Set<Spot> = []
  private(set) var tags: Set<Spot> = []
  /// The byte at which brackets nest without end.
  private(set) var tooDeep: Int?

  private static let mostKept = Findings.most

  init(_ text: String) {
    var text = text
    text.withUTF8 { look(through: $0) }
  }

  // MARK: - Private

  /// Goes by bytes: this is on the way to every first prompt.
  private mutating func look(through bytes: UnsafeBufferPointer<UInt8>) {
    var spot = Spot(line: 1, column: 1)
    var brackets = Brackets()
    var beginsWord = true
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if Self.isLetter(byte) {
        let end = bytes[offset...].firstIndex { !Self.isLetter($0) } ?? bytes.count
        spot.column += end - offset
        offset = end
        brackets = Brackets()
        beginsWord = false
        continue
      }
      var width = 1
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\t"): break
      case UInt8(ascii: "\r"):
        if offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "\n") { note("\r", at: offset) }
      case 0..<0x20, 0x7F: note(Unicode.Scalar(byte), at: offset)
      case UInt8(ascii: "&") where beginsWord: anchors.insert(spot)
      case UInt8(ascii: "!") where beginsWord: tags.insert(spot)
      case 0x80...:
        let scalar = Self.scalar(in: bytes[offset...])
        width = scalar.utf8.count
        if scalar.isControlling || scalar == "\u{FFFE}" || scalar == "\u{FFFF}" { note(scalar, at: offset) }
      default: break
      }
      brackets.add(byte)
      if brackets.areTooMany, tooDeep == nil { tooDeep = offset }
      beginsWord = Self.endsWord(byte)
      offset += width
      spot.column += 1
      if byte == UInt8(ascii: "\n") { spot = Spot(line: spot.line + 1, column: 1) }
    }
  }

  /// How many brackets stand in a row, whatever is quoted.
  struct Brackets {
    private var count = 0

    /// So many open nothing that a flow has.
    var areTooMany: Bool { count > 16 }

    mutating func add(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): count += 1
      case UInt8(ascii: "?"), UInt8(ascii: "-"), 0...0x20: break
      default: count = 0
      }
    }
  }

  /// Most of a text are words, in which nothing is looked for.
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) }

  private mutating func note(_ scalar: Unicode.Scalar, at offset: Int) {
    if controls.count < Self.mostKept { controls.append((offset, scalar)) }
  }

  /// The scalar that valid UTF-8 begins with.
  private static func scalar(in bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar {
    String(decoding: bytes.prefix(4), as: UTF8.self).unicodeScalars.first ?? "\u{FFFD}"
  }

  /// Whether a new word of YAML can begin after it.
  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","),
      UInt8(ascii: ":"), UInt8(ascii: "?"), UInt8(ascii: "-"), UInt8(ascii: "\""), UInt8(ascii: "'"):
      true
    default: false
    }
  }
}
