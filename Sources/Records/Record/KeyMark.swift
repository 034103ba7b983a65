public import FlowCore

/// What a person said of a key while they dealt with a leak, and when.
public struct KeyMark: Equatable, Sendable {
  public enum Kind: String, Equatable, Sendable, CaseIterable {
    /// Somebody else may have it.
    case exposed
    /// It was deleted on the exchange's page.
    case deleted
    /// It was not deleted after all.
    case undeleted
    /// Nobody else has it, for a reason that was given.
    case safe
  }

  public var kind: Kind
  /// Where the key lies, or lay last.
  public var key: CredentialReference
  /// What tells it from any other key that lies there, or lay there; nil where the record does not say.
  public var identity: String?
  /// The number by which the person means it.
  public var number: Int?
  public var at: Timestamp

  public init(
    _ kind: Kind, of key: CredentialReference, identity: String? = nil, number: Int? = nil, at moment: Timestamp
  ) {
    (self.kind, self.key, self.identity, self.number, at) = (kind, key, identity, number, moment)
  }
}

extension KeyEvent {
  /// The event that marks a key.
  ///
  /// - Parameters:
  ///   - identity: what tells it from any other key.
  ///   - number: the one by which the person means it.
  ///   - person: who said it.
  ///   - reason: why, where one was asked for.
  public static func mark(
    _ kind: KeyMark.Kind, of key: CredentialReference, identity: String? = nil, number: Int? = nil, by person: String,
    reason: String? = nil
  ) -> KeyEvent {
    var facts = [operation: marking, KeyEvent.mark: kind.rawValue, store: key.store]
    facts[KeyEvent.identity] = identity
    facts[KeyEvent.number] = number.map(String.init)
    facts["reason"] = reason
    return KeyEvent(.operated, key: key.name, by: person, facts: facts)
  }

  /// Whether it marks a key.
  public var isMark: Bool { kind == .operated && facts[KeyEvent.operation] == KeyEvent.marking }

  /// What it marks, and in which way; nil where it marks nothing.
  fileprivate func mark(at moment: Timestamp) -> KeyMark? {
    guard isMark, let store = facts[KeyEvent.store], let kind = facts[KeyEvent.mark].flatMap(KeyMark.Kind.init) else {
      return nil
    }
    return KeyMark(
      kind, of: CredentialReference(store: store, name: key), identity: facts[KeyEvent.identity],
      number: facts[KeyEvent.number].flatMap { Int($0) }, at: moment)
  }

  private static let (operation, marking, mark, store) = ("operation", "mark", "mark", "store")
  private static let (identity, number) = ("identity", "number")
}

extension OperationRecord {
  /// What was said of keys, in order.
  public var marks: [KeyMark] {
    entries.compactMap { entry in
      if case .key(_, let event) = entry.event { event.mark(at: entry.at) } else { nil }
    }
  }
}
