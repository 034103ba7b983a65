import FlowCore
import FlowText

extension String {
  /// As it is typed, so that a colon at its beginning is no command.
  var escaped: String { hasPrefix(":") ? ":" + self : self }
}

extension Script.Reply {
  /// Whether it says no more than that something is so, or done.
  var isYes: Bool {
    if case .text(let text) = self { ["yes", "y", "ok"].contains(text.lowercased()) } else { false }
  }
}

extension Question {
  /// Whether an answer to the step as it was means the same at the step as it is: what can be chosen has the same id, and a
  /// line of text is one.
  func means(_ reply: Script.Reply) -> Bool {
    guard case .text(let text) = reply else { return true }
    switch kind {
    case .choose: return choices.contains { $0.id == text }
    case .select:
      let ids = text.split(separator: ",").map { String($0.drop { $0 == " " }) }
      return text == "none" || ids.allSatisfy { id in choices.contains { $0.id == id } }
    case .yesOrNo: return reply.isYes || ["no", "n"].contains(text.lowercased())
    case .acknowledge: return reply.isYes
    case .text: return !reply.isYes && text.lowercased() != "no"
    case .word, .review, .secret: return false
    }
  }
}

extension Script.Content {
  /// The step that an item answers; nil for commands and expectations.
  var step: Step.ID? {
    switch self {
    case .answer(let step, _), .part(let step, _, _), .danger(let step, _), .copy(let step), .noSecret(let step): step
    case .command, .expect: nil
    }
  }

  var words: String {
    switch self {
    case .answer(let step, _): "step '\(step)'"
    case .part(let step, let part, _): "'\(step).\(part)'"
    case .danger(let step, _): "'\(step).danger'"
    case .copy(let step): "'\(step).copy'"
    case .noSecret(let step): "'\(step).secret'"
    case .command(let command): "'\(command.written)'"
    case .expect: "an expectation"
    }
  }
}

/// An answer of a script, where it leads elsewhere than the script goes.
func words(ofAnswer text: String, at line: Int) -> String {
  looksLikeSecret(text) ? "the answer at line \(line)" : "the answer '\(text)' at line \(line)"
}

extension Script.Expectation {
  /// What there is where it does not hold: the exceptions, and what counts as one by now.
  func words(beside exceptions: [RunException]) -> String? {
    let list = exceptions.isEmpty ? nil : exceptions.map(\.words).joined(separator: "; ")
    guard case .exceptions(let count) = self, exceptions.count < count else { return list }
    return (list.map { $0 + "; " } ?? "") + Phrases.countedSinceFormat2
  }

  /// What a script expects and what there is, in the same words if they agree.
  func compared(
    with exceptions: [RunException], outcome: Outcome?, questions: Int
  ) -> (expected: String, found: String) {
    let warnings = exceptions.filter { $0.kind == .warning }
    return switch self {
    case .outcome(let expected): ("outcome \(expected.rawValue)", "outcome \(outcome?.rawValue ?? "none yet")")
    case .exceptions(let count): ("exceptions \(count)", "exceptions \(exceptions.count)")
    case .questions(let count): ("questions \(count)", "questions \(questions)")
    case .warnings(let count): ("warnings \(count)", "warnings \(warnings.count)")
    case .warning(let code):
      ("warning \(code)", warnings.contains { $0.code == code } ? "warning \(code)" : "no warning \(code)")
    }
  }
}
