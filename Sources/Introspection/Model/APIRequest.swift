/// The way to a value in an answer: names of members; `0` is the one entry of a list that has one. Empty: the whole.
public struct AnswerPlace: Equatable, Hashable, Sendable, CustomStringConvertible {
  public var names: [String]

  public init(_ names: [String]) { self.names = names }

  /// Of names with dots between them: `result.list.0`.
  public init(_ text: String) { names = text.split(separator: ".").map(String.init) }

  public var description: String { names.joined(separator: ".") }
}

/// In what an exchange counts time.
public enum TimeUnit: String, Equatable, Sendable, CaseIterable {
  /// Since 1970 UTC.
  case seconds = "s"
  case milliseconds = "ms"
  /// `2025-10-13T03:20:45Z`.
  case iso
}

/// How an exchange writes a number: as one, as a text of digits, or as either.
public enum Written: String, Equatable, Sendable, CaseIterable {
  case number, text, either
}

extension ExchangeAPI {
  /// A request that reads, and what its answer tells.
  public struct Request: Equatable, Sendable {
    public var id: String
    public var method: Method
    /// From the first slash on, without a query.
    public var path: String
    /// What it takes besides what signing adds.
    public var parameters: [Parameter]
    /// The request to make in place of this one after certain codes.
    public var instead: Instead?
    /// How a body says that the request was answered; nil where only the status does.
    public var success: Success?
    /// Where in the answer the facts stand.
    public var within: AnswerPlace
    public var own: OwnKey?
    public var facts: [Fact]

    public enum Method: String, Equatable, Sendable, CaseIterable {
      case get = "GET"
      case post = "POST"
    }

    public init(
      id: String, method: Method, path: String, parameters: [Parameter], instead: Instead?, success: Success?,
      within: AnswerPlace, own: OwnKey?, facts: [Fact]
    ) {
      (self.id, self.method, self.path, self.parameters) = (id, method, path, parameters)
      (self.instead, self.success, self.within) = (instead, success, within)
      (self.own, self.facts) = (own, facts)
    }

    /// Whether a one-time password can go along.
    public var takesPassword: Bool { parameters.contains { $0.value == .once } }
  }

  /// A parameter of a request.
  public struct Parameter: Equatable, Sendable {
    public var name: String
    public var value: Value

    public enum Value: Equatable, Sendable {
      /// The key itself, which is no secret.
      case key
      /// Digits of an answer before.
      case taken(Taken)
      /// A one-time password, if there is one.
      case once
    }

    public struct Taken: Equatable, Sendable {
      /// The request whose answer has it.
      public var request: String
      public var at: AnswerPlace

      public init(request: String, at: AnswerPlace) { (self.request, self.at) = (request, at) }
    }

    /// What it takes on from an answer before; nil if nothing.
    public var taken: Taken? { if case .taken(let taken) = value { taken } else { nil } }

    public init(name: String, _ value: Value) { (self.name, self.value) = (name, value) }
  }

  public struct Instead: Equatable, Sendable {
    public var request: String
    public var codes: [String]

    public init(request: String, codes: [String]) { (self.request, self.codes) = (request, codes) }
  }

  public struct Success: Equatable, Sendable {
    public var at: AnswerPlace
    /// What stands there then; `empty` is a list or a text with nothing in it.
    public var values: [String]

    public init(at: AnswerPlace, values: [String]) { (self.at, self.values) = (at, values) }
  }

  /// How the key's own entry is found in a list of keys.
  public struct OwnKey: Equatable, Sendable {
    /// The member of an entry that has the key.
    public var member: String
    /// How many of its first characters are shown before `*`; nil where it stands whole.
    public var prefix: Int?
    /// Whether the other entries are the account's other keys.
    public var listsOthers: Bool

    public init(member: String, prefix: Int?, listsOthers: Bool) {
      (self.member, self.prefix, self.listsOthers) = (member, prefix, listsOthers)
    }
  }
}

extension ExchangeAPI {
  /// How one fact is read from an answer.
  public struct Fact: Equatable, Sendable {
    public var fact: KeyFact
    public var form: Form
    /// From the request's `within`, or from the key's own entry.
    public var at: AnswerPlace
    /// What stands there for none or never: a text or number as it is written, or `empty`, `null` or `absent`.
    public var none: [String]
    /// Why an empty list or text tells nothing.
    public var empty: String?
    /// What stands in a text of which only a part is shown.
    public var masked: String?
    /// Why what stands there is shown and does not count.
    public var unsure: String?

    public init(
      _ fact: KeyFact, _ form: Form, at: AnswerPlace, none: [String] = [], empty: String? = nil, masked: String? = nil,
      unsure: String? = nil
    ) {
      (self.fact, self.form, self.at) = (fact, form, at)
      (self.none, self.empty) = (none, empty)
      (self.masked, self.unsure) = (masked, unsure)
    }
  }

  public enum Form: Equatable, Sendable {
    /// `true` or `false`, or values that stand for them.
    case truth(yes: [String], no: [String])
    /// Whether something stands there.
    case filled
    /// Whether it is another than what stands at a place beside it.
    case differs(from: AnswerPlace)
    /// Whether one of these rights is listed, and lives. Without one it is off, or, for this reason, nobody can tell.
    case right([String], otherwise: String?)
    /// Whether every right that is listed only reads.
    case reads
    case text
    /// A value that has a meaning; any other has the meaning `otherwise`, or none.
    case word([Meaning], otherwise: String?)
    /// A whole number, told as a text.
    case number(Written)
    case texts(Listing)
    case moment(TimeUnit, Written)
    /// Days that are left. From which day they count is nowhere stated, so that they are shown and told as no day.
    case days
    case rights(Rights, mode: Mode?)
  }

  public struct Meaning: Equatable, Sendable {
    public var value: String
    public var meaning: String

    public init(_ value: String, _ meaning: String) { (self.value, self.meaning) = (value, meaning) }
  }

  public enum Listing: String, Equatable, Sendable {
    case list
    /// One text with commas.
    case commas
  }

  /// How a list of rights is written.
  public enum Rights: Equatable, Sendable {
    case names(Listing)
    /// Objects with a name and a truth value: whether the right only reads.
    case named(name: String, readOnly: String)
    /// The truth values of an object, each a right, but for these.
    case flags(except: [String])
    /// An object of lists; a right is called `Group:Item`.
    case groups
  }

  /// A field beside the rights, without which none of them tells whether it is more than a right to read.
  public struct Mode: Equatable, Sendable {
    public var at: AnswerPlace
    public var read: [String]
    public var write: [String]

    public init(at: AnswerPlace, read: [String], write: [String]) {
      (self.at, self.read, self.write) = (at, read, write)
    }
  }
}
