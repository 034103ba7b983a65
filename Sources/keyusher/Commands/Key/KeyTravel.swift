import AgeFormat
import ArgumentParser
import Ceremony
import Files
import FlowCore
import Inventory
import PlainText
import Records
import SecretMemory
import Stores

struct KeySend: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/send")

  @Argument(help: ArgumentHelp("The key's name in the store.", valueName: "name"), completion: Completions.keys())
  var name: String

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp(
      "Who can open it: age1..., or a file of such; more than one may be named.", valueName: "recipient"),
    completion: .file())
  var recipients: [String]

  @Option(
    help: ArgumentHelp("The file to write; without it, the key's name with .age here.", valueName: "file"),
    completion: .file())
  var output: String?

  @OptionGroup var options: KeyOptions

  func run() throws {
    let entry = try EntryName.named(name)
    if let output { try CommandError.refuseSecret(path: output, as: CommandError.outputName) }
    let recipients = try Recipient.reading(to: recipients)
    let path = output ?? entry.text.replacing("/", with: "-") + ".age"
    try PrivateFile.checkThatNothingIs(at: path)
    let (context, registry, store) = try options.open()
    let text = try StoredCredential.text(of: entry, in: store, of: registry)
    // Read as what it should be, so that no damage is spread.
    let credential = try StoredCredential(text, of: entry)
    try KeyIntake.refuse([path], holding: credential.parts, as: CommandError.outputName, undone: "written")
    let facts = try context.inventory().origins().facts(of: CredentialReference(store: store.id, name: entry.text))
    let sent = SentKey(entry: text, name: entry.text, facts: facts?.forTheWay ?? [:])
    let file = try AgeFile.encrypt(sent.encoded(), for: .recipients(recipients), form: .armored)
    let digest = SentFile.digest(of: file)
    let recording = KeyRecording(context: context)
    let operation = KeyOperation(
      .send, entry.text, in: store.id, origin: recording.origin(of: entry, in: store),
      facts: ["recipient": recipients.map(\.description).joined(separator: ", "), "file": path, "digest": digest])
    try recording.recording(operation) {
      try PrivateFile.make(file, at: path)
      guard bytes(ofFile: path) == file else { throw CommandError.isNotAsWritten(path) }
      return ((), .done(entry.text, seen: "the file was written and read back"))
    }
    context.console.show(KeySend.sentences(path, digest, isForOne: recipients.count == 1))
  }

  private static func sentences(_ path: String, _ digest: String, isForOne: Bool) -> [Sentence] {
    [
      Sentence(.standing, "Keyusher saw: written and read back: \(path)"),
      Sentence(
        .body,
        isForOne ? "Only the machine that it is for can open it." : "Only the machines that it is for can open it."),
      Sentence(.body, "Digest: \(Framing.grouped(digest))"),
      Sentence(.body, "Bring the file there in any way you like, then type there:"),
      Sentence(.option, "keyusher key receive \(parted(path).name)"),
      Sentence(.body, "It must show this digest. If it shows another, it is another file."),
      Sentence(.body, "If the key has an IP list, that machine's address must be on it."),
      Sentence(.hint, "once it is there, delete the file here: whoever gets that machine's store can open it"),
    ]
  }
}

struct KeyReceive: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/receive")

  @Argument(help: ArgumentHelp("The file that 'key send' wrote.", valueName: "file"), completion: .file())
  var file: String

  @Option(
    name: .customLong("as"), help: ArgumentHelp("The name it gets; without it, the one it had.", valueName: "name"))
  var name: String?

  @Option(help: ArgumentHelp("The digest that 'key send' showed; any other file is refused.", valueName: "digest"))
  var expect: String?

  @Flag(help: "Put it in the place of the key that has the name; that one stays as previous/NAME.")
  var replace = false

  @Flag(help: "Wipe the file once the key is kept and read back.")
  var wipe = false

  @Flag(help: "Agree beforehand to what would be asked, but to no wiping.")
  var yes = false

  @OptionGroup var options: KeyOptions

  func run() throws {
    let chosen = try name.map { try EntryName.chosen(byPerson: $0) }
    try CommandError.refuseSecret(path: file, as: "the file's name")
    let file = try SentFile(path: file)
    if let expect, expect.filter({ !$0.isWhitespace }).lowercased() != file.digest {
      throw CommandError.isAnother(file)
    }
    let (context, registry, store) = try options.open()
    try store.checkThatItTakes()
    if let chosen { try checkPlace(chosen, in: store, of: registry) }
    context.console.show([Sentence(.body, "Digest of the file: \(Framing.grouped(file.digest))")])
    let received = try file.open(with: registry.age)
    guard let entry = chosen ?? received.name else { throw CommandError.noName(for: file) }
    try checkPlace(entry, in: store, of: registry)
    if replace, try isKept(received.credential, as: entry, in: store, context) { return }
    let questions = KeyQuestions(console: context.console, isAgreed: yes)
    try questions.consent(to: store)
    let isToBeWiped = try wipe || questions.agree("Wipe the file then?", says: [Sentence(.body, SentFile.wiping)])
    let known =
      replace ? try context.inventory().origins().facts(of: entry.reference(in: store))?.forTheWay ?? [:] : [:]
    let operation = KeyOperation(
      .receive, entry.text, in: store.id, origin: received.credential.run,
      facts: known.merging(received.facts) { $1 }.merging(["file": file.path, "digest": file.digest]) { $1 })
    var wiped: Result<Void, CommandError>?
    let previous = try KeyRecording(context: context).recording(operation) {
      let previous = try take(received.entry, as: entry, into: store, by: context.newPending(.receive))
      if isToBeWiped { wiped = file.wipe() }
      let end =
        switch wiped {
        case .success?: "; the file is wiped"
        case .failure?: "; the file could not be wiped"
        case nil: ""
        }
      let seen = "read back from \(store.id)\(end)"
      return (previous, .done(entry.text, seen: seen, previous: previous?.text))
    }
    context.console.show(
      KeyReceive.sentences(entry, previous, in: store.id, file, isWiped: (try? wiped?.get()) != nil))
    try wiped?.get()
  }

  // MARK: - Private

  /// Throws unless the name is free, or one is there that is to be replaced.
  private func checkPlace(_ entry: EntryName, in store: any CredentialStore, of registry: StoreRegistry) throws {
    if try store.contains(entry) == replace { return }
    throw replace ? registry.missing(entry, in: store) : CommandError.taken(entry, in: store.id)
  }

  /// Whether the store has this very key under the name, which is said then.
  private func isKept(
    _ credential: StoredCredential, as entry: EntryName, in store: any CredentialStore, _ context: CommandContext
  ) throws -> Bool {
    let key = Adoption(name: entry, store: store.id, exchange: credential.exchange, label: credential.label)
    guard try context.isKept(key, credential.parts, called: key.label, in: store) else { return false }
    try context.leave(key, isNew: false, in: store)
    return true
  }

  /// Keeps the entry under this name and no other: what is on record of it already is of that name.
  ///
  /// - Returns: what the key is called that it took the place of.
  private func take(
    _ secret: SecretBytes, as entry: EntryName, into store: any CredentialStore, by pending: EntryName
  ) throws(StoreError) -> EntryName? {
    let custody = Custody(store)
    let held = try custody.hold(secret, as: pending)
    if replace { return try custody.replace(entry, with: held) }
    do throws(StoreError) {
      try custody.settle(held, exactlyAs: entry)
      return nil
    } catch {
      // Somebody else took the name meanwhile; the file still has the key.
      if error == .taken(entry) { try store.delete(held) }
      throw error
    }
  }

  private static func sentences(
    _ settled: EntryName, _ previous: EntryName?, in store: String, _ file: SentFile, isWiped: Bool
  ) -> [Sentence] {
    let before = previous.map { previous in
      [
        Sentence(.body, "What it was before is \(previous) now. When the new key works:"),
        Sentence(.hint, "keyusher key forget \(previous) --store \(store)"),
      ]
    }
    let rest =
      isWiped
      ? [
        Sentence(.standing, "Keyusher saw: overwritten and deleted: \(file.path)"),
        Sentence(.body, "Copies on other disks, in backups or in a mail are not reached."),
      ]
      : [Sentence(.hint, "the file still holds the key for this store: delete it, here and where it came from")]
    return [Sentence(.standing, "Keyusher saw: kept as \(settled) in \(store), read back from the store")]
      + (before ?? []) + rest + [
        Sentence(.hint, "use it: keyusher exec \(settled) --store \(store) -- PROGRAM")
      ]
  }
}

// MARK: - Words

extension CommandError {
  fileprivate static func isNotAsWritten(_ path: String) -> CommandError {
    CommandError(
      "what stands in '\(path)' is not what was written", hints: ["delete it, and choose another place"],
      status: .inputOutput)
  }

  fileprivate static func isAnother(_ file: SentFile) -> CommandError {
    CommandError(
      "'\(file.path)' is not the file of that digest, and nothing was received",
      hints: ["its own is \(file.digest): copy the file again, or look at what 'key send' showed"], status: .findings)
  }

  fileprivate static func noName(for file: SentFile) -> CommandError {
    CommandError(
      "'\(file.path)' does not say what the key is called", hints: ["give it a name: --as NAME"], status: .usage)
  }

  fileprivate static func taken(_ entry: EntryName, in store: String) -> CommandError {
    CommandError(
      "there is a key '\(entry)' in the store '\(store)' already, and nothing was received",
      hints: ["give the other a name of its own: --as NAME", "or put it in that one's place: --replace"],
      status: .noInput)
  }
}
