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
