import FlowCore
import Foundation

extension Form {
  /// The form as JSON that fits `exportSchema`: sorted keys, two spaces, a line break at the end.
  ///
  /// Characters that could reorder text or begin markup are written as `\u` escapes: a program reads every text as it
  /// was given, and a person who opens the file sees nothing hidden.
  func json() throws(ExportError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let encoded: Data
    do { encoded = try encoder.encode(JSONRecord(self)) } catch { throw .encoding(reason: "\(error)") }
    var text = ""
    // Outside of strings JSON has none of these characters, so that each can be replaced where it stands.
    for scalar in String(decoding: encoded, as: UTF8.self).unicodeScalars {
      let hides = scalar.isControlling && scalar != "\n"
      if hides || scalar == "<" || scalar == ">" || scalar == "&" {
        text += String(scalar).utf16.map { unit in
          let hex = String(unit, radix: 16)
          return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }.joined()
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    return text + "\n"
  }
}

/// The published shape of an exported record, version 1. Names here are promises: see `exportSchema`.
private struct JSONRecord: Encodable {
  var format = 1
  var flow: FlowName
  var run: Run
  var outcome: Outcome
  var steps: [Step]
  var loops: [Loop]?
  var exceptions: [Exception]
  var reminders: [Reminder]
  var resumptions: [Resumption]
  var redactions: [Redaction]
  var tally: [String: Int]
  var journal: Journal

  struct FlowName: Encodable { var id: String, version: Int, title: String, summary: String }
  struct Run: Encodable {
    var id: String, tool: String, user: String, host: String
    var performer: String?, owner: String?, reference: String?
    var began: String, ended: String?
  }
  struct Outcome: Encodable { var word: String, reason: String? }
  struct Step: Encodable {
    var number: Int, id: String, title: String, required: Bool, state: String
    var instructions: [String], question: String?, choices: [String], takes: [String]
    var url: String?, source: String?, facts: [String]
    var loop: Int?
    var standing: Visit?, earlier: [Visit], notes: [Note]
  }
  struct Loop: Encodable { var number: Int, steps: [Int], rounds: [Round] }
  struct Round: Encodable { var number: Int, name: String? }
  struct Visit: Encodable {
    var at: String, standing: String, by: String?, reason: String?
    var answer: String?, ids: [String], mouth: AnswerSource, parts: [Part]
    var round: Int?, takenBack: Bool?
  }
  struct AnswerSource: Encodable { var kind: String, digest: String? }
  struct Part: Encodable { var name: String, title: String, taken: Bool, looksRight: String, publicPart: String? }
  struct Note: Encodable { var at: String, text: String, mouth: AnswerSource, round: Int? }
  struct Exception: Encodable {
    var number: Int, step: String, stepNumber: Int, kind: String, warning: String?, what: String, raised: String
    var resolution: String, reason: String?, resolved: String?, round: Int?
  }
  struct Reminder: Encodable { var day: String, text: String }
  struct Resumption: Encodable { var at: String, user: String, host: String, tool: String, noticed: String? }
  struct Redaction: Encodable { var line: Int, reason: String, at: String }
  struct Journal: Encodable { var lines: Int, finalDigest: String }
}

// MARK: - From the form

extension JSONRecord {
  init(_ form: Form) throws {
    guard let run = form.run else { throw ExportError.encoding(reason: "a blank form has no record") }
    flow = FlowName(id: form.flow, version: form.version, title: form.title, summary: form.summary)
    self.run = Run(
      id: run.id, tool: run.tool, user: run.user, host: run.host, performer: run.performer, owner: run.owner,
      reference: run.reference, began: run.began.exact, ended: run.ended?.exact)
    outcome = Outcome(word: run.outcome.code, reason: run.reason)
    steps = form.rows.map(Step.init)
    let loops = form.rows.compactMap(\.loop).sorted { $0.number < $1.number }
    if !loops.isEmpty { self.loops = loops.map(Loop.init) }
    exceptions = run.exceptions.map(Exception.init)
    reminders = run.reminders.map { Reminder(day: $0.day, text: $0.text.plain) }
    resumptions = run.resumptions.map {
      Resumption(at: $0.time.exact, user: $0.user, host: $0.host, tool: $0.tool, noticed: $0.noticed)
    }
    redactions = run.redactions.map { Redaction(line: $0.line, reason: $0.reason, at: $0.time.exact) }
    tally = Dictionary(run.tally.map { ($0.standing.code, $0.count) }, uniquingKeysWith: +)
    journal = Journal(lines: run.lines, finalDigest: run.digest)
  }
}

extension JSONRecord.Step {
  init(_ row: Form.Row) {
    let visits = row.filling?.visits ?? []
    self.init(
      number: row.number, id: row.step, title: row.title, required: row.isRequired,
      state: row.filling?.state.code ?? "not-reached", instructions: row.instructions.map(\.plain),
      question: row.question?.plain, choices: row.choices.map(\.title.plain), takes: row.takes, url: row.address?.text,
      source: row.source, facts: row.facts, loop: row.filling?.pointer?.loop,
      standing: visits.first(where: \.isStanding).map(JSONRecord.Visit.init),
      earlier: visits.filter { !$0.isStanding }.map(JSONRecord.Visit.init),
      notes: row.filling?.notes.map {
        JSONRecord.Note(
          at: $0.time.exact, text: $0.text, mouth: JSONRecord.AnswerSource($0.mouth), round: $0.round?.number)
      } ?? [])
  }
}

extension JSONRecord.Loop {
  init(_ loop: Form.Loop) {
    self.init(
      number: loop.number, steps: loop.rows,
      rounds: loop.rounds.map { JSONRecord.Round(number: $0.number, name: $0.name) })
  }
}

extension JSONRecord.Visit {
  init(_ visit: Form.Visit) {
    self.init(
      at: visit.time.exact, standing: visit.standing.code, by: visit.by, reason: visit.reason, answer: visit.answer,
      ids: visit.ids, mouth: JSONRecord.AnswerSource(visit.mouth),
      parts: visit.parts.map {
        JSONRecord.Part(
          name: $0.name, title: $0.title, taken: $0.isTaken, looksRight: $0.looksRight, publicPart: $0.publicPart)
      }, round: visit.round?.number, takenBack: visit.round != nil && visit.isEarlier ? true : nil)
  }
}

extension JSONRecord.AnswerSource {
  init(_ mouth: Form.AnswerSource) { self.init(kind: mouth.code, digest: mouth.digest) }
}

extension JSONRecord.Exception {
  init(_ exception: Form.Exception) {
    self.init(
      number: exception.number, step: exception.step, stepNumber: exception.row, kind: exception.kind.code,
      warning: exception.warning, what: exception.what, raised: exception.raised.exact,
      resolution: exception.resolution.code, reason: exception.accepted, resolved: exception.resolved?.exact,
      round: exception.round?.number)
  }
}
