/// What one look at the bytes of a text tells, so that most texts need no look at their characters.
struct TextLook {
  /// Whether it is printable ASCII alone: each byte is a character of one column.
  let isPlain: Bool
  /// Whether it is plain, and holds something besides blanks.
  let isVisible: Bool
  let hasBraces: Bool
  let hasBreaks: Bool
  let hasSlashes: Bool

  init(_ text: String) {
    var text = text
    self = text.withUTF8 { TextLook($0) }
  }

  private init(_ bytes: UnsafeBufferPointer<UInt8>) {
    let found = Self.traits.withUnsafeBufferPointer { traits in
      bytes.reduce(into: UInt8(0)) { found, byte in found |= traits[Int(byte)] }
    }
    isPlain = found & Self.strange == 0
    isVisible = isPlain && found & Self.visible != 0
    hasBraces = found & Self.brace != 0
    hasBreaks = found & Self.lineBreak != 0
    hasSlashes = found & Self.slash != 0
  }

  // MARK: - Traits of a byte

  private static let strange: UInt8 = 1
  private static let visible: UInt8 = 2
  private static let brace: UInt8 = 4
  private static let lineBreak: UInt8 = 8
  private static let slash: UInt8 = 16

  private static let traits: [UInt8] = (UInt8.min...UInt8.max).map { byte in
    switch byte {
    case UInt8(ascii: "{"), UInt8(ascii: "}"): visible | brace
    case UInt8(ascii: "/"): visible | slash
    case 0x21..<0x7F: visible
    case UInt8(ascii: " "): 0
    case 0x0A...0x0D: strange | lineBreak
    // A break beyond ASCII is left to a look at characters.
    case 0x80...: strange | lineBreak
    default: strange
    }
  }
}

extension TextNode {
  /// Whether its texts and keys are printable ASCII, and it has no more than some levels.
  func isPlain(levels: Int) -> Bool {
    guard levels > 0 else { return false }
    return switch content {
    case .text(let text): TextLook(text).isPlain
    case .list(let nodes): nodes.allSatisfy { $0.isPlain(levels: levels - 1) }
    case .mapping(let entries):
      entries.allSatisfy { TextLook($0.key).isPlain && $0.value.isPlain(levels: levels - 1) }
    }
  }
}

extension String {
  /// Whether some byte of it is this one. It looks at bytes in memory where `utf8.contains` takes them from a view one by one.
  func has(byte wanted: UInt8) -> Bool {
    utf8.withContiguousStorageIfAvailable { bytes in bytes.contains { $0 == wanted } } ?? utf8.contains(wanted)
  }
}
