/// One value of a YAML file, and where it stands.
struct TextNode: Equatable, Sendable {
  enum Content: Equatable, Sendable {
    /// As it is written: nothing guesses whether `no` or `1.0` means something else.
    case text(String)
    case list([TextNode])
    case mapping([Entry])
  }

  struct Entry: Equatable, Sendable {
    var key: String
    var keySpot: Spot
    var value: TextNode

    var keyPlace: Place { Place(spot: keySpot, text: key) }

    /// What to do where it is the end of a text that a comma cut in two: `{about: Here, and there}`.
    var hintOfComma: String? {
      guard key.contains(" "), case .text(let text) = value.content, text.isEmpty else { return nil }
      return "within braces a text with a comma needs double quotes"
    }
  }

  var content: Content
  var spot: Spot

  var place: Place {
    if case .text(let text) = content { Place(spot: spot, text: text) } else { Place(spot: spot) }
  }

  /// The place of a part of its text.
  func place(of part: String) -> Place {
    var place = place
    place.part = part
    return place
  }

  /// Its text, if it is one.
  var text: String? { if case .text(let text) = content { text } else { nil } }

  /// What it lists, if it is a list.
  var items: [TextNode]? { if case .list(let nodes) = content { nodes } else { nil } }

  /// Its keys with their values, if it is made of them.
  var entries: [Entry]? { if case .mapping(let entries) = content { entries } else { nil } }

  /// The value of a key.
  ///
  /// Keys of another length are told apart without a look at their letters: a step is asked for thirty, and has ten.
  subscript(key: String) -> TextNode? {
    guard case .mapping(let entries) = content else { return nil }
    let count = key.utf8.count
    for place in entries.indices where entries[place].key.utf8.count == count && entries[place].key == key {
      return entries[place].value
    }
    return nil
  }

  /// What it is, in words.
  var kind: String {
    switch content {
    case .text(let text): text.isEmpty ? "nothing" : "a text"
    case .list: "a list"
    case .mapping: "keys with values"
    }
  }
}
