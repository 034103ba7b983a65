import PlainText

/// Takes the members of an object of a state file, one after the other, and says where one is wrong.
struct MemberReader {
  /// The object's place: `keys[0]`.
  let place: String
  private let path: String
  private let members: [JSON.Member]
  private var known: [String] = []

  init(_ value: JSON, path: String, place: String) throws(StateError) {
    guard let members = value.members else {
      throw StateError(path, place, "this must be an object", hint: "put it in braces: { ... }")
    }
    self.path = path
    self.place = place
    self.members = members
  }

  func fault(_ member: String, _ problem: String, hint: String? = nil) -> StateError {
    StateError(path, place.isEmpty ? member : "\(place).\(member)", problem, hint: hint)
  }

  mutating func value(_ name: String) -> JSON? {
    known.append(name)
    return members.first { $0.name == name }?.value
  }

  mutating func text(_ name: String) throws(StateError) -> String? {
    guard let value = value(name) else { return nil }
    guard let text = value.text else { throw fault(name, "this must be a text", hint: "put it in double quotes") }
    return text
  }

  mutating func required(_ name: String, hint: String? = nil) throws(StateError) -> String {
    guard let text = try text(name), !text.isEmpty else { throw fault(name, "this is missing", hint: hint) }
    return text
  }

  mutating func flag(_ name: String) throws(StateError) -> Bool? {
    guard let value = value(name) else { return nil }
    guard let flag = value.flag else { throw fault(name, "this must be true or false", hint: "without quotes") }
    return flag
  }

  mutating func number(_ name: String, in range: ClosedRange<Int64>) throws(StateError) -> Int64? {
    guard let value = value(name) else { return nil }
    guard case .integer(let number) = value, range.contains(number) else {
      throw fault(name, "this must be a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  mutating func texts(_ name: String) throws(StateError) -> [String] {
    guard let value = value(name) else { return [] }
    guard let elements = value.elements, elements.allSatisfy({ $0.text != nil }) else {
      throw fault(name, "this must be a list of texts", hint: #"like ["one", "two"]"#)
    }
    return elements.compactMap(\.text)
  }

  mutating func moment(_ name: String) throws(StateError) -> Moment? {
    guard let text = try text(name) else { return nil }
    guard let moment = Moment(text) else {
      throw fault(name, "this is no moment", hint: "write it in UTC, like 2026-11-30T09:00:00Z")
    }
    return moment
  }

  /// One of the words that an enumeration knows.
  mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, of type: Word.Type
  ) throws(StateError) -> Word? {
    guard let text = try text(name) else { return nil }
    guard let word = Word(rawValue: text) else {
      throw fault(name, "'\(text)' is not known here", hint: choice(of: Word.allCases.map(\.rawValue), near: text))
    }
    return word
  }

  mutating func address(_ name: String) throws(StateError) -> Address? {
    guard let text = try text(name) else { return nil }
    guard let address = Address(text) else { throw fault(name, "'\(text)' is no address", hint: "like 203.0.113.9") }
    guard !text.contains("/") else {
      throw fault(name, "'\(text)' is more than one address", hint: "like 203.0.113.9")
    }
    return address
  }

  /// The elements of a list of objects, each with its place.
  mutating func objects(_ name: String) throws(StateError) -> [MemberReader] {
    guard let value = value(name) else { return [] }
    guard let elements = value.elements else { throw fault(name, "this must be a list", hint: "put it in brackets") }
    var readers: [MemberReader] = []
    for (index, element) in elements.enumerated() {
      readers.append(
        try MemberReader(element, path: path, place: "\(place.isEmpty ? "" : place + ".")\(name)[\(index)]"))
    }
    return readers
  }

  mutating func object(_ name: String) throws(StateError) -> MemberReader? {
    guard let value = value(name) else { return nil }
    return try MemberReader(value, path: path, place: place.isEmpty ? name : "\(place).\(name)")
  }

  /// Refuses members that nobody asked for.
  func end() throws(StateError) {
    guard let stranger = members.first(where: { !known.contains($0.name) }) else { return }
    throw fault(stranger.name, "this is not known here", hint: choice(of: known, near: stranger.name))
  }

  // MARK: - Private

  private func choice(of words: [String], near word: String) -> String {
    nearest(to: word, among: words).map { "did you mean '\($0)'?" } ?? "there are: \(words.joined(separator: ", "))"
  }
}
