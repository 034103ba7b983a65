import Ceremony
import FlowCore
import Foundation
import Terminal

/// The program's own terminal, or the pipe in its place: made once and shared by everything that talks.
final class Stage {
  let screen: Screen
  let input = StandardInput()
  let isTerminal = isatty(0) == 1
  private let charset = Charset.adopt()
  private let environment = Surroundings.variables()
  private var openTerminal: TerminalConversation?

  /// There is one terminal, and there may be only one reader of it.
  nonisolated(unsafe) static let shared = Stage()

  private init() {
    screen = Screen(on: .standard, charset: charset, noColour: environment["NO_COLOR"], term: environment["TERM"])
  }

  /// A person if there is a terminal, otherwise a program that writes answers.
  func conversation() throws -> any Conversation {
    isTerminal ? try terminal() : PipeConversation(stage: self, secrets: SecretSource())
  }

  /// Shows sentences. Where nobody can see them any more, the run goes on to be saved.
  func show(_ sentences: [Sentence]) {
    for sentence in sentences {
      try? screen.write(sentence.role.indentation + sentence.text, role: sentence.role.onScreen)
    }
  }

  /// Shows a prompt and the answer that something else than a keyboard gave there.
  func echo(_ prompt: String, _ answer: String) {
    try? screen.write(prompt + answer, role: .plain)
  }

  /// A line for the REPL.
  func command(_ prompt: String, completions: [String], isCommand: (String) -> Bool) throws -> LineReply {
    if isTerminal { return try terminal().command(prompt, completions: completions, isCommand: isCommand) }
    switch input.next() {
    case .line(let line):
      echo(prompt, looksLikeSecret(line) ? "(not shown)" : line)
      return .line(line)
    case .end:
      echo(prompt, "")
      return .endOfInput
    case .interrupted(let signal): return .interrupted(signal: signal)
    }
  }

  private func terminal() throws -> TerminalConversation {
    if let openTerminal { return openTerminal }
    let terminal = try TerminalConversation(
      stage: self, charset: charset, bracketedPaste: !["dumb", "", nil].contains(environment["TERM"]),
      historyFile: try? Surroundings().home() + "/history")
    openTerminal = terminal
    return terminal
  }
}

extension Sentence.Role {
  /// What belongs to a heading or a question stands a little to the right of it.
  fileprivate var indentation: String {
    switch self {
    case .heading, .question, .problem, .blank: ""
    default: "  "
    }
  }

  fileprivate var onScreen: Screen.Role {
    switch self {
    case .heading: .heading
    case .body, .blank: .body
    case .address: .url
    case .source: .source
    case .option: .option
    case .question: .plain
    case .standing: .standing
    case .warning: .warning
    case .problem: .problem
    case .hint: .hint
    }
  }
}
