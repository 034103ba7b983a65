import CTerminal
import Ceremony
import FlowCore
import Terminal

/// A person at a terminal: readline for what is typed in the open, our own reader for secrets.
final class TerminalConversation: Conversation {
  let isPerson = true
  private unowned let console: Console
  private let lines: LineReader
  private let secrets: SecretReader
  private let historyFile: String?
  /// Commands at the greeting, kept over runs of the program; answers, kept for one.
  private var commands: LineHistory
  private var answers = LineHistory()

  init(console: Console, charset: Charset, bracketedPaste: Bool, historyFile: String?) throws {
    self.console = console
    self.historyFile = historyFile
    lines = try LineReader(charset: charset)
    secrets = try SecretReader(charset: charset, bracketedPaste: bracketedPaste, output: console.prompts)
    commands = historyFile.flatMap { try? LineHistory.load(from: $0) } ?? LineHistory()
  }

  func show(_ sentences: [Sentence]) { console.show(sentences) }

  func ask(_ question: Question) throws -> Reply {
    console.show(question.sentences)
    guard question.isSecret else {
      return Reply(line(question.prompt, completions: question.completions), unseen: false)
    }
    let words = Set(question.words + question.commands)
    return Reply(try secrets.take(prompt: question.prompt, commands: words), unseen: true)
  }

  /// Asks for a line in the open.
  func line(_ prompt: String, completions: [String]) -> TerminalReply {
    // Nothing that was typed at a question is to be had again by the editor's keys at the next.
    defer { lines.forgetLine() }
    return lines.ask(prompt, completions: { completions }, history: answers)
  }

  /// Takes one line unseen that is no part of a credential, exactly as it was typed. Nothing that is typed shows until the next
  /// question in the open, or `endSecrets`: while a passphrase is tried, the next may be typed already.
  func takeUnseen(_ prompt: String) throws -> TerminalReply {
    try secrets.take(prompt: prompt)
  }

  func discardMore() -> Bool { secrets.discardMore() }

  func endSecrets() {
    secrets.end()
    kt_flush_input()
  }

  func remember(_ line: String) { answers.add(line) }

  func pendingSignal() -> Int32? { Signals.pending() }

  /// Asks for a command of the REPL.
  ///
  /// - Parameter isCommand: whether a line may go into the history that is kept.
  func command(
    _ prompt: String, completions: @escaping () -> [String], isCommand: (String) -> Bool
  ) -> TerminalReply {
    let reply = lines.ask(prompt, completions: completions, history: commands)
    guard case .line(let line) = reply else { return reply }
    // What is no command may be a password that was typed at the wrong place.
    if looksLikeSecret(line) || !isCommand(line) {
      lines.forgetLine()
    } else {
      commands.add(line)
      if let historyFile { try? LineHistory.add(line, to: historyFile) }
    }
    return reply
  }
}

extension Reply {
  /// What came of a question at the terminal, as a person's.
  fileprivate init(_ reply: TerminalReply, unseen: Bool) {
    self =
      switch reply {
      case .line(let line): .line(line, unseen && line.isEmpty ? .enter : .typed)
      case .secret(let bytes): .secret(bytes, .typed)
      case .endOfInput: .endOfInput
      case .interrupted(let signal): .interrupted(signal: signal)
      }
  }
}
