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
        var parser = JSONParser(bytes, mostDepth: mostDepth)
        return JSON(try parser.document(), in: bytes)
      }
    }.get()
  }

  /// Whether a text is one value, by the same rules: nothing of it is kept.
  package static func isWellFormed(_ text: [UInt8], mostDepth: Int = 64) -> Bool {
    text.withUnsafeBytes { bytes in
      var parser = JSONParser(bytes, mostDepth: mostDepth)
      return (try? parser.document()) != nil
    }
  }

  private init(_ node: JSONNode, in bytes: UnsafeRawBufferPointer) {
    switch node.kind {
    case .object(let members):
      self = .object(members.map { Member(JSON.text(bytes, $0.name), JSON($0.value, in: bytes)) })
    case .array(let elements): self = .array(elements.map { JSON($0, in: bytes) })
    case .string: self = .text(JSON.text(bytes, node.range))
    case .number:
      let digits = String(decoding: bytes[node.range], as: UTF8.self)
      self = Int64(digits).map(JSON.integer) ?? .number(digits)
    case .literal:
      switch bytes[node.range.lowerBound] {
      case UInt8(ascii: "t"): self = .flag(true)
      case UInt8(ascii: "f"): self = .flag(false)
      default: self = .null
      }
    }
  }

  /// What the string between two quotes stands for. Runs without escapes are copied at once: a header holds a whole flow.
  private static func text(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
    let backslash = UInt8(ascii: "\\")
    guard bytes[range].contains(backslash) else { return String(decoding: bytes[range], as: UTF8.self) }
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
