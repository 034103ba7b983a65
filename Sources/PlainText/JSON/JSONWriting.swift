extension JSON {
  /// What is escaped in strings beside `"`, `\`, line breaks, tabs, and whatever could steer a terminal or reorder text
  /// (`isControlling`).
  public struct Escaping: OptionSet, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    /// `\b`, `\f` and `\r` instead of their numbers.
    public static let shortForms = Escaping(rawValue: 1)
    /// `<`, `>` and `&`, so that nothing can begin markup.
    public static let markup = Escaping(rawValue: 2)
  }

  /// How a value is laid out.
  public enum Layout: Sendable {
    /// On one line, without white space.
    case line
    /// Two spaces a level and ` : ` behind a name, without a line break at the end.
    case indented
  }

  /// Writes the value, the members of an object sorted by the bytes of their names: the same value gives the same text for
  /// ever.
  public func text(_ layout: Layout = .line, escaping: Escaping = .shortForms) -> String {
    String(decoding: bytes(layout, escaping: escaping), as: UTF8.self)
  }

  /// Writes the value as UTF-8.
  public func bytes(_ layout: Layout = .line, escaping: Escaping = .shortForms) -> [UInt8] {
    var writer = JSONWriter(layout: layout, escaping: escaping)
    writer.write(self)
    return writer.bytes
  }
}

private struct JSONWriter {
  let layout: JSON.Layout
  let escaping: JSON.Escaping
  var bytes: [UInt8] = []
  var depth = 0

  mutating func write(_ value: JSON) {
    switch value {
    case .null: put("null")
    case .flag(let flag): put(flag ? "true" : "false")
    case .integer(let number): put(String(number))
    case .number(let digits): put(digits)
    case .text(let text): string(text)
    case .array(let elements): list("[", elements, "]") { $0.write($1) }
    case .object(let members):
      let sorted = members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
      list("{", sorted, "}") { writer, member in
        writer.string(member.name)
        writer.put(writer.layout == .indented ? " : " : ":")
        writer.write(member.value)
      }
    }
  }

  // MARK: - Private

  private mutating func put(_ text: String) { bytes += text.utf8 }

  private mutating func list<Element>(
    _ open: String, _ elements: [Element], _ close: String, _ write: (inout JSONWriter, Element) -> Void
  ) {
    put(open)
    depth += 1
    for (index, element) in elements.enumerated() {
      if index > 0 { put(",") }
      breakLine()
      write(&self, element)
    }
    depth -= 1
    if elements.isEmpty, layout == .indented { put("\n") }
    breakLine()
    put(close)
  }

  private mutating func breakLine() {
    if layout == .indented { put("\n" + String(repeating: "  ", count: depth)) }
  }

  private mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    var text = text
    text.withUTF8 { utf8 in
      // From one scalar that wants care to the next, everything is copied at once: a header holds a whole flow.
      var copied = 0
      var next = 0
      while next < utf8.count {
        let byte = utf8[next]
        let length = byte < 0xC0 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
        if length > 1 || !isPlain(byte) {
          bytes += utf8[copied..<next]
          for scalar in String(decoding: utf8[next..<(next + length)], as: UTF8.self).unicodeScalars { careful(scalar) }
          copied = next + length
        }
        next += length
      }
      bytes += utf8[copied...]
    }
  }

  private func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case ..<0x20, 0x7F..., UInt8(ascii: "\""), UInt8(ascii: "\\"): false
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"): !escaping.contains(.markup)
    default: true
    }
  }

  private mutating func careful(_ scalar: Unicode.Scalar) {
    let isAlwaysShort = ["\"", "\\", "\n", "\t"].contains(scalar)
    if isAlwaysShort || escaping.contains(.shortForms), scalar.isASCII,
      let letter = escapeLetter(of: UInt8(truncatingIfNeeded: scalar.value))
    {
      bytes += [UInt8(ascii: "\\"), letter]
    } else if scalar.isControlling || ["<", ">", "&"].contains(scalar) {
      for unit in String(scalar).utf16 { put("\\u" + unit.hexadecimal(digits: 4)) }
    } else {
      bytes += String(scalar).utf8
    }
  }
}
