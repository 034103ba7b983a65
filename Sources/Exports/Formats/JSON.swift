import FlowCore
import PlainText
import Records

extension Record {
  /// Writes the form as JSON that fits `exportSchema`: sorted keys, two spaces, a line break at the end.
  ///
  /// Characters that could reorder text or begin markup are written as `\u` escapes: a program reads every text as it
  /// was given, and a person who opens the file sees nothing hidden. Names here are promises: see `exportSchema`.
  func json() -> String {
    let rows = Form(self).rows
    let loops = rows.compactMap(\.loop).sorted { $0.number < $1.number }
    let record = JSON.fields([
      "format": .number(flow.parts.isEmpty ? 1 : 2),
      "flow": JSON.fields([
        "id": .text(flow.id), "version": .number(flow.version), "title": .text(flow.title.onOneLine),
        "summary": .text(flow.summary.onOneLine),
      ]),
      "run": JSON.fields([
        "id": .text(header.run), "tool": .text(header.toolVersion), "user": .text(header.user),
        "host": .text(header.host), "performer": .given(header.performer),
        "owner": .given(header.owner), "reference": .given(header.reference),
        "began": .time(header.began), "ended": .given(ended),
      ]),
      "card": card.map { card in
        JSON.fields([
          "headline": .text(card.headline),
          "key": card.key.map { key in
            JSON.fields([
              "exchange": .text(key.exchange), "label": .given(key.label), "store": .text(key.store),
              "name": .given(key.name),
              "listed": .given(key.listed),
            ])
          }, "lines": .array(card.lines.map(JSON.text)),
          "next": .array(card.next.map { JSON.fields([$0.isCommand ? "command" : "text": .text($0.text)]) }),
        ])
      },
      "outcome": JSON.fields(["word": .text(outcomeWord), "reason": .given(outcomeReason)]),
      "steps": .array(rows.map(JSON.step)),
      "loops": loops.isEmpty ? nil : .array(loops.map(JSON.loop)),
      "exceptions": .array(exceptions.map { JSON.exception($0, in: flow) }),
      "reminders": .array(lookAgain.map { JSON.fields(["day": .text($0.day), "text": .text($0.text.plain)]) }),
      "resumptions": .array(
        resumptions.map { at, by in
          JSON.fields([
            "at": .time(at), "user": .text(by.user), "host": .text(by.host), "performer": .given(by.performer),
            "tool": .text(by.toolVersion),
            "noticed": .given(by.noticed),
          ])
        }),
      "timeline": header.format < 2 ? nil : .array(timeline.map { JSON.moment($0, in: flow) }),
      "redactions": .array(
        redactions.map { JSON.fields(["line": .number($0.line), "reason": .text($0.reason), "at": .time($0.at)]) }),
      "tally": .object(tally(in: Standing.words).map { JSON.Member(Standing.code($0.word), .number($0.count)) }),
      "journal": JSON.fields(["lines": .number(lines), "finalDigest": .text(finalDigest)]),
    ])
    return record.text(.indented, escaping: [.shortForms, .markup]) + "\n"
  }
}

extension JSON {
  /// An object without the members that have no value.
  fileprivate static func fields(_ members: KeyValuePairs<String, JSON?>) -> JSON {
    .object(members.compactMap { name, value in value.map { JSON.Member(name, $0) } })
  }

  fileprivate static func number(_ number: Int) -> JSON { .integer(Int64(number)) }
  /// The number of a step: in a flow without sections, which is all that format 1 knew, one to count with.
  private static func step(number label: String?) -> JSON? {
    label.map { label in Int(label).map(number) ?? .text(label) }
  }
  fileprivate static func time(_ moment: Timestamp) -> JSON { .text(moment.description) }
  fileprivate static func given(_ text: String?) -> JSON? { text.map(JSON.text) }
  fileprivate static func given(_ moment: Timestamp?) -> JSON? { moment.map(time) }
  private static func given(_ number: Int?) -> JSON? { number.map(JSON.number) }
  private static func texts(_ texts: [String]) -> JSON { .array(texts.map(JSON.text)) }

  fileprivate static func step(_ row: Form.Row) -> JSON {
    let step = row.step
    let visits = row.filling?.visits ?? []
    let notes = row.filling?.notes.map { note in
      fields([
        "at": .time(note.at), "text": .text(note.text), "mouth": source(note.source),
        "round": given(note.round?.number),
      ])
    }
    return fields([
      "number": self.step(number: row.number), "section": row.part.map { .text($0.title) },
      "id": .text(step.id.rawValue), "title": .text(row.title),
      "required": .flag(step.required), "state": .text((row.filling?.state ?? .notReached).rawValue),
      "instructions": .texts(row.instructions.map(\.plain)), "question": row.question.map { .text($0.plain) },
      "choices": .texts(row.choices.map(\.title.plain)), "takes": .texts(row.takes), "url": given(step.url),
      "source": given(row.source), "facts": .texts(step.facts),
      "loop": given(row.filling?.loop?.number),
      "standing": visits.first(where: \.isStanding).map(JSON.visit),
      "earlier": .array(visits.filter { !$0.isStanding }.map(JSON.visit)),
      "notes": .array(notes ?? []),
    ])
  }

  fileprivate static func loop(_ loop: Form.Loop) -> JSON {
    fields([
      "number": .number(loop.number), "steps": .array(loop.numbers.compactMap(step(number:))),
      "rounds": .array(
        loop.rounds.map { fields(["number": .number($0.number), "name": given($0.name)]) }),
    ])
  }

  private static func visit(_ said: Form.Visit) -> JSON {
    let visit = said.visit
    return fields([
      "at": .time(visit.at), "standing": .text(Standing.code(visit.standing.word)), "by": given(said.by),
      "reason": given(said.reason), "answer": given(said.answer),
      "claims": said.claims.isEmpty ? nil : .texts(said.claims), "ids": .texts(visit.ids),
      "mouth": source(visit.source), "parts": .array(said.parts.map(part)), "round": given(visit.round?.number),
      "takenBack": visit.round != nil && said.isEarlier ? true : nil,
    ])
  }

  private static func part(_ part: Form.Part) -> JSON {
    fields([
      "name": .text(part.receipt.part), "title": .text(part.title), "taken": .flag(part.receipt.taken),
      "looksRight": .text(part.receipt.looksRight.rawValue), "publicPart": given(part.publicPart),
    ])
  }

  private static func source(_ source: AnswerSource) -> JSON {
    fields(["kind": .text(source.code), "digest": given(source.digest)])
  }

  fileprivate static func moment(_ moment: Record.Moment, in flow: Flow) -> JSON {
    fields([
      "at": .time(moment.at), "what": .text(moment.what), "step": given(moment.step?.rawValue),
      "stepNumber": step(number: moment.step.flatMap { flow.number(of: $0) }),
    ])
  }

  fileprivate static func exception(_ dated: Record.DatedException, in flow: Flow) -> JSON {
    let exception = dated.exception
    return fields([
      "number": .number(exception.number), "step": .text(exception.step.rawValue),
      "stepNumber": step(number: flow.number(of: exception.step)) ?? .number(0), "kind": .text(exception.kind.rawValue),
      "warning": given(exception.code), "what": .text(exception.what), "raised": .time(dated.raised),
      "resolution": .text(exception.resolutionCode), "reason": given(exception.acceptance),
      "resolved": given(dated.resolved), "round": given(dated.round?.number),
    ])
  }
}
