import FlowCore

/// Makes values of nodes. Every part returns something usable, and what is wrong with it is a finding: so that one
/// mistake does not hide the next.
final class FlowReader {
  let findings: Findings
  /// What guards can find at each step, as far as they were looked for.
  var answerSets: [Step.ID: Set<String>] = [:]

  /// What the checks of the whole flow need of the text.
  private(set) var notes = LintNotes()
  /// The same of the step being read.
  var noted = LintNotes()
  let options: ReadingOptions
  private let known: KnownSteps?

  /// - Parameter known: steps that other flows included.
  init(_ findings: Findings, _ options: ReadingOptions = ReadingOptions(), _ known: KnownSteps? = nil) {
    self.findings = findings
    self.options = options
    self.known = known
  }

  func flow(_ root: TextNode, expectedID: String?) -> Flow {
    let flow = uncheckedFlow(root, expectedID: expectedID)
    if !flow.steps.isEmpty {
      check(flow)
      options.check?(flow, notes, findings)
    }
    return flow
  }

  private func uncheckedFlow(_ root: TextNode, expectedID: String?) -> Flow {
    let none = Flow(id: "", version: 0, title: "", summary: "", steps: [])
    guard let fields = fields(root, FlowKeys.flow) else { return none }
    if let format = fields["format"] { checkFormat(format) }
    let id = fields["flow"].flatMap(flowID) ?? ""
    if let node = fields["flow"], let expectedID, !id.isEmpty, id != expectedID {
      findings.report(
        .wrongFlowID, at: node.place, "the flow calls itself \(quoted(id)), its file says \(quoted(expectedID))",
        hint: "write 'flow: \(expectedID)', or move the file")
    }
    let version = number("version", of: fields)
    let title = fields["title"].map(line)
    let summary = fields["summary"].map { self.text($0) }
    let minutes = number("minutes", of: fields)
    let steps = fields["steps"].map(steps)?.withRoles ?? []
    return Flow(
      id: id, version: version ?? 0, title: title ?? "", summary: summary ?? "", minutes: minutes, steps: steps
    ).numbered()
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
      notes.add(read.notes, ofStep: steps.count, at: read.place)
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
    let known = node.spot.file > 0 && !options.isProven ? known : nil
    if let step = known?[node] { return step }
    let found = findings.reports
    var read = step(node)
    if var notes = read?.notes {
      options.checkStep?(&notes, findings)
      read?.notes = notes
    }
    if findings.reports == found, let read { known?.keep(read, of: node) }
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
