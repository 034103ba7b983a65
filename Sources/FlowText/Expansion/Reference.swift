/// A mention of a parameter in a text: `$(exchange.title)`, or `$(exchange.note?)` where it may be missing.
struct Reference: Equatable {
  /// The parameter, then the keys that lead into its value.
  var path: [String]
  var isOptional: Bool

  var name: String { path.joined(separator: ".") }
}

/// A text with mentions of parameters, in pieces.
enum ReferencePiece: Equatable {
  case text(String)
  case reference(Reference)
  /// Something between `$(` and `)` that is no parameter's name, or lacks its `)`.
  case malformed(String)
}

/// Takes a text apart at its `$(NAME)`; nil if it mentions none. `$$(` stands for a `$(` that is meant.
func referencePieces(_ text: String) -> [ReferencePiece]? {
  let bytes = text.utf8
  guard var dollar = bytes.firstIndex(of: dollarSign) else { return nil }
  var pieces: [ReferencePiece] = []
  var literal = ""
  var start = text.startIndex
  var isPlain = true
  while true {
    let next = bytes.index(after: dollar)
    var end = next
    if bytes[next...].starts(with: "$(".utf8) {
      isPlain = false
      literal += text[start..<dollar] + "$("
      end = bytes.index(next, offsetBy: 2)
      start = end
    } else if next < bytes.endIndex, bytes[next] == UInt8(ascii: "(") {
      isPlain = false
      literal += text[start..<dollar]
      if !literal.isEmpty { pieces.append(.text(literal)) }
      literal = ""
      let inner = text[text.index(after: next)...].prefix { $0 != ")" && $0 != "(" && !$0.isNewline }
      end = inner.endIndex
      if end < text.endIndex, text[end] == ")" { end = text.index(after: end) }
      let isClosed = end > inner.endIndex
      let reference = isClosed ? Reference(String(inner)) : nil
      pieces.append(reference.map { .reference($0) } ?? .malformed("$(" + inner))
      start = end
    }
    guard let following = bytes[end...].firstIndex(of: dollarSign) else { break }
    dollar = following
  }
  if isPlain { return nil }
  literal += text[start...]
  if !literal.isEmpty { pieces.append(.text(literal)) }
  return pieces
}

private let dollarSign = UInt8(ascii: "$")

/// A text that will not be taken for one that mentions parameters.
func withoutReferences(_ text: String) -> String {
  guard text.utf8.contains(dollarSign) else { return text }
  var escaped = String.UnicodeScalarView()
  var isAfterDollar = false
  for scalar in text.unicodeScalars {
    if isAfterDollar, scalar == "(" { escaped.append("$") }
    escaped.append(scalar)
    isAfterDollar = scalar == "$"
  }
  // The dollar that was put in stands behind the one that was there: both before the bracket.
  return String(escaped)
}

extension Reference {
  /// Reads `pack.pages.keys?`; nil if that is no name.
  init?(_ text: String) {
    isOptional = text.hasSuffix("?")
    let parts = (isOptional ? text.dropLast() : text[...]).split(separator: ".", omittingEmptySubsequences: false)
    guard !parts.isEmpty, parts.allSatisfy({ isID($0) }) else { return nil }
    path = parts.map(String.init)
  }
}
