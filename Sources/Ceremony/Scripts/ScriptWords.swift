import FlowCore
import FlowText

extension String {
  /// As it is typed, so that a colon at its beginning is no command.
  var escaped: String { hasPrefix(":") ? ":" + self : self }
}

extension Script.Content {
  /// The step that an item answers; nil for commands and expectations.
  var step: Step.ID? {
    switch self {
    case .answer(let step, _), .part(let step, _, _), .danger(let step, _), .copy(let step): step
    case .command, .expect: nil
    }
  }

  var words: String {
    switch self {
    case .answer(let step, _): "step '\(step)'"
    case .part(let step, let part, _): "'\(step).\(part)'"
    case .danger(let step, _): "'\(step).danger'"
    case .copy(let step): "'\(step).copy'"
    case .command(let command): "'\(command.written)'"
    case .expect: "an expectation"
    }
  }
}

extension Script.Expectation {
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
