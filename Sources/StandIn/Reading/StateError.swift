public import PlainText

/// Why a state file can't be played. Secrets are never quoted.
public struct StateError: DescribedError, Equatable {
  public var path: String
  /// Where in the file: a line and a column, or members from the outside in: `keys[0].powers`. Empty for all of it.
  public var place: String
  public var problem: String
  public var hint: String?

  public var what: String {
    place.isEmpty ? "'\(path)': \(problem)" : "'\(path)', \(place): \(problem)"
  }

  /// What was read is no JSON.
  init(_ fault: JSON.Fault, in text: [UInt8], path: String) {
    self.path = path
    let before = text.prefix(fault.offset)
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    place = "line \(line), column \(before.reversed().prefix { $0 != UInt8(ascii: "\n") }.count + 1)"
    switch fault {
    case .malformed:
      problem = "this is no JSON"
      hint = "often a comma or a quote is missing just before it"
    case .repeatedName:
      problem = "this name stands in its object already"
      hint = "take one of the two out"
    case .tooDeep:
      problem = "this lies too deep"
      hint = "a state file has four levels"
    }
  }

  init(_ path: String, _ place: String, _ problem: String, hint: String?) {
    self.path = path
    self.place = place
    self.problem = problem
    self.hint = hint
  }
}
