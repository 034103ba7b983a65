public import FlowCore
import PlainText
public import SecretMemory

/// The source at the other end of a session: a person at a terminal, a script, a program on a pipe, a test.
public protocol Conversation: AnyObject {
  /// Whether somebody sits there who can be asked again, and paste.
  var isPerson: Bool { get }
  func show(_ sentences: [Sentence])
  /// Shows the sentences of a question, and waits for what comes of it. One in the open ends a secret session that is under
  /// way, as `endSecrets` ends it. Throws if there is no guarded memory, or the terminal fails.
  func ask(_ question: Question) throws -> Reply
  /// No further secret is coming: what was typed ahead is thrown away and the terminal is put back.
  func endSecrets()
  /// Puts the last line into a history. One that could be a secret never comes here.
  func remember(_ line: String)
  /// What a script says in the exchange's place that the check at a step found; nil where no script does.
  func outcome(ofCheckAt step: Step.ID) throws -> (Verdict, AnswerSource)?
  /// The signal that came while nobody was asked, and is not answered yet; nil if none did.
  func pendingSignal() -> Int32?
}

extension Conversation {
  public func outcome(ofCheckAt step: Step.ID) throws -> (Verdict, AnswerSource)? { nil }
}

/// What came of a question.
public enum Reply: Sendable {
  /// A line as it was typed; where nothing shows, only Enter (an empty line), a word or a command.
  case line(String, AnswerSource)
  /// What was taken unseen, exactly as it came; it may have several lines.
  case secret(SecretBytes, AnswerSource)
  /// Ctrl-D, or a pipe or script that has no more.
  case endOfInput
  case interrupted(signal: Int32)
  /// A script and the flow have parted.
  case diverged(Divergence)
}

/// One sentence on the screen, and what it is. The text is whole; whoever shows it wraps it.
public struct Sentence: Equatable, Sendable {
  public enum Role: Equatable, Sendable {
    case heading, body, address, command, source, option, question, standing, warning, problem, hint, blank
  }

  public var role: Role
  public var text: String
  /// What stands in the journal in its place: a text that quotes what was typed stands there without the quote.
  public var recorded: String

  public init(_ role: Role, _ text: String, recorded: String? = nil) {
    self.role = role
    self.text = text
    self.recorded = recorded ?? text
  }

  public static let blank = Sentence(.blank, "")

  var displayed: Sentence {
    Sentence(role, display(text, keepingLines: true), recorded: display(recorded, keepingLines: true))
  }
}

/// Where and how a script and the flow parted.
public struct Divergence: Error, Equatable {
  /// `FILE:LINE`, or nil where there is no file.
  public var place: String?
  public var message: String
  public var hint: String?

  public init(place: String?, message: String, hint: String? = nil) {
    self.place = place
    self.message = message
    self.hint = hint
  }
}
