public import PlainText

/// Why the terminal could not be used; numbers are the system's error numbers.
public enum TerminalError: DescribedError, Equatable {
  case notATerminal
  case settings(errno: Int32)
  case reading(errno: Int32)
  case writing(errno: Int32)

  public var what: String {
    switch self {
    case .notATerminal: "standard input is no terminal"
    case .settings(let number): "the terminal does not take its settings (system error \(number))"
    case .reading(let number): "the terminal can't be read (system error \(number))"
    case .writing(let number): "the screen can't be written to (system error \(number))"
    }
  }

  public var hint: String? {
    switch self {
    case .notATerminal: "start keyusher in a terminal, or give the answers as a script"
    case .settings, .reading: "open a new terminal, then 'keyusher resume'"
    case .writing: "check where the output goes, then 'keyusher resume'"
    }
  }
}
