import CTerminal
import Glibc
import SecretMemory

/// Takes secrets from the terminal unseen. Nothing is echoed, not even a mask, and no line editor sees a byte.
///
/// Between `begin` and `end` the terminal stays without echo, so that two lines pasted at once are two `take`s. What is
/// left at the end is thrown away, and does not reach the shell.
public final class SecretReader {
  private let charset: Charset
  private let bracketedPaste: Bool
  private let terminal: Int32
  private let output: Output

  /// - Parameters:
  ///   - bracketedPaste: Whether the terminal knows the bracketed paste mode; no for `TERM=dumb`.
  ///   - terminal: What is read from, standard input if nothing else is said; open as long as this is used.
  ///   - output: Where the prompts go; what a command prints may go elsewhere.
  public init(
    charset: Charset, bracketedPaste: Bool, terminal: Int32 = 0, output: Output = .standard
  ) throws(TerminalError) {
    guard isatty(terminal) == 1 else { throw .notATerminal }
    try Signals.install()
    self.charset = charset
    self.bracketedPaste = bracketedPaste
    self.terminal = terminal
    self.output = output
  }

  deinit { end() }

  /// Hides what is typed from now on; doing it again changes nothing.
  public func begin() throws(TerminalError) {
    guard kt_hold(terminal) == 0, kt_hide() == 0 else { throw .settings(errno: errno) }
  }

  /// Asks for one part. Ends the line on the screen in every case, and the paste mode with it.
  ///
  /// It begins the session if a question in the open has ended it meanwhile. What comes out is what was typed, to the byte;
  /// only white space alone is taken for nothing.
  ///
  /// - Throws: `TerminalError`, or `SecretMemoryError` if there is no memory that can be guarded.
  public func take(prompt: String, commands: Set<String> = []) throws -> TerminalReply {
    var line = try SecretLine()
    try begin()
    try ask(prompt)
    let ending = try read(into: &line, prompt: prompt)
    kt_note_paste(0)
    // A terminal that is gone must not hide the signal which said so; the next text that can't be written tells.
    try? output.write(bracketedPaste ? "\u{1B}[?2004l\n" : "\n")
    if let ending { return ending }
    if let command = commands.first(where: line.bytes.isWord) { return .line(command) }
    return line.bytes.isBlank ? .line("") : .secret(line.bytes)
  }

  /// Whether more than white space follows what was taken, as the rest of a paste does; what is there is thrown away.
  public func discardMore() -> Bool {
    var found = false
    var byte: UInt8 = 0
    defer { kt_wipe(&byte, 1) }
    var ready = pollfd(fd: terminal, events: Int16(POLLIN), revents: 0)
    // A paste over a network comes in pieces: the next one is waited for a moment.
    while poll(&ready, 1, 100) > 0, Glibc.read(terminal, &byte, 1) == 1 {
      if byte > 0x20 { found = true }
    }
    return found
  }

  /// Puts the terminal back as `begin` found it and discards what was typed since.
  public func end() {
    kt_let_go(1)
  }

  // MARK: - Private

  private static let takenAway = "What stood on the screen was taken off it."

  private func ask(_ prompt: String) throws(TerminalError) {
    if bracketedPaste { kt_note_paste(1) }
    try output.write((bracketedPaste ? "\u{1B}[?2004h" : "") + charset.shown(prompt))
  }

  /// Reads the line to its end; what came in its place, or nil.
  private func read(into line: inout SecretLine, prompt: String) throws -> TerminalReply? {
    while true {
      switch kt_wait(terminal) {
      case 0:
        var byte: UInt8 = 0
        defer { kt_wipe(&byte, 1) }
        let got = Glibc.read(terminal, &byte, 1)
        if got < 0, [EINTR, EAGAIN].contains(errno) { continue }
        guard got == 1 else {
          let signal = kt_hang_up_signal()
          return signal > 0 ? .interrupted(signal: signal) : .endOfInput
        }
        switch try line.take(byte) {
        case .more: continue
        case .done: return nil
        case .endOfInput: return .endOfInput
        }
      case SIGWINCH: continue
      case SIGTSTP:
        let hadSecondScreen = kt_has_second_screen() != 0
        kt_let_go(0)
        kt_stop()
        try begin()
        if hadSecondScreen { try output.write(charset.shown(Self.takenAway) + "\n") }
        try ask(prompt)
      case SIGCONT:
        try begin()
        try ask(prompt)
      case let signal where signal > 0: return .interrupted(signal: signal)
      default: throw TerminalError.reading(errno: errno)
      }
    }
  }
}
