import FlowCore
import Yams

/// Turns a YAML text into nodes; none if it can't be read at all. What it finds on the way it reports.
struct Composer {
  /// How deep a flow may nest; guards within guards are the deepest there is.
  static let deepest = 32
  /// After so many duplicate keys the rest is reported when these are mended.
  private static let mostDuplicates = 24

  private let findings: Findings
  private let scan: SourceScan
  private let source: SourceText
  /// Keys that stand a second time; the parser refuses them, so it was given others in their place.
  private var duplicates: [Spot: String] = [:]

  init(_ findings: Findings) {
    self.findings = findings
    self.source = findings.source
    self.scan = SourceScan(findings.source.text)
  }

  mutating func compose() -> TextNode? {
    guard isSafe() else { return nil }
    var text = source.text
    while true {
      do {
        // The basic resolver keeps every text a text and spares a regular expression a word.
        guard let root = try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot() else {
          findings.report(.emptyFile, at: beginning, "the file is empty", hint: Self.firstLines)
          return nil
        }
        let node = convert(root, depth: 1)
        return findings.list.contains { $0.code == .tooDeep } ? nil : node
      } catch YamlError.duplicatedKeysInMapping(let keys, let context) {
        let first = spot(context.mark)
        let key = keys.min() ?? ""
        let repeated = duplicates.count < Self.mostDuplicates ? repetitions(of: key, after: first) : []
        guard !repeated.isEmpty else {
          findings.report(.duplicateKey, at: Place(spot: first, text: key), "key \(quoted(key)) stands here twice")
          return nil
        }
        for spot in repeated {
          duplicates[spot] = key
          text = renaming(spot, in: text)
        }
      } catch {
        report(error)
        return nil
      }
    }
  }

  // MARK: - Before the parser

  private var beginning: Place { Place(spot: Spot(line: 1, column: 1, file: source.file)) }
  private static let firstLines = "a flow begins with 'format: 1' and 'flow: PROVIDER/NAME'"

  private func isSafe() -> Bool {
    for (offset, scalar) in scan.controls where !findings.isFull {
      findings.report(
        .controlCharacter, at: source.place(ofByte: offset), "control character \(scalar.codePoint)",
        hint: "take it out; a text never needs one")
    }
    for (offset, name) in scan.aliases where !findings.isFull {
      var place = source.place(ofByte: offset)
      place.text = "*" + name
      findings.report(.alias, at: place, "alias \(quoted("*" + name))", hint: "write out what it stands for")
    }
    if let offset = scan.tooDeep {
      findings.report(
        .tooDeep, at: source.place(ofByte: offset), "brackets nest too deep", hint: "a flow never needs this")
    }
    return scan.controls.isEmpty && scan.aliases.isEmpty && scan.tooDeep == nil
  }

  // MARK: - After the parser

  private func convert(_ node: Yams.Node, depth: Int) -> TextNode {
    let spot = self.spot(node.mark)
    reportDecorations(at: spot)
    if depth > Self.deepest {
      findings.report(
        .tooDeep, at: Place(spot: spot), "more than \(Self.deepest) levels deep", hint: "a flow never needs this")
      return TextNode(content: .text(""), spot: spot)
    }
    switch node {
    case .scalar(let scalar): return TextNode(content: .text(scalar.string), spot: spot)
    case .sequence(let sequence):
      return TextNode(content: .list(sequence.map { convert($0, depth: depth + 1) }), spot: spot)
    case .mapping(let mapping):
      let entries = mapping.compactMap { convert($0.key, $0.value, depth: depth) }
      return TextNode(content: .mapping(entries), spot: spot)
    case .alias: return TextNode(content: .text(""), spot: spot)
    }
  }

  private func convert(_ key: Yams.Node, _ value: Yams.Node, depth: Int) -> TextNode.Entry? {
    let keySpot = spot(key.mark)
    guard let name = key.scalar?.string else {
      findings.report(.wrongType, at: Place(spot: keySpot), "a key must be a word", hint: Self.braces)
      return nil
    }
    reportDecorations(at: keySpot)
    if let original = duplicates[keySpot] {
      findings.report(
        .duplicateKey, at: Place(spot: keySpot, text: original), "key \(quoted(original)) stands here twice",
        hint: "keep one of them")
      return nil
    }
    return TextNode.Entry(key: name, keySpot: keySpot, value: convert(value, depth: depth + 1))
  }

  private static let braces = "a text that begins with '{' or '[' needs double quotes"

  private func spot(_ mark: Mark?) -> Spot {
    Spot(line: mark?.line ?? 1, column: mark?.column ?? 1, file: source.file)
  }

  private func reportDecorations(at spot: Spot) {
    let plain = Spot(line: spot.line, column: spot.column)
    if scan.anchors.contains(plain) {
      findings.report(.anchor, at: Place(spot: spot), "anchors are not taken", hint: "take out the word after '&'")
    }
    if scan.tags.contains(plain) {
      findings.report(
        .tag, at: Place(spot: spot), "tags are not taken", hint: "a text that begins with '!' needs quotes")
    }
  }

  // MARK: - Duplicate keys

  /// Where a key stands again in the same mapping: below it at the same column, or else further on in its line.
  private func repetitions(of key: String, after first: Spot) -> [Spot] {
    guard !key.isEmpty else { return [] }
    var found: [Spot] = []
    for number in (first.line + 1)..<max(source.lineStarts.count + 1, first.line + 2) {
      let line = source.line(number)
      let rest = line.drop { $0 == " " }
      let indent = line.unicodeScalars.count - rest.unicodeScalars.count
      if rest.isEmpty || rest.first == "#" { continue }
      if indent < first.column - 1 { break }
      if indent == first.column - 1, rest.isKey(key) {
        found.append(Spot(line: number, column: first.column, file: source.file))
      }
    }
    if !found.isEmpty { return found.filter { duplicates[$0] == nil } }
    let line = source.line(first.line)
    var index = line.unicodeScalars.index(line.startIndex, offsetBy: first.column, limitedBy: line.endIndex)
    var column = first.column + 1
    while let at = index, at < line.endIndex {
      let spot = Spot(line: first.line, column: column, file: source.file)
      if " ,{".unicodeScalars.contains(line.unicodeScalars[line.unicodeScalars.index(before: at)]),
        line[at...].isKey(key), duplicates[spot] == nil
      {
        return [spot]
      }
      index = line.unicodeScalars.index(after: at)
      column += 1
    }
    return []
  }

  /// Puts another character in the place of a key's first: columns stay what they were.
  private func renaming(_ spot: Spot, in text: String) -> String {
    let line = source.line(spot.line)
    guard
      var index = line.unicodeScalars.index(line.startIndex, offsetBy: spot.column - 1, limitedBy: line.endIndex),
      let stand = Unicode.Scalar(0xE000 + UInt32(duplicates.count))
    else { return text }
    if line[index] == "\"" || line[index] == "'" { index = line.unicodeScalars.index(after: index) }
    // Earlier renamings may have shifted bytes, never scalars within a line: count from the line's own start.
    let column = line.unicodeScalars.distance(from: line.startIndex, to: index)
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    var scalars = Array(lines[spot.line - 1].unicodeScalars)
    scalars[column] = stand
    lines[spot.line - 1] = String(String.UnicodeScalarView(scalars))
    return lines.joined(separator: "\n")
  }

  // MARK: - Words

  private func report(_ error: any Error) {
    switch error {
    case YamlError.scanner(let context, let problem, let mark, _),
      YamlError.parser(let context, let problem, let mark, _):
      // A quote that is not closed is missed at the end of the file; where it was opened is the place to look.
      let begin = context.flatMap { $0.text.contains("quoted scalar") ? $0.mark : nil } ?? mark
      let spot = self.spot(begin)
      if problem.contains("nesting") {
        findings.report(.tooDeep, at: Place(spot: spot), "brackets nest too deep", hint: "a flow never needs this")
      } else {
        findings.report(.syntax, at: Place(spot: spot), "this is not YAML: \(problem)", hint: hint(problem, spot))
      }
    case YamlError.composer(_, let problem, let mark, _):
      let spot = self.spot(mark)
      if problem.contains("alias") {
        findings.report(
          .alias, at: Place(spot: spot), "aliases are not taken", hint: "a text with '*' first needs quotes")
      } else {
        findings.report(
          .severalDocuments, at: Place(spot: spot), "a second document begins here", hint: "one file holds one flow")
      }
    default:
      findings.report(.syntax, at: beginning, "the file can't be read as YAML")
    }
  }

  private func hint(_ problem: String, _ spot: Spot) -> String {
    let line = source.line(spot.line)
    if line.prefix(while: \.isWhitespace).contains("\t") { return "indent with spaces; YAML takes no tabs" }
    if problem.contains("end of stream") { return "close the quote or bracket that begins here" }
    if problem.contains("mapping values") { return "put a text with ': ' in it into double quotes" }
    if problem.contains("simple key") || problem.contains("expected ':'") {
      return "a key ends with ':'; a text goes on deeper than its key, or after '|'"
    }
    if problem.contains("cannot start any token") { return "put a text that begins with a sign into double quotes" }
    return "look for a missing quote or a line that is not indented as its neighbours"
  }
}

extension StringProtocol {
  /// Whether it begins with a key, quoted or not, and its colon.
  fileprivate func isKey(_ key: String) -> Bool {
    for quote in ["", "\"", "'"] where hasPrefix(quote + key + quote) {
      if dropFirst(key.count + 2 * quote.count).drop(while: { $0 == " " }).first == ":" { return true }
    }
    return false
  }
}

extension Unicode.Scalar {
  /// `U+001B`.
  var codePoint: String {
    let hex = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(4 - hex.count, 0)) + hex
  }
}
