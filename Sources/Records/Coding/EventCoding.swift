import FlowCore

/// Events as payloads: one flat object, for example
/// `{"answer":"choice","at":"2026-11-23T14:05:09.000Z","event":"answered","mouth":"typed","standing":"answered",`
/// `"step":"purpose","value":"spot-bot"}`.
///
/// | event | its fields, `at` and `event` apart |
/// |---|---|
/// | began | |
/// | shown | step?, sentences |
/// | answered | step, answer and what belongs to it (`AnswerCoding.swift`), words?, mouth; of an observation mouth is tool |
/// | stores-surveyed | step, stores (their ids), titles, notes?, obstacles?, plaintext? (texts by id), standard? |
/// | store-proven | step, store, verdict (yes, no, not-knowable), by |
/// | store-failed | step, store, reason |
/// | store-changed | step, store, mouth |
/// | part-taken | step, part, publicPart?, looksRight (yes, no, not-knowable), taken, mouth |
/// | credential-held | step, store, name?, proof (read-back, found-again, last-four-matched, none), mouth |
/// | credential-kept | step, store, name? |
/// | keeping-failed | step, reason |
/// | still-shown | step, shown, mouth |
/// | skipped | step, reason, mouth |
/// | differed, noted | step, text, mouth |
/// | went-back, reopened | step, mouth |
/// | suspended | interruption (quit, input-ended, signal, lost), signal? |
/// | resumed | user, host, tool, flowChanged, bytesCut |
/// | discarded | reason |
/// | redacted | line, reason, tombstone? |
///
/// A mouth is typed, enter, script, program or tool; a script's digest stands under `script`. `standing` says in words what
/// an answer is worth at its step: for people who read the file, ignored when it is read back.
enum EventKind: String, CaseIterable {
  case began, shown, answered
  case partTaken = "part-taken"
  case storesSurveyed = "stores-surveyed"
  case storeProven = "store-proven"
  case storeFailed = "store-failed"
  case storeChanged = "store-changed"
  case credentialHeld = "credential-held"
  case credentialKept = "credential-kept"
  case keepingFailed = "keeping-failed"
  case stillShown = "still-shown"
  case skipped, differed, noted
  case wentBack = "went-back"
  case reopened, suspended, resumed, discarded, redacted
}

extension Event {
  /// The payload of the event; the flow says what its answer is worth.
  func fields(at moment: Timestamp, in flow: Flow?) -> Fields {
    var fields = Fields()
    fields.set("at", moment.description)
    fields.set("event", kind.rawValue)
    switch self {
    case .began: break
    case .shown(let step, let sentences):
      fields.set("step", step?.rawValue)
      fields.set("sentences", sentences)
    case .answered(let step, let answer, let words, let source):
      fields.set("step", step.rawValue)
      fields.set(answer)
      if !words.isEmpty { fields.set("words", words) }
      fields.set(source)
      fields.set("standing", flow?[step].map { Standing.of(answer, at: $0, from: source).inJournal })
    case .observed(let step, let observation):
      let verdict = Answer.verdict(observation.verdict, by: observation.means)
      fields.set("step", step.rawValue)
      fields.set(verdict)
      fields.set(AnswerSource.tool)
      fields.set("standing", flow?[step].map { Standing.of(verdict, at: $0, from: .tool).inJournal })
    case .storesSurveyed(let step, let survey):
      fields.set("step", step.rawValue)
      fields.set(survey)
    case .storeProven(let step, let store, let verdict, let means):
      fields.set("step", step.rawValue)
      fields.set("store", store)
      fields.set("verdict", verdict.rawValue)
      fields.set("by", means)
    case .storeFailed(let step, let store, let reason):
      fields.set("step", step.rawValue)
      fields.set("store", store)
      fields.set("reason", reason)
    case .storeChanged(let step, let store, let source):
      fields.set("step", step.rawValue)
      fields.set("store", store)
      fields.set(source)
    case .credentialKept(let step, let reference):
      fields.set("step", step.rawValue)
      fields.set("store", reference.store)
      fields.set("name", reference.name)
    case .partTaken(let step, let receipt, let source):
      fields.set("step", step.rawValue)
      fields.set("part", receipt.part)
      fields.set("publicPart", receipt.publicPart)
      fields.set("looksRight", receipt.looksRight.rawValue)
      fields.set("taken", receipt.taken)
      fields.set(source)
    case .credentialHeld(let step, let reference, let proof, let source):
      fields.set("step", step.rawValue)
      fields.set("store", reference.store)
      fields.set("name", reference.name)
      fields.set("proof", proof.rawValue)
      fields.set(source)
      fields.set("standing", Standing.of(proof, from: source).inJournal)
    case .keepingFailed(let step, let reason):
      fields.set("step", step.rawValue)
      fields.set("reason", reason)
    case .stillShown(let step, let shown, let source):
      fields.set("step", step.rawValue)
      fields.set("shown", shown)
      fields.set(source)
    case .skipped(let step, let reason, let source):
      fields.set("step", step.rawValue)
      fields.set("reason", reason)
      fields.set(source)
      fields.set("standing", Standing.skipped(reason: reason).inJournal)
    case .differed(let step, let text, let source), .noted(let step, let text, let source):
      fields.set("step", step.rawValue)
      fields.set("text", text)
      fields.set(source)
    case .wentBack(let step, let source), .reopened(let step, let source):
      fields.set("step", step.rawValue)
      fields.set(source)
    case .suspended(let interruption): fields.set(interruption)
    case .resumed(let resumption):
      fields.set("user", resumption.user)
      fields.set("host", resumption.host)
      fields.set("tool", resumption.toolVersion)
      fields.set("flowChanged", resumption.flowChanged)
      fields.set("bytesCut", resumption.bytesCut)
    case .discarded(let reason): fields.set("reason", reason)
    case .redacted(let line, let reason):
      fields.set("line", line)
      fields.set("reason", reason)
    }
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
          user: try fields.text("user"), host: try fields.text("host"), toolVersion: try fields.text("tool"),
          flowChanged: try fields.flag("flowChanged"), bytesCut: try fields.number("bytesCut")))
    case .discarded: self = .discarded(reason: try fields.text("reason"))
    case .redacted: self = .redacted(line: try fields.number("line"), reason: try fields.text("reason"))
    }
  }

  var kind: EventKind {
    switch self {
    case .began: .began
    case .shown: .shown
    // Of what a check found a journal says that it was answered, by the tool.
    case .answered, .observed: .answered
    case .partTaken: .partTaken
    case .storesSurveyed: .storesSurveyed
    case .storeProven: .storeProven
    case .storeFailed: .storeFailed
    case .storeChanged: .storeChanged
    case .credentialHeld: .credentialHeld
    case .credentialKept: .credentialKept
    case .keepingFailed: .keepingFailed
    case .stillShown: .stillShown
    case .skipped: .skipped
    case .differed: .differed
    case .noted: .noted
    case .wentBack: .wentBack
    case .reopened: .reopened
    case .suspended: .suspended
    case .resumed: .resumed
    case .discarded: .discarded
    case .redacted: .redacted
    }
  }
}
