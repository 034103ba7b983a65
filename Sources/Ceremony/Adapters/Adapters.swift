public import FlowCore
public import Records
public import SecretMemory

/// Where events go before they take effect.
public protocol EventLog: AnyObject {
  /// Writes events; with `durable`, they are on disk when it returns.
  func append(_ events: [Event], durable: Bool) throws
}

/// Writes into a run's journal, with the time of a clock.
public final class JournalLog: EventLog {
  private let journal: Journal
  private let flow: Flow
  private let now: () -> Timestamp

  public init(_ journal: Journal, of flow: Flow, now: @escaping () -> Timestamp) {
    self.journal = journal
    self.flow = flow
    self.now = now
  }

  public func append(_ events: [Event], durable: Bool) throws {
    try journal.append(events, at: now(), in: flow, durable: durable)
  }
}

/// The stores of this computer, as a run uses them. The person's own hands (`offline`) are never asked for anything here.
///
/// An error that is thrown describes itself to a person in one line, and quotes no secret.
public protocol CredentialKeeping {
  /// What there is, found without asking anybody.
  func survey() throws -> StoreSurvey

  /// Proves that a store works: writes, reads back and deletes a probe. Sets it up first if it must be.
  ///
  /// - Returns: whether it works, and by what means that is known; not knowable where nothing may be written.
  func prove(_ store: String, taking: any SecretTaking) throws -> (Verdict, means: String)

  /// Writes a credential under a pending name, reads it back and compares it.
  ///
  /// - Parameter name: what it is going to be called.
  /// - Returns: where it is, and how it is known to be right.
  func hold(
    _ parts: [CredentialPart.Name: SecretBytes], takenAt step: Step.ID, as name: String, in store: String,
    taking: any SecretTaking
  ) throws -> (CredentialReference, KeepingProof)

  /// The whole copy that was held last at a step of this run and is not on record; nil if there is none.
  ///
  /// - Parameter receipts: what is known of it, which it must fit.
  func find(
    takenAt step: Step.ID, as receipts: [PartReceipt], in store: String, taking: any SecretTaking
  ) throws -> CredentialReference?

  /// Gives a credential that is held its name, or the first free one like it. Done twice, it finds what it did.
  func name(_ reference: CredentialReference, _ name: String, taking: any SecretTaking) throws -> CredentialReference

  /// Whether the store has an entry of this name.
  func has(_ reference: CredentialReference) throws -> Bool
}

/// Takes what a store needs from a person and what is no part of the credential: its passphrase.
public protocol SecretTaking: AnyObject {
  /// Says something and takes a secret, unseen; empty if there was only Enter. Nil: the person, or whoever speaks for them,
  /// did something else, and what was under way is to be given up.
  func takeSecret(_ prompt: String, after sentences: [Sentence]) throws -> (SecretBytes, AnswerSource)?

  func say(_ sentences: [Sentence]) throws

  /// Has a secret that was made, and not taken, recognised wherever it is typed later.
  func trace(_ secret: SecretBytes) throws
}

/// The tool's own eyes.
public protocol Looking {
  /// What a check finds, and by what means.
  func look(_ check: Check, in state: State, of flow: Flow) -> (Verdict, means: String)
}

/// Opens an official address in a browser.
public protocol AddressOpening {
  /// Nil if the browser was started; otherwise what stood in the way, for a person.
  func open(_ address: String) -> String?
}
