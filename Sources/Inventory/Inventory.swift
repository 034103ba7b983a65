public import FlowCore
public import Records

/// The records of a folder as one: each is read once, and no further than a question needs.
public final class Inventory {
  public let folder: RecordFolder
  private let readFlow: (_ header: RunHeader, _ text: () throws -> String) throws -> Flow
  /// The flows that were read last, the latest first: many records name the same text.
  private var flows: [(text: FlowName, flow: Flow)] = []
  /// What was read, and of which state of each file.
  private var known: [String: RowIndex.Row]?
  /// Where it stands for the next one, if it may.
  private var index: RowIndex?
  /// Whether the index is brought up to date with what was read. Lists do that; what has other work to do only reads it.
  public var keepsIndex = true
  /// Whether most of what stands in the index had to be read anew from many records.
  public private(set) var wasIndexRebuilt = false
  /// The clock of files.
  var now: () -> Int = { RecordMark.now }

  /// - Parameters:
  ///   - program: what reads, which finds again what it read before; nil: no index is read or written.
  ///   - readFlow: reads the flow that a run began with from its text, which is looked for once it is asked for.
  public init(
    _ folder: RecordFolder, program: String? = nil,
    readFlow: @escaping (_ header: RunHeader, _ text: () throws -> String) throws -> Flow
  ) {
    self.folder = folder
    self.readFlow = readFlow
    index = program.map { RowIndex(folder, program: $0) }
  }

  /// The flow that a run began with.
  public func flow(of header: RunHeader) throws -> Flow {
    let name = header.flowDigest.map(FlowName.digest) ?? .text(header.flowText ?? "")
    if let place = flows.firstIndex(where: { $0.text == name && $0.flow.id == header.flowID }) {
      let known = flows.remove(at: place)
      flows.insert(known, at: 0)
      return known.flow
    }
    let flow = try readFlow(header) { try folder.flowText(of: header) }
    flows.insert((name, flow), at: 0)
    if flows.count > Inventory.mostFlows { flows.removeLast() }
    return flow
  }

  /// The record of a run, with the flow that it began with.
  public func record(of run: String) throws -> Record { try record(folder.read(run)) }

  /// The same, of what its journal says.
  public func record(_ contents: JournalContents) throws -> Record {
    Record(
      header: contents.header, entries: contents.entries, flow: try flow(of: contents.header),
      finalDigest: contents.finalDigest)
  }

  /// Whether a run has no end yet.
  public func isUnfinished(_ contents: JournalContents) throws -> Bool {
    let flow = try flow(of: contents.header)
    let glance = contents.glance
    // A kill behind an answer looks like an end: only behind some it is one.
    if glance.canGoOn == .no, glance.lastAnswered.map(flow.ends) ?? true { return false }
    return contents.isUnfinished(in: flow)
  }

  /// A run as lists tell it.
  public func summary(of run: String) throws -> RunSummary { try summary(of: run, folder.read(run, sentences: false)) }

  func summary(of run: String, _ contents: JournalContents) throws -> RunSummary {
    RunSummary(of: run, contents, flow: try flow(of: contents.header))
  }

  /// Every run, the one that was last at work first; last come those whose records can't be read, each with the reason.
  public func summaries() throws -> [Result<RunSummary, UnreadableRecord>] { try look().runs }

  /// Every run as `summaries` has it, and every operation on a key, the newest first.
  public func look() throws -> (runs: [Result<RunSummary, UnreadableRecord>], operations: [OperationSummary]) {
    var found: [(lastAt: Timestamp, run: String, summary: Result<RunSummary, UnreadableRecord>)] = []
    var unreadable: [Result<RunSummary, UnreadableRecord>] = []
    var operations: [OperationSummary] = []
    for (run, row) in try rows() {
      switch row.content {
      case .run(let summary): found.append((summary.lastAt, run, .success(summary)))
      case .operation(let operation): operations.append(operation)
      case .withoutFlow(let reason, let lastAt):
        found.append((lastAt, run, .failure(UnreadableRecord(run: run, reason: reason))))
      case .unreadable(let reason): unreadable.append(.failure(UnreadableRecord(run: run, reason: reason)))
      }
    }
    found.sort { ($1.lastAt, $0.run) < ($0.lastAt, $1.run) }
    operations.sort { ($1.began, $0.id) < ($0.began, $1.id) }
    return (found.map(\.summary) + unreadable, operations)
  }

  /// What lists and checks want of every record, in the order of their names. A record is read again once its file is another.
  func rows() throws -> [(run: String, row: RecordRow)] {
    let known = known ?? index?.load() ?? [:]
    var read: [String: RowIndex.Row] = [:]
    let moment = now()
    let before = folder.mark(at: moment)
    let marks = try folder.marks(at: moment)
    var fresh = 0
    let rows = marks.map { run, mark in
      let known = known[run].flatMap { $0.mark == mark ? $0.row : nil }
      let row = known ?? RecordRow(of: run, in: self)
      // A flow's text may come back, and its record is the same.
      if let mark, mark.isSettled, !row.isWithoutFlow { read[run] = (mark, row) }
      if known == nil { fresh += 1 }
      return (run: run, row: row)
    }
    if self.known == nil { wasIndexRebuilt = fresh >= Inventory.manyRecords && fresh * 4 > marks.count }
    self.known = read
    if keepsIndex, index != nil {
      // First: the folder is another once it has an index.
      if let before { folder.keepOpenRuns(rows.filter(\.row.mayBeOpen).map(\.run), since: before) }
      index?.keep(read, marks.reduce(into: [:]) { $0[$1.run] = $1.mark }, at: moment)
    }
    return rows
  }

  /// The operation on a key that a record is about; nil if it is that of a run.
  public func operation(of id: String) throws -> OperationRecord? { OperationRecord(try folder.read(id)) }

  /// The run that was last at work; those whose records can't be read are passed over.
  ///
  /// Of the other records no more than the last line is looked at.
  public func newest(where fits: (RunSummary) -> Bool = { _ in true }) throws -> RunSummary? {
    try newest(where: fits) { _ in true }
  }

  /// The same of runs that can be gone on with: of one whose last line says that it has ended no more than that is looked at.
  public func newestUnfinished() throws -> RunSummary? {
    try newest(of: openRuns, where: \.isUnfinished) { run in
      guard let glance = try? folder.glance(at: run), glance.canGoOn == .no else { return true }
      // A kill behind an answer looks like an end: only behind some it is one.
      return glance.lastAnswered.map { step in (try? flow(of: glance.header))?.ends(after: step) != true } ?? false
    }
  }

  private func newest(
    of runs: [String]? = nil, where fits: (RunSummary) -> Bool, among mayFit: (String) -> Bool
  ) throws -> RunSummary? {
    let runs = try (runs ?? folder.runs()).compactMap { run in
      (try? folder.lastMoment(of: run)).map { (run: run, at: $0) }
    }
    for (run, _) in runs.sorted(by: { ($1.at, $0.run) < ($0.at, $1.run) }) {
      if mayFit(run), let summary = try? summary(of: run), fits(summary) { return summary }
    }
    return nil
  }

  /// The run that was left last, for a greeting that must not wait for a long history: only the few records that were
  /// written last are looked at, of those which may be open where that is known, and a flow is read only where the
  /// journal alone does not tell.
  public func lastLeft() throws -> RunHeader? {
    for run in try folder.runsWrittenLast(among: openRuns).prefix(Inventory.mostLooks) {
      guard let glance = try? folder.glance(at: run) else { continue }
      switch glance.canGoOn {
      case .yes: return glance.header
      case .no, .refused: continue
      case .notKnowable: if (try? summary(of: run))?.isUnfinished == true { return glance.header }
      }
    }
    return nil
  }

  // MARK: - Private

  /// What tells one text from another.
  private enum FlowName: Equatable {
    case digest(String)
    case text(String)
  }

  /// The runs that may be open, where that is written down.
  private var openRuns: [String]? { index == nil ? nil : folder.openRuns() }

  private static let mostFlows = 8
  private static let mostLooks = 20
  /// Reading as many takes a moment.
  private static let manyRecords = 100
}

/// A record that is there and can't be read.
public struct UnreadableRecord: Error {
  public var run: String
  public var reason: any Error
}
