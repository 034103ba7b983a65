public import FlowCore
import Glibc

/// What the first and the last lines of a journal tell, without the flow and without all that stands between.
public struct Glance: Equatable, Sendable {
  public var header: RunHeader
  /// Whether the run was left and can be gone on with: `notKnowable` where only the flow could tell.
  public var canGoOn: Verdict
}

extension RecordFolder {
  /// The ids of the runs, the one whose record was written last first.
  public func runsWrittenLast() throws(JournalError) -> [String] {
    guard let folder = try openIfPresent() else { return [] }
    var written: [(run: String, at: timespec)] = []
    for run in try runs() {
      var status = stat()
      guard fstatat(folder.number, run + RecordFolder.suffix, &status, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      written.append((run, status.st_mtim))
    }
    return written.sorted { ($1.at.tv_sec, $1.at.tv_nsec, $0.run) < ($0.at.tv_sec, $0.at.tv_nsec, $1.run) }.map(\.run)
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
    return Glance(header: header, canGoOn: canGoOn(after: lines.dropFirst()))
  }

  // MARK: - Private

  private func canGoOn(after lines: ArraySlice<ArraySlice<UInt8>>) -> Verdict {
    var wasShownMore = false
    for bytes in lines.reversed() {
      guard let line = JournalLine(parsing: bytes), let fields = try? Fields(parsing: line.payload),
        let kind = try? fields.choice("event", as: EventKind.self)
      else { return .notKnowable }
      switch kind {
      case .redacted: continue
      case .shown: wasShownMore = true
      case .discarded: return .no
      // What is held waits for its name.
      case .credentialHeld where fields.values["name"] != nil: return .yes
      case .answered, .storeProven, .credentialHeld, .credentialKept, .skipped, .stillShown:
        return wasShownMore ? .notKnowable : .no
      case .began, .storesSurveyed, .storeFailed, .storeChanged, .partTaken, .keepingFailed, .differed, .noted,
        .wentBack, .reopened, .suspended, .resumed:
        return .yes
      }
    }
    return .yes
  }
}
