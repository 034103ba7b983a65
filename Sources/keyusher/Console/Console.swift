import CProcess
import Ceremony
import FlowCore
import Glibc
import SecretMemory
import Stores
import Terminal

/// The program's own terminal, or the pipe in its place: made once and shared by everything that talks.
final class Console {
  let screen: Screen
  private lazy var promptScreen = Screen(
    on: prompts, charset: charset, noColour: Surroundings.variable("NO_COLOR"), term: Surroundings.variable("TERM"))
  let input = StandardInput()
  let isTerminal = isatty(0) == 1
  /// Where a question for a secret is asked: standard output may be the file that a command's result goes to, and standard
  /// error another.
  private(set) lazy var prompts = Output(descriptor: [1, 2].first { isatty($0) == 1 } ?? ownTerminal ?? 2)
  /// The terminal itself, whatever is piped in and out; nil if there is none, or another job has it.
  private lazy var ownTerminal = [kp_own_terminal()].first { $0 >= 0 }
  /// The signal that ended a question for a secret, if one did.
  private(set) var stoppedBy: Int32?
  /// The system's error number of the first text that did not reach standard output; nil if all did.
  private(set) var lostOutput: Int32?
  private let charset = Charset.adopt()
  private var openTerminal: TerminalConversation?
  /// For secrets alone, at the terminal itself, where standard input is another's.
  private var openReader: SecretReader?

  /// There is one terminal, and there may be only one reader of it.
  nonisolated(unsafe) static let shared = Console()

  private init() {
    screen = Screen(
      on: .standard, charset: charset, noColour: Surroundings.variable("NO_COLOR"), term: Surroundings.variable("TERM"))
  }

  /// A person if there is a terminal, otherwise a program that writes answers.
  func conversation() throws -> any Conversation {
    isTerminal ? try terminal() : PipeConversation(console: self, secrets: SecretSource())
  }

  /// Shows sentences. Where nobody can see them any more, the run goes on to be saved, and `lostOutput` says so at its end.
  func show(_ sentences: [Sentence]) {
    for sentence in sentences { show(sentence.role.indentation + sentence.text, sentence.role.onScreen) }
  }

  /// Shows sentences that belong to a question, and not to what the command prints.
  func remark(_ sentences: [Sentence]) {
    for sentence in sentences {
      try? promptScreen.write(sentence.role.indentation + sentence.text, role: sentence.role.onScreen)
    }
  }

  /// A line for what is at work, beside all else that is shown.
  func status(isWanted: Bool) -> StatusLine {
    StatusLine(charset: charset, term: Surroundings.variable("TERM"), isWanted: isWanted)
  }

  /// Prints a page of text: a terminal gets it folded, in letters that it shows; a file or a pipe as it is.
  func page(_ text: String) throws {
    guard isatty(1) == 1 else { return try keyusher.write(text, to: 1) }
    try screen.write(text.hasSuffix("\n") ? String(text.dropLast()) : text, role: .plain)
  }

  /// Shows a prompt and the answer that something else than a keyboard gave there.
  func echo(_ prompt: String, _ answer: String) { show(prompt + answer, .plain) }

  private func show(_ text: String, _ role: Screen.Role) {
    do throws(TerminalError) { try screen.write(text, role: role) } catch {
      if case .writing(let number) = error, lostOutput == nil { lostOutput = number }
    }
  }

  /// Asks for one line unseen, exactly as it is typed. Throws `StoreError.stopped` if the person stops.
  func unseen(_ prompt: String) throws -> SecretBytes {
    let reply = try isTerminal ? terminal().takeUnseen(prompt) : reader().take(prompt: prompt)
    guard case .secret(let bytes) = try answered(reply) else {
      return try SecretBytes(capacity: 0)
    }
    return bytes
  }

  /// Asks a question unseen; what is typed there is no command, and comes as it is.
  func unseen(_ question: Question) throws -> SecretBytes {
    remark(question.sentences)
    return try unseen(question.prompt)
  }

  /// Asks a question in the open, with what Tab completes there. Throws `StoreError.stopped` if the person stops.
  func answer(_ question: Question) throws -> String {
    remark(question.sentences)
    return try answer(question.prompt, completions: question.completions)
  }

  /// Whether more was pasted than was asked for; it is thrown away.
  func discardMore() throws -> Bool { try terminal().discardMore() }

  /// No further secret is coming: the terminal shows again what is typed.
  func endUnseen() {
    openTerminal?.endSecrets()
    openReader?.end()
  }

  /// Whether a person can be asked for a secret: at standard input, or, as ssh and sudo do, at the terminal itself while
  /// something else is piped in.
  var canAskUnseen: Bool { isTerminal || ownTerminal != nil }

  /// Asks a question in the open. Throws `StoreError.stopped` if the person stops.
  func answer(_ prompt: String, completions: [String] = []) throws -> String {
    let reply = try answered(terminal().line(prompt, completions: completions))
    guard case .line(let line) = reply else { throw StoreError.stopped }
    return line
  }

  /// Which signal it was that stopped a question, `stoppedBy` keeps for who ends the program.
  private func answered(_ reply: TerminalReply) throws -> TerminalReply {
    stoppedBy = if case .interrupted(let signal) = reply { signal } else { nil }
    switch reply {
    case .line, .secret: return reply
    case .endOfInput, .interrupted: throw StoreError.stopped
    }
  }

  /// The terminal's second screen, for what must not stay; nil if it has none.
  func secondScreen() -> SecondScreen? { hasSecondScreen ? SecondScreen(prompts) : nil }

  /// Whether the terminal has a second screen, which leaves nothing behind when it goes.
  var hasSecondScreen: Bool {
    isTerminal && isatty(1) == 1 && !["dumb", "", nil].contains(Surroundings.variable("TERM"))
  }

  /// A line for the REPL.
  func command(
    _ prompt: String, completions: @escaping @autoclosure () -> [String], isCommand: (String) -> Bool
  ) throws -> TerminalReply {
    if isTerminal { return try terminal().command(prompt, completions: completions, isCommand: isCommand) }
    let reply = input.next()
    switch reply {
    case .line(let line): echo(prompt, looksLikeSecret(line) ? "(not shown)" : line)
    case .endOfInput, .secret: echo(prompt, "")
    case .interrupted: break
    }
    return reply
  }

  private func reader() throws -> SecretReader {
    if let openReader { return openReader }
    let reader = try SecretReader(
      charset: charset, bracketedPaste: false, terminal: ownTerminal ?? STDIN_FILENO, output: prompts)
    openReader = reader
    return reader
  }

  private func terminal() throws -> TerminalConversation {
    if let openTerminal { return openTerminal }
    let terminal = try TerminalConversation(
      console: self, charset: charset, bracketedPaste: hasSecondScreen,
      historyFile: try? Surroundings().home() + "/history")
    openTerminal = terminal
    return terminal
  }
}

/// A command's store asks here, outside of any run: nothing is written down, and nothing is a command.
extension Console: StoreQuestions {
  func ask(_ question: Question) throws -> (SecretBytes, AnswerSource)? {
    (try unseen(question), .typed)
  }

  /// A command asks for nothing in the open afterwards that it would write down.
  func trace(_ secret: SecretBytes) {}
  func conclude() {}
}

extension Sentence.Role {
  /// What belongs to a heading or a question stands a little to the right of it.
  fileprivate var indentation: String {
    switch self {
    case .heading, .question, .problem, .blank: ""
    default: "  "
    }
  }

  fileprivate var onScreen: Screen.Role {
    switch self {
    case .heading: .heading
    case .body, .blank: .body
    case .address: .url
    case .command: .command
    case .source: .source
    case .option: .option
    case .question: .plain
    case .standing: .standing
    case .warning: .warning
    case .problem: .problem
    case .hint: .hint
    }
  }
}
