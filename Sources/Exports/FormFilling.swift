import FlowCore
import Records

extension Form.Filling {
  /// - Parameter ahead: the steps the run can still come to.
  init(_ item: Record.Item, of record: Record, ahead: Set<Step.ID>) {
    let given = record.state.given[item.step]
    state = Form.Filling.state(of: item, given: given, in: record, ahead: ahead)
    isTicked = state.code == "done" && given?.standing.isAffirmed == true
    let step = record.flow[item.step]
    let first = item.standing.map { [Form.Visit($0, at: step, isEarlier: false)] } ?? []
    // What was said again in the same words needs no second line.
    let earlier = item.visits.filter { item.standing?.saysTheSame(as: $0) != true }
    visits = first + earlier.map { Form.Visit($0, at: step, isEarlier: true) }
    notes = item.notes.map {
      Form.Note(text: $0.text, mouth: Form.Mouth($0.mouth), time: Form.Time($0.at))
    }
  }

  private static func state(of item: Record.Item, given: Given?, in record: Record, ahead: Set<Step.ID>) -> Form.Word {
    if record.status == .unfinished(at: item.step) { return Form.Word(code: "open", text: "the run stands here") }
    switch given?.answer {
    case .no?: return Form.Word(code: "denied", text: "answered no")
    case .exit?: return Form.Word(code: "left", text: "left another way")
    case .some: return Form.Word(code: "done", text: "done")
    case nil where given != nil: return Form.Word(code: "skipped", text: "skipped")
    case nil: break
    }
    return ahead.contains(item.step)
      ? Form.Word(code: "not-reached", text: "not reached yet")
      : Form.Word(code: "not-on-this-way", text: "not on this way")
  }
}

extension Record.Visit {
  fileprivate func saysTheSame(as other: Record.Visit) -> Bool {
    given.answer == other.given.answer && answer == other.answer && standing == other.standing
      && receipts == other.receipts
  }
}

extension Form.Visit {
  init(_ visit: Record.Visit, at step: Step?, isEarlier: Bool) {
    self.isEarlier = isEarlier
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
    mouth = Form.Mouth(visit.mouth)
    time = Form.Time(visit.at)
    parts = []
    guard case .credential(let rule)? = step?.body, !visit.receipts.isEmpty else { return }
    parts = visit.receipts.map { receipt in
      Form.Part(receipt, of: rule.parts.first { $0.name == receipt.part })
    }
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

extension Form.Mouth {
  init(_ mouth: Mouth) {
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
