import CTerminal
import Glibc

/// The signals a person or a system stops a run with: they come out of a prompt as replies, not as sudden ends.
public enum Signals {
  /// Installs the handlers for the whole process; doing it again changes nothing.
  public static func install() throws(TerminalError) {
    guard kt_install() == 0 else { throw .settings(errno: errno) }
  }

  /// The signal to stop that came and that nobody has answered yet; nil if none did. A stop of the job is obeyed here.
  public static func pending() -> Int32? {
    while true {
      switch kt_next_signal() {
      case 0: return nil
      case SIGTSTP: kt_stop()
      case SIGCONT, SIGWINCH: continue
      case let signal: return signal
      }
    }
  }

  /// Puts the terminal back and ends the process by the signal, so that shells see how it ended.
  public static func raiseAgain(_ signal: Int32) -> Never {
    kt_raise_again(signal)
  }
}
