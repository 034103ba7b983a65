/// A value of JSON that is no secret. Members keep their order, and no name stands twice.
public enum JSON: Equatable, Sendable {
  case null
  case flag(Bool)
  case integer(Int64)
  /// A number that is no integer of 64 bits, as it is written: `1.5`, `1e3`.
  case number(String)
  case text(String)
  case array([JSON])
  case object([Member])

  public struct Member: Equatable, Sendable {
    public var name: String
    public var value: JSON

    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// The member of this name; nil if there is none, or if this is no object.
  public subscript(name: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  public var text: String? { if case .text(let text) = self { text } else { nil } }
  public var integer: Int? { if case .integer(let number) = self { Int(number) } else { nil } }
  public var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
  public var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByNilLiteral
{
  public init(stringLiteral text: String) { self = .text(text) }
  public init(integerLiteral number: Int64) { self = .integer(number) }
  public init(booleanLiteral flag: Bool) { self = .flag(flag) }
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  public init(dictionaryLiteral members: (String, JSON)...) { self = .object(members.map { Member($0, $1) }) }
  public init(nilLiteral: ()) { self = .null }
}

/// The letter behind a backslash that stands for a byte in a string of JSON; nil if none does.
package func escapeLetter(of byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
  case 0x08: UInt8(ascii: "b")
  case 0x09: UInt8(ascii: "t")
  case 0x0A: UInt8(ascii: "n")
  case 0x0C: UInt8(ascii: "f")
  case 0x0D: UInt8(ascii: "r")
  default: nil
  }
}

/// The byte that a letter behind a backslash stands for; nil if it is none of these, or the `u` of a number.
package func byte(ofEscapeLetter letter: UInt8) -> UInt8? {
  switch letter {
  case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
  case UInt8(ascii: "b"): 0x08
  case UInt8(ascii: "t"): 0x09
  case UInt8(ascii: "n"): 0x0A
  case UInt8(ascii: "f"): 0x0C
  case UInt8(ascii: "r"): 0x0D
  default: nil
  }
}
