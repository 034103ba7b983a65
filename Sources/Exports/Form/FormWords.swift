import FlowCore
import Records

// The words of the form, in one place.

extension Standing {
  /// Every standing an answer can have, in the order of a tally.
  static let words = [
    Standing.claimed, .verified(.yes, by: ""), .verified(.no, by: ""), .verified(.notKnowable, by: ""), .scripted,
    .answered, .skipped(reason: ""),
  ].map(\.word)

  var word: Form.Word {
    switch self {
    case .claimed: Form.Word(code: "claimed", text: "claimed")
    case .verified(.yes, _): Form.Word(code: "verified", text: "verified")
    case .verified(.no, _): Form.Word(code: "not-verified", text: "not verified")
    case .verified(.notKnowable, _): Form.Word(code: "not-knowable", text: "not knowable")
    case .scripted: Form.Word(code: "scripted", text: "scripted")
    case .answered: Form.Word(code: "answered", text: "answered")
    case .skipped: Form.Word(code: "skipped", text: "skipped")
    }
  }

  /// Whether a box may be ticked for it.
  var isAffirmed: Bool {
    switch self {
    case .answered, .claimed, .scripted, .verified(.yes, _): true
    case .verified, .skipped: false
    }
  }
}

extension AnswerSource {
  var code: String {
    switch self {
    case .typed: "typed"
    case .enter: "enter"
    case .script: "script"
    case .program: "program"
    case .tool: "tool"
    }
  }

  var words: String {
    switch self {
    case .typed: "typed"
    case .enter: "Enter on the default"
    case .script(let digest): "script \(digest.prefix(12))"
    case .program: "a program"
    case .tool: "the tool"
    }
  }
}

extension PageSource {
  var words: String {
    let described = "described from \(description), \(date)"
    return seenLive.map { "\(described); seen on the live page on \($0)" }
      ?? "\(described); not checked on the live page"
  }
}

extension PartReceipt {
  func words(listedAs publicPart: String?) -> String {
    guard taken else { return "not pasted; nothing of it was looked at" }
    let look =
      switch looksRight {
      case .yes: "it looked as documented"
      case .no: "it did not look as documented"
      case .notKnowable: "whether it looked as documented is not knowable"
      }
    return publicPart.map { "listed by the exchange as \($0)…; \(look)" } ?? "taken; nothing of it stands here; \(look)"
  }
}

extension RunException.Resolution {
  var code: String {
    switch self {
    case .open: "open"
    case .corrected: "corrected"
    case .accepted: "accepted"
    case .recorded: "recorded"
    }
  }
}

extension Outcome {
  var word: Form.Word { Form.Word(code: rawValue, text: rawValue) }
}

extension Resumption {
  var noticed: String? {
    let noticed = [
      flowChanged ? "the flow on this computer had changed; the run went on with its own" : nil,
      bytesCut > 0 ? "a torn last line of \(bytesCut) bytes was cut" : nil,
    ].compactMap { $0 }
    return noticed.isEmpty ? nil : noticed.joined(separator: "; ")
  }
}

extension Form {
  /// What the tags of the steps name, with the first of them as examples; nil where there are none.
  static func line(explaining tags: [String]) -> String? {
    guard let first = tags.first else { return nil }
    let examples = tags.first { $0 != first }.map { "\(first) or \($0)" } ?? first
    return "Tags such as \(examples) name facts of the article that the flow encodes."
  }
}

extension Record {
  /// Where an unfinished run stands.
  func standsAt(_ step: Step.ID?) -> String {
    guard let step, let number = flow.formNumber(of: step), let title = flow[step]?.title else {
      return "stands before its first step"
    }
    return "stands at step \(number), \(title)"
  }
}
