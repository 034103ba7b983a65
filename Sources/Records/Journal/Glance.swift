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
    let end = JournalEnd(of: lines.dropFirst().reversed().lazy.map { JournalEnd.Event(in: $0) })
    return Glance(header: header, canGoOn: end.canGoOn, lastAnswered: end.lastAnswered)
  }

  // MARK: - Private

  /// How many bytes hold nearly every event.
  private static let longestEvent = 8192
}

/// What the last events of a journal tell of its end.
private struct JournalEnd {
  var canGoOn: Verdict
  var lastAnswered: Step.ID?

  struct Event {
    var kind: EventKind
    var step: Step.ID?
    /// Whether a credential waits for its name.
    var waitsForName: Bool

    /// Nil if a line can't be read.
    init?(in bytes: ArraySlice<UInt8>) {
      guard let line = JournalLine(parsing: bytes), let fields = try? Fields(parsing: line.payload),
        let kind = try? fields.choice("event", as: EventKind.self)
      else { return nil }
      self.kind = kind
      step = try? fields.step
      waitsForName = kind == .credentialHeld && fields.values["name"] != nil
    }

    init(_ event: FlowCore.Event) {
      kind = event.kind
      step = event.step
      waitsForName = if case .credentialHeld(_, let place, _, _) = event { place.name != nil } else { false }
    }
  }

  /// - Parameter events: those of the journal, the last one first; nil for one that can't be read.
  init(of events: some Sequence<Event?>) {
    var wasShownMore = false
    for event in events {
      guard let event else {
        canGoOn = .notKnowable
        return
      }
      switch event.kind {
      case .redacted, .keyReported, .keyOperated, .keyDated: continue
      case .shown: wasShownMore = true
      case .discarded:
        canGoOn = .no
        return
      case let kind where kind.canBeLast && !event.waitsForName:
        canGoOn = wasShownMore ? .notKnowable : .no
        lastAnswered = wasShownMore ? nil : event.step
        return
      default:
        canGoOn = .yes
        return
      }
    }
    canGoOn = .yes
  }
}

extension JournalContents {
  /// The same as a glance at the journal tells.
  public var glance: Glance {
    let end = JournalEnd(of: entries.reversed().lazy.map { JournalEnd.Event($0.event) })
    return Glance(header: header, canGoOn: end.canGoOn, lastAnswered: end.lastAnswered)
  }
}
