import ArgumentParser
import Ceremony
import Exports
import Files
import FlowCore
import Inventory
import PlainText
import Records

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(help: "show")

  @Argument(
    help: ArgumentHelp("The run's id, or the path of a record; without it, the newest run.", valueName: "run"),
    completion: Completions.runs)
  var runID: String?

  @Flag(help: "Print every line of the record with its number, as redact wants it.")
  var lines = false

  @Flag(help: "Show the whole procedure too: what to do, what there was to choose, what was not on the way.")
  var full = false

  @OptionGroup var format: JSONOptions

  @OptionGroup var common: CommonOptions

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.record) }
    if format.json, lines {
      throw CommandError(
        "--lines is for people, --json for programs", hints: ["take one of them"], status: .usage)
    }
    let context = CommandContext(common)
    if let operation = try context.operation(named: runID) {
      if format.json { return try PrintedJSON.write(operation.json) }
      return context.console.show(lines ? Framing.lines(of: operation) : Framing.page(of: operation))
    }
    if lines { return show(try context.contents(named: runID), on: context.console) }
    var record: Record
    do { record = try context.record(named: runID) } catch let error as JournalError where error.isAboutFlowText {
      // What there is to see without the flow is shown; what is missing is told behind it.
      if !format.json { show(try context.contents(named: runID), on: context.console) }
      throw error
    }
    if format.json { return try write(Exports.export(record, as: .json), to: 1) }
    record.afterwards = try context.afterwards(of: record)
    try context.console.page(Exports.show(record, isFull: full))
  }

  private func show(_ contents: JournalContents, on console: Console) {
    console.show(Framing.lines(of: contents.header, contents.entries))
  }
}

struct Export: ParsableCommand {
  /// What a record is written as: what it says in a format of a reader's own, or the record itself.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case markdown, html, json, csv, script, record

    var ofRecord: ExportFormat? { ExportFormat(rawValue: rawValue) }
  }

  static let configuration = CommandConfiguration(help: "export")

  @Argument(
    help: ArgumentHelp("The run's id, or the path of a record; without it, the newest run.", valueName: "run"),
    completion: Completions.runs)
  var runID: String?

  @Option(name: .shortAndLong, help: "The format.")
  var format: Format = .markdown

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Write the whole procedure too, in markdown and html.")
  var full = false

  @Flag(help: "Print the JSON Schema of the json format and nothing else.")
  var schema = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    if schema { return try write(exportSchema, to: 1) }
    let context = CommandContext(common)
    let bytes =
      if let format = format.ofRecord {
        Array(try Exports.export(context.record(named: runID), as: format, isFull: full).utf8)
      } else {
        try context.handedOver(named: runID)
      }
    guard let output else { return try write(bytes, to: 1) }
    let replaced = try PrivateFile.write(bytes, to: output)
    context.console.show([
      Sentence(.body, "Written: \(output)\(replaced ? " (in place of the file that was there)" : "")")
    ])
  }
}

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(help: "audit")

  @Argument(
    help: ArgumentHelp("Ids of runs, or paths of records; without any, every run.", valueName: "run"),
    completion: Completions.runs)
  var runs: [String] = []

  @Option(help: ArgumentHelp("The final digest that was kept elsewhere, for one run.", valueName: "digest"))
  var expect: String?

  @OptionGroup var format: JSONOptions

  @OptionGroup var common: CommonOptions

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.audit.schema) }
    let context = CommandContext(common)
    if expect != nil, runs.count != 1 {
      throw CommandError(
        "--expect is the digest of one run", hints: ["name it: keyusher audit RUN --expect DIGEST"], status: .usage)
    }
    var hasFindings = false
    var rows: [JSON] = []
    let looks = try looks(in: context)
    for look in looks {
      let audited = try look.audited()
      let report = audited.report
      // A record without damage can be folded: whether it is all there is not to be seen from its chain.
      let isOpen =
        report.isClean && audited.contents.map { (try? context.isUnfinished($0, at: look.path)) == true } ?? false
      let isExpected = expect.map { $0.filter { !$0.isWhitespace }.lowercased() == report.finalDigest }
      hasFindings = hasFindings || !report.isClean || isExpected == false
      if format.json {
        rows.append(Audit.json(report, isOpen: isOpen, isExpected: isExpected))
      } else {
        context.console.show(Audit.sentences(report, isOpen: isOpen, isExpected: isExpected))
      }
    }
    if format.json {
      try PrintedJSON.write(rows)
    } else if looks.isEmpty {
      context.console.show([Sentence(.body, "There are no records yet.")])
    }
    if hasFindings { throw ExitStatus.findings }
  }

  private typealias Look = (audited: () throws -> AuditedRecord, path: String?)

  private func looks(in context: CommandContext) throws -> [Look] {
    let texts = FlowTextLooks()
    func look(at run: String) throws -> Look {
      let records = try context.records()
      return ({ try records.audited(run, sentences: false, texts) }, nil)
    }
    if runs.isEmpty { return try context.records().runs().map(look) }
    return try runs.map { name in
      guard CommandContext.isPath(name) else { return try look(at: context.run(name)) }
      guard try exists(name) else { throw CommandError.noSuchRecord(name) }
      return ({ try RecordFile(path: name).audited() }, name)
    }
  }

  private static func json(_ report: AuditReport, isOpen: Bool, isExpected: Bool?) -> JSON {
    .fields([
      "record": .text(report.run), "whole": .flag(report.isClean), "ended": report.isClean ? .flag(!isOpen) : nil,
      "lines": .count(report.lines), "blanked": .count(report.blanked), "finalDigest": .given(report.finalDigest),
      "expected": isExpected.map { .flag($0) },
      "findings": .array(report.findings.map { ["line": .count($0.line), "text": .text("\($0)")] }),
    ])
  }

  private static func sentences(_ report: AuditReport, isOpen: Bool, isExpected: Bool?) -> [Sentence] {
    let surprise =
      isExpected == false ? [Sentence(.problem, "record \(report.run): its final digest is not the one expected")] : []
    return sentences(report, isOpen: isOpen) + surprise
  }

  private static func sentences(_ report: AuditReport, isOpen: Bool) -> [Sentence] {
    let digest = report.finalDigest.map { [Sentence(.body, "Final digest: \(Framing.grouped($0))")] } ?? []
    guard report.isClean else {
      return report.findings.map { Sentence(.problem, "record \(report.run), line \($0.line): \($0)") }
    }
    let lines = "record \(report.run): \(report.lines) lines, whole and unchanged"
    let blanked =
      report.blanked > 0 ? " but for \(report.blanked) that \(report.blanked == 1 ? "was" : "were") blanked" : ""
    let open = isOpen ? "; unfinished, or its end is missing" : ""
    return [Sentence(.standing, lines + blanked + open)] + digest
  }
}

struct Redact: ParsableCommand {
  static let configuration = CommandConfiguration(help: "redact")

  @Argument(help: ArgumentHelp("The run's id.", valueName: "run"), completion: Completions.runs)
  var runID: String

  @Argument(help: "The line of the record, from 1.")
  var line: Int

  @Option(help: "Why, for the record.")
  var reason: String = "asked for"

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    let run = try context.run(runID)
    try CommandError.refuseSecret(reason, in: "--reason")
    try context.checkThatItHolds(run)
    let redaction = try context.records().redact(
      run, line: line, reason: reason, at: context.surroundings.now(), random: context.surroundings.randomBytes)
    context.console.show(Framing.cut(redaction.bytesCut) + Redact.sentences(redaction, of: run))
  }

  private static func sentences(_ redaction: Redaction, of run: String) -> [Sentence] {
    let lines = redaction.lines.map(String.init).joined(separator: ", ")
    var sentences = [
      Sentence(
        .body,
        redaction.lines.count == 1
          ? "Line \(lines) of record \(run) is blank now; its digest stays."
          : "Lines \(lines) of record \(run), the same answer to the same step, are blank now; their digests stay."),
      Sentence(.body, "Final digest: \(Framing.grouped(redaction.finalDigest))"),
    ]
    if !redaction.otherLines.isEmpty {
      let others = redaction.otherLines.map(String.init).joined(separator: ", ")
      sentences.append(Sentence(.warning, "The same text stands in line \(others) too."))
    }
    return sentences
  }
}
