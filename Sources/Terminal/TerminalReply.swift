public import SecretMemory

/// What came of asking at the terminal.
public enum TerminalReply: Sendable {
  /// A line as it was typed; where a secret is asked, Enter alone (an empty line) or one of the command words.
  case line(String)
  /// A secret, trimmed; a paste of several lines comes whole, with line feeds between them.
  case secret(SecretBytes)
  /// Ctrl-D on an empty line, or the terminal is gone.
  case endOfInput
  case interrupted(signal: Int32)
}
