extension JSON {
  /// Why a text is no JSON, or is refused. None quotes it.
  public enum Fault: Error, Equatable {
    /// It is no JSON from this byte on.
    case malformed(offset: Int)
    /// The name that begins here stands in its object already.
    case repeatedName(offset: Int)
    /// The value that begins here lies deeper than is allowed.
    case tooDeep(offset: Int)

    /// Where in the text, in bytes.
    public var offset: Int {
      switch self {
      case .malformed(let offset), .repeatedName(let offset), .tooDeep(let offset): offset
      }
    }
  }

  /// Reads one value with nothing but white space round it, strictly by RFC 8259: UTF-8, and no name twice in an object.
  ///
  /// - Parameter mostDepth: how many arrays and objects may lie within each other, the value itself counted.
  public init(parsing text: [UInt8], mostDepth: Int = 64) throws(Fault) {
    self = try text.withUnsafeBytes { bytes in
      Result { () throws(Fault) in
        var parser = JSONParser<JSON.Maker>(bytes, mostDepth: mostDepth)
        return try parser.document()
      }
    }.get()
  }

  private enum Maker: JSONMaking {
    static func member(_ name: JSONString, _ value: JSON, in text: Text) -> Member {
      Member(JSON.text(text, name), value)
    }
    static func object(_ members: [Member], at range: Range<Int>) -> JSON { .object(members) }
    static func array(_ elements: [JSON], at range: Range<Int>) -> JSON { .array(elements) }
    static func string(_ string: JSONString, in text: Text) -> JSON { .text(JSON.text(text, string)) }
    static func number(at range: Range<Int>, in text: Text) -> JSON {
      let digits = String(decoding: text[range], as: UTF8.self)
      return Int64(digits).map(JSON.integer) ?? .number(digits)
    }
    static func literal(at range: Range<Int>, in text: Text) -> JSON {
      switch text[range.lowerBound] {
      case UInt8(ascii: "t"): .flag(true)
      case UInt8(ascii: "f"): .flag(false)
      default: .null
      }
    }
  }

  /// What the string between two quotes stands for. Runs without escapes are copied at once: a header holds a whole flow.
  private static func text(_ bytes: UnsafeRawBufferPointer, _ string: JSONString) -> String {
    let backslash = UInt8(ascii: "\\")
    let range = string.range
    guard string.hasEscapes else {
      return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }
    return String(unsafeUninitializedCapacity: range.count) { room in
      var count = 0
      var position = range.lowerBound
      while position < range.upperBound {
        let run = bytes[position..<range.upperBound].firstIndex(of: backslash) ?? range.upperBound
        for byte in bytes[position..<run] {
          room[count] = byte
          count += 1
        }
        position = run
        guard position < range.upperBound else { break }
        if let byte = byte(ofEscapeLetter: bytes[position + 1]) {
          room[count] = byte
          count += 1
          position += 2
        } else if let scalar = UnescapedString.scalar(bytes, at: position) {
          for byte in String(scalar.value).utf8 {
            room[count] = byte
            count += 1
          }
          position += scalar.length
        }
      }
      return count
    }
  }
}
