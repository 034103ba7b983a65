import FlowCore
import PlainText

@testable import FlowText

/// The text of a script. Reading it gives the same script again, line numbers aside.
func write(_ script: Script) -> String {
  var lines = ["flow \(script.flowID)"]
  var commands: [String] = []
  for item in script.items {
    if case .command(let command) = item.content {
      commands.append(command.inScript)
      continue
    }
    // Commands stand indented under the answer whose question they are said at; before an expectation they can't.
    if case .expect = item.content {
      lines += commands
      lines.append(item.content.written)
    } else {
      lines.append(item.content.written)
      lines += commands.map { "  " + $0 }
    }
    commands = []
  }
  return (lines + commands).joined(separator: "\n") + "\n"
}

extension Script.Content {
  fileprivate var written: String {
    switch self {
    case .answer(let step, let reply): "\(step): \(reply.written)"
    case .part(let step, let part, .reference(let reference)): "\(step).\(part): \(quotedIfNeeded(reference.written))"
    case .part(let step, let part, .ask): "\(step).\(part): ask"
    case .danger(let step, let reply): "\(step).danger: \(reply.written)"
    case .copy(let step): "\(step).copy: ask"
    case .noSecret(let step): "\(step).secret: no"
    case .command(let command): command.inScript
    case .expect(let expectation, .here): "  expect \(expectation.written)"
    case .expect(let expectation, .atTheEnd): "expect \(expectation.written)"
    }
  }
}

extension Script.Reply {
  fileprivate var written: String {
    switch self {
    case .ask: "ask"
    case .command(let command): command.inScript
    // In quotes nothing is a command and nothing is left to a person.
    case .text(let text): text == "ask" || text == "?" || text.hasPrefix(":") ? inQuotes(text) : quotedIfNeeded(text)
    }
  }
}

extension Script.Expectation {
  fileprivate var written: String {
    switch self {
    case .outcome(let outcome): "outcome \(outcome.rawValue)"
    case .exceptions(let count): "exceptions \(count)"
    case .questions(let count): "questions \(count)"
    case .warnings(let count): "warnings \(count)"
    case .warning(let code): "warning \(code)"
    }
  }
}

extension Command {
  fileprivate var inScript: String {
    guard let text, !text.isEmpty else { return written }
    return written.dropLast(text.count) + quotedIfNeeded(text)
  }
}

private func quotedIfNeeded(_ text: String) -> String {
  let isPlain =
    !text.isEmpty && text == text.trimmed && text.first != "\"" && text.first != "#"
    && !zip(text, text.dropFirst()).contains { $0.isWhitespace && $1 == "#" }
  return isPlain ? text : inQuotes(text)
}

private func inQuotes(_ text: String) -> String {
  "\"" + text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\""
}
