import FlowCore
import Records

extension Form.Filling {
  /// - Parameters:
  ///   - ahead: the steps the run can still come to.
  ///   - pointer: where the rounds are, if the step is one of a loop.
  init(_ item: Record.Item, of record: Record, ahead: Set<Step.ID>, pointer: Form.Pointer?) {
    let given = record.state.given[item.step]
    let step = record.flow[item.step]
    state = Form.Filling.state(of: item, given: given, in: record, ahead: ahead)
    isTicked = state.code == "done" && given?.isTicked == true
    self.pointer = pointer
    notes = item.notes.map(Form.Note.init)
    guard pointer != nil else {
      let first = item.standing.map { [Form.Visit($0, at: step, isStanding: true, isEarlier: false)] } ?? []
      // What was said again in the same words needs no second line.
      let earlier = item.visits.filter { item.standing?.saysTheSame(as: $0) != true }
      visits = first + earlier.map { Form.Visit($0, at: step, isStanding: false, isEarlier: true) }
      entry = Form.Entry(status: visits.isEmpty ? state.text : nil, visits: visits, notes: notes)
      return
    }
    let isOpen = record.status == .unfinished(at: item.step)
    let last = isOpen ? nil : item.visits.lastIndex { $0.round != nil && !$0.isTakenBack }
    visits = item.visits.enumerated().compactMap { place, visit in
      let isEarlier = visit.isTakenBack || visit.round == nil
      let isSaid =
        isEarlier
        && item.visits.contains {
          !$0.isTakenBack && $0.round != nil && $0.round == visit.round && $0.saysTheSame(as: visit)
        }
      return isSaid ? nil : Form.Visit(visit, at: step, isStanding: place == last, isEarlier: isEarlier)
    }
    // What belongs to a round stands there.
    entry = Form.Entry(visits: visits.filter { $0.round == nil }, notes: notes.filter { $0.round == nil })
    if isOpen { openRound = record.openRound }
  }

  private static func state(of item: Record.Item, given: Given?, in record: Record, ahead: Set<Step.ID>) -> Form.Word {
    if record.status == .unfinished(at: item.step) { return Form.Word(code: "open", text: "the run stands here") }
    if let given { return given.state }
    return ahead.contains(item.step)
      ? Form.Word(code: "not-reached", text: "not reached yet")
      : Form.Word(code: "not-on-this-way", text: "not on this way")
  }
}

extension Given {
  /// What became of its step.
  var state: Form.Word {
    switch answer {
    case .no?: Form.Word(code: "denied", text: "answered no")
    case .exit?: Form.Word(code: "left", text: "left another way")
    case .some: Form.Word(code: "done", text: "done")
    case nil: Form.Word(code: "skipped", text: "skipped")
    }
  }

  /// Whether its box is ticked.
  var isTicked: Bool { state.code == "done" && standing.isAffirmed }
}

extension Record.Visit {
  func saysTheSame(as other: Record.Visit) -> Bool {
    given.answer == other.given.answer && answer == other.answer && standing == other.standing
      && receipts == other.receipts
  }
}

extension Form.Visit {
  init(_ visit: Record.Visit, at step: Step?, isStanding: Bool, isEarlier: Bool) {
    self.isStanding = isStanding
    self.isEarlier = isEarlier
    round = visit.round
    state = visit.given.state
    ids = visit.ids
    answer = visit.answer
    standing = visit.standing.word
    isScripted = visit.standing == .scripted
    switch visit.standing {
    case .verified(let verdict, let means):
      by = means
      // What a check found is its standing: as an answer it would only be said again.
      if visit.ids == [verdict.rawValue] { answer = nil }
    case .skipped(let why): reason = why
    case .answered, .claimed, .scripted: break
    }
    mouth = Form.AnswerSource(visit.source)
    time = Form.Time(visit.at)
    parts = []
    guard case .credential(let rule)? = step?.body, !visit.receipts.isEmpty else { return }
    parts = visit.receipts.map { receipt in
      Form.Part(receipt, of: rule.parts.first { $0.name == receipt.part })
    }
  }
}

extension Form.Note {
  init(_ note: Record.Note) {
    text = note.text
    mouth = Form.AnswerSource(note.source)
    time = Form.Time(note.at)
    round = note.round
  }
}

extension Form.Part {
  init(_ receipt: PartReceipt, of part: CredentialPart?) {
    name = receipt.part
    title = part?.title ?? receipt.part
    isTaken = receipt.taken
    looksRight = receipt.looksRight.rawValue
    // Of a secret nothing is shown, whatever a journal may claim.
    publicPart = part?.secret == false ? receipt.publicPart : nil
    text = receipt.words(listedAs: publicPart)
  }
}

extension Form.AnswerSource {
  init(_ mouth: AnswerSource) {
    code = mouth.code
    text = mouth.words
    if case .script(let whole) = mouth { digest = whole }
  }
}

extension Form.Time {
  init(_ moment: Timestamp) {
    exact = moment.description
    minute = moment.minute
  }
}
