import Files
public import FlowCore
import Glibc

/// What the first and the last lines of a journal tell, without the flow and without all that stands between.
public struct Glance: Equatable, Sendable {
  public var header: RunHeader
  /// Whether the run was left and can be gone on with: `notKnowable` where only the flow could tell.
  public var canGoOn: Verdict
  /// The step whose answer stands last, where only that says that the run can't be gone on with.
  public var lastAnswered: Step.ID?
}

extension RecordFolder {
  /// The ids of the runs, or of some of them, the one whose record was written last first.
  public func runsWrittenLast(among runs: [String]? = nil) throws(JournalError) -> [String] {
    guard let folder = try openIfPresent() else { return [] }
    let names = if let runs { runs } else { try self.runs() }
    let written = names.compactMap { run in
      (try? folder.status(of: run + RecordFolder.suffix)).map { (run: run, at: $0.st_mtim) }
    }
    return written.sorted { ($1.at.tv_sec, $1.at.tv_nsec, $0.run) < ($0.at.tv_sec, $0.at.tv_nsec, $1.run) }.map(\.run)
  }

  /// When the last event of a run happened, or the run began: no more than the last line is read.
  public func lastMoment(of run: String) throws(JournalError) -> Timestamp {
    let end = try reading(run) { file throws(FileError) in try file.readEnd(most: RecordFolder.longestEvent) }
    var lines = JournalBytes(end).lines
    // Without what stands before it, the first of them may be the end of a line.
    if lines.count < 2 { lines = JournalBytes(try bytes(of: run)).lines }
    guard let bytes = lines.last, let line = JournalLine(parsing: bytes) else { throw .noHeader(run) }
    do {
      let fields = try Fields(parsing: line.payload)
      return try fields.time(line.number == 1 ? "began" : "at")
    } catch {
      throw .unreadable(run, line: line.number)
    }
  }

  /// Looks at a run's header and at its last events.
  ///
  /// Between an answer that ends the run and one whose next question was never shown the journal makes no difference: a kill
  /// in that instant looks like an end.
  public func glance(at run: String) throws(JournalError) -> Glance {
    let lines = JournalBytes(try bytes(of: run)).lines
    guard let first = lines.first.flatMap({ JournalLine(parsing: $0) }),
      let header = (try? Fields(parsing: first.payload)).flatMap({ try? RunHeader($0) })
    else { throw .noHeader(run) }
    if header.operation != nil { return Glance(header: header, canGoOn: .no) }
    let (canGoOn, step) = canGoOn(after: lines.dropFirst())
    return Glance(header: header, canGoOn: canGoOn, lastAnswered: step)
  }

  // MARK: - Private

  /// How many bytes hold nearly every event.
  private static let longestEvent = 8192

  private func canGoOn(after lines: ArraySlice<ArraySlice<UInt8>>) -> (Verdict, lastAnswered: Step.ID?) {
    var wasShownMore = false
    for bytes in lines.reversed() {
      guard let line = JournalLine(parsing: bytes), let fields = try? Fields(parsing: line.payload),
        let kind = try? fields.choice("event", as: EventKind.self)
      else { return (.notKnowable, nil) }
      switch kind {
      case .redacted, .keyReported, .keyOperated, .keyDated: continue
      case .shown: wasShownMore = true
      case .discarded: return (.no, nil)
      // What is held waits for its name.
      case .credentialHeld where fields.values["name"] != nil: return (.yes, nil)
      case let kind where kind.canBeLast: return wasShownMore ? (.notKnowable, nil) : (.no, try? fields.step)
      default: return (.yes, nil)
      }
    }
    return (.yes, nil)
  }
}
