import FlowCore
import Records

extension Markup {
  /// - Parameter record: the run that filled the form in; none for a blank one.
  static func page(_ form: Form, of record: Record? = nil) throws(ExportError) -> String {
    try PageTemplate<Self>("page", in: pages).rendered(.page(form, of: record))
  }
}

// What the pages show of a form, by name.

extension PageValue {
  fileprivate static func page(_ form: Form, of record: Record?) -> PageValue {
    let flow = form.flow
    let ways = record == nil ? FormWays(of: flow) : nil
    return [
      "title": .text(flow.title.onOneLine), "summary": .text(flow.summary.onOneLine), "flow": .text(flow.id),
      "version": .number(flow.version), "minutes": .given(flow.minutes, number), "needs": .each(flow.needs, text),
      "tags": .text(form.tags), "again": .text(ways?.leadsBack == true ? freshCopy : nil),
      "hasParts": .flag(!flow.parts.isEmpty), "rows": .each(form.rows) { row($0, ways, in: form) },
      "isCompact": .flag(form.isCompact),
      "isReported": .flag(record?.standings.contains { if case .reported = $0 { true } else { false } } ?? false),
      "facts": .each(form.facts) { ["tag": .text($0.tag), "text": .text($0.words)] },
      "article": .text(form.facts.isEmpty ? nil : ArticleFacts.article),
      "ends": .given(ways) { ways in .list(flow.steps.compactMap { end($0, ways, in: flow) }) },
      "run": .given(record) { run($0, form) },
    ]
  }

  private static var freshCopy: String {
    "Where a step leads back to an earlier one, go on with a fresh copy of these pages."
  }

  /// One way in which the procedure ends, with where it is come to; nil for a step that is no end.
  private static func end(_ step: Step, _ ways: FormWays, in flow: Flow) -> PageValue? {
    guard case .end(let ending) = step.body else { return nil }
    func text(_ template: Template) -> PageValue {
      .text(Form.Text(template, at: step.id, in: flow, filledFrom: nil))
    }
    func said(_ text: Conditional<Template>) -> PageValue {
      .text(Form.Text(text.onBlankForm(of: flow), at: step.id, in: flow, filledFrom: nil))
    }
    return [
      "title": .text(step.endTitle(ending)), "outcome": .text(ending.outcome.rawValue),
      "when": .text(ways.only(at: step)), "reasons": .each(ending.reason, said),
      "next": .each(ending.next) { said(Conditional(when: $0.guardCondition, $0.value.text)) },
      "reminders": .each(ending.reminders) { reminder in
        let days = reminder.days == 1 ? "1 day later" : "\(reminder.days) days later"
        let condition = reminder.guardCondition.map { ", if \($0.words(in: flow))" } ?? ""
        return ["when": .text(days + condition), "text": text(reminder.text)]
      },
    ]
  }

  // MARK: - Steps

  /// - Parameter ways: for who fills in the blank form: when a step belongs that is not on every way, and where it leads if
  ///   not to the step after it.
  private static func row(_ row: Form.Row, _ ways: FormWays?, in form: Form) -> PageValue {
    let leads = ways?.leads(from: row.step) ?? []
    return [
      "part": .given(row.part) { .text($0.title) },
      "isFirst": .flag(row.step.id == form.rows.first?.step.id), "number": .text(row.number), "title": .text(row.title),
      "isRequired": .flag(row.step.required),
      "only": .text(ways?.only(at: row.step)), "instructions": .each(row.instructions, text),
      "asides": .text(row.asides.isEmpty ? nil : row.asides.joined(separator: "; ")),
      "address": .given(form.isCompact ? nil : row.step.url) { .text(Form.Text(address: $0)) },
      "source": .text(form.isCompact ? nil : row.source),
      "question": .text(row.question), "hasChoices": .flag(!row.choices.isEmpty),
      "choosesMany": .flag(row.choosesMany),
      "choices": .each(row.choices) { ["title": .text($0.title), "isChosen": .flag($0.isChosen)] },
      "takes": .each(form.isCompact ? [] : row.takes, text),
      "factsLine": .text(form.isCompact || row.step.facts.isEmpty ? nil : row.step.facts.joined(separator: ", ")),
      "filling": .given(row.filling) { filling in
        [
          "isTicked": .flag(filling.isTicked), "entry": entry(filling.entry, form),
          "pointer": .given(filling.loop) { ["loop": .number($0.number), "text": .text($0.pointer)] },
        ]
      },
      "hasLeads": .flag(!leads.isEmpty), "leads": .each(leads, text), "loop": .given(row.loop) { loop($0, form) },
    ]
  }

  private static func loop(_ loop: Form.Loop, _ form: Form) -> PageValue {
    [
      "number": .number(loop.number), "count": .number(loop.rounds.count),
      "rounds": .each(loop.rounds) { round in
        [
          "number": .number(round.number), "name": .text(round.name),
          "lines": .each(round.lines) { line in
            [
              "row": .text(line.row), "title": .text(line.title), "isTicked": .flag(line.isTicked),
              "entry": entry(line.entry, form),
            ]
          },
        ]
      },
    ]
  }

  private static func entry(_ entry: Form.Entry, _ form: Form) -> PageValue {
    [
      "status": .text(entry.status), "visits": .list(entry.visits.flatMap { visits($0, form) }),
      "notes": .each(entry.notes) { ["text": .text($0.text), "from": .text($0.source.words), "time": time($0.at)] },
    ]
  }

  /// A line for each thing that an answer claims.
  private static func visits(_ said: Form.Visit, _ form: Form) -> [PageValue] {
    said.claims.isEmpty ? [visit(said, said.answer, form)] : said.claims.map { visit(said, $0, form) }
  }

  private static func visit(_ said: Form.Visit, _ answer: String?, _ form: Form) -> PageValue {
    [
      "isEarlier": .flag(said.isEarlier), "standing": standing(said.visit.standing.word, form.words),
      "by": .text(said.by),
      "reason": .text(said.reason), "answer": .text(answer), "from": .text(said.visit.source.words),
      "time": time(said.visit.at),
      "parts": .each(said.parts) { ["title": .text($0.title), "text": .text($0.words(form.words))] },
    ]
  }

  private static func standing(_ word: String, _ words: StandingWords) -> PageValue {
    [
      "code": .text(Standing.code(word)), "text": .text(words.text(word)),
      "isScripted": .flag(word == Standing.scripted.word), "said": .text(words.sentence(word)),
    ]
  }

  private static func time(_ moment: Timestamp) -> PageValue {
    ["exact": .text(moment.description), "minute": .text(moment.minute)]
  }

  // MARK: - The run as a whole

  private static func run(_ record: Record, _ form: Form) -> PageValue {
    let (header, words) = (record.header, form.words)
    let timeline = form.isCompact ? [] : record.timeline
    let tally = record.tally(in: Standing.words)
    let resumptions = record.resumptions.map(resumed)
    return [
      "id": .text(header.run), "tool": .text(header.toolVersion), "user": .text(header.user),
      "card": .given(record.card, card),
      "host": .text(header.host),
      "performer": .text(header.performer), "owner": .text(header.owner), "reference": .text(header.reference),
      "began": time(header.began), "ended": .given(record.ended, time), "outcome": .text(record.outcomeWord),
      "reason": .text(record.outcomeReason),
      "tally": .each(tally) { ["count": .number($0.count), "standing": standing($0.word, words)] },
      "tallyLine": .text(words.line(tally)),
      "exceptionLine": .text(record.exceptionTally), "hasExceptions": .flag(!record.exceptions.isEmpty),
      "exceptions": .each(record.exceptions) { exception($0, in: record.flow) },
      "hasReminders": .flag(!record.reminders.isEmpty),
      "reminders": .each(record.lookAgain) { ["day": .text($0.day), "text": .text($0.text)] },
      "resumptions": .list(resumptions), "lastResumed": resumptions.last ?? .nothing,
      "timesResumed": .text(resumptions.count > 1 ? "\(resumptions.count) times" : nil),
      "hasTimeline": .flag(!timeline.isEmpty),
      "timeline": .each(timeline) { moment in
        [
          "time": time(moment.at), "what": .text(moment.what),
          "row": .text(moment.step.flatMap { record.flow.number(of: $0) }),
        ]
      },
      "redactions": .each(record.redactions) {
        ["line": .number($0.line), "reason": .text($0.reason), "time": time($0.at)]
      },
      "digest": .text(record.finalDigest), "lines": .number(record.lines),
      "meanings": .each(words.meanings(of: record.standings)) {
        ["standing": standing($0.word, words), "text": .text($0.meaning)]
      },
      "brackets": .text("[in brackets]"),
    ]
  }

  private static func card(_ card: Card) -> PageValue {
    var next: [(text: String, command: String?)] = []
    for advice in card.next {
      // A command belongs to the words before it.
      if advice.isCommand, let last = next.indices.last, next[last].command == nil {
        next[last].command = advice.text
      } else {
        next.append(advice.isCommand ? ("", advice.text) : (advice.text, nil))
      }
    }
    return [
      "headline": .text(card.headline), "lines": .each(card.lines, text),
      "next": .each(next) { ["text": .text($0.text), "command": .code($0.command)] },
    ]
  }

  private static func exception(_ dated: Record.DatedException, in flow: Flow) -> PageValue {
    let exception = dated.exception
    return [
      "number": .number(exception.number), "row": .text(flow.number(of: exception.step)),
      "stepTitle": .text(flow.title(of: exception.step)), "round": .given(dated.round) { .number($0.number) },
      "kind": .text(exception.kind.word), "warning": .text(exception.code), "what": .text(exception.what),
      "raised": time(dated.raised), "resolution": .text(exception.resolutionWord),
      "accepted": .text(exception.acceptance), "resolved": .given(dated.resolved, time),
    ]
  }

  private static func resumed(_ resumed: Record.Resumed) -> PageValue {
    let by = resumed.by
    return [
      "time": time(resumed.at), "performer": .text(by.performer), "user": .text(by.user), "host": .text(by.host),
      "tool": .text(by.toolVersion),
      "noticed": .text(by.noticed),
    ]
  }
}
