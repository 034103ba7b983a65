import FlowCore

/// What one pass over a text finds before the parser sees it.
///
/// It makes the parser safe to call: no control characters, and no alias, which is what a small file needs to stand for
/// gigabytes. It also remembers where anchors and tags may stand, since the parser's own marks do not tell.
struct SourceScan {
  /// Bytes at which a control character stands.
  private(set) var controls: [(offset: Int, scalar: Unicode.Scalar)] = []
  /// Where a word begins with `&` or `!`.
  private(set) var anchors: Set<Spot> = []
  private(set) var tags: Set<Spot> = []
  /// Where a word is an alias of an anchor that the text has.
  private(set) var aliases: [(offset: Int, name: String)] = []
  /// The byte at which brackets nest without end.
  private(set) var tooDeep: Int?

  /// So many brackets in a row open nothing that a flow has.
  private static let mostBrackets = 16
  private static let mostKept = Findings.most

  init(_ text: String) {
    var anchorNames: Set<String> = []
    var aliasWords: [(offset: Int, name: String)] = []
    var spot = Spot(line: 1, column: 1)
    var offset = 0
    var previous: Unicode.Scalar = "\n"
    var brackets = 0
    let scalars = text.unicodeScalars
    var index = scalars.startIndex
    while index < scalars.endIndex {
      let scalar = scalars[index]
      scalars.formIndex(after: &index)
      switch scalar {
      case "\t", "\n": break
      case "\r":
        if index == scalars.endIndex || scalars[index] != "\n" { note(scalar, at: offset) }
      case "&" where previous.endsWord:
        anchors.insert(spot)
        anchorNames.insert(Self.name(in: scalars[index...]))
      case "*" where previous.endsWord:
        let name = Self.name(in: scalars[index...])
        if !name.isEmpty { aliasWords.append((offset, name)) }
      case "!" where previous.endsWord: tags.insert(spot)
      case "\u{FFFE}", "\u{FFFF}": note(scalar, at: offset)
      default:
        if scalar.value < 0x20 || scalar.value >= 0x7F, scalar.isControlling { note(scalar, at: offset) }
      }
      switch scalar {
      case "[", "{", "?", "-": brackets += scalar == "[" || scalar == "{" ? 1 : 0
      case " ", "\n", "\r", "\t": break
      default: brackets = 0
      }
      if brackets > Self.mostBrackets, tooDeep == nil { tooDeep = offset }
      offset += scalar.utf8.count
      spot.column += 1
      if scalar == "\n" { spot = Spot(line: spot.line + 1, column: 1) }
      previous = scalar
    }
    aliases = aliasWords.filter { anchorNames.contains($0.name) }
  }

  // MARK: - Private

  private mutating func note(_ scalar: Unicode.Scalar, at offset: Int) {
    if controls.count < Self.mostKept { controls.append((offset, scalar)) }
  }

  private static func name(in scalars: Substring.UnicodeScalarView) -> String {
    String(String.UnicodeScalarView(scalars.prefix { $0.isASCII && ($0.properties.isAlphabetic || $0.isWordPart) }))
  }
}

extension Unicode.Scalar {
  fileprivate var isWordPart: Bool { ("0"..."9").contains(self) || self == "-" || self == "_" }

  /// Whether a new word of YAML can begin after it.
  fileprivate var endsWord: Bool {
    switch self {
    case " ", "\t", "\n", "\r", "[", "{", ",", ":", "?", "-", "\"", "'", "]", "}": true
    default: false
    }
  }
}
