import ArgumentParser
import Ceremony
import FlowCore
import Inventory
import Records
import Stores

struct KeyKeep: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/keep")

  @Argument(
    help: ArgumentHelp("The copy, as 'keyusher key list' has it.", valueName: "copy"),
    completion: Completions.keys([.pending, .previous]))
  var copy: String

  @Argument(help: ArgumentHelp("The name; without it, the label that the run gave the key.", valueName: "name"))
  var name: String?

  @Flag(help: "Agree beforehand to what would be asked.")
  var yes = false

  @OptionGroup var options: KeyOptions

  func run() throws {
    let copy = try EntryName.named(copy, kinds: [.pending, .previous])
    let (context, registry, store) = try options.open()
    guard try store.contains(copy) else { throw registry.missing(copy, in: store) }
    let origins = try context.inventory().origins()
    let origin = origins[copy, in: store.id]
    if copy.kind == .pending, let origin, origin.isUnfinished { throw CommandError.wanted(copy, by: origin.run) }
    let proposal =
      copy.kind == .pending ? origin?.label.flatMap { EntryName.fitting("\(origin?.provider ?? "")/\($0)") } : nil
    guard let chosen = try name.map({ try EntryName.chosen(byPerson: $0) }) ?? proposal else {
      throw CommandError(
        "a name is wanted, and no record has one for '\(copy)'", hints: ["keyusher key keep \(copy) NAME"],
        status: .usage)
    }
    if try store.contains(chosen) { throw StoreError.taken(chosen) }
    if let check = origins.check(of: copy.reference(in: store)), check.verdict == KeyCheck.Verdict.refused {
      try KeyQuestions(console: context.console, isAgreed: yes).askWord(
        "keep", before: "naming a key that was refused",
        says: [
          Sentence(.warning, check.told(of: copy.text)),
          Sentence(.body, "With a name programs find it, and it works for none until the exchange takes it."),
          Sentence(.hint, "ask again first: keyusher key verify \(copy) --store \(store.id)"),
        ])
    }
    let operation = KeyOperation(
      .keep, copy.text, in: store.id, origin: origin?.run ?? copy.pendingRun, facts: ["to": chosen.text])
    let settled = try KeyRecording(context: context).recording(operation) {
      try Custody(store).settle(copy, exactlyAs: chosen)
      return (chosen, .done(chosen.text, seen: "the store has it under its new name"))
    }
    context.console.show([Sentence(.standing, "kept as \(settled) in \(store.id)")])
  }
}

struct KeyCopyTo: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/copy-to")

  @Argument(
    help: ArgumentHelp("The store that gets the copy.", valueName: "other-store"), completion: Completions.stores)
  var destination: String

  @Argument(
    help: ArgumentHelp("The key's name, which it has there too.", valueName: "name"), completion: Completions.keys())
  var name: String

  @Flag(help: "Agree beforehand to what would be asked.")
  var yes = false

  @OptionGroup var options: KeyOptions

  func run() throws {
    let entry = try EntryName.named(name)
    let (context, registry, source) = try options.open()
    let target = try registry.store(destination)
    guard source.id != target.id else {
      throw CommandError(
        "'\(source.id)' is the store that the key is in", hints: ["name another; 'keyusher store list' shows them"],
        status: .usage)
    }
    try target.checkThatItTakes()
    if try target.contains(entry) { throw CommandError.taken(entry, in: target.id) }
    try KeyQuestions(console: context.console, isAgreed: yes).consent(to: target)
    let text = try StoredCredential.text(of: entry, in: source, of: registry)
    // Read as what it should be, so that no damage is spread.
    _ = try StoredCredential(text, of: entry)
    let recording = KeyRecording(context: context)
    let operation = KeyOperation(
      .copy, entry.text, in: source.id, origin: recording.origin(of: entry, in: source), facts: ["to-store": target.id])
    try recording.recording(operation) {
      let custody = Custody(target)
      let pending = try custody.hold(text, as: context.newPending(.copy))
      try custody.settle(pending, exactlyAs: entry)
      return ((), .done(entry.text, seen: "read back from \(target.id)"))
    }
    context.console.show([
      Sentence(.standing, "Keyusher saw: copied to \(entry) in \(target.id), read back from the store"),
      Sentence(.body, "It is in \(source.id) too, as before."),
      Sentence(.hint, "delete it there: keyusher key forget \(entry) --store \(source.id)"),
    ])
  }
}

struct KeyRename: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/rename")

  @Argument(help: ArgumentHelp("The name it has.", valueName: "old"), completion: Completions.keys())
  var old: String

  @Argument(help: ArgumentHelp("The name it gets.", valueName: "new"))
  var new: String

  @OptionGroup var options: KeyOptions

  func run() throws {
    let old = try EntryName.named(old)
    let new = try EntryName.chosen(byPerson: new)
    let (context, registry, store) = try options.open()
    let names = Set(try store.names())
    guard names.contains(old) else { throw registry.missing(old, in: store) }
    for name in [new, new.previous].compactMap({ $0 }) where names.contains(name) { throw StoreError.taken(name) }
    let recording = KeyRecording(context: context)
    let operation = KeyOperation(
      .rename, old.text, in: store.id, origin: recording.origin(of: old, in: store), facts: ["to": new.text])
    try recording.recording(operation) {
      try store.rename(old, to: new, replacing: false)
      if let before = old.previous, let after = new.previous, names.contains(before) {
        try store.rename(before, to: after, replacing: false)
      }
      return ((), .done(new.text, seen: "the store has it under its new name"))
    }
    context.console.show([Sentence(.standing, "\(old) is \(new) now, in \(store.id)")])
  }
}

struct KeyForget: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/forget")

  @Argument(
    help: ArgumentHelp("The key, a pending or previous copy, or a probe that was left behind.", valueName: "name"),
    completion: Completions.keys(Set(EntryName.Kind.allCases)))
  var name: String

  @Flag(help: "Delete it without asking.")
  var yes = false

  @OptionGroup var options: KeyOptions

  func run() throws {
    let entry = try EntryName.named(name, kinds: [.kept, .pending, .previous, .probe])
    let (context, registry, store) = try options.open()
    guard try store.contains(entry) else { throw registry.missing(entry, in: store) }
    let mark = try store.mark(of: entry)
    let origins = try context.inventory().origins()
    let origin = origins[entry, in: store.id]
    // Behind a probe there is no key.
    let advice = entry.kind == .probe ? [] : [Sentence(.body, KeyForget.notRevoked)]
    var warnings = [Sentence(.warning, KeyForget.whatGoes(entry, from: store))]
    if entry.kind == .pending, let origin, origin.isUnfinished {
      warnings.append(Sentence(.warning, "Run \(origin.run) is unfinished and still wants it."))
    }
    try KeyQuestions(console: context.console, isAgreed: yes).askWord(
      "forget", before: "deleting a key", says: warnings + advice)
    // While the question stood another key may have got the name.
    let meant = origins.identity(of: entry.reference(in: store))
    guard try context.inventory().origins().identity(of: entry.reference(in: store)) == meant,
      try mark == nil || store.mark(of: entry) == mark
    else {
      throw CommandError.isAnotherByNow(entry, in: store.id)
    }
    if entry.kind == .probe {
      try store.delete(entry)
    } else {
      let operation = KeyOperation(.forget, entry.text, in: store.id, origin: origin?.run ?? entry.pendingRun)
      try KeyRecording(context: context).recording(operation) {
        do throws(StoreError) { try Custody(store).forget(entry, marked: mark) } catch {
          throw error == .differs(entry) ? CommandError.isAnotherByNow(entry, in: store.id) : error
        }
        return ((), .done(entry.text, seen: "\(store.id) has no entry of that name any more", history: store.history))
      }
    }
    let history = store.history.map { [Sentence(.warning, "Still there: \($0).")] } ?? []
    context.console.show([Sentence(.standing, "deleted: \(entry), from \(store.id)")] + history + advice)
  }

  private static func whatGoes(_ entry: EntryName, from store: any CredentialStore) -> String {
    let what = "'\(entry)' in \(store.id) will be deleted"
    return store.history.map { "\(what). Still there afterwards: \($0)." } ?? "\(what); keyusher can't bring it back."
  }

  private static let notRevoked = """
    This revokes nothing: until the key is deleted at the exchange, whoever has a copy can use it.
    """
}

extension CommandContext {
  /// A name under which an entry waits that no run writes.
  func newPending(_ purpose: PendingPurpose) throws -> EntryName {
    guard let name = EntryName.pending(for: purpose, step: surroundings.newRunID()) else {
      throw CommandError(
        "no name for a pending copy", hints: ["this is a mistake in keyusher; please report it"], status: .failed)
    }
    return name
  }
}

// MARK: - Words

extension CommandError {
  fileprivate static func wanted(_ copy: EntryName, by run: String) -> CommandError {
    CommandError(
      "run \(run) is unfinished and still wants '\(copy)'",
      hints: ["go on with it: keyusher resume \(run)", "or end it first: keyusher discard \(run) --reason WHY"],
      status: .usage)
  }

  fileprivate static func isAnotherByNow(_ entry: EntryName, in store: String) -> CommandError {
    CommandError(
      "'\(entry)' in \(store) is another key by now, and nothing was deleted",
      hints: ["'keyusher runs' tells what was done with it"], status: .noInput)
  }

  fileprivate static func taken(_ entry: EntryName, in store: String) -> CommandError {
    CommandError(
      "there is a key '\(entry)' in the store '\(store)' already, and nothing is overwritten",
      hints: ["rename one of the two: keyusher key rename \(entry) NEW --store \(store)"], status: .noInput)
  }
}
