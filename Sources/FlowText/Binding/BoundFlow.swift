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
  options: ReadingOptions = ReadingOptions()
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
    let again = read(text, path, nil, nil, ReadingOptions(.recorded)).reading
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
  options: ReadingOptions = ReadingOptions()
) -> Reading<Flow> {
  if options.subject == .shippedToCheck { return read(text, path, expectedID, library, options).reading }
  let reading = bindFlow(text, path: path, expectedID: expectedID, library: library, options: options)
  return Reading(value: reading.value?.flow, findings: reading.findings)
}

/// The same for the bytes of a file, which may be anything.
public func readFlow(
  _ bytes: [UInt8], path: String, expectedID: String? = nil, library: FlowLibrary? = nil,
  options: ReadingOptions = ReadingOptions()
) -> Reading<Flow> {
  guard bytes.count <= SourceText.largest else { return Reading(value: nil, findings: [.tooLarge(path: path)]) }
  guard let text = String(validating: bytes, as: UTF8.self) else {
    return Reading(value: nil, findings: [.notUTF8(bytes, path: path)])
  }
  return readFlow(text, path: path, expectedID: expectedID, library: library, options: options)
}

/// - Returns: besides the flow its nodes, if they are not those of the text, because it includes something.
private func read(
  _ text: String, _ path: String, _ expectedID: String?, _ library: FlowLibrary?, _ options: ReadingOptions
) -> (reading: Reading<Flow>, root: TextNode?) {
  guard text.utf8.count <= SourceText.largest else {
    return (Reading(value: nil, findings: [.tooLarge(path: path)]), nil)
  }
  let findings = Findings(SourceText(text, path: path), includes: library?.files)
  var composer = Composer(findings)
  guard let written = composer.compose() else { return (Reading(value: nil, findings: findings.sorted), nil) }
  if options.subject == .recorded {
    let flow = FlowReader(findings, options).flow(written, expectedID: expectedID)
    return (Reading(value: findings.hasErrors ? nil : flow, findings: findings.sorted), nil)
  }
  var expander = Expander(findings, library)
  let root = expander.flow(written, provider: provider(of: written))
  // What is missing would be missed again at every place where it belongs.
  if expander.hasChanged, findings.hasErrors { return (Reading(value: nil, findings: findings.sorted), nil) }
  let flow = FlowReader(findings, options, library?.steps).flow(root, expectedID: expectedID)
  return (
    Reading(value: findings.hasErrors ? nil : flow, findings: findings.sorted), expander.hasChanged ? root : nil
  )
}

private func provider(of root: TextNode) -> String? {
  root["flow"]?.text?.split(separator: "/").first.map(String.init)
}

/// A flow, a program pack or an API of an added folder that has the id of a shipped one: a finding for each, at its own id.
///
/// - Parameter added: the text and the path of each added one, by its id.
public func checkSet(_ added: [(id: String, text: String, path: String)], shipped: Set<String>) -> [Finding] {
  added.filter { shipped.contains($0.id) }.flatMap { added in
    let findings = Findings(SourceText(added.text, path: added.path))
    var composer = Composer(findings)
    let (key, message, hint) =
      added.id.hasPrefix(FlowLibrary.programs)
      ? ("program", "a program pack of this name is shipped with Keyusher", "give this one a name of its own")
      : added.id.hasSuffix("/\(FlowLibrary.api)")
        ? ("api", "how this exchange is asked is part of Keyusher, and this file is not read", "take it away")
        : ("flow", "flow \(quoted(added.id)) is shipped with Keyusher", "give this one an id of its own")
    let named = Findings(findings.source)
    named.report(
      .redefinesShippedFlow, at: composer.compose()?[key]?.place ?? Place(spot: Spot(line: 1, column: 1)), message,
      hint: hint)
    return named.list
  }
}
