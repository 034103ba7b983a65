/// One state of a flow: it tells, asks, takes a credential, checks, or ends.
public struct Step: Equatable, Sendable, Identifiable {
  /// A step's name within its flow. It has no dots, so that `credential.key` can name a part.
  public struct ID: Hashable, Sendable, RawRepresentable, ExpressibleByStringLiteral, CustomStringConvertible {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ rawValue: String) { self.rawValue = rawValue }
    public init(stringLiteral value: String) { self.rawValue = value }
    public var description: String { rawValue }
  }

  public var id: ID
  public var title: String
  /// The ids that it had in earlier versions of its flow, whose answers in old scripts are taken for it.
  public var was: [ID]
  /// What its answer tells, where the program must know.
  public var role: Role?
  /// The section that begins here, or goes on; none: that of the step before.
  public var section: Section?
  /// What to do, in paragraphs.
  public var text: [Conditional<Template>]
  /// What of it is said to those as well who know the way.
  public var brief: [Conditional<Template>] = []
  /// What to fill in on a form, field by field.
  public var fields: [Conditional<Field>]
  /// The question, above the line where the answer is typed: the first that holds.
  public var prompt: [Conditional<Template>]
  /// Why this step is there: shown on `:why`.
  public var why: Template?
  /// More about this step: shown on `?`.
  public var help: Template?
  /// The official address, https only.
  public var url: String?
  /// What must be at hand.
  public var needs: [String]
  /// Where a page instruction comes from.
  public var source: PageSource?
  /// Other words for a page that looks different: shown on `:differs`.
  public var alternative: Template?
  /// The facts of the source article that this step carries, for example `S1`.
  public var facts: [String]
  /// Whether `:skip` is refused.
  public var required: Bool
  /// Whether every way to `completed` must pass here; `flow lint` proves it, a run need not know.
  public var onEveryWay: Bool
  /// Whether an answer reports on the world (claimed) instead of making a choice (answered).
  public var claim: Bool
  /// What a yes, or an Enter at a step that tells, says on record, a line each: "logged in".
  public var claims: [Conditional<Template>]
  /// Whether what is done here stays done on a page: answers that are changed afterwards are exceptions.
  public var touchesPage: Bool
  /// Whether a yes says that the key which was named last can do nothing any more.
  public var endsKey: Bool
  /// Whether the answer is proposed that the run gave which made the key that this run is about.
  public var recalls: Bool
  /// What is proposed here of the program that a run is begun for.
  public var fromProgram: FromProgram?
  public var warnings: [Warning]
  /// The warnings whose acceptance this step's answer is the reason for.
  public var resolves: [String]
  public var body: Body
  /// Where the step leads: the first whose guard holds. None: the next step in the file.
  public var transitions: [Transition]

  public init(
    id: ID, title: String, was: [ID] = [], role: Role? = nil, section: Section? = nil,
    text: [Conditional<Template>] = [], fields: [Conditional<Field>] = [], prompt: [Conditional<Template>] = [],
    why: Template? = nil,
    help: Template? = nil, url: String? = nil, needs: [String] = [], source: PageSource? = nil,
    alternative: Template? = nil, facts: [String] = [], required: Bool = false, onEveryWay: Bool = false,
    claim: Bool = false, claims: [Conditional<Template>] = [], touchesPage: Bool = false,
    endsKey: Bool = false, recalls: Bool = false, fromProgram: FromProgram? = nil,
    warnings: [Warning] = [], resolves: [String] = [], body: Body, transitions: [Transition] = []
  ) {
    self.id = id
    self.title = title
    self.was = was
    self.role = role
    self.section = section
    self.text = text
    self.fields = fields
    self.prompt = prompt
    self.why = why
    self.help = help
    self.url = url
    self.needs = needs
    self.source = source
    self.alternative = alternative
    self.facts = facts
    self.required = required
    self.onEveryWay = onEveryWay
    self.claim = claim
    self.claims = claims
    self.touchesPage = touchesPage
    self.endsKey = endsKey
    self.recalls = recalls
    self.fromProgram = fromProgram
    self.warnings = warnings
    self.resolves = resolves
    self.body = body
    self.transitions = transitions
  }

  /// What the answer of a step tells of a key.
  public enum Role: String, CaseIterable, Sendable {
    /// What the key that is made is called, as a text.
    case label
    /// What a key is called that is there already, as a text.
    case oldLabel = "old-label"
    /// Which account of the exchange it is of, as a choice.
    case account
    /// What it is for, as a choice.
    case purpose
    /// Which program uses it, as a text.
    case program
    /// What it is to be allowed, as a selection of the exchange's permissions.
    case plan
    /// Whether it is to be bound to addresses, as a choice: `list` and `service` say so.
    case addressPlan = "ip-plan"
    /// To which ones, as a text.
    case address = "ip-address"

    /// Whether a step of some kind can have it.
    package func fits(_ body: Body) -> Bool {
      switch (self, body) {
      case (.label, .text), (.oldLabel, .text), (.program, .text), (.address, .text), (.account, .choose),
        (.purpose, .choose),
        (.addressPlan, .choose), (.plan, .select):
        true
      default: false
      }
    }
  }

  /// What a program's pack says that can be the answer of a step.
  public enum FromProgram: String, Equatable, Sendable, CaseIterable {
    /// Its name, as a text.
    case name
    /// What it is used for, as a choice.
    case purpose
    /// What it needs for that purpose, as a selection.
    case permissions
  }

  public var isEnd: Bool { if case .end = body { true } else { false } }
  /// Whether any number of its options can be chosen.
  public var takesSeveral: Bool { if case .select = body { true } else { false } }
  public var isCredential: Bool { if case .credential = body { true } else { false } }

  /// Whether its answer is the name of a key.
  public var namesKey: Bool { role == .label || role == .oldLabel }

  /// Whether an answer says nothing.
  public func isUnsaid(_ answer: Answer) -> Bool {
    if case .choose(let options) = body, case .choice(let id) = answer { options[id]?.isUnsaid == true } else { false }
  }

  /// Whether an answer reports on the world, which may have changed when the step is asked again.
  var reports: Bool {
    if case .confirm = body { true } else { claim }
  }

  /// Whether a person is asked here (a check runs by itself, an end asks nothing).
  public var asks: Bool {
    switch body {
    case .check, .end: false
    default: true
    }
  }

  /// Whether it can be left out, by whoever is asked or since an exchange could not be.
  public var canBeSkipped: Bool { !required && (asks && body != .review || asksExchange) }

  /// Whether an exchange is asked here, in whose place a script can speak.
  public var asksExchange: Bool { if case .check(let check) = body { check.asksExchange } else { false } }
}

/// One field of a form, and what belongs into it.
public struct Field: Equatable, Sendable {
  /// What the page calls it.
  public var name: Template
  public var value: Template

  public init(name: Template, value: Template) {
    self.name = name
    self.value = value
  }
}

/// Where a page instruction comes from, and whether anyone saw the live page.
public struct PageSource: Equatable, Sendable {
  public var description: String
  /// The day the source was read, `YYYY-MM-DD`.
  public var date: String
  /// What it stands for of what is said, for example "the fields of the form"; none: for all of it.
  public var says: String?
  /// The day somebody compared the instruction with the live page, `YYYY-MM-DD`; none if nobody did.
  public var seenLive: String?

  public init(description: String, date: String, says: String? = nil, seenLive: String? = nil) {
    self.description = description
    self.date = date
    self.says = says
    self.seenLive = seenLive
  }
}

/// One way out of a step.
public struct Transition: Equatable, Sendable {
  /// None: always.
  public var guardCondition: Guard?
  public var target: Step.ID

  public init(when guardCondition: Guard? = nil, to target: Step.ID) {
    self.guardCondition = guardCondition
    self.target = target
  }
}

/// A warning with a code, raised when its step is answered and its condition holds.
public struct Warning: Equatable, Sendable {
  public var code: String
  public var guardCondition: Guard?
  public var text: Template

  public init(code: String, when guardCondition: Guard? = nil, text: Template) {
    self.code = code
    self.guardCondition = guardCondition
    self.text = text
  }
}
