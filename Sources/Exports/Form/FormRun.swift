import FlowCore
import Records

extension Form {
  /// What a filled form says of the run as a whole.
  struct Run: Equatable, Sendable {
    var id: String
    var tool: String
    var user: String
    var host: String
    var performer: String?
    var owner: String?
    var reference: String?
    var began: Time
    var ended: Time?
    /// `completed`, `aborted`, `blocked` or `unfinished`.
    var outcome: Word
    /// Why it ended so, or where an unfinished run stands.
    var reason: String?
    /// How many answers stand with each standing that occurs: one of a step, or one of each round of its loop.
    var tally: [Count]
    /// The tally in one line.
    var tallyLine: String
    var exceptions: [Exception]
    /// How many there are, in words.
    var exceptionLine: String
    var reminders: [Reminder]
    /// When the run was taken up again, and by whom.
    var resumptions: [Resumed]
    /// The last of them, and how often it was, if more than once.
    var lastResumed: Resumed?
    var timesResumed: String?
    /// The journal lines that were blanked afterwards.
    var redactions: [Redaction]
    /// The digest of the journal's last line, whole.
    var digest: String
    var lines: Int
  }

  struct Count: Equatable, Sendable {
    var standing: Word
    var count: Int
  }

  /// A numbered deviation.
  struct Exception: Equatable, Sendable {
    var number: Int
    /// The number of its step on the form.
    var row: Int
    var step: String
    var stepTitle: String
    var round: Record.Round?
    var kind: Word
    /// A warning's code.
    var warning: String?
    var what: String
    var raised: Time
    var resolution: Word
    /// The reason a person gave to leave it so.
    var accepted: String?
    var resolved: Time?
  }

  struct Reminder: Equatable, Sendable {
    /// `YYYY-MM-DD`.
    var day: String
    var text: Text
  }

  struct Resumed: Equatable, Sendable {
    var time: Time
    var user: String
    var host: String
    var tool: String
    /// What was noticed: another flow on this computer, a torn line.
    var noticed: String?
  }

  struct Redaction: Equatable, Sendable {
    var line: Int
    var reason: String
    var time: Time
  }
}

// MARK: - The filled form

extension Form {
  init(_ record: Record) {
    self.init(record.flow, filledFrom: FormAnswers(of: record))
    let items = Dictionary(record.items.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    let ahead = record.ahead
    let loops = record.loops.indices.map { Loop($0, of: record) }
    var pointers: [Step.ID: Pointer] = [:]
    for (loop, form) in zip(record.loops, loops) { for step in loop.steps { pointers[step] = form.pointer } }
    for index in rows.indices {
      rows[index].filling = items[rows[index].number].map {
        Filling($0, of: record, ahead: ahead, pointer: pointers[$0.step])
      }
      rows[index].loop = loops.first { $0.lastRow == rows[index].number }
    }
    run = Run(record)
  }
}

extension Form.Run {
  init(_ record: Record) {
    id = record.header.run
    tool = record.header.toolVersion
    user = record.header.user
    host = record.header.host
    performer = record.header.performer
    owner = record.header.owner
    reference = record.header.reference
    began = Form.Time(record.header.began)
    ended = record.ended.map(Form.Time.init)
    switch record.status {
    case .ended(let outcome, let reason):
      self.outcome = outcome.word
      self.reason = reason
    case .unfinished(let step):
      outcome = Form.Word(code: "unfinished", text: "unfinished")
      reason = record.standsAt(step)
    }
    tally = Form.tally(of: record)
    tallyLine = tally.isEmpty ? "nothing answered yet" : Form.line(of: tally)
    exceptions = record.exceptions.map { Form.Exception($0, in: record.flow) }
    exceptionLine = Form.line(of: exceptions)
    let addresses = record.flow.reminderAddresses
    reminders = record.reminders.sorted { $0.day < $1.day }.map {
      Form.Reminder(day: $0.day, text: Form.Text($0.text, linking: addresses))
    }
    resumptions = record.entries.compactMap { Form.Resumed($0) }
    lastResumed = resumptions.last
    timesResumed = resumptions.count > 1 ? "\(resumptions.count) times" : nil
    redactions = record.entries.compactMap { entry in
      guard case .redacted(let line, let reason) = entry.event else { return nil }
      return Form.Redaction(line: line, reason: reason, time: Form.Time(entry.at))
    }
    digest = record.finalDigest
    lines = record.lines
  }
}

extension Form {
  fileprivate static func tally(of record: Record) -> [Count] {
    let standings = record.standings.map(\.word)
    return Standing.words.compactMap { word in
      let count = standings.count { $0 == word }
      return count == 0 ? nil : Count(standing: word, count: count)
    }
  }

  fileprivate static func line(of tally: [Count]) -> String {
    tally.map { "\($0.count) \($0.standing.text)" }.joined(separator: ", ")
  }
}

extension Form {
  fileprivate static func line(of exceptions: [Exception]) -> String {
    if exceptions.isEmpty { return "no exceptions" }
    let open = exceptions.count { $0.resolution.code == "open" }
    return (exceptions.count == 1 ? "1 exception" : "\(exceptions.count) exceptions")
      + (open == 0 ? "" : ", \(open) open")
  }
}

extension Form.Exception {
  init(_ dated: Record.DatedException, in flow: Flow) {
    number = dated.exception.number
    row = flow.formNumber(of: dated.exception.step) ?? 0
    step = dated.exception.step.rawValue
    stepTitle = flow[dated.exception.step]?.title ?? step
    round = dated.round
    kind = Form.Word(code: dated.exception.kind.rawValue, text: dated.exception.kind.word)
    warning = dated.exception.code
    what = dated.exception.what
    raised = Form.Time(dated.raised)
    resolution = Form.Word(code: dated.exception.resolution.code, text: dated.exception.resolutionWord)
    if case .accepted(let reason) = dated.exception.resolution { accepted = reason }
    resolved = dated.resolved.map(Form.Time.init)
  }
}

extension Flow {
  /// The addresses that its reminders give.
  fileprivate var reminderAddresses: Set<String> {
    steps.reduce(into: []) { addresses, step in
      guard case .end(let ending) = step.body else { return }
      for reminder in ending.reminders { addresses.formUnion(Form.Text.addresses(in: reminder.text)) }
    }
  }
}

extension Form.Resumed {
  init?(_ entry: Entry) {
    guard case .resumed(let resumption) = entry.event else { return nil }
    time = Form.Time(entry.at)
    user = resumption.user
    host = resumption.host
    tool = resumption.toolVersion
    noticed = resumption.noticed
  }
}
