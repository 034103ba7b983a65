/// What was answered at one step. A credential is never an answer: only the reference that names it is.
public enum Answer: Equatable, Sendable {
  /// Enter at a step that only tells.
  case acknowledged
  case yes
  case no
  case choice(Option.ID)
  case selection([Option.ID])
  case text(String)
  /// What a check found: of the observation what can steer, and by what means it is known.
  case verdict(Verdict, by: String)
  /// Where a credential is kept.
  case credential(CredentialReference)
  /// A word that leaves a credential step another way.
  case exit(String)
  /// The review is finished.
  case finished
  /// A text that was blanked afterwards; it fits every text step. Texts of one step have the same tag where they were the
  /// same: it is the journal line in which the text was given first.
  case redacted(tag: Int)

  /// The answer as ids, for guards and scripts.
  public var ids: [String] {
    switch self {
    case .acknowledged: ["ok"]
    case .yes: ["yes"]
    case .no: ["no"]
    case .choice(let id): [id]
    case .selection(let ids): ids
    case .text(let text): [text]
    case .verdict(let verdict, _): [verdict.rawValue]
    case .credential(let reference): [reference.store]
    case .exit(let word): [word]
    case .finished: ["finish"]
    case .redacted: ["[redacted]"]
    }
  }

  /// Whether an exchange did not take the key.
  var isRefusal: Bool { if case .verdict(.refused, _) = self { true } else { false } }

  public var isRedacted: Bool { if case .redacted = self { true } else { false } }
}

/// Names a credential in a store, and holds nothing of it.
public struct CredentialReference: Hashable, Sendable {
  /// The store's id, for example `offline`.
  public var store: String
  /// Its name there; none where the store knows no names.
  public var name: String?

  public init(store: String, name: String? = nil) {
    self.store = store
    self.name = name
  }
}

/// Where an answer came from.
public enum AnswerSource: Equatable, Hashable, Sendable {
  case typed
  /// Enter on the default.
  case enter
  /// A script, with the SHA-256 of its text in hexadecimal.
  case script(digest: String)
  /// A program that wrote to standard input.
  case program
  /// The tool itself.
  case tool

  /// Whether a person gave the answer.
  public var isPerson: Bool { self == .typed || self == .enter }
}
