@preconcurrency import CReadline
import CTerminal
import Glibc

/// Asks for one line at a time, with readline: for what may be seen. A process has one.
///
/// Not sendable: readline belongs to the thread that asks.
public final class LineReader {
  /// Installs the signal handlers if nobody has. Throws if standard input is no terminal.
  public init(charset: Charset) throws(TerminalError) {
    guard isatty(STDIN_FILENO) == 1 else { throw .notATerminal }
    try Signals.install()
    Readline.prepare()
    Readline.charset = charset
  }

  /// Asks for a line. A secret session ends with it: what was pasted there must not answer here.
  ///
  /// - Parameters:
  ///   - prompt: One line; control characters in it are made visible.
  ///   - completions: The words Tab knows: whole lines, or a word after a space or comma. They are asked for at a Tab.
  ///   - history: The lines that Up leads to. The reply is not added: that is for the caller to decide.
  public func ask(
    _ prompt: String, completions: @escaping () -> [String] = { [] }, history: LineHistory = LineHistory()
  ) -> TerminalReply {
    kt_let_go(1)
    Readline.words = completions
    clear_history()
    for line in history.lines { add_history(line) }
    defer { clear_history() }
    let (line, ending) = Readline.read(Readline.charset.shown(prompt))
    if let line { return .line(line) }
    if let ending, ending > 0 { return .interrupted(signal: ending) }
    return .endOfInput
  }

  /// Makes the last line unreachable by undo, yank and repeat: for a line that may be a secret.
  public func forgetLine() {
    ReadlineRings.blank()
  }
}
