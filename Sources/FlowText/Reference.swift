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
  guard text.utf8.contains(UInt8(ascii: "$")), text.contains("$(") else { return nil }
  var pieces: [ReferencePiece] = []
  var literal = ""
  var rest = text[...]
  while let character = rest.popFirst() {
    guard character == "$" else {
      literal.append(character)
      continue
    }
    if rest.hasPrefix("$(") {
      rest = rest.dropFirst(2)
      literal += "$("
      continue
    }
    guard rest.first == "(" else {
      literal.append(character)
      continue
    }
    let inner = rest.dropFirst().prefix { $0 != ")" && $0 != "(" && !$0.isNewline }
    rest = rest.dropFirst(1 + inner.count)
    if !literal.isEmpty { pieces.append(.text(literal)) }
    literal = ""
    guard rest.popFirst() == ")", let reference = Reference(String(inner)) else {
      pieces.append(.malformed("$(" + inner))
      continue
    }
    pieces.append(.reference(reference))
  }
  if !literal.isEmpty { pieces.append(.text(literal)) }
  return pieces
}

/// A text that will not be taken for one that mentions parameters.
func withoutReferences(_ text: String) -> String {
  text.contains("$(") ? text.split(separator: "$(", omittingEmptySubsequences: false).joined(separator: "$$(") : text
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
