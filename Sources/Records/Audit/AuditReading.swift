import FlowCore

/// Goes through a journal line by line, checks each, and keeps what it says.
struct AuditReading {
  let run: String?
  /// Whether what was shown is kept. It is the larger half.
  let sentences: Bool
  private(set) var header: RunHeader?
  private(set) var entries: [Entry] = []
  /// The lines up to the first that does not follow the one before it.
  private(set) var lines: [JournalLine] = []
  private(set) var blanks = Blanks()
  /// Whether a line does not follow the one before it: then nothing more is known.
  private(set) var isBroken = false

  init(run: String?, sentences: Bool) { (self.run, self.sentences) = (run, sentences) }

  /// Takes the next line; what is wrong with it.
  mutating func take(_ line: JournalLine?, at number: Int) -> AuditReport.Finding? {
    guard let line else {
      isBroken = true
      return AuditReport.Finding(line: number, fault: .unreadable)
    }
    if let fault = breach(in: line, at: number) {
      isBroken = true
      return AuditReport.Finding(line: number, fault: fault)
    }
    lines.append(line)
    return meaning(of: line).map { AuditReport.Finding(line: number, fault: $0) }
  }

  // MARK: - Private

  /// Why the chain does not go on with a line; nil if it does.
  private func breach(in line: JournalLine, at number: Int) -> AuditReport.Fault? {
    if line.number != number { return .outOfOrder(number: line.number) }
    if !line.isBlanked, !line.sumHolds { return .payloadDoesNotMatchSum }
    return line.follows(lines.last?.chain ?? .zero) ? nil : .chainBroken
  }

  /// Notes what a line says, and finds what is wrong with that.
  private mutating func meaning(of line: JournalLine) -> AuditReport.Fault? {
    if line.isBlanked { blanks.find(line) }
    if !sentences, line.number > 1, !line.isBlanked, let entry = Entry(shownIn: line) {
      entries.append(entry)
      return nil
    }
    do {
      let fields = try Fields(parsing: line.payload)
      guard line.number > 1 else {
        let header = try RunHeader(fields)
        self.header = header
        return run == nil || header.run == run ? nil : .belongsToRun(header.run)
      }
      let entry = try Entry(line: line.number, fields)
      entries.append(entry)
      if case .redacted(let target, _) = entry.event {
        blanks.announce(target, tombstone: try fields.textIfPresent("tombstone") ?? "")
      }
      return nil
    } catch {
      switch error {
      case .malformed: return .unreadable
      case .unknown(let what): return .newer(what)
      }
    }
  }
}

/// Matches blanked lines with the events that announce them.
struct Blanks {
  private var blanked: [Int: Digest] = [:]
  private var announced: [Int: String] = [:]

  mutating func find(_ line: JournalLine) { blanked[line.number] = Digest(of: line.payload) }

  mutating func announce(_ line: Int, tombstone: String) { announced[line] = tombstone }

  var count: Int { blanked.count }

  var findings: [AuditReport.Finding] {
    var findings: [AuditReport.Finding] = []
    for (line, digest) in blanked where announced[line] != digest.hex {
      findings.append(.init(line: line, fault: announced[line] == nil ? .blankWithoutReason : .blankWasChanged))
    }
    for line in announced.keys where blanked[line] == nil {
      findings.append(.init(line: line, fault: .notBlankedYet))
    }
    return findings
  }
}
