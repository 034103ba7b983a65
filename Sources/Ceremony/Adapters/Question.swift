public import FlowCore

/// One question as a value: what is asked, and what there is to answer. A terminal, a script, a pipe and a program fill the
/// same one; the words that a person reads are made of it in one place (`QuestionWords.swift`).
public struct Question: Equatable, Sendable {
  /// What is asked.
  public enum Subject: Hashable, Sendable {
    /// What the step itself asks.
    case answer
    /// The word that a dangerous option wants.
    case danger(Option.ID)
    /// Whether what was typed is a secret.
    case suspicion
    /// A few words, for a command that came without them.
    case words(for: String)
    /// One part of a credential.
    case part(CredentialPart.Name)
    /// Whether a part that looks odd is to be pasted again.
    case again
    /// After a resume: whether the page still shows the secret.
    case stillShown
    /// The person's own copy: its last four characters, or whether there is one.
    case copy
    /// What to do with a credential that its store refused.
    case keep
    /// Whether what is held is to be given its name in another try.
    case name
    /// What a check wants to know, or whether it is to look again.
    case check
    /// Whether what was said of a key before is still so.
    case same
    /// What a store wants of a person: its passphrase, or a step of the way to a new one.
    case passphrase(of: String)
  }

  /// What kind of answer it takes.
  public enum Kind: Hashable, Sendable {
    case acknowledge, yesOrNo, choose, select, text, word, review
    /// What is pasted or typed unseen, and what it is called.
    case secret(title: String)
  }

  /// One of the answers that there are to choose from.
  public struct Choice: Equatable, Sendable, Identifiable {
    public var id: String
    public var title: String
    /// What choosing it means.
    public var note: String?
    /// By what number it can be chosen; nil where it is chosen by its id alone.
    public var number: Int?
    /// Why it can't be chosen now.
    public var obstacle: String?

    public init(id: String, title: String, note: String? = nil, number: Int? = nil, obstacle: String? = nil) {
      self.id = id
      self.title = title
      self.note = note
      self.number = number
      self.obstacle = obstacle
    }
  }

  /// What Enter means.
  public struct Default: Equatable, Sendable {
    public var ids: [String]
    /// What is said of it; nil where it says itself.
    public var words: String?

    public init(_ ids: String..., words: String? = nil) {
      self.ids = ids
      self.words = words
    }
  }

  /// The step that asks; nil where a command asks, outside of any run.
  public var step: Step.ID?
  /// The ids that the step had in earlier versions of its flow.
  public var formerly: [Step.ID] = []
  public var subject: Subject
  public var kind: Kind
  /// Whether nothing shows what is typed. The only lines that are no secret then are `words` and `commands`.
  public var isSecret: Bool
  /// What was wrong with the last try.
  public var problem: Sentence?
  public var warnings: [String] = []
  /// The question in words.
  public var text: String?
  public var explanations: [String] = []
  public var choices: [Choice] = []
  public var hints: [String] = []
  public var standard: Default?
  /// The answers that are taken as they are typed although nothing shows.
  public var words: [String] = []
  /// The commands that are told to who types; where nothing shows, the only ones that are obeyed.
  public var commands: [String] = []
  /// Whether its choices stand in one paragraph, and not a line each.
  public var isCompact = false
  /// Whether it stands on the screen already, so that its choices need not be told again; of a question beside a step's own
  /// nothing need be.
  public var isRepeated = false

  public init(_ subject: Subject, at step: Step.ID? = nil, _ kind: Kind, isSecret: Bool = false, text: String? = nil) {
    self.subject = subject
    self.step = step
    self.kind = kind
    self.isSecret = isSecret
    self.text = text
  }

  /// The name by which a script answers it: `label`, `plan.danger`, `credential.key`.
  public var key: String {
    let part: String? =
      switch subject {
      case .answer: nil
      case .danger: "danger"
      case .suspicion: "secret"
      case .words: "text"
      case .part(let name): name
      case .again: "again"
      case .stillShown: "shown"
      case .copy: "copy"
      case .keep: "keep"
      case .name: "name"
      case .check: "check"
      case .same: "same"
      case .passphrase: CredentialPart.unlock
      }
    return [step?.rawValue, part].compactMap { $0 }.joined(separator: ".")
  }
}
