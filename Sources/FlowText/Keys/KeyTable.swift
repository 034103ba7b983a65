/// The keys of mappings, those of flows, groups and packs for example: which a mapping has, what they hold and what they are for.
///
/// The reader checks by it, and the JSON Schemas and the tables of the reference are made from it. It is read from a text:
/// a line `NAME, CALLED: ABOUT` for each kind of mapping, and below it, indented, a line `KEY CONTENT ABOUT` for each key;
/// a key that is needed ends in `*`.
package struct KeyTable: Sendable {
  /// In the order of the text.
  package let sets: [KeySet]
  private let places: [String: Int]

  package init(_ text: String) {
    var heads: [Substring] = []
    var keys: [[Key]] = []
    for line in text.utf8.split(separator: UInt8(ascii: "\n")).map({ Substring($0) }) {
      if line.utf8.first == UInt8(ascii: " ") {
        keys[keys.count - 1].append(Key(Substring(line.utf8.dropFirst(2))))
      } else {
        heads.append(line)
        keys.append([])
      }
    }
    sets = zip(heads, keys).map { KeySet($0, $1) }
    places = Dictionary(sets.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  func has(_ name: String) -> Bool { places[name] != nil }

  /// A kind of mapping that the text has; one that it lacks has no keys, which every test sees.
  package subscript(name: String) -> KeySet { places[name].map { sets[$0] } ?? KeySet(name, name, "", []) }
}

/// The keys of one kind of mapping.
package struct KeySet: Sendable {
  /// Its name in a schema.
  package let name: String
  /// What it is, in a sentence: "a step".
  package let called: String
  package let about: String
  package let keys: [Key]
  package let names: [String]
  package let required: [String]
  private let members: [String: Int]

  init(_ name: String, _ called: String, _ about: String, _ keys: [Key]) {
    (self.name, self.called, self.about, self.keys) = (name, called, about, keys)
    names = keys.map(\.name)
    required = keys.filter(\.isNeeded).map(\.name)
    members = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// Of a line `NAME, CALLED: ABOUT`.
  fileprivate init(_ head: Substring, _ keys: [Key]) {
    let (name, rest) = head.parted(at: ",")
    let (called, about) = rest.parted(at: ":")
    self.init(String(name), String(called), String(about), keys)
  }

  func has(_ key: String) -> Bool { members[key] != nil }
  subscript(key: String) -> Key? { members[key].map { keys[$0] } }
}

/// One key of a mapping.
package struct Key: Sendable {
  package let name: String
  package var isNeeded: Bool
  package let content: Content
  package let about: String

  /// What stands at a key.
  package indirect enum Content: Equatable, Sendable {
    case value(Value)
    case number(ClosedRange<Int>)
    case word([String])
    /// A mapping with the keys of a set.
    case mapping(String)
    case list(Content, least: Int, most: Int?)
    /// One, or a list of them.
    case some(Content)
  }

  /// What a single value is. Those that are `plain` are read before anything is put in for `$(...)`; no flow has `time` or
  /// `count`.
  package enum Value: String, Sendable {
    case text, texts, said, named, lined, advised, id, url, date, truth, format, code, fact, answer, host, permissions,
      anything, required, ways
    case flowID = "flow-id"
    case standard = "default"
    case plainText = "plain-text"
    case plainID = "plain-id"
    case plainTruth = "plain-truth"
    case path, values, names, parameters, steps
    case time, count
    /// Of program packs: a name, one with holes, and a text with holes.
    case name, filled
    case variableName = "variable-name"
    /// Of APIs: a value as it is written, a place in an answer, the path of a request, a host with `https://`.
    case scalar, place
    case requestPath = "request-path"
    case hostURL = "host-url"
  }

  /// Of a line `NAME CONTENT ABOUT`.
  fileprivate init(_ line: Substring) {
    let (first, rest) = line.parted(at: " ")
    let (content, about) = rest.parted(at: " ")
    isNeeded = first.utf8.last == UInt8(ascii: "*")
    name = String(isNeeded ? Substring(first.utf8.dropLast()) : first)
    self.content = Content(content)
    self.about = String(about)
  }
}

extension Key.Content {
  /// Reads `text`, `number:1-20`, `word:yes|no`, `of:source`, `list:text`, `list+:of:step` (one at least), `list+16:of:part`
  /// (16 at most) and `some:answer`.
  fileprivate init(_ text: Substring) {
    let (kind, rest) = text.parted(at: ":")
    switch kind {
    case "number":
      let bounds = rest.split(separator: "-").compactMap { Int($0) }
      self = .number((bounds.first ?? 0)...(bounds.last ?? 0))
    case "word": self = .word(rest.split(separator: "|").map(String.init))
    case "of": self = .mapping(String(rest))
    case "some": self = .some(Self(rest))
    case _ where kind.hasPrefix("list"):
      self = .list(
        Self(rest), least: kind.contains("+") ? 1 : 0,
        most: kind.split(separator: "+").dropFirst().first.flatMap { Int($0) })
    // What is no kind of value has no words either, which a test sees.
    default: self = Key.Value(rawValue: String(text)).map { .value($0) } ?? .word([])
    }
  }

  var words: [String]? {
    switch self {
    case .word(let words): words
    case .list(let item, _, _), .some(let item): item.words
    case .value, .number, .mapping: nil
    }
  }

  /// The set whose mappings stand here, alone or in a list.
  package var mapping: String? {
    switch self {
    case .mapping(let name): name
    case .list(let item, _, _), .some(let item): item.mapping
    case .value, .number, .word: nil
    }
  }

  /// The most that a list may have.
  var most: Int? { if case .list(_, _, let most) = self { most } else { nil } }
}

extension Substring {
  /// What stands before a sign, and what stands behind it and a blank.
  fileprivate func parted(at sign: Unicode.Scalar) -> (Substring, Substring) {
    // Goes by bytes: this is on the way to every first prompt.
    guard let place = utf8.firstIndex(of: UInt8(ascii: sign)) else { return (self, "") }
    let rest = self[place...].utf8.dropFirst()
    return (self[..<place], Substring(rest.first == UInt8(ascii: " ") ? rest.dropFirst() : rest))
  }
}
