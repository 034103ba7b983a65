/// Writes nodes as the YAML that reads as the same nodes again: what a record keeps of a flow that includes others. Nothing
/// is expanded in a record, so that a `$(` stands there as it is.
struct NodeWriter {
  /// About how many columns a folded text has.
  private static let width = 100

  private var text = ""

  static func text(_ root: TextNode) -> String {
    var writer = NodeWriter()
    writer.write(root, indent: 0, isInline: false)
    return writer.text
  }

  /// - Parameter isInline: whether something stands on the line already: a key, or the dash of a list.
  private mutating func write(_ node: TextNode, indent: Int, isInline: Bool) {
    switch node.content {
    case .text(let text): write(scalar: text, indent: indent)
    case .list(let nodes) where nodes.isEmpty: text += isInline ? " []\n" : "[]\n"
    case .mapping(let entries) where entries.isEmpty: text += isInline ? " {}\n" : "{}\n"
    case .list(let nodes):
      if isInline { text += "\n" }
      for node in nodes {
        text += String(repeating: " ", count: indent) + "-"
        write(item: node, indent: indent + 2)
      }
    case .mapping(let entries):
      if isInline { text += "\n" }
      for entry in entries {
        text += String(repeating: " ", count: indent)
        write(entry, indent: indent)
      }
    }
  }

  /// The first key of a mapping stands on the line of the dash.
  private mutating func write(item node: TextNode, indent: Int) {
    guard case .mapping(let entries) = node.content, let first = entries.first else {
      return write(node, indent: indent, isInline: true)
    }
    text += " "
    write(first, indent: indent)
    for entry in entries.dropFirst() {
      text += String(repeating: " ", count: indent)
      write(entry, indent: indent)
    }
  }

  private mutating func write(_ entry: TextNode.Entry, indent: Int) {
    text += NodeWriter.isPlain(entry.key) ? entry.key : NodeWriter.quote(entry.key)
    text += ":"
    write(entry.value, indent: indent + 2, isInline: true)
  }

  private mutating func write(scalar value: String, indent: Int) {
    if value.utf8.count > Self.width - indent, NodeWriter.isFoldable(value) {
      text += " >-"
      var column = Self.width
      for word in value.utf8.split(separator: UInt8(ascii: " ")) {
        if column + word.count + 1 > Self.width {
          text += "\n"
          text += String(repeating: " ", count: indent)
          column = indent + word.count
        } else {
          text += " "
          column += word.count + 1
        }
        text += Substring(word)
      }
      text += "\n"
    } else {
      text += " " + (NodeWriter.isPlain(value) ? value : NodeWriter.quote(value)) + "\n"
    }
  }

  // MARK: - Private

  /// Whether a text can stand without quotes.
  private static func isPlain(_ text: String) -> Bool {
    guard let first = text.utf8.first, isWordByte(first), text.utf8.last != UInt8(ascii: " ") else { return false }
    var previous: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: ":"), UInt8(ascii: "#"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "*"), 0..<0x20,
        0x7F...:
        return false
      default: break
      }
      previous = byte
    }
    return previous != UInt8(ascii: "-") || text.utf8.count > 1
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// Whether a text of one line can be folded at its spaces and be the same again.
  private static func isFoldable(_ text: String) -> Bool {
    var previous = UInt8(ascii: " ")
    for byte in text.utf8 {
      if byte == UInt8(ascii: " "), previous == byte { return false }
      previous = byte
    }
    return previous != UInt8(ascii: " ") && !text.utf8.contains(UInt8(ascii: "*"))
      && text.unicodeScalars.allSatisfy { !needsEscape($0) && $0 != "\n" && $0 != "\t" } && !nestsDeep(text)
  }

  /// Whether the parser would not take a scalar as it is, or make something else of it.
  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A, 0x09: false
    case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: scalar.isControlling
    }
  }

  /// Whether more brackets stand in a row than a text may have before the parser is called.
  private static func nestsDeep(_ text: String) -> Bool {
    var brackets = SourceScan.Brackets()
    for byte in text.utf8 {
      brackets.add(byte)
      if brackets.areTooMany { return true }
    }
    return false
  }

  private static func quote(_ text: String) -> String { isQuotable(text) ? "\"\(text)\"" : escaped(text) }

  /// Whether a text can stand between quotes as it is, seen by its bytes alone, as most can.
  private static func isQuotable(_ text: String) -> Bool {
    var brackets = 0
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "*"), 0..<0x20, 0x7F...: return false
      case UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
      default: break
      }
    }
    return brackets < 16
  }

  private static func escaped(_ text: String) -> String {
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
      // In two files `*a` and `&a` are nothing; in one, quoted or not, they might be an alias.
      case "*": quoted += escape(scalar)
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
