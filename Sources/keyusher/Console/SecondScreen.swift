import CTerminal
import Files
import Glibc
import SecretMemory
import Terminal

/// The terminal's alternate screen: what stands there goes with it, and most terminals keep no scrollback of it.
///
/// Secrets are written from guarded memory straight to the descriptor.
final class SecondScreen {
  private let output: Output
  private var isOpen = false

  init(_ output: Output) { self.output = output }

  var columns: Int { Screen.columns(of: output) }

  deinit { close() }

  /// Whether a stop (Ctrl-Z) has taken it off the terminal.
  var isTakenAway: Bool { isOpen && kt_has_second_screen() == 0 }

  func open() throws(TerminalError) {
    isOpen = true
    // A stop waits for the next prompt: what is written after it would stand on the first screen.
    _ = kt_hold(STDIN_FILENO)
    kt_note_second_screen(1)
    try output.write("\u{1B}[?1049h\u{1B}[H\u{1B}[2J")
  }

  /// Clears it and goes back to the first one; doing it again changes nothing.
  func close() {
    guard isOpen else { return }
    let isThere = !isTakenAway
    isOpen = false
    guard isThere else { return }
    kt_leave_second_screen()
  }

  func write(_ text: String) throws(TerminalError) { try output.write(text) }

  func write(_ secret: SecretBytes) throws(TerminalError) {
    let descriptor = output.descriptor
    guard secret.withBytes({ writeWhole($0, to: descriptor) }) == 0 else { throw .writing(errno: errno) }
  }
}
