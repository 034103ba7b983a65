import Files
import FlowCore
import Glibc

/// What looking through a journal line by line found.
public struct AuditReport: Equatable, Sendable {
  public var run: String
  /// How many whole lines there are.
  public var lines: Int
  /// The chain of the last line that holds, in hexadecimal; none if not even the first does.
  public var finalDigest: String?
  /// Where it fails, in the order of the lines; after the first broken link of the chain nothing more is known.
  public var findings: [Finding]

  /// How many lines were blanked, with a reason on record.
  public var blanked = 0

  public var isClean: Bool { findings.isEmpty }

  /// The first finding that says that the record is not what was written. A torn end is none: a kill leaves one. Neither is a
  /// text of its flow that is missing: the record is whole without it.
  public var damage: Finding? {
    findings.first {
      switch $0.fault {
      case .tornTail, .notBlankedYet, .flowText: false
      default: true
      }
    }
  }

  public struct Finding: Equatable, Sendable {
    public var line: Int
    public var fault: Fault
  }

  public enum Fault: Equatable, Sendable {
    /// It is not a line as keyusher writes it, or not an event.
    case unreadable
    /// A newer keyusher wrote it: its sum and chain hold.
    case newer(String)
    /// Its number is not the one of its place.
    case outOfOrder(number: Int)
    case payloadDoesNotMatchSum
    case chainBroken
    /// The header is of another run: the file was renamed or copied.
    case belongsToRun(String)
    /// It is blank, and no event says why.
    case blankWithoutReason
    /// It is blank, and not as it was left by the blanking.
    case blankWasChanged
    /// An event says that it was to be blanked, and it is not.
    case notBlankedYet
    /// The text of the flow that the header names can't be had.
    case flowText(FlowTextFault)
    /// The rest of a line that was being written when the program or the machine died.
    case tornTail(bytes: Int)
  }
}

extension RecordFolder {
  /// Looks through the journal of a run: parses every line, and checks sums, chain, numbers, blanked lines and the text of its flow.
  ///
  /// - Parameter looks: at texts of flows, so that one that many records name is read once.
  public func audit(_ run: String, _ looks: FlowTextLooks = FlowTextLooks()) throws(JournalError) -> AuditReport {
    try AuditReport.settled(at: path(of: run)) { () throws(JournalError) in
      AuditReport(of: run, try bytes(of: run)) { header in looks.fault(of: header, flowText) }
    }
  }
}

extension RecordFile {
  /// Looks through it as `RecordFolder.audit` does; its name need not be that of its run.
  public func audit() throws(JournalError) -> AuditReport {
    try AuditReport.settled(at: path) { () throws(JournalError) in
      let bytes = try bytes()
      return AuditReport(of: (try? JournalContents(of: path, bytes).header.run) ?? path, bytes) { header in
        FlowTextLooks().fault(of: header, flowText)
      }
    }
  }
}

/// What looks at the texts of flows found, by their digests.
public final class FlowTextLooks {
  private var faults: [String: FlowTextFault?] = [:]

  public init() {}

  fileprivate func fault(
    of header: RunHeader, _ find: (RunHeader) throws(JournalError) -> String
  ) -> FlowTextFault? {
    guard let digest = header.flowDigest else { return nil }
    if let known = faults[digest] { return known }
    var found: FlowTextFault?
    do throws(JournalError) { _ = try find(header) } catch {
      if case .noFlowText(_, _, let fault) = error { found = fault } else { found = .unusable(header.run, error.what) }
    }
    faults[digest] = .some(found)
    return found
  }
}

extension AuditReport {
  /// What a look finds; where it sees a record as it is in the midst of being written or blanked, it looks again once whoever
  /// does that is done.
  fileprivate static func settled(
    at path: String, _ look: () throws(JournalError) -> AuditReport
  ) throws(JournalError) -> AuditReport {
    let report = try look()
    let mayPass = report.findings.contains {
      if case .tornTail = $0.fault { true } else { $0.fault == .notBlankedYet }
    }
    guard mayPass, let file = try? Descriptor(path, flags: O_RDONLY | O_NONBLOCK, followsLink: true) else {
      return report
    }
    // Whoever holds the lock for longer is a run that waits for an answer, and will not blank anything.
    _ = try? FileLock(file, milliseconds: 2000)
    return try look()
  }

  /// - Parameter flowFault: why the text of the flow that a header names can't be had; nil if it can.
  init(of run: String, _ bytes: [UInt8], flowFault: (RunHeader) -> FlowTextFault? = { _ in nil }) {
    let text = JournalBytes(bytes)
    var blanks = Blanks()
    self.init(run: run, lines: text.lines.count, finalDigest: nil, findings: [])
    var previous = Digest.zero
    for (index, bytes) in text.lines.enumerated() {
      guard let line = JournalLine(parsing: bytes) else {
        findings.append(Finding(line: index + 1, fault: .unreadable))
        return
      }
      if let fault = AuditReport.breach(in: line, at: index + 1, after: previous) {
        findings.append(Finding(line: index + 1, fault: fault))
        return
      }
      if let fault = blanks.meaning(of: line, in: run) { findings.append(Finding(line: index + 1, fault: fault)) }
      previous = line.chain
      finalDigest = line.chain.hex
    }
    if let header = blanks.header, let digest = header.flowDigest, text.carriedText(of: digest) == nil,
      let fault = text.carrier != nil ? .carriedChanged : flowFault(header)
    {
      findings.append(Finding(line: 1, fault: .flowText(fault)))
    }
    findings = (findings + blanks.findings).sorted { $0.line < $1.line }
    blanked = blanks.count
    if !text.tail.isEmpty || text.lines.isEmpty {
      findings.append(Finding(line: text.lines.count + 1, fault: .tornTail(bytes: text.tail.count)))
    }
  }

  /// Why the chain does not go on with a line; nil if it does.
  private static func breach(in line: JournalLine, at number: Int, after previous: Digest) -> Fault? {
    if line.number != number { return .outOfOrder(number: line.number) }
    if !line.isBlanked, !line.sumHolds { return .payloadDoesNotMatchSum }
    return line.follows(previous) ? nil : .chainBroken
  }
}

/// Matches blanked lines with the events that announce them.
private struct Blanks {
  private var blanked: [Int: Digest] = [:]
  private var announced: [Int: String] = [:]
  private(set) var header: RunHeader?

  /// Notes what a line says of itself or of others, and finds what is wrong with its contents.
  mutating func meaning(of line: JournalLine, in run: String) -> AuditReport.Fault? {
    if line.isBlanked { blanked[line.number] = Digest(of: line.payload) }
    do {
      let fields = try Fields(parsing: line.payload)
      guard line.number > 1 else {
        let header = try RunHeader(fields)
        self.header = header
        return header.run == run ? nil : .belongsToRun(header.run)
      }
      if case .redacted(let target, _) = try Entry(line: line.number, fields).event {
        announced[target] = try fields.textIfPresent("tombstone") ?? ""
      }
      return nil
    } catch {
      switch error {
      case .malformed: return .unreadable
      case .unknown(let what): return .newer(what)
      }
    }
  }

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

// MARK: - Words

extension AuditReport.Finding: CustomStringConvertible {
  /// What is wrong, after "line N: ".
  public var description: String {
    switch fault {
    case .unreadable: "it can't be read"
    case .newer(let what): "it was made by a newer keyusher: \(what) is not known here"
    case .outOfOrder(let number): "it says that it is line \(number): a line was taken out, added or moved"
    case .payloadDoesNotMatchSum: "its contents are not what was written: they do not match their sum"
    case .chainBroken: "it does not follow the line before it: the chain is broken"
    case .belongsToRun(let run): "it is the header of record '\(run)': the file was renamed or copied"
    case .blankWithoutReason: "it was blanked, and no later line says why"
    case .blankWasChanged: "it was changed after it was blanked"
    case .notBlankedYet: "it was to be blanked, and is not: run redact again"
    case .flowText(let fault): "it lacks the text of its flow: \(fault)"
    case .tornTail(let bytes): "\(bytes) bytes of a line that was never finished; resume cuts them"
    }
  }
}
