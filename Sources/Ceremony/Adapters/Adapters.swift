public import FlowCore
public import Records
public import SecretMemory

/// Where events go before they take effect.
public protocol EventLog: AnyObject {
  /// Writes events; with `durable`, they are on disk when it returns.
  func append(_ events: [Event], durable: Bool) throws
}

/// Writes into a run's journal, with the time of a clock. A run that nothing was answered in leaves none.
public final class JournalLog: EventLog {
  /// The journal, once there is one.
  public private(set) var journal: Journal?
  private let make: () throws -> Journal
  private let flow: Flow
  private let now: () -> Timestamp
  /// What happened before the first answer.
  private var waiting: [(event: Event, at: Timestamp)] = []

  public init(_ journal: Journal, of flow: Flow, now: @escaping () -> Timestamp) {
    self.journal = journal
    make = { journal }
    self.flow = flow
    self.now = now
  }

  /// - Parameter make: makes the journal, when there is something to keep.
  public init(making make: @escaping () throws -> Journal, of flow: Flow, now: @escaping () -> Timestamp) {
    self.make = make
    self.flow = flow
    self.now = now
  }

  public func append(_ events: [Event], durable: Bool) throws {
    if journal == nil, !events.contains(where: \.isWorthARecord) {
      waiting += events.map { ($0, now()) }
      return
    }
    try open().append(events, at: now(), in: flow, durable: durable)
  }

  /// Makes the journal if there is none yet, with all that happened so far: on disk once it returns.
  @discardableResult
  public func open() throws -> Journal {
    if let journal { return journal }
    let journal = try make()
    self.journal = journal
    for (place, (event, moment)) in waiting.enumerated() {
      try journal.append([event], at: moment, in: flow, durable: place + 1 == waiting.count)
    }
    waiting = []
    return journal
  }
}

extension Event {
  /// Whether somebody said something, or did, that must not be lost.
  fileprivate var isWorthARecord: Bool {
    switch self {
    case .began, .programProposed, .shown, .storesSurveyed, .keysSurveyed, .observed, .suspended, .resumed: false
    default: true
    }
  }
}

/// The stores of this computer, as a run uses them. The person's own hands (`offline`) are never asked for anything here.
///
/// An error that is thrown describes itself to a person in one line, and quotes no secret.
public protocol CredentialKeeping {
  /// Whether nothing may be changed, and nothing is looked at that is not the same on every computer.
  var isRehearsal: Bool { get }

  /// What there is, found without asking anybody.
  func survey() throws -> StoreSurvey

  /// Proves that a store works: writes, reads back and deletes a probe. Sets it up first if it must be.
  ///
  /// - Returns: whether it works, and by what means that is known; not knowable where nothing may be written.
  func prove(_ store: String, asking: any StoreQuestions) throws -> (Verdict, means: String)

  /// Writes a credential under a pending name, reads it back and compares it.
  ///
  /// - Parameter name: what it is going to be called.
  /// - Returns: where it is, and how it is known to be right.
  func hold(
    _ parts: [CredentialPart.Name: SecretBytes], takenAt step: Step.ID, as name: String, in store: String,
    asking: any StoreQuestions
  ) throws -> (CredentialReference, KeepingProof)

  /// The whole copy that was held last at a step of this run and is not on record; nil if there is none.
  ///
  /// - Parameter receipts: what is known of it, which it must fit.
  func find(
    takenAt step: Step.ID, as receipts: [PartReceipt], in store: String, asking: any StoreQuestions
  ) throws -> CredentialReference?

  /// Gives a credential that is held its name, or the first free one like it. Done twice, it finds what it did.
  func name(_ reference: CredentialReference, _ name: String, asking: any StoreQuestions) throws -> CredentialReference

  /// Lends a credential that is in a store for as long as the closure runs.
  func lend(
    _ reference: CredentialReference, asking: any StoreQuestions,
    _ body: ([CredentialPart.Name: SecretBytes]) throws -> Observation
  ) throws -> Observation

  func has(_ reference: CredentialReference) throws -> Bool

  /// Deletes an entry, and looks whether it is gone; one that is not there is gone already.
  ///
  /// - Returns: what still keeps it, such as the store's history, for a person; nil if nothing is known to.
  func delete(_ reference: CredentialReference, asking: any StoreQuestions) throws -> String?

  /// Gives an entry another name, which no other may have, and looks whether it has it; done twice, it finds what it did.
  func rename(_ reference: CredentialReference, to name: String, asking: any StoreQuestions) throws
}

/// Whoever answers what a store asks besides the credential, its passphrase above all: the conversation of a run, or the
/// terminal of a command.
public protocol StoreQuestions: AnyObject {
  /// Says something, at the latest with the next question.
  func remark(_ sentences: [Sentence])

  /// Asks, unseen: what was typed, empty if there was only Enter. Nil: the person, or whoever speaks for them, did something
  /// else, and what was under way is to be given up.
  func ask(_ question: Question) throws -> (SecretBytes, AnswerSource)?

  /// Has a secret that was made, and not taken, recognised wherever it is typed later.
  func trace(_ secret: SecretBytes) throws

  /// Says what was remarked after the last question.
  func conclude() throws
}

/// Opens an official address in a browser.
public protocol AddressOpening {
  /// Nil if the browser was started; otherwise what stood in the way, for a person.
  func open(_ address: String) -> String?
}
