import FlowCore
import PlainText

/// Reads the text of a program pack: the pack, or what is wrong with it, all in one go.
///
/// - Parameters:
///   - path: what findings name; nothing is opened.
///   - expectedID: the name that the file's place demands (`freqtrade` for `flows/programs/freqtrade.yaml`).
///   - exchange: the pack of an exchange; without it nothing is held against those.
///   - options: what to look at besides.
public func readProgram(
  _ bytes: [UInt8], path: String, expectedID: String? = nil, exchange: ((String) -> Pack?)? = nil,
  options: ReadingOptions = ReadingOptions()
) -> Reading<ProgramPack> {
  let (root, findings) = Composer.read(bytes, path: path)
  guard let root else { return Reading(value: nil, findings: findings.sorted) }
  let reader = FlowReader(findings)
  let program = ProgramReader(reader: reader, pack: exchange).program(root, expectedID: expectedID)
  options.check?(nil, reader.noted, findings)
  return Reading(value: findings.hasErrors ? nil : program, findings: findings.sorted)
}

struct ProgramReader {
  let reader: FlowReader
  /// The pack of an exchange; nil if exchanges are not looked at.
  let pack: ((String) -> Pack?)?
  private var findings: Findings { reader.findings }

  init(reader: FlowReader, pack: ((String) -> Pack?)?) { (self.reader, self.pack) = (reader, pack) }

  func program(_ root: TextNode, expectedID: String?) -> ProgramPack? {
    guard let fields = reader.fields(root, ProgramKeys.program) else { return nil }
    if let format = fields["format"] { reader.checkFormat(format) }
    let id = fields["program"].map(reader.id) ?? ""
    if let node = fields["program"], let expectedID, !id.isEmpty, id != expectedID {
      findings.report(
        .wrongFlowID, at: node.place, "the pack calls itself \(quoted(id)), its file says \(quoted(expectedID))",
        hint: "write 'program: \(expectedID)', or move the file")
    }
    var program = ProgramPack(
      id: id, title: fields["title"].map(reader.line) ?? "", start: fields["start"].map { typed($0) })
    program.docs = sources(fields["docs"])
    program.takesAnyExchange = fields["any-exchange"].map(reader.truth) ?? false
    program.prefersOwnVariables = fields["own-variables"].map(reader.truth) ?? false
    program.exchanges = each(fields["exchanges"], "exchanges", exchange)
    if let node = fields["exchanges"] {
      reader.reportDuplicates(of: program.exchanges.map(\.id), at: node.items?.map(\.place) ?? [], "exchange")
    }
    program.variables = each(fields["variables"], "variables", variable)
    if let node = fields["variables"] {
      reader.reportDuplicates(of: program.variables.map(\.name), at: node.items?.map(\.place) ?? [], "variable")
    }
    program.file = fields["file"].flatMap(file)
    program.places = fields["places"].map { ($0.items ?? [$0]).map(path) } ?? []
    program.traps = each(fields["traps"], "traps", trap)
    program.rights = each(fields["rights"], "needs") { rights($0, of: program) }
    program.nonces = each(fields["nonces"], "nonces") { nonce($0, of: program) }
    program.notes = fields["say"].map { ($0.items ?? [$0]).map { filled($0, holes: ["exchange", "label"]) } } ?? []
    checkThatItTakesKeys(program, root)
    return program
  }

  // MARK: - Private

  private func each<Value>(_ node: TextNode?, _ what: String, _ read: (TextNode) -> Value?) -> [Value] {
    node.map { reader.list($0, of: what).compactMap(read) } ?? []
  }

  private func sources(_ node: TextNode?) -> [PageSource] {
    guard let node else { return [] }
    let sources = each(node, "sources", reader.source)
    if sources.isEmpty, case .list(let nodes) = node.content, nodes.isEmpty {
      findings.report(
        .emptyList, at: node.place, "no source is named", hint: "name what you read, and the day on which you read it")
    }
    return sources
  }

  private func exchange(_ node: TextNode) -> ProgramPack.Exchange? {
    guard let fields = reader.fields(node, ProgramKeys.table["exchange"]) else { return nil }
    return ProgramPack.Exchange(
      id: fields["exchange"].map(knownExchange) ?? "", name: fields["name"].map(reader.line) ?? "",
      also: fields["also"].map { reader.lines($0, of: "ids") } ?? [])
  }

  /// The id of an exchange that has a pack here.
  private func knownExchange(_ node: TextNode) -> String {
    let id = reader.id(node)
    if !id.isEmpty, let pack, pack(id) == nil {
      findings.report(
        .unknownExchange, at: node.place, "there is no exchange \(quoted(id))",
        hint: "write the name of its folder, which holds its pack; 'any-exchange: true' is for those without one")
    }
    return id
  }

  private func variable(_ node: TextNode) -> ProgramPack.Variable? {
    guard let fields = reader.fields(node, ProgramKeys.table["variable"]) else { return nil }
    let name = fields["name"].map(variableName) ?? ""
    return ProgramPack.Variable(name: name, content: content(fields) ?? .otherParts)
  }

  private func variableName(_ node: TextNode) -> String {
    let name = filled(node, holes: ["EXCHANGE", "PART"])
    let plain = name.replacing("{EXCHANGE}", with: "A").replacing("{PART}", with: "A")
    let isName = plain.utf8.allSatisfy {
      (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0) || $0 == 0x5F
    }
    if !name.isEmpty, !plain.contains("{"), !isName || plain.first?.isNumber != false {
      findings.report(
        .badID, at: node.place, "no variable can be called \(quoted(name))",
        hint: "letters, digits and underscores, for example {EXCHANGE}_API_KEY")
    }
    reader.reportSteering(name, node, example: "{EXCHANGE}_API_KEY")
    return name
  }

  /// What stands there: a part or a text; nil if neither is said.
  private func content(_ fields: Fields) -> ProgramPack.Content? {
    if fields["part"] != nil, fields["value"] != nil {
      findings.report(
        .misplacedKey, at: fields.keyPlace("value"), "'part' and 'value' stand side by side", hint: "keep one of them")
    }
    if let node = fields["part"] { return .part((node.items ?? [node]).map(reader.id)) }
    return fields["value"].map { .text(filled($0, holes: ["exchange", "EXCHANGE", "label"])) }
  }

  private func file(_ node: TextNode) -> ProgramPack.File? {
    guard let fields = reader.fields(node, ProgramKeys.table["file"]) else { return nil }
    let form = fields["form"].flatMap { reader.word($0, ProgramPack.File.Form.self) } ?? .json
    var places: [[String]: [String]] = [:]
    let entries = each(fields["entries"], "entries") { entry($0, in: form, beside: &places) }
    if form == .stored, fields["entries"] != nil {
      findings.report(
        .misplacedKey, at: fields.keyPlace("entries"), "what a store keeps has no entries of its own",
        hint: "take 'entries' out, or take another form")
    } else if form != .stored, entries.isEmpty {
      findings.report(
        .missingKey, at: fields.keyPlace("form"), "nothing stands in the file",
        hint: "add 'entries': '- {at: [KEY], part: secret}'")
    }
    return ProgramPack.File(
      form: form, entries: entries, path: fields["path"].map(path),
      told: fields["told"].map { typed($0, holes: ["file"]) })
  }

  private func entry(
    _ node: TextNode, in form: ProgramPack.File.Form, beside places: inout [[String]: [String]]
  ) -> ProgramPack.File.Entry? {
    guard let fields = reader.fields(node, ProgramKeys.table["entry"]) else { return nil }
    let path = fields["at"].map { node in
      (node.items ?? [node]).map { filled($0, holes: ["exchange", "EXCHANGE", "label"]) }
    }
    if (path == nil) != (form == .lines) {
      findings.report(
        form == .lines ? .misplacedKey : .missingKey, at: fields.keyPlace("at"),
        form == .lines ? "a line has no key" : "an entry of the file needs 'at'",
        hint: form == .lines ? "take 'at' out; lines follow each other" : "add the key under which it stands")
    } else if let path, let node = fields["at"] {
      takePlace(path, beside: &places, node)
    }
    let content = content(fields)
    if content == nil {
      findings.report(
        .missingKey, at: node.place, "an entry of the file needs 'part' or 'value'", hint: "add 'part: secret'")
    }
    return ProgramPack.File.Entry(path: path ?? [], content: content ?? .otherParts)
  }

  /// Each value has a place of its own, or the program would get a part of the key.
  ///
  /// - Parameter places: each place that is or holds a value, and the way to the first of these values.
  private func takePlace(_ path: [String], beside places: inout [[String]: [String]], _ node: TextNode) {
    guard !path.isEmpty else {
      return findings.report(
        .emptyList, at: node.place, "no key is named under which the value stands", hint: "write 'at: [KEY]'")
    }
    guard path.count <= ProgramReader.mostKeys else {
      return findings.report(
        .tooDeep, at: node.place, "the value lies \(path.count) keys deep",
        hint: "at most \(ProgramReader.mostKeys) can lead to it")
    }
    // What could not be read is told already.
    guard !path.contains("") else { return }
    let ways = path.indices.map { Array(path[...$0]) }
    if let other = places[path] ?? ways.first(where: { places[$0] == $0 }) {
      findings.report(
        .duplicateKey, at: node.place,
        "this value and the one at \(quoted(other.joined(separator: ", "))) above would have one place",
        hint: "a key holds one value, or other keys: give each value a place of its own")
    }
    for way in ways where places[way] == nil { places[way] = path }
  }

  /// As many as the writer of the file takes.
  private static let mostKeys = 16

  private func trap(_ node: TextNode) -> ProgramPack.Trap? {
    guard let fields = reader.fields(node, ProgramKeys.table["trap"]) else { return nil }
    _ = fields["source"].map(reader.source)
    guard let kind = fields["kind"].flatMap({ reader.word($0, ProgramPack.Trap.Kind.self) }) else { return nil }
    return ProgramPack.Trap(kind: kind, parts: each(fields["parts"], "parts", reader.id))
  }

  private func rights(_ node: TextNode, of program: ProgramPack) -> ProgramPack.Rights? {
    guard let fields = reader.fields(node, ProgramKeys.table["rights"]) else { return nil }
    let exchange = fields["exchange"].map { takenExchange($0, by: program) } ?? ""
    let known = pack?(exchange)?.permissions
    let permissions = fields["permissions"].map { node in
      (node.items ?? [node]).compactMap { permission($0, among: known) }
    }
    let words = ProgramKeys.table["rights"]["purpose"]?.content.words ?? []
    return ProgramPack.Rights(
      exchange: exchange, purpose: fields["purpose"].flatMap { reader.word($0, among: words) } ?? "",
      permissions: permissions ?? [], why: fields["why"].map(reader.line) ?? "",
      source: fields["source"].flatMap(reader.source) ?? PageSource(description: "", date: ""))
  }

  private func permission(_ node: TextNode, among known: [String]?) -> String? {
    guard let id = reader.scalar(node) else { return nil }
    if let known, !known.contains(id) {
      findings.report(
        .unknownOption, at: node.place, "no permission \(quoted(id))",
        hint: findings.suggestion(for: id, among: known))
    }
    return id
  }

  private func nonce(_ node: TextNode, of program: ProgramPack) -> ProgramPack.Nonce? {
    guard let fields = reader.fields(node, ProgramKeys.table["nonce"]) else { return nil }
    _ = fields["source"].map(reader.source)
    let words = ProgramKeys.table["nonce"]["unit"]?.content.words ?? []
    return ProgramPack.Nonce(
      exchange: fields["exchange"].map { takenExchange($0, by: program) } ?? "",
      unit: fields["unit"].flatMap { reader.word($0, among: words) } ?? "")
  }

  /// The id of an exchange of which the program takes keys.
  private func takenExchange(_ node: TextNode, by program: ProgramPack) -> String {
    let id = knownExchange(node)
    if !id.isEmpty, program.name(of: id) == nil {
      findings.report(
        .unknownExchange, at: node.place, "the pack does not say what the program calls \(quoted(id))",
        hint: "add it to 'exchanges'")
    }
    return id
  }

  /// What a person types at a shell as it stands: it must be plain words there.
  private func typed(_ node: TextNode, holes: [String] = []) -> String {
    let text = holes.isEmpty ? reader.line(node) : filled(node, holes: holes)
    let rest = holes.reduce(text) { $0.replacing("{\($1)}", with: "") }
    reportShell(rest, in: text, besides: " ", node)
    return text
  }

  /// Where a file lies: its name is typed, too.
  private func path(_ node: TextNode) -> String {
    let text = reader.line(node)
    reportShell(text.hasPrefix("~/") ? text.dropFirst() : text[...], in: text, besides: "", node)
    return text
  }

  private func reportShell(_ rest: some StringProtocol, in text: String, besides space: String, _ node: TextNode) {
    guard !rest.contains(where: { "{}".contains($0) || $0.isNewline }),
      let mark = rest.first(where: { !String($0).utf8.areWord(with: "-_./=,:@%+" + space) })
    else { return }
    findings.report(
      .badText, at: node.place,
      "a shell would read \(quoted(String(mark))) in \(quoted(text)), which is typed as it stands",
      hint: "take \(space.isEmpty ? "" : "words of ")letters, digits and -_./=,:@%+ alone")
  }

  /// A text with holes, each of which must be one of those that can be filled.
  private func filled(_ node: TextNode, holes: [String]) -> String {
    guard let text = reader.scalar(node)?.trimmed else { return "" }
    reader.reportBreak(in: text, node)
    let known = holes.map { "{\($0)}" }
    let rest = known.reduce(text) { $0.replacing($1, with: "") }
    if let brace = rest.first(where: { $0 == "{" || $0 == "}" }) {
      findings.report(
        .badText, at: node.place(of: String(brace)), "\(quoted(text)) has a hole that nothing fills",
        hint: "it can be \(listed(known))")
    }
    return text
  }

  /// A pack that names neither a variable nor a file, and says nothing, hands nothing over.
  private func checkThatItTakesKeys(_ program: ProgramPack, _ root: TextNode) {
    guard program.variables.isEmpty, program.file == nil, program.notes.isEmpty, !findings.hasErrors else { return }
    findings.report(
      .missingKey, at: root.place, "the pack does not say how the program takes a key",
      hint: "add 'variables' or 'file', or in 'say' how it asks for the parts itself")
  }
}
