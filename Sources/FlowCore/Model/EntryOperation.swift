/// What a run does with an entry of a store, besides keeping the key that it takes.
public enum EntryOperation: Equatable, Sendable {
  /// - Parameter history: what still keeps the entry; nil if nothing is known to.
  case deleted(CredentialReference, history: String?)
  case renamed(CredentialReference, to: String)

  /// What was done, for a person.
  public var words: String {
    switch self {
    case .deleted(let reference, let history):
      "deleted: \(reference.place)" + (history.map { "; still there: \($0)" } ?? "")
    case .renamed(let reference, let name): "renamed: \(reference.place), to \(name)"
    }
  }
}
