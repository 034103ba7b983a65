/// What a run does with an entry of a store, besides keeping the key that it takes.
public enum EntryOperation: Equatable, Sendable {
  /// It is about to be deleted, or renamed: on the disk before anything is done.
  case deleting(CredentialReference)
  case renaming(CredentialReference, to: String)
  /// - Parameter history: what still keeps the entry; nil if nothing is known to.
  case deleted(CredentialReference, history: String?)
  case renamed(CredentialReference, to: String)

  /// What was done, for a person.
  public var words: String {
    switch self {
    case .deleting(let reference): "to be deleted: \(reference.place)"
    case .renaming(let reference, let name): "to be renamed: \(reference.place), to \(name)"
    case .deleted(let reference, let history):
      "deleted: \(reference.place)" + (history.map { "; still there: \($0)" } ?? "")
    case .renamed(let reference, let name): "renamed: \(reference.place), to \(name)"
    }
  }
}
