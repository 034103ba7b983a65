import FlowCore
import PlainText

/// Turns a YAML text into nodes; none if it can't be read at all. What it finds on the way it reports.
struct Composer {
  /// How deep a flow may nest; guards within guards are the deepest there is.
  static let deepest = 32
  /// So deep nothing is even looked through.
  private static let bottom = 1_000

  private let findings: Findings
  private let scan: SourceScan
  private let source: SourceText
  /// What is wrong with nodes, told once the whole text is known to be YAML.
  private var flaws: [Flaw] = []

  private struct Flaw {
    var code: FindingCode
    var place: Place
    var message: String
    var hint: String
  }

  /// The key of the whole at which to stop.
  private var lastKey: String?
  private var isStopped = false

  /// Why nothing can be made of the text.
  private enum Refusal: Error {
    case failure(YAMLEvents.Failure)
    case alias(Spot)
    case tooDeep(Spot)
    case severalDocuments(Spot)
  }

  init(_ findings: Findings) {
    self.findings = findings
    self.source = findings.source
    self.scan = SourceScan(findings.source.text)
  }

  /// Turns the bytes of a file, which may be anything, into nodes, and adds its text to the files that a flow includes.
  static func read(
    _ bytes: [UInt8], path: String, into files: SourceFiles? = nil
  ) -> (root: TextNode?, findings: Findings) {
    let text = bytes.count > SourceText.largest ? nil : String(validating: bytes, as: UTF8.self)
    let source = SourceText(text ?? "", path: path, file: files.map { $0.texts.count + 1 } ?? 0)
    let findings = Findings(source, includes: files)
    guard text != nil else {
      findings.take(bytes.count > SourceText.largest ? .tooLarge(path: path) : .notUTF8(bytes, path: path))
      return (nil, findings)
    }
    files?.texts.append(source)
    var composer = Composer(findings)
    return (composer.compose(), findings)
  }

  /// - Parameter key: where to stop, so that only what stands above it is read; nil if it never comes.
  mutating func compose(before key: String? = nil) -> TextNode? {
    guard isSafe() else { return nil }
    lastKey = key
    var text = source.text
    switch text.withUTF8({ read(YAMLEvents($0, file: source.file)) }) {
    case .failure(let refusal): report(refusal)
    case .success(nil): findings.report(.emptyFile, at: beginning, "the file is empty", hint: Self.firstLines)
    case .success(let root?):
      for flaw in flaws { findings.report(flaw.code, at: flaw.place, flaw.message, hint: flaw.hint) }
      return findings.list.contains { $0.code == .tooDeep } ? nil : root
    }
    return nil
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
    if let offset = scan.tooDeep {
      findings.report(
        .tooDeep, at: source.place(ofByte: offset), "brackets nest too deep", hint: "a flow never needs this")
    }
    return scan.controls.isEmpty && scan.tooDeep == nil
  }

  // MARK: - Nodes

  private mutating func read(_ events: YAMLEvents) -> Result<TextNode?, Refusal> {
    do throws(Refusal) { return .success(try document(events)) } catch { return .failure(error) }
  }

  private mutating func document(_ events: YAMLEvents) throws(Refusal) -> TextNode? {
    guard try next(events).event == .beginsDocument else { return nil }
    let (event, spot) = try next(events)
    let root = try node(event, spot, events, depth: 1)
    if lastKey != nil { return isStopped ? root : nil }
    _ = try next(events)
    let (after, place) = try next(events)
    guard after == .endsText else { throw .severalDocuments(place) }
    return root
  }

  private func next(_ events: YAMLEvents) throws(Refusal) -> (event: YAMLEvents.Event, spot: Spot) {
    let next: (event: YAMLEvents.Event, spot: Spot)
    do throws(YAMLEvents.Failure) { next = try events.next() } catch { throw .failure(error) }
    if next.event == .alias { throw .alias(next.spot) }
    return next
  }

  /// The node that begins with an event.
  private mutating func node(
    _ event: YAMLEvents.Event, _ spot: Spot, _ events: YAMLEvents, depth: Int
  ) throws(Refusal) -> TextNode {
    noteDecorations(at: spot)
    if depth > Self.deepest {
      note(.tooDeep, Place(spot: spot), "more than \(Self.deepest) levels deep", hint: "a flow never needs this")
      try skip(event, events, depth: depth)
      return TextNode(content: .text(""), spot: spot)
    }
    switch event {
    case .list: return TextNode(content: .list(try nodes(events, depth: depth + 1)), spot: spot)
    case .mapping: return TextNode(content: .mapping(try entries(events, depth: depth)), spot: spot)
    case .scalar(let text): return TextNode(content: .text(text), spot: spot)
    default: return TextNode(content: .text(""), spot: spot)
    }
  }

  private mutating func nodes(_ events: YAMLEvents, depth: Int) throws(Refusal) -> [TextNode] {
    var nodes: [TextNode] = []
    while true {
      let (event, spot) = try next(events)
      if event == .ends { return nodes }
      nodes.append(try node(event, spot, events, depth: depth))
    }
  }

  private mutating func entries(_ events: YAMLEvents, depth: Int) throws(Refusal) -> [TextNode.Entry] {
    var entries: [TextNode.Entry] = []
    var keys = KnownKeys()
    while true {
      let (event, spot) = try next(events)
      if event == .ends { return entries }
      guard case .scalar(let key) = event else {
        note(.wrongType, Place(spot: spot), "a key must be a word", hint: Self.braces)
        try skip(event, events, depth: depth + 1)
        try skipValue(events, depth: depth + 1)
        continue
      }
      if depth == 1, key == lastKey {
        isStopped = true
        return entries
      }
      noteDecorations(at: spot)
      guard keys.insert(key, behind: entries) else {
        note(
          .duplicateKey, Place(spot: spot, text: key), "key \(quoted(key)) stands here twice", hint: "keep one of them")
        try skipValue(events, depth: depth + 1)
        continue
      }
      let (first, place) = try next(events)
      let value = try node(first, place, events, depth: depth + 1)
      entries.append(TextNode.Entry(key: key, keySpot: spot, value: value))
    }
  }

  private func skipValue(_ events: YAMLEvents, depth: Int) throws(Refusal) {
    try skip(next(events).event, events, depth: depth)
  }

  /// Passes over the rest of a node.
  private func skip(_ first: YAMLEvents.Event, _ events: YAMLEvents, depth: Int) throws(Refusal) {
    guard first == .list || first == .mapping else { return }
    var depth = depth + 1
    let outside = depth
    while depth >= outside {
      let (event, spot) = try next(events)
      switch event {
      case .list, .mapping: depth += 1
      case .ends: depth -= 1
      default: break
      }
      if depth > Self.bottom { throw .tooDeep(spot) }
    }
  }

  private static let braces = "a text that begins with '{' or '[' needs double quotes"

  private mutating func noteDecorations(at spot: Spot) {
    if scan.anchors.isEmpty, scan.tags.isEmpty { return }
    let plain = Spot(line: spot.line, column: spot.column)
    if scan.anchors.contains(plain) {
      note(.anchor, Place(spot: spot), "anchors are not taken", hint: "take out the word after '&'")
    }
    if scan.tags.contains(plain) {
      note(.tag, Place(spot: spot), "tags are not taken", hint: "a text that begins with '!' needs quotes")
    }
  }

  private mutating func note(_ code: FindingCode, _ place: Place, _ message: String, hint: String) {
    if flaws.count < Findings.mostReports {
      flaws.append(Flaw(code: code, place: place, message: message, hint: hint))
    }
  }

  // MARK: - Words

  private func report(_ refusal: Refusal) {
    switch refusal {
    case .failure(let failure):
      guard let problem = failure.problem else {
        findings.report(.syntax, at: beginning, "the file can't be read as YAML")
        return
      }
      findings.report(
        .syntax, at: Place(spot: failure.spot), "this is not YAML: \(problem)", hint: hint(problem, failure.spot))
    case .tooDeep(let spot):
      findings.report(.tooDeep, at: Place(spot: spot), "brackets nest too deep", hint: "a flow never needs this")
    case .alias(let spot):
      findings.report(
        .alias, at: Place(spot: spot), "aliases are not taken",
        hint: "write out what it stands for; a text with '*' first needs quotes")
    case .severalDocuments(let spot):
      findings.report(
        .severalDocuments, at: Place(spot: spot), "a second document begins here", hint: "one file holds one flow")
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

/// The keys that a mapping has so far: a few are looked through, which takes less than to hash them.
private struct KnownKeys {
  private static let few = 16

  private var many: Set<String> = []

  /// Takes a key; false if it was there.
  ///
  /// - Parameter entries: those of all keys taken before.
  mutating func insert(_ key: String, behind entries: [TextNode.Entry]) -> Bool {
    if entries.count < Self.few { return !entries.contains { $0.key == key } }
    if many.isEmpty { many = Set(entries.map(\.key)) }
    return many.insert(key).inserted
  }
}

extension Unicode.Scalar {
  /// `U+001B`.
  var codePoint: String {
    let hex = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(4 - hex.count, 0)) + hex
  }
}
