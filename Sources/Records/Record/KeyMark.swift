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
  public var at: Timestamp

  public init(_ kind: Kind, of key: CredentialReference, at moment: Timestamp) {
    (self.kind, self.key, at) = (kind, key, moment)
  }
}

extension KeyEvent {
  /// The event that marks a key.
  ///
  /// - Parameters:
  ///   - person: who said it.
  ///   - reason: why, where one was asked for.
  public static func mark(
    _ kind: KeyMark.Kind, of key: CredentialReference, by person: String, reason: String? = nil
  ) -> KeyEvent {
    var facts = [operation: marking, KeyEvent.mark: kind.rawValue, store: key.store]
    facts["reason"] = reason
    return KeyEvent(.operated, key: key.name, by: person, facts: facts)
  }

  /// Whether it marks a key.
  public var isMark: Bool { marked != nil }

  /// What it marks, and in which way; nil where it marks nothing.
  var marked: (kind: KeyMark.Kind, key: CredentialReference)? {
    guard kind == .operated, facts[KeyEvent.operation] == KeyEvent.marking, let key, let store = facts[KeyEvent.store],
      let mark = facts[KeyEvent.mark].flatMap(KeyMark.Kind.init)
    else { return nil }
    return (mark, CredentialReference(store: store, name: key))
  }

  private static let (operation, marking, mark, store) = ("operation", "mark", "mark", "store")
}

extension OperationRecord {
  /// What was said of keys, in order.
  public var marks: [KeyMark] {
    entries.compactMap { entry in
      guard case .key(_, let event) = entry.event, let (kind, key) = event.marked else { return nil }
      return KeyMark(kind, of: key, at: entry.at)
    }
  }
}
