/// Which members an object has, and of what kind, without what is written there.
package struct JSONOutline {
  package enum Kind: Equatable, Sendable {
    case text, other
    /// An array of texts alone.
    case texts
  }

  package typealias Member = (name: Range<Int>, kind: Kind)

  package let members: [Member]

  /// Nil if the text is no single object by the rules of `JSON.init(parsing:)`, or if the name of a member has an escape.
  package init?(parsing text: [UInt8], mostDepth: Int = 64) {
    let members = text.withUnsafeBytes { bytes in
      var parser = JSONParser<OutlineMaker>(bytes, mostDepth: mostDepth)
      return (try? parser.document())?.members
    }
    guard let members else { return nil }
    self.members = members
  }

  /// What kind of value a member is, by its name as it is written; nil if there is none.
  package func kind(of name: StaticString, in text: [UInt8]) -> Kind? {
    let wanted = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    return members.first { $0.name.count == wanted.count && text[$0.name].elementsEqual(wanted) }?.kind
  }
}

private enum OutlineMaker: JSONMaking {
  struct Value {
    var kind: JSONOutline.Kind
    var members: [JSONOutline.Member]?
  }

  static func member(_ name: JSONString, _ value: Value, in text: Text) -> JSONOutline.Member? {
    name.hasEscapes ? nil : (name.range, value.kind)
  }
  static func object(_ members: [JSONOutline.Member?], at range: Range<Int>) -> Value {
    let known = members.compactMap(\.self)
    return Value(kind: .other, members: known.count == members.count ? known : nil)
  }
  static func array(_ elements: [Value], at range: Range<Int>) -> Value {
    Value(kind: elements.allSatisfy { $0.kind == .text } ? .texts : .other)
  }
  static func string(_ string: JSONString, in text: Text) -> Value { Value(kind: .text) }
  static func number(at range: Range<Int>, in text: Text) -> Value { Value(kind: .other) }
  static func literal(at range: Range<Int>, in text: Text) -> Value { Value(kind: .other) }
}
