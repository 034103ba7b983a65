import FlowCore
import Records

// The words of the form, in one place.

extension Standing {
  /// The words of every standing an answer can have, in the order of a tally.
  static let words = [
    "claimed", "verified", "not verified", "reported", "reported otherwise", "not knowable", "scripted", "answered",
    "skipped",
  ]

  /// The word as programs and style sheets have it.
  static func code(_ word: String) -> String { String(word.map { $0 == " " ? "-" : $0 }) }
}

extension Form.StepState {
  var words: String {
    switch self {
    case .done: "done"
    case .skipped: "skipped"
    case .denied: "answered no"
    case .left: "left another way"
    case .open: "the run stands here"
    case .notReached: "not reached yet"
    case .notOnThisWay: "not on this way"
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

  /// A script's whole digest.
  var digest: String? { if case .script(let digest) = self { digest } else { nil } }

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
    let described = "described from \(description), \(date)" + (says.map { " (for \($0))" } ?? "")
    return seenLive.map { "\(described); seen on the live page on \($0)" }
      ?? "\(described); not checked on the live page"
  }
}

extension Form.Part {
  /// What is known of it; the first words, which CSV keeps, take its beginning for what an exchange would list.
  func words(_ words: StandingWords) -> String {
    guard receipt.taken else { return "not pasted; nothing of it was looked at" }
    let look =
      switch receipt.looksRight {
      case .yes: "it looked as documented"
      case .no, .refused: "it did not look as documented"
      case .notKnowable where words == .first: "whether it looked as documented is not knowable"
      case .notKnowable: "nobody can tell whether it looked as documented"
      }
    let begins = words == .first ? "listed by the exchange as" : "it begins with"
    return publicPart.map { "\(begins) \($0)…; \(look)" } ?? "taken; nothing of it stands here; \(look)"
  }
}

extension RunException {
  var resolutionCode: String {
    switch resolution {
    case .open: "open"
    case .corrected: "corrected"
    case .accepted: "accepted"
    case .recorded: "recorded"
    }
  }

  /// The reason a person gave to leave it so.
  var acceptance: String? { if case .accepted(let reason) = resolution { reason } else { nil } }
}

extension Resumption {
  /// What was noticed: another flow on this computer, a torn line.
  var noticed: String? {
    let noticed = [
      flowChanged ? "the flow on this computer had changed; the run went on with its own" : nil,
      bytesCut > 0 ? "a torn last line of \(bytesCut) bytes was cut" : nil,
    ].compactMap { $0 }
    return noticed.isEmpty ? nil : noticed.joined(separator: "; ")
  }
}

extension Flow {
  func title(of step: Step.ID) -> String { self[step]?.title ?? step.rawValue }
}

extension Record {
  /// When a run was taken up again, and by whom.
  typealias Resumed = (at: Timestamp, by: Resumption)

  var resumptions: [Resumed] {
    entries.compactMap { if case .resumed(let resumption) = $0.event { ($0.at, resumption) } else { nil } }
  }

  var redactions: [(line: Int, reason: String, at: Timestamp)] {
    entries.compactMap { if case .redacted(let line, let reason) = $0.event { (line, reason, $0.at) } else { nil } }
  }

  /// `completed`, `aborted`, `blocked` or `unfinished`.
  var outcomeWord: String { if case .ended(let outcome, _) = status { outcome.rawValue } else { "unfinished" } }

  /// Why it ended so, or where an unfinished run stands.
  var outcomeReason: String? {
    switch status {
    case .ended(_, let reason): reason
    case .unfinished(let step): standsAt(step)
    }
  }

  /// Where an unfinished run stands.
  func standsAt(_ step: Step.ID?) -> String {
    guard let step, let title = flow[step]?.title else { return "stands before its first step" }
    return flow.number(of: step).map { "stands at step \($0), \(title)" } ?? "stands at \(title)"
  }
}
