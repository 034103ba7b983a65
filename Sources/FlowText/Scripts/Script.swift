public import FlowCore

/// A text that answers a flow's steps by step id.
///
/// Its items stand in the order in which they are fed to a run: a command that is indented under an answer belongs to
/// that answer's question and stands before it.
public struct Script: Equatable, Sendable {
  /// The version of the script format.
  public static let currentFormat = 1

  /// The flow it answers, for example `gate-io/create-key`.
  public var flowID: String
  public var items: [Item]

  public init(flowID: String, items: [Item]) {
    self.flowID = flowID
    self.items = items
  }

  public struct Item: Equatable, Sendable {
    /// The line of the script, from 1; 0 if it comes from none.
    public var line: Int
    public var content: Content

    public init(line: Int = 0, _ content: Content) {
      self.line = line
      self.content = content
    }
  }

  public enum Content: Equatable, Sendable {
    /// `STEP: VALUE`: the answer of the next visit to a step.
    case answer(Step.ID, Reply)
    /// `STEP.PART: REFERENCE`: one part of a credential.
    case part(Step.ID, CredentialPart.Name, PartSource)
    /// `STEP.danger: WORD`: what is typed when a dangerous option wants a word.
    case danger(Step.ID, Reply)
    /// `STEP.copy: ask`: the comparison of a person's own copy is left to the person.
    case copy(Step.ID)
    /// `STEP.secret: no`: the text that answers a step looks like a secret and is none.
    case noSecret(Step.ID)
    /// Said at whatever question is open when it is reached.
    case command(Command)
    case expect(Expectation, Moment)
  }

  public enum Reply: Equatable, Sendable {
    /// What would be typed; empty: Enter on the default.
    case text(String)
    /// A command instead of an answer, at this step and no other: `label: :skip REASON`.
    case command(Command)
    /// Left to a person.
    case ask
  }

  public enum PartSource: Equatable, Sendable {
    case reference(SecretReference)
    /// Left to a person.
    case ask
  }

  /// When an expectation is looked at.
  public enum Moment: Equatable, Sendable {
    /// Once what stands before it has been fed.
    case here
    case atTheEnd
  }

  public enum Expectation: Equatable, Sendable {
    case outcome(Outcome)
    /// How many exceptions are on record.
    case exceptions(Int)
    /// How many questions were asked.
    case questions(Int)
    /// How many warnings were raised.
    case warnings(Int)
    /// That a warning was raised, by its code.
    case warning(String)
  }
}
