import FlowCore
import PlainText
import Stores

extension EntryName {
  /// Reads the name of an entry that is meant; complains with the rule and the nearest name that keeps it.
  ///
  /// - Parameter kinds: what the entry may be there for.
  static func named(_ text: String, kinds: Set<Kind> = [.kept]) throws -> EntryName {
    try CommandError.refuseSecret(text, in: "the name")
    guard let name = EntryName(text) else { throw CommandError.malformedName(text) }
    guard kinds.contains(name.kind) else { throw CommandError.wrongKind(name) }
    return name
  }

  /// Reads a name that a person gives to a key.
  static func chosen(byPerson text: String) throws -> EntryName {
    try CommandError.refuseSecret(text, in: "the name")
    guard let name = EntryName(text) else { throw CommandError.malformedName(text) }
    guard name.kind == .kept else {
      throw CommandError(
        "'\(text)' can't be a key's name: '\(name.kind.rawValue)/' is for what keyusher puts there itself",
        hints: [EntryName.rule], status: .usage)
    }
    return name
  }

  static let rule = """
    one to four words with '/' between them, each of small letters, digits, '.', '_' and '-', a letter or digit first
    """
}

extension CommandError {
  fileprivate static func malformedName(_ text: String) -> CommandError {
    let nearest = EntryName.fitting(text).map { ["the nearest that can: \($0)"] } ?? []
    return CommandError("'\(text)' can't be a key's name", hints: nearest + [EntryName.rule], status: .usage)
  }

  fileprivate static func wrongKind(_ name: EntryName) -> CommandError {
    switch name.kind {
    case .pending:
      CommandError(
        "'\(name)' is a pending copy, which has no name of its own yet",
        hints: ["keep it under one: keyusher key keep \(name) NAME"], status: .usage)
    case .previous:
      CommandError(
        "'\(name)' is what a key was before it was replaced",
        hints: ["keep it under a name of its own first: keyusher key keep \(name) NAME"], status: .usage)
    case .probe:
      CommandError(
        "'\(name)' is what is left of a test of the store, and no key",
        hints: ["delete it: keyusher key forget \(name)"], status: .usage)
    case .kept:
      CommandError("'\(name)' is no key", hints: ["'keyusher key list' shows those there are"], status: .usage)
    }
  }
}

extension StoreRegistry {
  /// Looks for an entry that a store does not have in the others, or for the nearest name, and tells of it.
  func missing(_ name: EntryName, in store: any CredentialStore) -> CommandError {
    var hints: [String] = []
    // Docker's helpers are other people's programs, and may be slow: they are asked only when they are meant.
    for other in all where other.id != store.id && !other.id.hasPrefix(StoreID.dockerPrefix) {
      guard other.condition().readiness == .ready else { continue }
      if (try? other.contains(name)) == true { hints.append("there is one in another store: --store \(other.id)") }
    }
    if hints.isEmpty, let names = (try? store.names())?.map(\.text) {
      let near = nearest(to: name.text, among: names).map { [$0] } ?? namesakes(of: name.text, among: names)
      if !near.isEmpty { hints.append("did you mean \(near.quotedWithOr)?") }
    }
    return CommandError(
      "there is no key '\(name)' in the store '\(store.id)'",
      hints: hints.isEmpty ? ["'keyusher key list' shows those there are"] : hints, status: .noInput)
  }
}
