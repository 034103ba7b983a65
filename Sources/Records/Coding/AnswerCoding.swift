import FlowCore
import PlainText

/// The parts that events share, as fields.
///
/// | answer | its fields |
/// |---|---|
/// | acknowledged, yes, no, finished | |
/// | choice, text, exit | value |
/// | selection | values |
/// | verdict | value (yes, no, not-knowable), by |
/// | credential | store, name? |
/// | redacted | tag? |
///
/// A text that was blanked afterwards reads `"answer":"text","redacted":true`; so does what a check looked at, with `verdict`.
/// `tag` is the first line of the journal in which the same stood at the same step; none: it is the line itself.
private enum AnswerKind: String {
  case acknowledged, yes, no, choice, selection, text, verdict, credential, exit, finished, redacted
}

private enum AnswerSourceKind: String {
  case typed, enter, script, program, tool
}

private enum InterruptionKind: String {
  case quit
  case inputEnded = "input-ended"
  case signal, lost
}

extension Fields {
  mutating func set(_ answer: Answer) {
    switch answer {
    case .acknowledged: put(.acknowledged)
    case .yes: put(.yes)
    case .no: put(.no)
    case .choice(let id): put(.choice, id)
    case .selection(let ids):
      put(.selection)
      set("values", ids)
    case .text(let text): put(.text, text)
    case .verdict(let verdict, let means):
      put(.verdict, verdict.rawValue)
      set("by", means)
    case .credential(let reference):
      put(.credential)
      set(reference)
    case .exit(let word): put(.exit, word)
    case .finished: put(.finished)
    case .redacted(let tag):
      put(.redacted)
      set("tag", tag)
    }
  }

  private mutating func put(_ kind: AnswerKind, _ value: String? = nil) {
    set("answer", kind.rawValue)
    set("value", value)
  }

  mutating func set(_ reference: CredentialReference) {
    set("store", reference.store)
    set("name", reference.name)
  }

  mutating func set(_ source: AnswerSource) {
    let kind: AnswerSourceKind
    switch source {
    case .typed: kind = .typed
    case .enter: kind = .enter
    case .script(let digest):
      kind = .script
      set("script", digest)
    case .program: kind = .program
    case .tool: kind = .tool
    }
    set("mouth", kind.rawValue)
  }

  mutating func set(_ interruption: Interruption) {
    let kind: InterruptionKind
    switch interruption {
    case .quit: kind = .quit
    case .inputEnded: kind = .inputEnded
    case .signal(let number):
      kind = .signal
      set("signal", Int(number))
    case .lost: kind = .lost
    }
    set("interruption", kind.rawValue)
  }

  var step: Step.ID { get throws(Fault) { Step.ID(try text("step")) } }

  /// The answer that stands in a line of the journal.
  func answer(inLine line: Int) throws(Fault) -> Answer {
    let tag = values["tag"] == nil ? line : try number("tag")
    return switch try choice("answer", as: AnswerKind.self) {
    case .acknowledged: .acknowledged
    case .yes: .yes
    case .no: .no
    case .choice: .choice(try text("value"))
    case .selection: .selection(try texts("values"))
    case .text: isRedacted ? .redacted(tag: tag) : .text(try text("value"))
    case .verdict:
      .verdict(try choice("value", as: Verdict.self), by: isRedacted ? "[redacted \(tag)]" : try text("by"))
    case .credential: .credential(try reference)
    case .exit: .exit(try text("value"))
    case .finished: .finished
    case .redacted: .redacted(tag: tag)
    }
  }

  /// Leaves out a tag that says nothing: that of the line itself.
  mutating func dropTag(ofLine line: Int) {
    if values["tag"] == .integer(Int64(line)) { values["tag"] = nil }
  }

  var reference: CredentialReference {
    get throws(Fault) { CredentialReference(store: try text("store"), name: try textIfPresent("name")) }
  }

  var source: AnswerSource {
    get throws(Fault) {
      switch try choice("mouth", as: AnswerSourceKind.self) {
      case .typed: .typed
      case .enter: .enter
      case .script: .script(digest: try text("script"))
      case .program: .program
      case .tool: .tool
      }
    }
  }

  var interruption: Interruption {
    get throws(Fault) {
      switch try choice("interruption", as: InterruptionKind.self) {
      case .quit: return .quit
      case .inputEnded: return .inputEnded
      case .signal:
        guard let number = Int32(exactly: try number("signal")) else { throw .malformed }
        return .signal(number)
      case .lost: return .lost
      }
    }
  }

  /// Whether free text in the payload was blanked.
  var isRedacted: Bool { values["redacted"] == .flag(true) }
}

extension Standing {
  /// The standing as a reader of the file sees it. It holds no free text of a person.
  var inJournal: String {
    switch self {
    case .answered: "answered"
    case .claimed: "claimed"
    case .scripted: "scripted"
    case .verified(.yes, _): "verified"
    case .verified(.no, _), .verified(.refused, _): "looked at: no"
    case .verified(.notKnowable, _): "looked at: not knowable"
    case .reported(.yes, _): "reported"
    case .reported(.no, _): "reported: no"
    case .reported(.refused, _): "reported: refused"
    case .reported(.notKnowable, _): "asked: not knowable"
    case .skipped: "skipped"
    }
  }
}
