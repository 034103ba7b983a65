public import FlowCore

/// What a record says of an operation on a key: what was to be done, by whom, and what was seen of it.
public struct OperationRecord: Equatable, Sendable {
  public var header: RunHeader
  public var operation: KeyOperation
  public var entries: [Entry]
  /// The digest of the last line, in hexadecimal.
  public var finalDigest: String

  /// What the journal says; nil if it is that of a run.
  public init?(_ contents: JournalContents) {
    guard let operation = contents.header.operation else { return nil }
    header = contents.header
    self.operation = operation
    entries = contents.entries
    finalDigest = contents.finalDigest
  }

  public var id: String { header.run }

  /// What the key is called now whose place was taken; nil if none was.
  public var previous: String? {
    for case .key(_, let event) in entries.map(\.event) where event.kind == .operated { return event.facts["previous"] }
    return nil
  }

  /// What an exchange reported of the key, in order.
  public var reports: [KeyEvent] {
    entries.compactMap { entry in
      if case .key(_, let event) = entry.event, event.kind == .reported { event } else { nil }
    }
  }

  /// Until when the exchange is to be left alone, if it said so, or its rules do.
  public var waitsUntil: Timestamp? {
    entries.compactMap { if case .key(_, let event) = $0.event { event.waitsUntil } else { nil } }.max()
  }

  /// How it ended.
  public var outcome: Outcome {
    var hasBlanked = false
    for entry in entries {
      guard case .key(_, let event) = entry.event, event.kind == .operated, !event.isMark else { continue }
      // What was blanked tells nothing any more, not even whether it was the end.
      if entry.isRedacted {
        hasBlanked = true
        continue
      }
      if let reason = event.facts[OperationRecord.failed] { return .failed(entry.at, reason: reason) }
      return .done(entry.at, seen: event.facts[OperationRecord.seen], history: event.facts[OperationRecord.history])
    }
    return operation.kind == .exec && !hasBlanked ? .handedOver : .notKnowable
  }

  public enum Outcome: Equatable, Sendable {
    /// - Parameters:
    ///   - seen: what keyusher saw of it, for a person.
    ///   - history: what else still keeps what was deleted.
    case done(Timestamp, seen: String?, history: String?)
    case failed(Timestamp, reason: String)
    /// A program was given the key; what it did with it is its own.
    case handedOver
    /// The program ended before it could say.
    case notKnowable

    public var isDone: Bool { if case .done = self { true } else { false } }
  }

  /// The names of facts in the event that ends it.
  static let (failed, seen, history) = ("failed", "seen", "history")
  /// Of the event that sets a day to wait for.
  static let wait = "wait-until"
}

extension KeyEvent {
  /// The event that ends an operation which was done.
  ///
  /// - Parameters:
  ///   - previous: what the key is called now whose place was taken.
  ///   - told: what asking an exchange came to.
  public static func done(
    _ key: String, seen: String?, history: String? = nil, previous: String? = nil, told: KeyCheck.Told? = nil
  ) -> KeyEvent {
    var facts: [String: String] = [:]
    facts["previous"] = previous
    facts[OperationRecord.seen] = seen
    facts[OperationRecord.history] = history
    var event = KeyEvent(.operated, key: key, by: "keyusher", facts: facts)
    if let told { event.note(told) }
    return event
  }

  /// The event that ends an operation which was not done, or not wholly.
  public static func failed(_ key: String, reason: String) -> KeyEvent {
    KeyEvent(.operated, key: key, by: "keyusher", facts: [OperationRecord.failed: reason])
  }
}

extension KeyEvent {
  /// Until when an exchange is to be left alone.
  public static func wait(_ key: String, until moment: Timestamp, by host: String) -> KeyEvent {
    KeyEvent(.dated, key: key, by: host, facts: [OperationRecord.wait: moment.description])
  }

  /// Until when the exchange is to be left alone; nil where it is about something else.
  public var waitsUntil: Timestamp? {
    kind == .dated ? facts[OperationRecord.wait].flatMap { Timestamp($0) } : nil
  }
}

extension Journal {
  /// Appends what became of the operation that the record is about, with what was learnt on the way; it is on the disk when
  /// this returns.
  public func end(_ events: [KeyEvent], at moment: Timestamp) throws(JournalError) {
    try append(events.map { Event.key(nil, $0).fields(at: moment, in: nil) }, durable: true)
  }
}
