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

/// A place for credentials.
public protocol CredentialKeeping {
  /// The store's name in records and scripts, for example `offline`.
  var id: String { get }
  /// Whether the person keeps the credential by hand; the session then asks for the last four characters of the copy.
  var isByHand: Bool { get }
  /// Writes a credential, reads it back and compares it. Not asked of a store that is kept by hand.
  ///
  /// - Returns: where it is, and how it is known to be right.
  func keep(_ parts: [CredentialPart.Name: SecretBytes]) throws -> (CredentialReference, KeepingProof)
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
