import PlainText

/// Writes nodes as the YAML that reads as the same nodes again: what a record keeps of a flow that includes others. Nothing
/// is expanded in a record, so that a `$(` stands there as it is.
struct NodeWriter {
  /// About how many columns a folded text has.
  private static let width = 100

  /// What is written so far, in UTF-8: a flow may have megabytes, and a string looks at each piece it takes.
  private var bytes: [UInt8] = []

  static func text(_ root: TextNode) -> String {
    var writer = NodeWriter()
    writer.write(root, indent: 0, isInline: false)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// - Parameter isInline: whether something stands on the line already: a key, or the dash of a list.
  private mutating func write(_ node: TextNode, indent: Int, isInline: Bool) {
    switch node.content {
    case .text(let text): write(scalar: text, indent: indent)
    case .list(let nodes) where nodes.isEmpty: put(isInline ? " []\n" : "[]\n")
    case .mapping(let entries) where entries.isEmpty: put(isInline ? " {}\n" : "{}\n")
    case .list(let nodes):
      if isInline { put("\n") }
      for node in nodes {
        put(blanks: indent)
        put("-")
        write(item: node, indent: indent + 2)
      }
    case .mapping(let entries):
      if isInline { put("\n") }
      for entry in entries {
        put(blanks: indent)
        write(entry, indent: indent)
      }
    }
  }

  /// The first key of a mapping stands on the line of the dash.
  private mutating func write(item node: TextNode, indent: Int) {
    guard case .mapping(let entries) = node.content, let first = entries.first else {
      return write(node, indent: indent, isInline: true)
    }
    put(" ")
    write(first, indent: indent)
    for entry in entries.dropFirst() {
      put(blanks: indent)
      write(entry, indent: indent)
    }
  }

  private mutating func write(_ entry: TextNode.Entry, indent: Int) {
    write(word: entry.key)
    put(":")
    write(entry.value, indent: indent + 2, isInline: true)
  }

  private mutating func write(scalar value: String, indent: Int) {
    if value.utf8.count > Self.width - indent, Self.isFoldable(value) {
      fold(value, indent: indent)
    } else {
      put(" ")
      write(word: value)
      put("\n")
    }
  }

  private mutating func fold(_ value: String, indent: Int) {
    put(" >-")
    var column = Self.width
    for word in value.utf8.split(separator: UInt8(ascii: " ")) {
      if column + word.count + 1 > Self.width {
        put("\n")
        put(blanks: indent)
        column = indent + word.count
      } else {
        put(" ")
        column += word.count + 1
      }
      bytes.append(contentsOf: word)
    }
    put("\n")
  }

  /// A text on its line, in quotes if it needs them.
  private mutating func write(word: String) {
    if Self.isPlain(word) {
      put(word)
    } else if Self.isQuotable(word) {
      put("\"")
      put(word)
      put("\"")
    } else {
      put(Self.quote(word))
    }
  }

  private mutating func put(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func put(blanks count: Int) {
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
  }

  // MARK: - Looks at a text

  /// Whether a text can stand without quotes.
  private static func isPlain(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let first = bytes.first, isWordByte(first), bytes.last != UInt8(ascii: " ") else { return false }
      for byte in bytes {
        switch byte {
        case UInt8(ascii: ":"), UInt8(ascii: "#"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
          UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "*"), 0..<0x20,
          0x7F...:
          return false
        default: break
        }
      }
      return true
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// Whether a text can stand between quotes as it is, seen by its bytes alone, as most can.
  private static func isQuotable(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var brackets = 0
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "*"), 0..<0x20, 0x7F...: return false
        case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
        default: break
        }
      }
      return brackets < 16
    }
  }

  /// Whether a text of one line can be folded at its spaces and be the same again.
  private static func isFoldable(_ text: String) -> Bool {
    var text = text
    let isASCII: Bool? = text.withUTF8 { bytes in
      var previous = UInt8(ascii: " ")
      var brackets = SourceScan.Brackets()
      var isASCII = true
      for byte in bytes {
        if byte == UInt8(ascii: " "), previous == byte { return nil }
        if byte == UInt8(ascii: "*") || byte < 0x20 || byte == 0x7F { return nil }
        if byte >= 0x80 { isASCII = false }
        brackets.add(byte)
        if brackets.areTooMany { return nil }
        previous = byte
      }
      return previous == UInt8(ascii: " ") ? nil : isASCII
    }
    return isASCII.map { $0 || !text.unicodeScalars.contains(where: needsEscape) } ?? false
  }

  /// Whether the parser would not take a scalar as it is, or make something else of it.
  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x09: false
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: scalar.isControlling
    }
  }

  private static func quote(_ text: String) -> String {
    var quoted = "\""
    var brackets = SourceScan.Brackets()
    for scalar in text.unicodeScalars {
      if scalar.isASCII {
        var next = brackets
        next.add(UInt8(scalar.value))
        brackets = next.areTooMany ? SourceScan.Brackets() : next
        if next.areTooMany {
          quoted += escape(scalar)
          continue
        }
      } else {
        brackets = SourceScan.Brackets()
      }
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case _ where needsEscape(scalar): quoted += escape(scalar)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }

  /// `\u2028`.
  private static func escape(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    let (letter, digits) = scalar.value < 0x100 ? ("x", 2) : scalar.value < 0x1_0000 ? ("u", 4) : ("U", 8)
    return "\\" + letter + String(repeating: "0", count: digits - hex.count) + hex
  }
}
