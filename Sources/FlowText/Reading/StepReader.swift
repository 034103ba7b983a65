import FlowCore
import PlainText

extension FlowReader {
  /// A question is at most so many columns wide: narrow terminals and big print show it whole.
  static let widestPrompt = 40
  static let widestOption = 72

  func step(_ node: TextNode) -> StepReading? {
    guard entries(node, called: FlowKeys.step.called) != nil else { return nil }
    let fields = Fields(node, FlowKeys.step)
    noted = LintNotes()
    let id = fields["id"].map(id) ?? ""
    let kind = fields["kind"].flatMap { word($0, StepKind.self) }
    reportKeys(of: fields, kind)
    let body: Step.Body = kind.map { self.body(fields, $0) } ?? .tell
    var step = Step(id: Step.ID(id), title: fields["title"].map(line) ?? body.name, body: body)
    step.was = fields["was"].map { list($0, of: "ids").map { Step.ID(self.id($0)) } } ?? []
    step.role = fields["role"].flatMap { role($0, at: step) }
    step.section = fields["section"].flatMap(section)
    step.text = fields["say"].map(paragraphs) ?? []
    step.brief = fields["brief"].map(paragraphs) ?? []
    step.fields = fields["fields"].map { list($0, of: "fields").compactMap(field) } ?? []
    step.prompt = fields["prompt"].map { firstOf($0, prompt) } ?? []
    step.why = fields["why"].map { screenText($0) }
    step.help = fields["help"].map { screenText($0) }
    step.alternative = fields["alternative"].map { screenText($0) }
    step.url = fields["url"].flatMap(url)
    step.needs = fields["needs"].map { lines($0, of: "things to have at hand") } ?? []
    step.source = fields["source"].flatMap(source)
    step.facts = fields["facts"].map { list($0, of: "facts").compactMap(fact) } ?? []
    let requirement = fields["required"].flatMap { word($0, Requirement.self) } ?? .false
    step.required = requirement != .false
    step.onEveryWay = requirement == .true
    step.claim = fields["claim"].map(truth) ?? false
    step.claims = fields["claimed"].map { said($0) { template($0, afterwards: true) } } ?? []
    step.recalls = fields["recall"].map(truth) ?? false
    step.fromProgram = fields["from-program"].flatMap { fromProgram($0, at: step) }
    step.endsKey = fields["ends-key"].map(truth) ?? false
    step.touchesPage = fields["touches-page"].map(truth) ?? false
    step.warnings = fields["warnings"].map(warnings) ?? []
    step.resolves = fields["resolves"].map(resolutions) ?? []
    step.transitions = fields["next"].map(transitions) ?? []
    if step.url != nil, fields["source"] == nil {
      findings.report(
        .noSource, at: fields.keyPlace("url"), "a page instruction without a source",
        hint: "add 'source: {from: ..., date: YYYY-MM-DD}', so that a reader knows what it is described from")
    }
    return StepReading(step: step, place: fields.stepPlace, notes: noted)
  }

  /// What of a program is proposed: each thing fits one kind of step.
  private func fromProgram(_ node: TextNode, at step: Step) -> Step.FromProgram? {
    guard let what = word(node, Step.FromProgram.self) else { return nil }
    switch (what, step.body) {
    case (.name, .text), (.purpose, .choose), (.permissions, .select): break
    default:
      findings.report(
        .wrongKind, at: node.place, "\(quoted(what.rawValue)) of a program is no answer of this step",
        hint: "'name' is proposed at a text step, 'purpose' at a choose, 'permissions' at a select")
    }
    return what
  }

  /// What the answer tells of a key: each thing fits one kind of step.
  private func role(_ node: TextNode, at step: Step) -> Step.Role? {
    guard let role = word(node, Step.Role.self) else { return nil }
    if role.fits(step.body) { return role }
    findings.report(
      .wrongKind, at: node.place, "the answer of this step can't be \(quoted(role.rawValue))",
      hint: "'account' and 'purpose' are asked at a choose, 'program' and the names of keys at a text")
    return nil
  }

  /// Reports keys that no step has, keys of other kinds, and keys that this kind lacks.
  private func reportKeys(of fields: Fields, _ kind: StepKind?) {
    guard let kind else {
      reportUnknown(in: fields.node, known: FlowKeys.step.names)
      reportMissing(FlowKeys.step.required, in: fields, called: FlowKeys.step.called)
      return
    }
    let keys = FlowKeys.step(of: kind)
    let called = keys.called
    reportMissing(keys.required, in: fields, called: called)
    for entry in fields.node.entries ?? [] where !keys.has(entry.key) {
      if FlowKeys.step.has(entry.key) {
        let kinds = StepKind.allCases.filter { $0.own.contains(entry.key) }.map(\.rawValue)
        findings.report(
          .misplacedKey, at: entry.keyPlace, "\(called) has no \(quoted(entry.key))",
          hint: kinds.isEmpty ? "a run ends here; take it out" : "it belongs to steps that are \(listed(kinds))")
      } else {
        findings.report(
          .unknownKey, at: entry.keyPlace, "unknown key \(quoted(entry.key))",
          hint: entry.hintOfComma ?? findings.suggestion(for: entry.key, among: keys.names))
      }
    }
  }

  // MARK: - What every step can have

  /// Whether a step can be skipped, and whether every way to `completed` passes it.
  private enum Requirement: String, CaseIterable { case `true`, `false`, here }

  /// The title of a section, or `{title: ..., key: ...}`.
  private func section(_ node: TextNode) -> Section? {
    if node.text != nil { return Section(line(node)) }
    guard let fields = fields(node, FlowKeys.section) else { return nil }
    return Section(fields["title"].map(line) ?? "", key: fields["key"].map(line))
  }

  private func prompt(_ node: TextNode) -> Template {
    let template = self.template(node)
    let columns = template.literalColumns
    if columns > Self.widestPrompt {
      findings.report(
        .promptTooWide, at: node.place, "a prompt of \(columns) columns",
        hint: "\(Self.widestPrompt) fit everywhere; the rest belongs into 'say'")
    }
    return template
  }

  func url(_ node: TextNode) -> String? {
    guard let text = scalar(node)?.trimmed else { return nil }
    // What is served on this computer itself needs no TLS.
    let isOwn = text.hasPrefix("http://127.0.0.1:") || text.hasPrefix("http://127.0.0.1/")
    let rest = text.utf8.dropFirst(isOwn ? "http://".utf8.count : "https://".utf8.count)
    let authority = rest.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let host = authority.prefix { $0 != UInt8(ascii: ":") }
    let problem: String? =
      if !isOwn, !text.utf8.starts(with: "https://".utf8) {
        "an address that does not begin with https://"
      } else if authority.contains(UInt8(ascii: "@")) {
        "an address with a name or password in it"
      } else if !text.utf8.allSatisfy({ (0x21..<0x7F).contains($0) && !Self.neverInAddress.contains($0) }) {
        "an address with a character that no address has"
      } else if !host.contains(UInt8(ascii: ".")) || !host.allSatisfy(\.isHostByte)
        || !authority.dropFirst(host.count + 1).allSatisfy({ (0x30...0x39).contains($0) })
      {
        "an address without a host"
      } else {
        nil
      }
    guard let problem else {
      noted.addresses.append((text, node.place, true))
      return text
    }
    findings.report(
      .badURL, at: node.place, problem, hint: "write it as https://HOST/PATH, as the address bar shows it")
    return nil
  }

  private static let neverInAddress = Array("\"'<>\\^`{|}".utf8)

  func source(_ node: TextNode) -> PageSource? {
    guard let fields = fields(node, FlowKeys.source) else { return nil }
    let days = ["date", "seen-live"].compactMap { key -> LintNotes.SourceDay? in
      guard let node = fields[key], let day = node.text.flatMap({ Day($0) }) else { return nil }
      return LintNotes.SourceDay(number: day.number, place: node.place)
    }
    if !days.isEmpty { noted.sources.append(days) }
    return PageSource(
      description: fields["from"].map(line) ?? "", date: fields["date"].map(date) ?? "",
      says: fields["says"].map(line), seenLive: fields["seen-live"].map(date))
  }

  private func date(_ node: TextNode) -> String {
    guard let text = scalar(node) else { return "" }
    guard Day(text) != nil else {
      findings.report(.badDate, at: node.place, "\(quoted(text)) is not a day", hint: "write YYYY-MM-DD")
      return ""
    }
    return text
  }

  private func fact(_ node: TextNode) -> String? {
    guard let text = scalar(node) else { return nil }
    guard let letter = text.utf8.first, (0x41...0x5A).contains(letter), (2...4).contains(text.utf8.count),
      text.utf8.dropFirst().allSatisfy({ (0x30...0x39).contains($0) })
    else {
      findings.report(
        .wrongValue, at: node.place, "\(quoted(text)) is not the tag of a fact", hint: "write a letter and a number: S1"
      )
      return nil
    }
    return text
  }

  private func warnings(_ node: TextNode) -> [Warning] {
    let nodes = list(node, of: "warnings")
    let warnings = nodes.compactMap(warning)
    // A code that holds twice in one step would be raised by one and closed by the other.
    if warnings.count == nodes.count, !options.isProven {
      reportDuplicates(of: warnings.map(\.code), at: nodes.map(\.place), "warning")
    }
    return warnings
  }

  private func warning(_ node: TextNode) -> Warning? {
    guard let fields = fields(node, FlowKeys.warning) else { return nil }
    return Warning(
      code: fields["code"].map(code) ?? "", when: fields["when"].flatMap { self.guardCondition($0, afterwards: true) },
      text: fields["text"].map { screenText($0, afterwards: true) } ?? "")
  }

  private func resolutions(_ node: TextNode) -> [String] {
    list(node, of: "codes of warnings").map { node in
      let code = self.code(node)
      if !code.isEmpty { noted.resolved.append((code, node.place)) }
      return code
    }
  }

  private func code(_ node: TextNode) -> String {
    guard let text = scalar(node) else { return "" }
    guard isID(text.lowercased()) else {
      findings.report(
        .badID, at: node.place, "\(quoted(text)) is not the code of a warning",
        hint: "use letters, digits and '-', for example NO-IP-LIST")
      return ""
    }
    return text
  }

  private func transitions(_ node: TextNode) -> [Transition] {
    guard let nodes = node.items else { return target(node).map { [Transition(to: $0)] } ?? [] }
    let firstGuard = noted.guards.count
    let ways = nodes.compactMap { node -> Transition? in
      guard let fields = fields(node, FlowKeys.transition) else { return nil }
      let condition = fields["when"].flatMap { self.guardCondition($0, afterwards: true) }
      return fields["to"].flatMap(target).map { Transition(when: condition, to: $0) }
    }
    reportWithoutWhen(nodes)
    noted.note(.next, node, firstGuard: firstGuard)
    return ways
  }

  /// Reports what stands after something that always holds.
  func reportWithoutWhen(_ nodes: [TextNode]) {
    for node in nodes.dropLast() {
      guard let entries = node.entries, node["when"] == nil else { continue }
      findings.report(
        .needsWhen, at: entries.first?.keyPlace ?? node.place, "what follows this is never looked at",
        hint: "only the last of a list may lack 'when'")
    }
  }

  /// The id of a step to go to.
  func target(_ node: TextNode) -> Step.ID? {
    let text = id(node)
    guard !text.isEmpty else { return nil }
    let id = Step.ID(text)
    noted.mentions.append(Mention(id: id, afterwards: true, manner: .target, place: node.place))
    return id
  }
}

extension Fields {
  /// Where findings about a step point that has these fields.
  var stepPlace: Place { self["id"]?.place ?? node.place }
}

extension UInt8 {
  fileprivate var isHostByte: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self)
      || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
  }
}

extension Step.Body {
  /// What stands as the title of an end without one.
  fileprivate var name: String {
    if case .end(let ending) = self { ending.outcome.rawValue } else { "" }
  }
}

extension Template {
  var hasAnswers: Bool { !reads.isEmpty }

  /// The text with the same in place of each answer.
  package func filled(by answer: String) -> String {
    if segments.count == 1, case .literal(let text) = segments[0] { return text }
    return segments.map { if case .literal(let text) = $0 { text } else { answer } }.joined()
  }

  /// The columns of its longest line without the answers, whose width nobody knows.
  var literalColumns: Int {
    let text = filled(by: "")
    if TextLook(text).isPlain { return text.utf8.count }
    return text.split(whereSeparator: \.isNewline).map(\.width).max() ?? 0
  }
}
