import FlowCore
import FlowText
import Records

/// What is said of one run in a list.
struct Overview {
  var run: String
  var title: String
  /// The label that the run gave its key, if it came to that.
  var label: String?
  var began: Timestamp
  var last: Timestamp
  var state: String
  var isUnfinished: Bool

  /// The title of the flow, and the label.
  var name: String { label.map { "\(title) (\($0))" } ?? title }

  /// Every readable run, the one that was last at work first.
  static func all(in records: RecordFolder) throws -> [Overview] {
    try records.summaries().compactMap { result in
      guard case .success(let summary) = result else { return nil }
      return try? Overview(summary)
    }
  }

  /// The run that was left last, for a greeting that must not wait for a long history: only the few records that were
  /// written last are looked at, and a flow is read only where the journal alone does not tell.
  static func lastLeft(in records: RecordFolder) throws -> RunHeader? {
    for run in try records.runsWrittenLast().prefix(Overview.looks) {
      guard let glance = try? records.glance(at: run) else { continue }
      switch glance.canGoOn {
      case .yes: return glance.header
      case .no: continue
      case .notKnowable:
        guard let record = try? record(of: run, in: records), case .unfinished = record.status else { continue }
        return record.header
      }
    }
    return nil
  }

  private static let looks = 20

  /// The record of a run, with the flow that it began with.
  static func record(of run: String, in records: RecordFolder) throws -> Record {
    try record(records.read(run))
  }

  /// The flow that a run began with.
  static func flow(of header: RunHeader) throws -> Flow {
    try FlowCatalog.parse(
      FlowCatalog.FlowSource(id: header.flowID, text: header.flowText, record: "record \(header.run)"))
  }

  // MARK: - Private

  private static func record(_ contents: JournalContents) throws -> Record {
    Record(
      header: contents.header, entries: contents.entries, flow: try flow(of: contents.header),
      finalDigest: contents.finalDigest)
  }

  init(_ summary: RunSummary) throws {
    let record = try Overview.record(summary.contents)
    run = summary.run
    title = record.flow.title
    label = record.flow.labelStep.flatMap { record.state.answerText(of: $0, in: record.flow) }
    began = summary.began
    last = summary.lastAt
    switch record.status {
    case .ended(let outcome, _):
      state = outcome.rawValue
      isUnfinished = false
    case .unfinished(let step):
      state = "unfinished, at: \(step.flatMap { record.flow[$0]?.title } ?? "its beginning")"
      isUnfinished = true
    }
  }
}

extension Flow {
  /// The step whose text is the key's label: the one that a check holds against other runs.
  fileprivate var labelStep: Step.ID? {
    for step in steps {
      if case .check(.labelUnused(let id)) = step.body { return id }
    }
    return nil
  }
}
