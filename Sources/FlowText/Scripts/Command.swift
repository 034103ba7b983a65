public import FlowCore
import PlainText

/// What can be said at any question besides its answer.
public enum Command: Equatable, Sendable {
  case help, why, back, open, status, quit
  /// Leave the question out; the reason may be missing.
  case skip(String)
  /// My page looks different.
  case differs(String)
  case note(String)
  /// A word that leaves a credential step, such as `lost`.
  case word(String)

  /// The commands in the order in which they are told, each as it is typed.
  public static let names = [":why", ":back", ":skip", ":differs", ":note", ":open", ":status", ":quit", ":help"]

  /// The command as it is typed; a long one as a script writes it.
  public var written: String {
    switch self {
    case .help: ":help"
    case .why: ":why"
    case .back: ":back"
    case .open: ":open"
    case .status: ":status"
    case .quit: ":quit"
    case .skip(let text): text.isEmpty ? ":skip" : ":skip \(text)"
    case .differs(let text): text.isEmpty ? ":differs" : ":differs \(text)"
    case .note(let text): text.isEmpty ? ":note" : ":note \(text)"
    case .word(let word): ":\(word)"
    }
  }

  /// The text that goes with it, if it takes one.
  var text: String? {
    switch self {
    case .skip(let text), .differs(let text), .note(let text): text
    default: nil
    }
  }
}

/// What a typed line is.
public enum Typed: Equatable, Sendable {
  case command(Command)
  /// A line that begins with `:` and is none; `nearest` is the command that was probably meant, as it is typed.
  case unknownCommand(String, nearest: String?)
  /// Anything else; `::` at the beginning has become `:`.
  case text(String)
}

/// Tells commands from answers.
///
/// - Parameter words: the words that leave the current step if it takes a credential.
public func readLine(_ line: String, words: [String] = [CredentialRule.lost]) -> Typed {
  let trimmed = line.trimmed
  if trimmed == "?" { return .command(.help) }
  guard trimmed.hasPrefix(":") else { return .text(line) }
  if trimmed.hasPrefix("::") { return .text(String(trimmed.dropFirst())) }
  let name = trimmed.dropFirst().prefix { !$0.isWhitespace }
  let text = trimmed.dropFirst(name.count + 1).trimmed
  switch name.lowercased() {
  case "skip": return .command(.skip(text))
  case "differs": return .command(.differs(text))
  case "note": return .command(.note(text))
  case let word where text.isEmpty:
    if let command = plainCommands[word] { return .command(command) }
    if words.contains(word) { return .command(.word(word)) }
  default: break
  }
  let typed = ":" + name
  return .unknownCommand(trimmed, nearest: nearest(to: typed, among: Command.names + words.map { ":" + $0 }))
}

private let plainCommands: [String: Command] = [
  "?": .help, "help": .help, "why": .why, "back": .back, "open": .open, "status": .status, "quit": .quit,
]
