public import FlowCore

/// A flow, and the text that says all of it: with what it includes, and without parameters.
public struct BoundFlow: Equatable, Sendable {
  public var flow: Flow
  /// What a record keeps: it reads as the same flow wherever a record is read. A flow without includes and parameters is
  /// kept as it is written.
  public var text: String
  /// Whether the text is not the one of the file, since something was put in.
  var isExpanded: Bool

  /// The text as a flow file of its own, in which a `$(` that is meant is written `$$(`.
  public var fileText: String { isExpanded ? withoutReferences(text) : text }
}

/// Reads the text of a flow file: the flow, or what is wrong with it, all in one go.
///
/// - Parameters:
///   - path: what findings name; nothing is opened.
///   - expectedID: the id that the file's place demands (`gate-io/create-key` for `flows/gate-io/create-key.yaml`).
///   - library: where the groups are that it includes, and its provider's pack.
///   - options: what to look at besides.
public func bindFlow(
  _ text: String, path: String, expectedID: String? = nil, library: FlowLibrary? = nil,
  options: LintOptions = LintOptions()
) -> Reading<BoundFlow> {
  let (reading, root) = read(text, path, expectedID, library, options)
  guard let flow = reading.value else { return Reading(value: nil, findings: reading.findings) }
  guard let root else {
    return Reading(value: BoundFlow(flow: flow, text: text, isExpanded: false), findings: reading.findings)
  }
  let bound = BoundFlow(flow: flow, text: NodeWriter.text(root), isExpanded: true)
  if bound.text.utf8.count > SourceText.largest { return Reading(value: nil, findings: [.tooLarge(path: path)]) }
  // Of printable ASCII the writer's tests know that it reads as it was written; whatever else there is, is tried.
  if !options.isProven, !root.isPlain(levels: Composer.deepest), let flaw = bound.flaw(path: path) {
    return Reading(value: nil, findings: reading.findings + [flaw])
  }
  return Reading(value: bound, findings: reading.findings)
}

extension BoundFlow {
  /// What would keep a record of the flow from being read as the same flow. Nobody can mend a record.
  func flaw(path: String) -> Finding? {
    let again = read(text, path, nil, nil, LintOptions(subject: .recorded)).reading
    if again.value == flow { return nil }
    let reason = again.findings.first { $0.severity == .error }
    return Finding(
      path: path, line: 1, column: 1, code: reason?.code ?? .syntax,
      message: "with all that it includes, the flow can't be read from a record: "
        + (reason?.message ?? "it reads as another flow"),
      hint: "look at the signs in the values of its parameters; 'keyusher flow show' prints what it comes to")
  }
}

/// The flow alone.
public func readFlow(
  _ text: String, path: String, expectedID: String? = nil, library: FlowLibrary? = nil,
  options: LintOptions = LintOptions()
) -> Reading<Flow> {
  if options.subject == .shippedToCheck { return read(text, path, expectedID, library, options).reading }
  let reading = bindFlow(text, path: path, expectedID: expectedID, library: library, options: options)
  return Reading(value: reading.value?.flow, findings: reading.findings)
}

/// The same for the bytes of a file, which may be anything.
public func readFlow(
  _ bytes: [UInt8], path: String, expectedID: String? = nil, library: FlowLibrary? = nil,
  options: LintOptions = LintOptions()
) -> Reading<Flow> {
  guard bytes.count <= SourceText.largest else { return Reading(value: nil, findings: [.tooLarge(path: path)]) }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    return Reading(value: nil, findings: [.notUTF8(bytes, path: path)])
  }
  return readFlow(text, path: path, expectedID: expectedID, library: library, options: options)
}

/// - Returns: besides the flow its nodes, if they are not those of the text, because it includes something.
private func read(
  _ text: String, _ path: String, _ expectedID: String?, _ library: FlowLibrary?, _ options: LintOptions
) -> (reading: Reading<Flow>, root: TextNode?) {
  guard text.utf8.count <= SourceText.largest else {
    return (Reading(value: nil, findings: [.tooLarge(path: path)]), nil)
  }
  let findings = Findings(SourceText(text, path: path), library: library)
  var composer = Composer(findings)
  guard let written = composer.compose() else { return (Reading(value: nil, findings: findings.sorted), nil) }
  if options.subject == .recorded {
    let flow = FlowReader(findings, options).flow(written, expectedID: expectedID)
    return (Reading(value: findings.hasErrors ? nil : flow, findings: findings.sorted), nil)
  }
  var expander = Expander(findings)
  let root = expander.flow(written, provider: provider(of: written))
  // What is missing would be missed again at every place where it belongs.
  if expander.hasChanged, findings.hasErrors { return (Reading(value: nil, findings: findings.sorted), nil) }
  let flow = FlowReader(findings, options).flow(root, expectedID: expectedID)
  return (
    Reading(value: findings.hasErrors ? nil : flow, findings: findings.sorted), expander.hasChanged ? root : nil
  )
}

private func provider(of root: TextNode) -> String? {
  guard case .mapping(let entries) = root.content,
    case .text(let id)? = entries.first(where: { $0.key == "flow" })?.value.content
  else { return nil }
  return id.split(separator: "/").first.map(String.init)
}

/// A flow of an added folder that has the id of a shipped one: a finding for each, at the flow's own id.
///
/// - Parameter added: the text and the path of each added flow, by its id.
public func checkSet(_ added: [(id: String, text: String, path: String)], shipped: Set<String>) -> [Finding] {
  added.filter { shipped.contains($0.id) }.flatMap { flow in
    let findings = Findings(SourceText(flow.text, path: flow.path))
    var composer = Composer(findings)
    let key = composer.compose().flatMap { root -> TextNode? in
      guard case .mapping(let entries) = root.content else { return nil }
      return entries.first { $0.key == "flow" }?.value
    }
    let named = Findings(findings.source)
    named.report(
      .redefinesShippedFlow, at: key?.place ?? Place(spot: Spot(line: 1, column: 1)),
      "flow \(quoted(flow.id)) is shipped with Keyusher", hint: "give this one an id of its own")
    return named.list
  }
}

extension Finding {
  /// The most a flow or a script may have, in bytes.
  public static let largestFile = SourceText.largest

  /// What is found in a file of more bytes.
  public static func tooLarge(path: String) -> Finding {
    Finding(
      path: path, line: 1, column: 1, code: .tooLarge,
      message: "the file has more than \(SourceText.largest >> 20) MiB",
      hint: "a flow has some kilobytes; is this the right file?")
  }

  /// The place is the first byte that no UTF-8 text has there.
  static func notUTF8(_ bytes: [UInt8], path: String) -> Finding {
    let repaired = SourceText(String(decoding: bytes, as: UTF8.self), path: path)
    let findings = Findings(repaired)
    let offset = repaired.text.utf8.firstRange(of: [0xEF, 0xBF, 0xBD])
    findings.report(
      .notUTF8, at: repaired.place(ofByte: offset ?? 0), "the file is not UTF-8", hint: "save it as UTF-8")
    return findings.list[0]
  }
}

extension Collection<UInt8> {
  fileprivate func firstRange(of wanted: [UInt8]) -> Int? {
    var offset = 0
    var matched = 0
    for byte in self {
      matched = byte == wanted[matched] ? matched + 1 : byte == wanted[0] ? 1 : 0
      offset += 1
      if matched == wanted.count { return offset - matched }
    }
    return nil
  }
}

/// Makes values of nodes. Every part returns something usable, and what is wrong with it is a finding: so that one
/// mistake does not hide the next.
final class FlowReader {
  let findings: Findings
  var stepPlaces: [Place] = []
  /// What guards can find at each step, as far as they were looked for.
  var answerSets: [Step.ID: Set<String>] = [:]

  /// What the checks of the whole flow need of the text.
  private(set) var notes = LintNotes()
  /// The same of the step being read.
  var noted = LintNotes()
  let options: LintOptions
  let officialHosts: Set<String>?
  /// The hosts that were found to be none of them.
  var hostsTold: Set<String> = []
  /// How often one of these came again.
  var hostsPassedOver = 0

  init(_ findings: Findings, _ options: LintOptions = LintOptions()) {
    self.findings = findings
    self.options = options
    officialHosts = options.officialHosts.map { Set($0.map { $0.lowercased() }) }
  }

  func flow(_ root: TextNode, expectedID: String?) -> Flow {
    let none = Flow(id: "", version: 0, title: "", summary: "", steps: [])
    guard let fields = fields(root, FlowKeys.flow) else { return none }
    if let format = fields["format"] { checkFormat(format) }
    let id = fields["flow"].flatMap(flowID) ?? ""
    if let node = fields["flow"], let expectedID, !id.isEmpty, id != expectedID {
      findings.report(
        .wrongFlowID, at: node.place, "the flow calls itself \(quoted(id)), its file says \(quoted(expectedID))",
        hint: "write 'flow: \(expectedID)', or move the file")
    }
    let version = fields["version"].flatMap { number($0, 1...1_000_000) }
    let title = fields["title"].map(line)
    let summary = fields["summary"].map { self.text($0) }
    let minutes = fields["minutes"].flatMap { number($0, 1...10_000) }
    let steps = fields["steps"].map(steps)?.withRoles ?? []
    let flow = Flow(
      id: id, version: version ?? 0, title: title ?? "", summary: summary ?? "", minutes: minutes, steps: steps)
    check(flow)
    return flow
  }

  private func steps(_ node: TextNode) -> [Step] {
    let nodes = list(node, of: "steps")
    if nodes.isEmpty, case .list = node.content {
      findings.report(.emptyList, at: node.place, "a flow needs a step", hint: "the shortest flow is one end step")
    }
    var steps: [Step] = []
    var known: Set<Step.ID> = []
    for node in nodes where !findings.isFull {
      guard let read = stepOnce(node) else { continue }
      let step = read.step
      notes.add(read.notes, ofStep: steps.count)
      stepPlaces.append(read.place)
      if !step.id.rawValue.isEmpty, !known.insert(step.id).inserted {
        findings.report(
          .duplicateID, at: read.place, "a step \(quoted(step.id.rawValue)) stands above already",
          hint: "give this one an id of its own")
      }
      steps.append(step)
    }
    return steps
  }

  /// Reads a step, unless another flow included the same and nothing was found in it.
  private func stepOnce(_ node: TextNode) -> StepReading? {
    // A start reads one flow, of which no step comes twice.
    let library = node.spot.file > 0 && !options.isProven ? findings.library : nil
    if let known = library?.step(node, options) { return known }
    let found = findings.reports + hostsPassedOver
    let read = step(node)
    if findings.reports + hostsPassedOver == found, let read { library?.keep(read, of: node, options) }
    return read
  }

  func checkFormat(_ node: TextNode) {
    guard let number = number(node, 0...1_000_000), number != 1 else { return }
    findings.report(
      .unknownFormat, at: node.place, "format \(number) is not known",
      hint: "this Keyusher reads format 1; a newer one may read this file")
  }

  /// The id of a flow or a group.
  func flowID(_ node: TextNode) -> String? {
    guard let id = scalar(node) else { return nil }
    guard isFlowID(id) else {
      findings.report(
        .badID, at: node.place, "\(quoted(id)) is not the id of a flow",
        hint: "write PROVIDER/NAME in small letters, digits and '-', for example gate-io/create-key")
      return nil
    }
    return id
  }
}

/// Whether a text can be the id of a flow: PROVIDER/NAME.
public func isFlowID(_ text: String) -> Bool {
  let parts = text.split(separator: "/", omittingEmptySubsequences: false)
  return parts.count == 2 && parts.allSatisfy { isID($0) }
}

/// A step as it was read, and what reading it noted down.
struct StepReading {
  var step: Step
  /// Where findings about it point.
  var place: Place
  var notes: LintNotes
}

/// What a step says of another, and where.
struct Mention {
  enum Manner {
    /// Its answer stands in a text.
    case answer
    /// A condition looks at its answer; the places are those of the ids, in their order.
    case condition(Guard.Condition, places: [Place])
    /// A check looks at it.
    case kind(StepKind)
    /// The run goes there.
    case target
  }

  var id: Step.ID
  /// The step that says it, by its place in the file; 0 while that is read.
  var by = 0
  /// Whether it counts only after that step's own answer.
  var afterwards: Bool
  var manner: Manner
  var place: Place
}
