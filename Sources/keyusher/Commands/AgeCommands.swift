import AgeFormat
import ArgumentParser
import Ceremony
import PlainText
import Stores

struct StoreInit: ParsableCommand {
  static let configuration = CommandConfiguration(help: "store/init")

  @Argument(help: "The store's id.", completion: .list(StoreID.known))
  var store: String = StoreID.age

  @OptionGroup var options: StoreOptions

  func run() throws {
    let (context, registry) = try options.open()
    guard store == StoreID.age else { throw CommandError.setsItselfUp(store) }
    if registry.age.condition().readiness == .ready {
      context.console.show([Sentence(.body, "The store 'age' is set up already; nothing was changed.")])
      return
    }
    try registry.age.setUp()
    let (folder, plaintext) = (registry.age.folder, registry.age.condition().plaintext)
    context.console.show(
      [Sentence(.standing, "set up: \(folder)")]
        + (plaintext.map { [Sentence(.warning, "\($0), for whoever can read it.")] } ?? StoreInit.sentences(folder)))
  }

  private static func sentences(_ folder: String) -> [Sentence] {
    [
      Sentence(.body, "The identities file opens what is kept, with the passphrase: \(folder)/identities"),
      Sentence(
        .warning, "Lose that file or the passphrase, and everything kept is lost: nobody can restore it."),
      Sentence(.body, "Put a copy somewhere else now, and the passphrase not beside it:"),
      Sentence(.option, "keyusher store backup FILE"),
      Sentence(.body, "Without Keyusher, the age program opens a key:"),
      Sentence(.option, "age -d -i \(folder)/identities \(folder)/store/NAME.age"),
    ]
  }
}

struct StorePassphrase: ParsableCommand {
  static let configuration = CommandConfiguration(help: "store/passphrase")

  @Option(
    help: ArgumentHelp("Where the new passphrase comes from: env:NAME, file:PATH or fd:N.", valueName: "ref"))
  var newPassphrase: String?

  @OptionGroup var passphrase: PassphraseOption

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    guard (newPassphrase == nil) == (passphrase.passphrase == nil) else {
      throw CommandError(
        "--passphrase and --new-passphrase go together", hints: ["give both, or none to be asked"], status: .usage)
    }
    let registry = try context.stores(asking: passphrase.asking(on: context.console, new: newPassphrase))
    try registry.age.changePassphrase()
    context.console.show([
      Sentence(.standing, "the passphrase of the store 'age' is changed, and the new one has opened it"),
      Sentence(.warning, "Copies of the identities file that were made before still open with the old one."),
      Sentence(.option, "keyusher store backup FILE"),
    ])
  }
}

struct StoreBackup: ParsableCommand {
  static let configuration = CommandConfiguration(help: "store/backup")

  @Argument(help: "The file to write.", completion: .file())
  var file: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    let age = try context.stores().age
    let bytes = try age.exportIdentity()
    let before = keyusher.bytes(ofFile: file)
    if let before, AgeFile.form(of: before) == nil {
      throw CommandError(
        "'\(file)' is there, and is no copy of an identities file: nothing was written",
        hints: ["choose another place"], status: .usage)
    }
    let isReplaced = try PrivateFile.write(bytes, to: file, hint: "choose another place")
    guard keyusher.bytes(ofFile: file) == bytes else {
      throw CommandError(
        "what stands in '\(file)' is not what was written", hints: ["don't rely on it: choose another place"],
        status: .inputOutput)
    }
    context.console.show([
      Sentence(
        .standing, "written and read back: \(file)\(isReplaced ? " (in place of the file that was there)" : "")"),
      Sentence(.body, "It opens what is kept, with the passphrase; keep that somewhere else."),
      Sentence(
        .warning, "It does not hold the keys themselves: those lie in \(age.folder)/store. Copy that too."),
    ])
  }
}

struct StoreRecipients: ParsableCommand {
  static let configuration = CommandConfiguration(
    help: "store/recipients",
    subcommands: [RecipientsList.self, RecipientsAdd.self, RecipientsRemove.self],
    defaultSubcommand: RecipientsList.self)

  static func sentences(_ store: AgeStore) throws -> [Sentence] {
    let own = try store.ownRecipients()
    return try store.recipients().map { recipient in
      Sentence(.option, own.contains(recipient) ? "\(recipient) (yours)" : "\(recipient)")
    }
  }

  static func changed(_ store: AgeStore) throws -> [Sentence] {
    [Sentence(.standing, "what is kept, and what will be, can be opened by:")] + (try sentences(store))
  }
}

struct RecipientsList: ParsableCommand {
  static let configuration = CommandConfiguration(help: "store/recipients/list")

  @Flag(help: "Print yours alone, bare: what 'key send --to' on another machine wants.")
  var own = false

  @OptionGroup var common: CommonOptions

  func run() throws {
    let context = CommandContext(common)
    let store = try context.stores().age
    guard own else { return context.console.show(try StoreRecipients.sentences(store)) }
    try store.checkThatItTakes()
    let recipients = try store.ownRecipients()
    guard !recipients.isEmpty else {
      throw CommandError(
        "the store 'age' was never opened here, so which recipient is yours is not known yet",
        hints: ["open it once: keyusher store test age"], status: .unavailable)
    }
    try write(recipients.map { "\($0)\n" }.joined(), to: 1)
  }
}

struct RecipientsAdd: ParsableCommand {
  static let configuration = CommandConfiguration(help: "store/recipients/add")

  @Argument(help: ArgumentHelp("Their public keys, age1...", valueName: "recipient"))
  var recipients: [String]

  @OptionGroup var options: StoreOptions

  func run() throws {
    let added = try Recipient.reading(recipients)
    let (context, registry) = try options.open()
    try registry.age.changeRecipients { others in others + added.filter { !others.contains($0) } }
    context.console.show(try StoreRecipients.changed(registry.age))
  }
}

struct RecipientsRemove: ParsableCommand {
  static let configuration = CommandConfiguration(help: "store/recipients/remove")

  @Argument(help: ArgumentHelp("Their public keys, age1...", valueName: "recipient"))
  var recipients: [String]

  @OptionGroup var options: StoreOptions

  func run() throws {
    let removed = try Recipient.reading(recipients)
    let (context, registry) = try options.open()
    let (own, others) = (try registry.age.ownRecipients(), try registry.age.otherRecipients())
    for recipient in removed where !others.contains(recipient) {
      throw CommandError(
        own.contains(recipient) ? "\(recipient) is yours" : "\(recipient) is not among the recipients",
        hint: own.contains(recipient)
          ? "without it you could not open what is kept" : "'keyusher store recipients' lists them", status: .noInput)
    }
    try registry.age.changeRecipients { $0.filter { !removed.contains($0) } }
    context.console.show(
      try StoreRecipients.changed(registry.age) + [
        Sentence(.warning, "What the others have seen or copied before stays known to them: make new keys.")
      ])
  }
}

extension CommandError {
  /// A store that is not ours to set up.
  fileprivate static func setsItselfUp(_ id: String) -> CommandError {
    guard StoreID.isKnown(id) else {
      return CommandError(
        "there is no store '\(id)'",
        hint: nearest(to: id, among: StoreID.known).map { "did you mean '\($0)'?" }
          ?? "'keyusher store list' shows those there are", status: .usage)
    }
    let hint =
      switch id {
      case StoreID.pass: "pass init GPG-ID, with a key of yours: gpg --list-secret-keys"
      case StoreID.secretService: "your desktop sets its keyring up when you first log in"
      case StoreID.openBao: "keyusher config set openbao.address https://HOST:PORT, then openbao.token"
      case StoreID.offline: "it needs nothing: you write the key down"
      default: "see the manual of that helper"
      }
    return CommandError("the store '\(id)' is not set up by Keyusher", hints: [hint], status: .usage)
  }
}
