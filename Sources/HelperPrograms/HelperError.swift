public import PlainText
public import SecretMemory

/// Why a helper program did not do what it was to do. No case carries a secret, or what a program printed where secrets pass.
public enum HelperError: DescribedError, Equatable {
  case notInstalled(program: String)
  /// A program of Keyusher's own is not where it belongs.
  case notBeside(program: String, folders: [String])
  /// It stands where others could have put another in its place.
  case unsafe(path: String, why: String)
  case timedOut(program: String, seconds: Int)
  /// Ctrl-C ended it.
  case stopped
  case failed(why: String)
  case memory(SecretMemoryError)

  public var what: String {
    switch self {
    case .notInstalled(let program): "the program '\(program)' is not here"
    case .notBeside(let program, _): "'\(program)' is not beside keyusher"
    case .unsafe(let path, let why): "'\(path)' is not run: \(why)"
    case .timedOut(let program, let seconds): "'\(program)' gave no answer for \(seconds) seconds, and was stopped"
    case .stopped: "it was stopped"
    case .failed(let why): why
    case .memory(let error): error.what
    }
  }

  public var hint: String? {
    switch self {
    case .notInstalled: "install it in a folder of PATH"
    case .notBeside(let program, let folders):
      "install '\(program)' with keyusher: it belongs in \(folders.joined(separator: " or "))"
    case .unsafe: "take the folder out of PATH, or the rights of others: chmod go-w"
    case .timedOut: "something may be waiting for you in another window; close it and try again"
    case .stopped, .failed: nil
    case .memory(let error): error.hint
    }
  }
}
