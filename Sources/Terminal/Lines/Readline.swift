@preconcurrency import CReadline
import CTerminal
import Glibc

/// Readline's hooks, and what they share. Readline is one per process and calls back without a context, so this is
/// too: only the thread that asks may touch it.
enum Readline {
  nonisolated(unsafe) private static var isReady = false
  nonisolated(unsafe) static var charset = Charset.utf8
  /// Gives the words that Tab knows.
  nonisolated(unsafe) static var words: () -> [String] = { [] }
  /// Why the line ended early: a signal's number, or 0 for the end of input. Then readline gets nothing more.
  nonisolated(unsafe) private static var ending: Int32?
  nonisolated(unsafe) private static var completion = Completion(of: "", among: [])
  nonisolated(unsafe) private static var nextCandidate = 0
  nonisolated(unsafe) private static var isPasteOn = false

  /// Sets readline up once. Its own signal handlers stay off; `~/.inputrc` and the editing mode are the person's.
  static func prepare() {
    guard !isReady else { return }
    isReady = true
    rl_readline_name = UnsafePointer(strdup("keyusher"))
    rl_catch_signals = 0
    rl_catch_sigwinch = 0
    rl_change_environment = 0
    rl_getc_function = { _ in Readline.nextByte() }
    rl_prep_term_function = { Readline.hold($0) }
    rl_deprep_term_function = { Readline.letGo() }
    rl_attempted_completion_function = { line, _, _ in Readline.complete(line) }
    rl_completion_display_matches_hook = { matches, count, _ in Readline.show(matches, Int(count)) }
    kr_make_line_one_word()
    rl_completion_query_items = -1
    rl_sort_completion_matches = 0
  }

  /// Reads a line; nil if it ended early, with the reason.
  static func read(_ prompt: String) -> (line: String?, ending: Int32?) {
    ending = nil
    takeBytesAsTheyAre()
    // Readline by itself asks for the size only at its first line.
    if rl_readline_state & UInt(RL_STATE_INITIALIZED) != 0 { rl_reset_screen_size() }
    guard let typed = readline(prompt) else {
      // Readline ends the line itself only where it switches the bracketed paste mode off.
      if !isPasteOn { try? Output.standard.write("\n") }
      return (nil, ending)
    }
    defer {
      kt_wipe(typed, strlen(typed))
      free(typed)
    }
    return (String(cString: typed), nil)
  }

  /// Without UTF-8 readline takes a byte above 127 for a key with Meta, and calls back what was typed before.
  private static func takeBytesAsTheyAre() {
    guard charset == .ascii, rl_readline_state & UInt(RL_STATE_INITIALIZED) == 0 else { return }
    rl_initialize()
    for (name, value) in [("input-meta", "on"), ("output-meta", "on"), ("convert-meta", "off")] {
      rl_variable_bind(name, value)
    }
  }

  // MARK: - Keys and signals

  private static func nextByte() -> Int32 {
    while ending == nil {
      switch kt_wait(STDIN_FILENO) {
      case 0:
        var byte: UInt8 = 0
        let got = Glibc.read(STDIN_FILENO, &byte, 1)
        if got == 1 { return Int32(byte) }
        if got == 0 || ![EINTR, EAGAIN].contains(errno) { ending = kt_hang_up_signal() }
      case SIGWINCH: rl_resize_terminal()
      case SIGTSTP:
        rl_deprep_term_function?()
        kt_stop()
        prepareAgain()
      case SIGCONT:
        rl_deprep_term_function?()
        prepareAgain()
      case let signal: ending = max(signal, 0)
      }
    }
    return EOF
  }

  /// After a stop: the terminal may have another size and other words on it.
  private static func prepareAgain() {
    rl_prep_term_function?(1)
    rl_reset_screen_size()
    rl_forced_update_display()
  }

  private static func hold(_ meta: Int32) {
    kt_hold(STDIN_FILENO)
    rl_prep_terminal(meta)
    isPasteOn = rl_variable_value("enable-bracketed-paste").map { String(cString: $0) } == "on"
    kt_note_paste(isPasteOn ? 1 : 0)
  }

  private static func letGo() {
    rl_deprep_terminal()
    kt_forget_hold()
  }

  // MARK: - Completion

  private static func complete(_ line: UnsafePointer<CChar>?) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    // Never file names, and no space behind a word; readline sets both anew each time.
    rl_attempted_completion_over = 1
    rl_completion_append_character = 0
    guard let line else { return nil }
    completion = Completion(of: String(cString: line), among: words())
    return rl_completion_matches(line) { _, state in Readline.candidate(isFirst: state == 0) }
  }

  private static func candidate(isFirst: Bool) -> UnsafeMutablePointer<CChar>? {
    if isFirst { nextCandidate = 0 }
    guard nextCandidate < completion.candidates.count else { return nil }
    defer { nextCandidate += 1 }
    return strdup(completion.head + completion.candidates[nextCandidate])
  }

  /// One match a line, so that it can be heard as well as seen; the first of `matches` is what they have in common.
  private static func show(_ matches: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, _ count: Int) {
    guard let matches, count > 0 else { return }
    let lines = (1...count).compactMap { matches[$0].map { String(cString: $0).dropFirst(completion.head.count) } }
    fflush(rl_outstream)
    try? Output.standard.write("\n" + lines.map { "  \(charset.shown($0))\n" }.joined())
    rl_forced_update_display()
  }
}
