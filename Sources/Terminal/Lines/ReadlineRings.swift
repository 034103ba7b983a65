@preconcurrency import CReadline
import CTerminal
import Glibc

/// Makes readline forget what was typed: undo, kill ring, and the line itself.
///
/// The interface has no call for the kill ring. So readline edits a line unseen, with a keymap of two keys, until
/// blanks fill the kill ring; what it held is out of any command's reach.
enum ReadlineRings {
  private static let kill = UInt8(ascii: "k")
  private static let rest = UInt8(ascii: "r")
  /// More than the ring holds (10). Between two kills another command runs, or they would share a slot.
  private static let keys = Array(repeating: [kill, rest], count: 16).joined() + [0x0A]
  nonisolated(unsafe) private static var next = 0
  nonisolated(unsafe) private static var keymap: Keymap?

  static func blank() {
    guard let sink = fopen("/dev/null", "w") else { return }
    defer { fclose(sink) }
    wipeLine()
    let (output, getc, prep, deprep) = (rl_outstream, rl_getc_function, rl_prep_term_function, rl_deprep_term_function)
    let (startup, redisplay, before) = (rl_startup_hook, rl_redisplay_function, rl_get_keymap())
    defer {
      rl_outstream = output
      rl_getc_function = getc
      rl_prep_term_function = prep
      rl_deprep_term_function = deprep
      rl_startup_hook = startup
      rl_redisplay_function = redisplay
      rl_pre_input_hook = nil
      rl_set_keymap(before)
    }
    next = 0
    makeKeymap()
    rl_outstream = sink
    rl_getc_function = { _ in ReadlineRings.nextKey() }
    rl_prep_term_function = nil
    rl_deprep_term_function = nil
    rl_startup_hook = nil
    rl_redisplay_function = {}
    // Later than the vi mode, which sets a keymap of its own.
    rl_pre_input_hook = {
      rl_set_keymap(ReadlineRings.keymap)
      return 0
    }
    free(readline(""))
  }

  // MARK: - Private

  private static func nextKey() -> Int32 {
    guard next < keys.count else { return EOF }
    defer { next += 1 }
    return Int32(keys[next])
  }

  private static func makeKeymap() {
    guard keymap == nil else { return }
    keymap = rl_make_bare_keymap()
    rl_bind_key_in_map(Int32(kill), { _, _ in ReadlineRings.killBlank() }, keymap)
    rl_bind_key_in_map(Int32(rest), { _, _ in 0 }, keymap)
    rl_bind_key_in_map(0x0A, rl_newline, keymap)
  }

  private static func killBlank() -> Int32 {
    rl_insert_text(" ")
    return rl_kill_text(0, rl_end)
  }

  private static func wipeLine() {
    rl_free_undo_list()
    guard let line = rl_line_buffer else { return }
    kt_wipe(line, strlen(line))
    rl_end = 0
    rl_point = 0
  }
}
