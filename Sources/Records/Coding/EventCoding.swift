import FlowCore

extension Event {
  /// The payload of the event; the flow says what its answer is worth.
  func fields(at moment: Timestamp, in flow: Flow?) -> Fields {
    var fields = Fields()
    let (kind, step, source) = head
    fields.set("at", moment.description)
    fields.set("event", kind.rawValue)
    fields.set("step", step?.rawValue)
    if let source { fields.set(source) }
    setDetails(of: &fields)
    if let standing = standing(in: flow) { fields.set("standing", standing.inJournal) }
    return fields
  }

  /// Reads an event from the payload of a line. Throws `Fields.Fault`.
  init(_ fields: Fields, inLine line: Int) throws(Fields.Fault) {
    switch try fields.choice("event", as: EventKind.self) {
    case .began: self = .began
    case .shown:
      self = .shown(try fields.textIfPresent("step").map { Step.ID($0) }, try fields.texts("sentences"))
    case .answered:
      let (answer, source) = (try fields.answer(inLine: line), try fields.source)
      if case .verdict(let verdict, let means) = answer, source == .tool {
        self = .observed(try fields.step, Observation(verdict, by: means))
      } else {
        self = .answered(try fields.step, answer, words: try fields.mapIfPresent("words"), source)
      }
    case .partTaken:
      let receipt = PartReceipt(
        part: try fields.text("part"), publicPart: try fields.textIfPresent("publicPart"),
        looksRight: try fields.choice("looksRight", as: Verdict.self), taken: try fields.flag("taken"))
      self = .partTaken(try fields.step, receipt, try fields.source)
    case .storesSurveyed: self = .storesSurveyed(try fields.step, try fields.survey)
    case .keysSurveyed: self = .keysSurveyed(try fields.step, try fields.knownKeys)
    case .keyRecalled:
      self = .keyRecalled(
        try fields.step, try fields.knownKey, answers: try fields.recalledAnswers,
        accepted: fields.values["mouth"] == nil ? nil : try fields.source)
    case .programProposed: self = .programProposed(try fields.program)
    case .keyReported: self = try fields.keyEvent(.reported)
    case .keyOperated: self = try fields.keyEvent(.operated)
    case .keyDated: self = try fields.keyEvent(.dated)
    case .storeProven:
      self = .storeProven(
        try fields.step, store: try fields.text("store"), try fields.choice("verdict", as: Verdict.self),
        by: try fields.text("by"))
    case .storeFailed:
      self = .storeFailed(try fields.step, store: try fields.text("store"), reason: try fields.text("reason"))
    case .storeChanged: self = .storeChanged(try fields.step, store: try fields.text("store"), try fields.source)
    case .credentialKept: self = .credentialKept(try fields.step, try fields.reference)
    case .credentialHeld:
      self = .credentialHeld(
        try fields.step, try fields.reference, try fields.choice("proof", as: KeepingProof.self), try fields.source)
    case .keepingFailed: self = .keepingFailed(try fields.step, reason: try fields.text("reason"))
    case .stillShown: self = .stillShown(try fields.step, try fields.flag("shown"), try fields.source)
    case .skipped: self = .skipped(try fields.step, reason: try fields.text("reason"), try fields.source)
    case .differed: self = .differed(try fields.step, try fields.text("text"), try fields.source)
    case .noted: self = .noted(try fields.step, try fields.text("text"), try fields.source)
    case .wentBack: self = .wentBack(try fields.step, try fields.source)
    case .reopened: self = .reopened(try fields.step, try fields.source)
    case .suspended: self = .suspended(try fields.interruption)
    case .resumed:
      self = .resumed(
        Resumption(
          user: try fields.text("user"), host: try fields.text("host"),
          performer: try fields.textIfPresent("performer"), toolVersion: try fields.text("tool"),
          flowChanged: try fields.flag("flowChanged"), bytesCut: try fields.number("bytesCut")))
    case .discarded: self = .discarded(reason: try fields.text("reason"))
    case .redacted: self = .redacted(line: try fields.number("line"), reason: try fields.text("reason"))
    }
  }

  var kind: EventKind { head.kind }
  /// The step at which it happened, if at one.
  var step: Step.ID? { head.step }

  // MARK: - Private

  /// Of which kind it is, at which step, and who gave it.
  private var head: (kind: EventKind, step: Step.ID?, source: AnswerSource?) {
    switch self {
    case .began: (.began, nil, nil)
    case .shown(let step, _): (.shown, step, nil)
    case .answered(let step, _, _, let source): (.answered, step, source)
    // Of what a check found a journal says that it was answered, by the tool.
    case .observed(let step, _): (.answered, step, .tool)
    case .storesSurveyed(let step, _): (.storesSurveyed, step, nil)
    case .keysSurveyed(let step, _): (.keysSurveyed, step, nil)
    case .keyRecalled(let step, _, _, let accepted): (.keyRecalled, step, accepted)
    case .programProposed: (.programProposed, nil, nil)
    case .key(let step, let event): (event.kind.inJournal, step, nil)
    case .storeProven(let step, _, _, _): (.storeProven, step, nil)
    case .storeFailed(let step, _, _): (.storeFailed, step, nil)
    case .storeChanged(let step, _, let source): (.storeChanged, step, source)
    case .partTaken(let step, _, let source): (.partTaken, step, source)
    case .credentialHeld(let step, _, _, let source): (.credentialHeld, step, source)
    case .credentialKept(let step, _): (.credentialKept, step, nil)
    case .keepingFailed(let step, _): (.keepingFailed, step, nil)
    case .stillShown(let step, _, let source): (.stillShown, step, source)
    case .skipped(let step, _, let source): (.skipped, step, source)
    case .differed(let step, _, let source): (.differed, step, source)
    case .noted(let step, _, let source): (.noted, step, source)
    case .wentBack(let step, let source): (.wentBack, step, source)
    case .reopened(let step, let source): (.reopened, step, source)
    case .suspended: (.suspended, nil, nil)
    case .resumed: (.resumed, nil, nil)
    case .discarded: (.discarded, nil, nil)
    case .redacted: (.redacted, nil, nil)
    }
  }

  /// What belongs to its kind alone.
  private func setDetails(of fields: inout Fields) {
    switch self {
    case .began, .wentBack, .reopened: break
    case .shown(_, let sentences): fields.set("sentences", sentences)
    case .answered(_, let answer, let words, _):
      fields.set(answer)
      if !words.isEmpty { fields.set("words", words) }
    case .observed(_, let observation): fields.set(observation.answer)
    case .storesSurveyed(_, let survey): fields.set(survey)
    case .keysSurveyed(_, let keys): fields.set(keys)
    case .keyRecalled(_, let key, let answers, _):
      fields.set(key)
      fields.set(recalled: answers)
    case .programProposed(let program): fields.set(program)
    case .key(_, let event): fields.set(event)
    case .storeProven(_, let store, let verdict, let means):
      fields.set("store", store)
      fields.set("verdict", verdict.rawValue)
      fields.set("by", means)
    case .storeFailed(_, let store, let reason):
      fields.set("store", store)
      fields.set("reason", reason)
    case .storeChanged(_, let store, _): fields.set("store", store)
    case .partTaken(_, let receipt, _):
      fields.set("part", receipt.part)
      fields.set("publicPart", receipt.publicPart)
      fields.set("looksRight", receipt.looksRight.rawValue)
      fields.set("taken", receipt.taken)
    case .credentialHeld(_, let reference, let proof, _):
      fields.set(reference)
      fields.set("proof", proof.rawValue)
    case .credentialKept(_, let reference): fields.set(reference)
    case .stillShown(_, let shown, _): fields.set("shown", shown)
    case .differed(_, let text, _), .noted(_, let text, _): fields.set("text", text)
    case .suspended(let interruption): fields.set(interruption)
    case .resumed(let resumption):
      fields.set("user", resumption.user)
      fields.set("host", resumption.host)
      fields.set("performer", resumption.performer)
      fields.set("tool", resumption.toolVersion)
      fields.set("flowChanged", resumption.flowChanged)
      fields.set("bytesCut", resumption.bytesCut)
    case .keepingFailed(_, let reason), .skipped(_, let reason, _), .discarded(let reason): fields.set("reason", reason)
    case .redacted(let line, let reason):
      fields.set("line", line)
      fields.set("reason", reason)
    }
  }

  /// What its answer is worth; nil if it has none, or if the flow does not know the step.
  private func standing(in flow: Flow?) -> Standing? {
    switch self {
    case .answered(let step, let answer, _, let source): flow?[step].map { .of(answer, at: $0, from: source) }
    case .observed(let step, let observation): flow?[step].map { .of(observation.answer, at: $0, from: .tool) }
    case .credentialHeld(_, _, let proof, let source): .of(proof, from: source)
    case .skipped(_, let reason, _): .skipped(reason: reason)
    default: nil
    }
  }
}
