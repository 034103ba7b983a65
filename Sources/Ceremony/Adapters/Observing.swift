public import FlowCore
public import SecretMemory

/// Makes the checks of flows: looks at this computer, or further.
public protocol Observing {
  /// What a check finds. It may take its time, ask, and be lent a credential, all through the context; it looks at
  /// `isCancelled` as often as it waits, and ends by `ObservationCancelled` then.
  ///
  /// - Throws: `ObservationFailure` where it can't find anything out: that is told, and never becomes a yes or a no.
  func observe(_ check: Check, in state: State, of flow: Flow, with context: ObservationContext) throws -> Observation

  /// Whether exchanges are asked: then a credential that was just kept waits in guarded memory for that.
  var asksExchanges: Bool { get }

  /// The keys of the flow's exchange that records and stores know here; none where nobody may look.
  func surveyKeys(in flow: Flow) -> KeySurvey

  /// The names that keys of the flow's exchange have, or had, as far as records here tell: at the exchange, and in stores.
  func namesInUse(in flow: Flow) -> Set<String>

  /// What was said of a key when it was made or taken in, by the steps of a flow, as a script says it.
  func recall(_ key: KnownKey, in flow: Flow) -> [Step.ID: String]
}

extension Observing {
  public var asksExchanges: Bool { false }
}

/// What was found when records and stores were looked through for keys.
public struct KeySurvey: Equatable, Sendable {
  /// The newest first, then those that no run made.
  public var keys: [KnownKey]
  /// The stores in which records know of keys, and that could not be looked into, each with the reason, for a person.
  public var unseen: [String]

  /// What stores have that may be a key, by its name, and that no record, or more than one, tells of: it is never deleted.
  public var doubtful: [String: [CredentialReference]]

  public init(
    keys: [KnownKey] = [], unseen: [String] = [], doubtful: [String: [CredentialReference]] = [:]
  ) {
    self.keys = keys
    self.unseen = unseen
    self.doubtful = doubtful
  }
}

/// What a check may use while it looks.
public protocol ObservationContext: AnyObject {
  /// Whether the person, or the system, wants it to stop.
  var isCancelled: Bool { get }
  func say(_ sentences: [Sentence]) throws
  /// Puts on record, beside what is found, what an exchange reported.
  func report(_ event: KeyEvent)
  /// Asks for a line in the open, which is none of the commands. Throws `ObservationCancelled` if the person does something
  /// else, and if nobody can be asked.
  func ask(_ question: Question) throws -> String
  /// Asks for a secret, which nothing shows and nothing keeps; nil where no person sits there. Throws `ObservationCancelled` if
  /// the person does something else.
  func askUnseen(_ question: Question) throws -> SecretBytes?
  /// Lends the credential that was taken at a step, in guarded memory, for as long as the closure runs. Throws
  /// `ObservationFailure` if it is in no store that can be read.
  func lend(
    from step: Step.ID, _ body: ([CredentialPart.Name: SecretBytes]) throws -> Observation
  ) throws -> Observation
}

/// Why a check could find nothing out; nothing of a secret is in it.
public struct ObservationFailure: Error, Equatable {
  public var reason: String
  /// Whether another look may find more: not where the person, or the exchange, wants none.
  public var mayBeTriedAgain: Bool

  public init(_ reason: String, mayBeTriedAgain: Bool = true) {
    self.reason = reason
    self.mayBeTriedAgain = mayBeTriedAgain
  }
}

/// A check has ended because it was to stop.
public struct ObservationCancelled: Error, Equatable {
  public init() {}
}
