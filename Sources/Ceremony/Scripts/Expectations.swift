import FlowCore
import FlowText

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
