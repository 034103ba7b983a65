/// What `gdbus` printed: a value in GVariant's text format, of the kinds that the Secret Service answers with.
///
/// Source: GLib reference, "GVariant Text Format", read 2026-11-23. A type before a value, and the `<>` of a variant, are
/// read and left out.
indirect enum SecretServiceReply: Equatable, Sendable {
  /// A tuple or an array.
  case list([SecretServiceReply])
  /// A dictionary of texts.
  case pairs([String: String])
  case text(String)
  case flag(Bool)

  /// Reads a value; nil if it is none of these, or if anything is behind it.
  init?(_ text: String) {
    var reader = Reader(rest: text.unicodeScalars[...])
    guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
    self = value
  }

  var values: [SecretServiceReply]? { if case .list(let values) = self { values } else { nil } }
  /// The value of a list of one.
  var only: SecretServiceReply? { values.flatMap { $0.count == 1 ? $0.first : nil } }
  var pairs: [String: String]? { if case .pairs(let pairs) = self { pairs } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }
  var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
}

private struct Reader {
  var rest: Substring.UnicodeScalarView

  private static let mostDepth = 8

  var isAtEnd: Bool {
    mutating get {
      skipSpace()
      return rest.isEmpty
    }
  }

  mutating func value(depth: Int) -> SecretServiceReply? {
    guard depth < Self.mostDepth else { return nil }
    skipSpace()
    switch rest.first {
    case "(": return list(until: ")", depth: depth).map { .list($0) }
    case "[": return list(until: "]", depth: depth).map { .list($0) }
    case "{": return pairs()
    case "<":
      rest.removeFirst()
      guard let value = value(depth: depth + 1), take(">") else { return nil }
      return value
    case "'", "\"": return string().map { .text($0) }
    case "@":
      rest = rest.drop { $0 != " " }
      return value(depth: depth + 1)
    default: return word(depth: depth)
    }
  }

  // MARK: - Private

  private mutating func word(depth: Int) -> SecretServiceReply? {
    let word = String(String.UnicodeScalarView(rest.prefix { ("a"..."z").contains($0) }))
    rest = rest.dropFirst(word.unicodeScalars.count)
    switch word {
    case "true": return .flag(true)
    case "false": return .flag(false)
    case "objectpath": return rest.first == " " ? value(depth: depth + 1) : nil
    default: return nil
    }
  }

  private mutating func list(until end: Unicode.Scalar, depth: Int) -> [SecretServiceReply]? {
    rest.removeFirst()
    var values: [SecretServiceReply] = []
    while !take(end) {
      guard values.isEmpty || take(",") else { return nil }
      // A tuple of one value has a comma behind it.
      if values.count == 1, end == ")", take(end) { break }
      guard let value = value(depth: depth + 1) else { return nil }
      values.append(value)
    }
    return values
  }

  private mutating func pairs() -> SecretServiceReply? {
    rest.removeFirst()
    var pairs: [String: String] = [:]
    while !take("}") {
      guard pairs.isEmpty || take(",") else { return nil }
      skipSpace()
      guard let name = string(), take(":") else { return nil }
      skipSpace()
      guard let value = string(), pairs.updateValue(value, forKey: name) == nil else { return nil }
    }
    return .pairs(pairs)
  }

  private mutating func string() -> String? {
    guard let quote = rest.first, quote == "'" || quote == "\"" else { return nil }
    rest.removeFirst()
    var text = String.UnicodeScalarView()
    while let scalar = rest.popFirst() {
      if scalar == quote { return String(text) }
      guard scalar == "\\" else {
        text.append(scalar)
        continue
      }
      guard let escaped = escaped() else { return nil }
      text.append(escaped)
    }
    return nil
  }

  private mutating func escaped() -> Unicode.Scalar? {
    guard let letter = rest.popFirst() else { return nil }
    switch letter {
    case "a": return "\u{7}"
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "v": return "\u{B}"
    case "u", "U":
      let digits = rest.prefix(letter == "u" ? 4 : 8)
      rest = rest.dropFirst(digits.count)
      return UInt32(String(String.UnicodeScalarView(digits)), radix: 16).flatMap(Unicode.Scalar.init)
    default: return letter
    }
  }

  /// Takes this character, and white space before it; changes nothing if it is not there.
  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    var after = self
    after.skipSpace()
    guard after.rest.first == scalar else { return false }
    after.rest.removeFirst()
    self = after
    return true
  }

  private mutating func skipSpace() {
    rest = rest.drop { $0 == " " || $0 == "\n" || $0 == "\t" }
  }
}
