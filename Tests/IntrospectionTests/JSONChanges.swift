import PlainText

/// Texts as JSON writes them.
enum JSONText {
  static func quoted(_ text: String) -> String { JSON.text(text).text() }
}

extension JSON {
  enum Step: Equatable, CustomStringConvertible {
    case name(String)
    case place(Int)

    var description: String { name }
    var name: String {
      switch self {
      case .name(let name): name
      case .place(let place): String(place)
      }
    }
  }

  /// The ways to every value in it, the whole left out.
  var paths: [[Step]] {
    switch self {
    case .object(let members):
      members.flatMap { member in
        [[.name(member.name)]] + member.value.paths.map { [.name(member.name)] + $0 }
      }
    case .array(let elements):
      elements.enumerated().flatMap { place, element in
        [[.place(place)]] + element.paths.map { [.place(place)] + $0 }
      }
    default: []
    }
  }

  func value(at path: [Step]) -> JSON? {
    path.reduce(self as JSON?) { value, step in
      switch (step, value) {
      case (.name(let name), let value?): value[name]
      case (.place(let place), .array(let elements)?): elements.indices.contains(place) ? elements[place] : nil
      default: nil
      }
    }
  }

  /// The same with another value at a place, or with none there.
  func changed(at path: [Step], to other: JSON?) -> JSON? {
    guard let step = path.first else { return other }
    let rest = Array(path.dropFirst())
    switch (step, self) {
    case (.name(let name), .object(let members)):
      return .object(
        members.compactMap { member in
          guard member.name == name else { return member }
          return member.value.changed(at: rest, to: other).map { Member(name, $0) }
        })
    case (.place(let place), .array(let elements)):
      return .array(
        elements.enumerated().compactMap { $0 == place ? $1.changed(at: rest, to: other) : $1 })
    default: return self
    }
  }

  /// Values that hardly any field can have.
  static let wrong: [JSON] = [
    true, [], [:], "", "no such thing", -7, .number("1.5"), .number("1e400"), .number("99999999999999999999"), [[]],
    [7],
    ["a": 1], 9_223_372_036_854_775_807,
  ]

  /// Whether nothing stands there.
  var isNothing: Bool { self == "" || self == [] || self == .object([]) }

  /// Whether the two are of one kind.
  func isLike(_ other: JSON) -> Bool {
    switch (self, other) {
    case (.flag, .flag), (.array, .array), (.object, .object): true
    // An empty text, an impossible number: of the right kind, and no value.
    case (.text(let text), .text): !text.isEmpty
    case (.integer(let number), .integer): number != -7 && number < 1 << 60
    default: false
    }
  }
}
