extension Step {
  /// What a step does, and what it needs for that.
  public enum Body: Equatable, Sendable {
    /// Tells something; Enter goes on.
    case tell
    /// Asks for a claim: yes or no.
    case confirm(Confirmation)
    /// Asks for one of several options.
    case choose(Options)
    /// Asks for any number of options.
    case select(Options)
    /// Asks for a line of text.
    case text(TextRule)
    /// Asks where the credential is to be kept, among what is found on this computer, and proves it.
    case store
    /// Takes a credential, part by part, into a store.
    case credential(CredentialRule)
    /// Lets the tool look for itself.
    case check(Check)
    /// Lists the answers, lets the person change any, or finish.
    case review
    /// Ends the run.
    case end(Ending)
  }
}

/// What a yes-or-no question does with its answers.
public struct Confirmation: Equatable, Sendable {
  /// The answer that Enter takes; none: Enter asks again.
  public var defaultsTo: Bool?
  /// Where *no* leads; none: as *yes*.
  public var ifNo: Step.ID?

  public init(defaultsTo: Bool? = nil, ifNo: Step.ID? = nil) {
    self.defaultsTo = defaultsTo
    self.ifNo = ifNo
  }
}

/// The options of a question, in their order on the screen.
public struct Options: Equatable, Sendable {
  public var options: [Option]
  /// What Enter takes: the first whose guard holds.
  public var defaults: [Conditional<[Option.ID]>]

  public init(_ options: [Option], defaults: [Conditional<[Option.ID]>] = []) {
    self.options = options
    self.defaults = defaults
  }

  public subscript(id: Option.ID) -> Option? {
    options.first { $0.id == id }
  }

  /// The one that a script means which does not answer the question; nil where it has to.
  public var unsaid: Option? { options.first(where: \.isUnsaid) }
}

/// One option of a question.
public struct Option: Equatable, Sendable, Identifiable {
  public typealias ID = String

  public var id: ID
  public var title: Template
  /// What choosing it means, said once it is chosen.
  public var note: Template?
  /// The reasons why it can't be chosen now; it stays visible with the first that holds.
  public var disabled: [Disablement]
  public var danger: Danger?
  /// Where it leads; none: as the step says.
  public var target: Step.ID?
  /// Whether it says nothing: a script that leaves the step out means it, and lists of keys tell nothing of it.
  public var isUnsaid: Bool

  public init(
    id: ID, title: Template, note: Template? = nil, disabled: [Disablement] = [], danger: Danger? = nil,
    target: Step.ID? = nil, isUnsaid: Bool = false
  ) {
    self.id = id
    self.title = title
    self.note = note
    self.disabled = disabled
    self.danger = danger
    self.target = target
    self.isUnsaid = isUnsaid
  }
}

/// Why an option can't be chosen.
public struct Disablement: Equatable, Sendable {
  /// None: always.
  public var guardCondition: Guard?
  public var reason: Template

  public init(when guardCondition: Guard? = nil, reason: Template) {
    self.guardCondition = guardCondition
    self.reason = reason
  }
}

/// What makes an option dangerous: the word to type before it is taken, and why.
public struct Danger: Equatable, Sendable {
  public var word: String
  public var why: Template

  public init(word: String, why: Template) {
    self.word = word
    self.why = why
  }
}

/// What a line of text must be like.
public struct TextRule: Equatable, Sendable {
  public var shape: Shape
  /// Answers that are taken whatever the shape is, for example "not known yet".
  public var accepts: [String]
  public var defaults: [Conditional<Template>]
  /// Whether the keys that are known are proposed one after the other, each time the run comes to the step.
  public var takesKeysInTurn: Bool

  /// The first thing in which a text departs from what is taken.
  package func mismatch(of text: String) -> Shape.Mismatch? {
    accepts.contains(text) ? nil : shape.mismatch(of: text)
  }

  public init(
    shape: Shape = Shape(), accepts: [String] = [], defaults: [Conditional<Template>] = [],
    takesKeysInTurn: Bool = false
  ) {
    self.shape = shape
    self.accepts = accepts
    self.defaults = defaults
    self.takesKeysInTurn = takesKeysInTurn
  }
}

/// What the tool can look at by itself, or do and then look at: a closed list.
public enum Check: Equatable, Sendable {
  /// Whether the parts taken in a credential step look as the exchange documents them.
  case shape(of: Step.ID)
  /// Whether no other run on this computer used the text of a step as its label.
  case labelUnused(Step.ID)
  /// Whether this computer's clock can be right: not before the tool was made, not decades ahead.
  case clockPlausible
  /// Whether each key that is known here was named at a text step.
  case allNamed(Step.ID)
  /// Whether no store here has a copy of the key that was named at a text step.
  case noCopies(of: Step.ID)
  /// Deletes the copies of the key that was named at a text step, and looks whether they are gone; only where a person, or
  /// a script, has said at a confirm step that the exchange's key can do nothing any more.
  case copiesDeleted(of: Step.ID, after: Step.ID)
  /// Gives the credential of a step the name that the key had which was named at a text step, and looks whether it has it.
  case nameTaken(by: Step.ID, of: Step.ID, after: Step.ID)
  /// Gives the credential of a step, which waits in its store until then, the name that is its own, and looks whether it has
  /// it.
  case named(Step.ID)
  /// Whether the key of a credential step can do what was planned and no more, as its exchange reports it.
  case powers(of: Step.ID)

  /// Whether it changes something, and does not only look.
  public var acts: Bool { if case .named = self { true } else { mustFollow != nil } }

  /// The confirm step without whose yes it does nothing.
  public var mustFollow: Step.ID? {
    switch self {
    case .copiesDeleted(_, let step), .nameTaken(_, _, let step): step
    case .shape, .labelUnused, .clockPlausible, .allNamed, .noCopies, .named, .powers: nil
    }
  }

  /// Whether it is the exchange that says what it finds.
  public var asksExchange: Bool { if case .powers = self { true } else { false } }

  /// What it can find.
  public var verdicts: [Verdict] { Verdict.allCases.filter { $0 != .refused || asksExchange } }

  /// The steps whose answers it looks at.
  public var reads: [Step.ID] {
    switch self {
    case .shape(let step), .labelUnused(let step), .allNamed(let step), .noCopies(let step), .named(let step),
      .powers(let step):
      [step]
    case .copiesDeleted(let step, let after): [step, after]
    case .nameTaken(let credential, let step, let after): [credential, step, after]
    case .clockPlausible: []
    }
  }
}

/// How a run ends.
public struct Ending: Equatable, Sendable {
  public var outcome: Outcome
  /// Why it ended so: the first that holds.
  public var reason: [Conditional<Template>]
  /// What to look at again, and when.
  public var reminders: [Reminder]
  /// What is to be known of the key at a glance, a line each.
  public var card: [Conditional<CardLine>]
  /// What to do next, a line each.
  public var next: [Conditional<Advice>]

  public init(
    outcome: Outcome, reason: [Conditional<Template>] = [], reminders: [Reminder] = [],
    card: [Conditional<CardLine>] = [], next: [Conditional<Advice>] = []
  ) {
    self.outcome = outcome
    self.reason = reason
    self.reminders = reminders
    self.card = card
    self.next = next
  }
}

/// A line of the card at the end of a run.
public struct CardLine: Equatable, Sendable {
  /// The step on whose word it stands; none: it is a choice, or said of the run.
  public var of: Step.ID?
  public var text: Template

  public init(of step: Step.ID? = nil, _ text: Template) {
    of = step
    self.text = text
  }
}

/// One thing to do after a run.
public struct Advice: Equatable, Sendable {
  public var text: Template
  /// Whether it is a command to copy, which no line may be broken in.
  public var isCommand: Bool

  public init(_ text: Template, isCommand: Bool = false) {
    self.text = text
    self.isCommand = isCommand
  }
}

public enum Outcome: String, Equatable, Sendable, CaseIterable {
  case completed, aborted, blocked
}

/// A day on which the key must be looked at again.
public struct Reminder: Equatable, Sendable {
  /// Days after the end of the run.
  public var days: Int
  public var guardCondition: Guard?
  public var text: Template
  /// What settles it; nil: that a person says so.
  public var settledBy: Settlement?

  public enum Settlement: String, Equatable, Sendable, CaseIterable {
    /// A later run that looks at the key.
    case review
    /// Its exchange is asked about it.
    case verify
    /// Its last day is known, by its exchange or by a rule.
    case lastDay = "last-day"
  }

  public init(days: Int, when guardCondition: Guard? = nil, text: Template, settledBy: Settlement? = nil) {
    self.days = days
    self.guardCondition = guardCondition
    self.text = text
    self.settledBy = settledBy
  }
}
