import ArgumentParser
import Ceremony
import FlowText
import Stores

struct KeyAdopt: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/adopt")

  @Argument(help: ArgumentHelp("The name it gets in the store.", valueName: "name"))
  var name: String

  @Option(
    help: ArgumentHelp("The exchange that it is for, for example gate-io.", valueName: "id"),
    completion: Completions.exchanges)
  var exchange: String?

  @Option(
    help: ArgumentHelp("What the key is called at the exchange; without it, the name's last word.", valueName: "text"))
  var label: String?

  @Option(help: ArgumentHelp("Where the API key comes from.", valueName: "ref"))
  var key: String?

  @Option(help: ArgumentHelp("Where the secret comes from.", valueName: "ref"))
  var secret: String?

  @Option(
    help: ArgumentHelp("Where the key's own passphrase comes from, where the exchange has one.", valueName: "ref"))
  var keyPassphrase: String?

  @Option(help: ArgumentHelp("Where a private key in PEM comes from, in place of the secret.", valueName: "ref"))
  var privateKey: String?

  @Flag(help: "Put it in the place of the key that has the name; that one stays as previous/NAME.")
  var replace = false

  @Flag(help: "Agree beforehand to what would be asked.")
  var yes = false

  @OptionGroup var options: KeyOptions

  func run() throws {
    let entry = try EntryName.chosen(byPerson: name)
    try CommandError.refuseSecret(label, in: "--label")
    let references = try given()
    let (context, registry, store) = try options.open()
    try store.checkThatItTakes()
    guard try store.contains(entry) == replace else {
      throw replace ? registry.missing(entry, in: store) : CommandError.taken(entry)
    }
    let old = replace && exchange == nil ? try StoredCredential(entry, in: store, of: registry) : nil
    guard let exchange = exchange ?? old?.exchange else {
      throw CommandError.noExchange(among: (try? context.catalog().sources.map(\.provider)) ?? [])
    }
    guard EntryName.chosen(exchange) != nil, !exchange.contains("/") else {
      throw CommandError.malformed(exchange: exchange)
    }
    try KeyQuestions(console: context.console, isAgreed: yes).consent(to: store)
    let intake = KeyIntake(console: context.console, shapes: KeyIntake.shapes(of: exchange, on: try context.catalog()))
    let parts = try references.isEmpty ? intake.ask() : intake.read(references)
    let label = label ?? old?.label ?? entry.text.split(separator: "/").last.map(String.init) ?? entry.text
    try KeyIntake.refuse([label, entry.text, exchange], holding: parts)
    let credential = StoredCredential(exchange: exchange, label: label, run: nil, parts: parts)
    let custody = Custody(store)
    let pending = try custody.hold(credential.encoded(), as: context.newPending("adopt"))
    let settled: EntryName
    var previous: EntryName?
    if replace {
      previous = try custody.replace(entry, with: pending)
      settled = entry
    } else {
      settled = try custody.settle(pending, as: entry)
    }
    context.console.show(KeyAdopt.sentences(settled, in: store.id, previous: previous))
  }

  // MARK: - Private

  /// The references of the command line, by part.
  private func given() throws -> [(part: String, reference: SecretReference)] {
    let texts = [
      ("key", "--key", key), ("secret", "--secret", secret), ("passphrase", "--key-passphrase", keyPassphrase),
      ("private-key", "--private-key", privateKey),
    ]
    let references = try texts.compactMap { part, option, text in
      try text.map { text in
        guard let reference = SecretReference(text) else { throw CommandError.noReference(option) }
        return (part: part, reference: reference)
      }
    }
    let parts = Set(references.map(\.part))
    guard parts.isEmpty || parts.contains("key") else { throw CommandError.lacks("--key") }
    guard parts.isEmpty || parts.contains("secret") != parts.contains("private-key") else {
      throw CommandError.lacks("--secret or --private-key, one of them,")
    }
    return references
  }

  private static func sentences(_ settled: EntryName, in store: String, previous: EntryName?) -> [Sentence] {
    var sentences = [Sentence(.standing, "Keyusher saw: kept as \(settled) in \(store), read back from the store")]
    if let previous {
      sentences += [
        Sentence(
          .body, "What it was before is \(previous) now. When the new key works, delete the old one at the exchange,"),
        Sentence(.hint, "then: keyusher key forget \(previous) --store \(store)"),
      ]
    }
    return sentences + [
      Sentence(.hint, "delete the copies that it came from, and empty the clipboard"),
      Sentence(.hint, "use it: keyusher exec \(settled) --store \(store) -- PROGRAM"),
    ]
  }
}

// MARK: - Words

extension CommandError {
  fileprivate static func taken(_ entry: EntryName) -> CommandError {
    CommandError(
      "there is a key '\(entry)' in the store already, and nothing was taken in",
      hints: ["choose another name, or put it in that one's place: --replace"], status: .noInput)
  }

  fileprivate static func noExchange(among known: [String]) -> CommandError {
    let list = Set(known).subtracting(["any"]).sorted().joined(separator: ", ")
    return CommandError(
      "the exchange is not named", hints: ["--exchange ID" + (list.isEmpty ? "" : ", for example: \(list)")],
      status: .usage)
  }

  fileprivate static func malformed(exchange: String) -> CommandError {
    let nearest = EntryName.fitting(exchange).map { String($0.text.prefix { $0 != "/" }) }
    return CommandError(
      "'\(exchange)' can't be an exchange's id",
      hints: [nearest.map { "the nearest that can: \($0)" } ?? "one word of small letters, digits and '-'"],
      status: .usage)
  }

  fileprivate static func noReference(_ option: String) -> CommandError {
    CommandError(
      "\(option) takes env:NAME, file:PATH or fd:N, not the part itself",
      hints: ["if it was one, it may stand in your shell's history now: remove it there, and make a new key"],
      status: .usage)
  }

  fileprivate static func lacks(_ option: String) -> CommandError {
    CommandError(
      "\(option) is wanted too: a key is taken in whole", hints: ["'keyusher key adopt --help' has examples"],
      status: .usage)
  }
}
