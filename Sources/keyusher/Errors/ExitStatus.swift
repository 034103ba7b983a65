import Files
import PlainText
import Records
import Stores
import Terminal

/// What the program says to whoever started it. The manual page prints this list.
enum ExitStatus: Int32, Error, CaseIterable {
  case completed = 0
  case failed = 1
  case findings = 2
  case endedEarly = 3
  case answerMissing = 4
  case usage = 64
  case wrongInput = 65
  case noInput = 66
  case unavailable = 69
  case inputOutput = 74
  case suspended = 75
  case execFailed = 125
  case notExecutable = 126
  case notFound = 127

  var meaning: String {
    switch self {
    case .completed: "completed"
    case .failed: "failed"
    case .findings:
      "there are findings (flow lint, audit, doctor), a key differs (key verify), needs you (due) or lies about (find-keys), or a script fails (flow test)"
    case .endedEarly: "the run ended aborted or blocked, or you said no to what you were asked"
    case .answerMissing: "standard input ended without a terminal and an answer is missing; resumable"
    case .usage: "wrong usage, or a malformed id"
    case .wrongInput: "a script or a flow is wrong, has parted from the run, or an expect failed"
    case .noInput: "no such flow, run, key or file"
    case .unavailable:
      "a store is locked or can't be reached, an exchange can't or may not be asked, or a program is missing"
    case .inputOutput: "reading or writing failed"
    case .suspended: "suspended by Ctrl-D or :quit; resumable"
    case .execFailed: "exec: keyusher itself failed, and nothing was run"
    case .notExecutable: "exec: the program can't be run"
    case .notFound: "exec: there is no such program"
    }
  }

  /// Ends a command with this status.
  func end() throws {
    if self != .completed { throw self }
  }

  /// What else the program may end with.
  static let bySignal = (numbers: "129, 130, 143", meaning: "ended by a signal; resumable")

  /// Which there are, for the help text.
  static var numbers: String {
    "Exit status: 0 when all went well; \(allCases.dropFirst().map { "\($0.rawValue)" }.joined(separator: ", ")), and by "
      + "signal \(bySignal.numbers). 'keyusher man' says what each means."
  }
}

extension ExitStatus {
  /// What an error of a lower layer ends the program with.
  init(of error: any DescribedError) {
    self =
      switch error {
      case let error as JournalError: ExitStatus(of: error)
      case let error as StoreError: ExitStatus(of: error)
      case is FileError, is TerminalError: .inputOutput
      default: .failed
      }
  }

  private init(of error: JournalError) {
    self =
      switch error {
      case .malformedRunID, .noFreeText, .alreadyBlank: .usage
      case .noSuchRun, .noSuchLine, .noFlowText: .noInput
      case .unreadable, .newer, .noHeader, .wasToBeBlankedOtherwise: .wrongInput
      default: .inputOutput
      }
  }

  private init(of error: StoreError) {
    self =
      switch error {
      case .missing, .taken: .noInput
      case .unusableFile, .notDurable: .inputOutput
      case .stopped: .suspended
      default: error.isUnavailable ? .unavailable : .failed
      }
  }
}
