public import FlowCore
public import SecretMemory

/// The source at the other end of a session: a person at a terminal, a script, a program on a pipe, a test.
public protocol Conversation: AnyObject {
  /// Whether somebody sits there who can be asked again, and paste.
  var isPerson: Bool { get }
  /// Shows sentences, in order.
  func show(_ sentences: [Sentence])
  /// Asks for one line, in the open. A secret session that is under way ends first, as `endSecrets` ends it.
  func ask(_ question: Question) -> Reply
  /// Takes one part of a credential, unseen. Throws if there is no guarded memory, or the terminal fails.
  func takeSecret(_ question: SecretQuestion) throws -> SecretReply
  /// No further secret is coming: what was typed ahead is thrown away and the terminal is put back.
  func endSecrets()
  /// Whether the last line may go into a history. It may not while it could be a secret.
  func settleLine(_ line: String, remember: Bool)
}

/// One sentence on the screen, and what it is. The text is whole; whoever shows it wraps it.
public struct Sentence: Equatable, Sendable {
  public enum Role: Equatable, Sendable {
    case heading, body, address, source, option, question, standing, warning, problem, hint, blank
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
}

/// One question for a line of text.
public struct Question: Equatable, Sendable {
  /// The step that asks.
  public var step: Step.ID
  /// What of the step is asked beside its answer: `danger`, `secret`, `shown`, `text`; nil for the answer.
  public var part: String?
  /// The line at whose end the answer is typed, at most 40 columns.
  public var prompt: String
  /// What Tab completes.
  public var completions: [String]

  public init(step: Step.ID, part: String? = nil, prompt: String, completions: [String] = []) {
    self.step = step
    self.part = part
    self.prompt = prompt
    self.completions = completions
  }

  /// The name by which a script answers it: `label`, `plan.danger`.
  public var key: String { part.map { "\(step).\($0)" } ?? step.rawValue }
}

/// One question for a secret.
public struct SecretQuestion: Equatable, Sendable {
  public var step: Step.ID
  /// The part that is taken, or what is asked unseen beside the parts: `copy`, `again`, `keep`.
  public var part: CredentialPart.Name
  public var prompt: String
  /// The only lines that are commands here, and the words that answer a yes-or-no question.
  public var commands: [String]

  public var key: String { "\(step).\(part)" }
}

public enum Reply: Sendable {
  case line(String, AnswerSource)
  /// Ctrl-D, or a pipe or script that has no more.
  case endOfInput
  case interrupted(signal: Int32)
  /// A script and the flow have parted.
  case diverged(Divergence)
}

public enum SecretReply {
  /// What was taken, without the white space and quotes around it; it may have several lines.
  case taken(SecretBytes, AnswerSource)
  case command(String, AnswerSource)
  /// Only Enter.
  case empty(AnswerSource)
  case endOfInput
  case interrupted(signal: Int32)
  case diverged(Divergence)
}

/// Where and how a script and the flow parted.
public struct Divergence: Equatable, Sendable {
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
