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
    try audited(run, sentences: false, looks).report
  }

  /// The same, with what the record says.
  ///
  /// - Parameter sentences: whether what was shown is wanted.
  public func audited(
    _ run: String, sentences: Bool = true, _ looks: FlowTextLooks = FlowTextLooks()
  ) throws(JournalError) -> AuditedRecord {
    try AuditedRecord.settled(at: path(of: run)) { () throws(JournalError) in
      AuditedRecord(of: run, try bytes(of: run), sentences: sentences) { header in looks.fault(of: header, flowText) }
    }
  }
}

extension RecordFolder {
  /// Opens the journal of a run as `open` does, and looks through it as it reads it. One that is damaged is left as it is.
  public func openAudited(_ run: String, random: @escaping RandomBytes) throws(JournalError) -> (
    journal: Journal, contents: JournalContents, damage: AuditReport.Finding?
  ) {
    var damage: AuditReport.Finding?
    let (journal, contents) = try openUncut(run, random: random) { bytes in
      let audited = AuditedRecord(of: run, bytes)
      damage = audited.report.damage
      return audited.contents
    }
    if damage == nil, contents.tornBytes > 0 { try journal.cutTail() }
    return (journal, contents, damage)
  }
}

extension RecordFile {
  /// Looks through it as `RecordFolder.audit` does; its name need not be that of its run.
  public func audit() throws(JournalError) -> AuditReport { try audited().report }

  /// The same, with what the record says.
  public func audited() throws(JournalError) -> AuditedRecord {
    try AuditedRecord.settled(at: path) { () throws(JournalError) in
      let bytes = try bytes()
      var audited = AuditedRecord(of: nil, bytes) { header in FlowTextLooks().fault(of: header, flowText) }
      // A record that can't be read to its end has no name but that of its file.
      audited.report.run = audited.contents?.header.run ?? path
      return audited
    }
  }
}

/// A record that was looked through, and what it says.
public struct AuditedRecord: Sendable {
  public fileprivate(set) var report: AuditReport
  /// Nil if it can't be read to its end.
  public private(set) var contents: JournalContents?

  /// - Parameters:
  ///   - run: whose record it has to be; nil: anybody's.
  ///   - sentences: whether what was shown is wanted.
  ///   - flowFault: why the text of the flow that a header names can't be had; nil if it can.
  init(
    of run: String?, _ bytes: [UInt8], sentences: Bool = true, flowFault: (RunHeader) -> FlowTextFault? = { _ in nil }
  ) {
    let text = JournalBytes(bytes)
    var reading = AuditReading(run: run, sentences: sentences)
    report = AuditReport(run: run ?? "", lines: text.lines.count, finalDigest: nil, findings: [])
    for (index, bytes) in text.lines.enumerated() {
      if let finding = reading.take(JournalLine(parsing: bytes), at: index + 1) {
        report.findings.append(finding)
        if reading.isBroken { break }
      }
    }
    report.finalDigest = reading.lines.last?.chain.hex
    guard !reading.isBroken else { return }
    if let header = reading.header, let digest = header.flowDigest, text.carriedText(of: digest) == nil,
      let fault = text.carrier != nil ? .carriedChanged : flowFault(header)
    {
      report.findings.append(AuditReport.Finding(line: 1, fault: .flowText(fault)))
    }
    report.findings = (report.findings + reading.blanks.findings).sorted { $0.line < $1.line }
    report.blanked = reading.blanks.count
    if !text.tail.isEmpty || text.lines.isEmpty {
      report.findings.append(AuditReport.Finding(line: text.lines.count + 1, fault: .tornTail(bytes: text.tail.count)))
    }
    guard var header = reading.header, reading.entries.count + 1 == text.lines.count else { return }
    if let digest = header.flowDigest { header.flowText = text.carriedText(of: digest) }
    contents = JournalContents(
      header, reading.entries, reading.lines, tornBytes: text.tail.count,
      intactLength: bytes.count - text.tail.count)
  }
}

extension AuditReport {
  init(of run: String, _ bytes: [UInt8]) { self = AuditedRecord(of: run, bytes).report }
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

extension AuditedRecord {
  /// What a look finds; where it sees a record as it is in the midst of being written or blanked, it looks again once whoever
  /// does that is done.
  fileprivate static func settled(
    at path: String, _ look: () throws(JournalError) -> AuditedRecord
  ) throws(JournalError) -> AuditedRecord {
    let audited = try look()
    let mayPass = audited.report.findings.contains {
      if case .tornTail = $0.fault { true } else { $0.fault == .notBlankedYet }
    }
    guard mayPass, let file = try? Descriptor(path, flags: O_RDONLY | O_NONBLOCK, followsLink: true) else {
      return audited
    }
    // Whoever holds the lock for longer is a run that waits for an answer, and will not blank anything.
    _ = try? FileLock(file, milliseconds: 2000)
    return try look()
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
