import PlainText

/// A flat JSON object: the payload of a journal line.
///
/// Its values are texts, integers, flags, lists of texts, and texts by name. Whatever else stands there reads as null, so that
/// fields of later versions are ignored.
struct Fields: Equatable, Sendable {
  /// Why a payload can't be understood.
  enum Fault: Error, Equatable {
    /// It is not JSON, or a field is missing or of another type.
    case malformed
    /// It is of a kind that this version does not know.
    case unknown(String)
  }

  var values = Members()

  /// The members, no name twice. They are so few that looking through them takes less than hashing their names.
  struct Members: Equatable {
    private(set) var all: [JSON.Member] = []

    init() {}

    fileprivate init(_ members: [JSON.Member]) { all = members }

    subscript(name: String) -> JSON? {
      get { all.first { $0.name == name }?.value }
      set {
        let place = all.firstIndex { $0.name == name }
        if let newValue {
          if let place { all[place].value = newValue } else { all.append(JSON.Member(name, newValue)) }
        } else if let place {
          all.remove(at: place)
        }
      }
    }

    /// In what order they stand means nothing.
    static func == (left: Members, right: Members) -> Bool {
      left.all.count == right.all.count && left.all.allSatisfy { right[$0.name] == $0.value }
    }
  }

  init() {}

  /// Reads a JSON object.
  init(parsing payload: [UInt8]) throws(Fault) {
    guard var members = (try? JSON(parsing: payload, mostDepth: Self.mostDepth))?.members else { throw .malformed }
    for place in members.indices where !members[place].value.isFlat { members[place].value = members[place].value.flat }
    values = Members(members)
  }

  static let mostDepth = 512

  // MARK: - Writing

  mutating func set(_ key: String, _ text: String?) { values[key] = text.map(JSON.text) }
  mutating func set(_ key: String, _ number: Int) { values[key] = .integer(Int64(number)) }
  mutating func set(_ key: String, _ flag: Bool) { values[key] = .flag(flag) }
  mutating func set(_ key: String, _ texts: [String]) { values[key] = .array(texts.map(JSON.text)) }

  mutating func set(_ key: String, _ map: [String: String]) {
    values[key] = .object(map.sorted { $0.key < $1.key }.map { JSON.Member($0.key, .text($0.value)) })
  }

  /// The object without white space, its keys sorted by their bytes: the same event gives the same bytes for ever.
  ///
  /// Everything that could steer a terminal is escaped, so that a journal can be read with any tool.
  var rendered: [UInt8] { JSON.object(values.all).bytes(escaping: []) }

  // MARK: - Reading

  func text(_ key: String) throws(Fault) -> String { try value(key) { $0.text } }
  func textIfPresent(_ key: String) throws(Fault) -> String? { values[key] == nil ? nil : try text(key) }
  func number(_ key: String) throws(Fault) -> Int { try value(key) { $0.integer } }
  func flag(_ key: String) throws(Fault) -> Bool { try value(key) { $0.flag } }
  func texts(_ key: String) throws(Fault) -> [String] { try value(key) { $0.elements?.compactMap(\.text) } }

  func mapIfPresent(_ key: String) throws(Fault) -> [String: String] {
    guard values[key] != nil else { return [:] }
    return try value(key) { $0.members?.reduce(into: [:]) { $0[$1.name] = $1.value.text } }
  }

  /// A SHA-256 in hexadecimal: it may become the name of a file.
  func digest(_ key: String) throws(Fault) -> String {
    try value(key) { $0.text.flatMap { Array($0.utf8).withUnsafeBytes { Digest(hex: $0) } }?.hex }
  }

  func time(_ key: String) throws(Fault) -> Timestamp { try value(key) { $0.text.flatMap { Timestamp($0) } } }

  /// A value of a closed list.
  func choice<Choice: RawRepresentable<String>>(_ key: String, as type: Choice.Type) throws(Fault) -> Choice {
    let word = try text(key)
    guard let choice = Choice(rawValue: word) else { throw .unknown("\(key) '\(word)'") }
    return choice
  }

  private func value<Value>(_ key: String, _ read: (JSON) -> Value?) throws(Fault) -> Value {
    guard let value = values[key].flatMap(read) else { throw .malformed }
    return value
  }
}

extension JSON {
  /// Whether it is one that events have, at a glance.
  fileprivate var isFlat: Bool {
    switch self {
    case .text, .integer, .flag: true
    case .array, .object, .number, .null: false
    }
  }

  /// The value if it is one that events have, else null.
  fileprivate var flat: JSON {
    switch self {
    case _ where isFlat: self
    case .array(let elements) where elements.allSatisfy { $0.text != nil }: self
    case .object(let members) where members.allSatisfy { $0.value.text != nil }: self
    // An integer may be written as `2.0` or `2e0`.
    case .number(let digits): Double(digits).flatMap { Int64(exactly: $0) }.map(JSON.integer) ?? .null
    default: .null
    }
  }
}
