import ArgumentParser
import Ceremony
import FlowCore
import FlowText
import Inventory
import PlainText
import SecretMemory
import Stores

struct KeyAdopt: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/adopt")

  @Argument(help: ArgumentHelp("The name it gets in the store.", valueName: "name"))
  var name: String?

  @Option(
    name: .customLong("from"),
    help: ArgumentHelp("Take in the keys that this file names, in CSV or JSON Lines.", valueName: "file"),
    completion: .file())
  var file: String?

  @Option(
    help: ArgumentHelp(
      "The exchange that it is for, for example gate-io; without it, the name's first word.", valueName: "id"),
    completion: Completions.exchanges)
  var exchange: String?

  @Flag(help: "Agree beforehand to an exchange that no flow is for.")
  var unlisted = false

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

  @Option(
    name: .customLong("part"),
    help: ArgumentHelp("Where a part of any name comes from; may be given again.", valueName: "name=ref"))
  var others: [String] = []

  @Flag(help: "Put it in the place of the key that has the name; that one stays as previous/NAME.")
  var replace = false

  @OptionGroup var about: KeyAbout

  @Flag(help: "Agree beforehand to what would be asked, and to parts that look like none.")
  var yes = false

  @OptionGroup var options: KeyOptions

  func run() throws {
    if let file { return try adoptAll(of: file) }
    guard let name else {
      throw CommandError(
        "a name is wanted", hints: ["keyusher key adopt NAME, or for many keys: keyusher key adopt --from FILE"],
        status: .usage)
    }
    var entry = try EntryName.chosen(byPerson: name)
    try CommandError.refuseSecret(label, in: "--label")
    try CommandError.refuseTooLong(label, in: "--label")
    try about.check()
    let given = try given()
    let (context, registry, store) = try options.open()
    try store.checkThatItTakes()
    guard try store.contains(entry) == replace else {
      throw replace ? registry.missing(entry, in: store) : CommandError.taken(entry)
    }
    let old = replace && exchange == nil ? try StoredCredential(entry, in: store, of: registry) : nil
    let choice = ExchangeChoice(try context.catalog(), isUnlistedAgreed: unlisted || old != nil)
    let exchange = try chosen(choice, for: entry, said: exchange ?? old?.exchange, on: context.console)
    let questions = KeyQuestions(console: context.console, isAgreed: yes)
    if !replace, let other = choice.nearName(to: entry, of: exchange),
      try questions.agree("Call it \(other)?", says: [Sentence(.warning, KeyAdopt.slip(in: entry))])
    {
      entry = other
      if try store.contains(entry) { throw CommandError.taken(entry) }
    }
    try questions.consent(to: store)
    let intake = try KeyIntake(of: exchange, for: context, isListed: choice.isListed(exchange))
    let taken = try given.isEmpty ? intake.ask() : read(given, by: intake, for: context)
    let parts = taken.parts
    let label = label ?? old?.label ?? entry.text.split(separator: "/").last.map(String.init) ?? entry.text
    try KeyIntake.refuse([label, entry.text, exchange] + about.texts, holding: parts)
    let known =
      replace ? (try? context.inventory().origins()).flatMap { $0.facts(of: entry.reference(in: store)) } : nil
    let adoption = Adoption(
      name: entry, store: store.id, exchange: exchange, label: label, listed: taken.listed,
      account: about.account ?? known?.account,
      purpose: about.purpose ?? known?.purpose, program: about.program ?? known?.program,
      owner: about.owner ?? known?.owner)
    if replace, try context.isKept(adoption, parts, called: self.label, in: store) {
      return try context.leave(adoption, isNew: !about.texts.isEmpty, in: store)
    }
    let previous = try context.keep(adoption, parts, in: store, replacing: replace)
    context.console.show(KeyAdopt.sentences(adoption, previous: previous))
  }

  // MARK: - One key

  private func chosen(
    _ choice: ExchangeChoice, for entry: EntryName, said: String?, on console: Console
  ) throws -> String {
    switch try choice.find(for: entry, said: said) {
    case .known(let exchange): return exchange
    case .unlisted(let exchange):
      if console.isTerminal { return try choice.ask(for: entry, said: exchange, on: console) }
      throw CommandError.unlisted(exchange, near: choice.near(to: exchange))
    case .open:
      if console.isTerminal { return try choice.ask(for: entry, said: nil, on: console) }
      let near = choice.near(to: String(entry.text.prefix { $0 != "/" }))
      throw CommandError.noExchange(of: entry, near: near, among: choice.listed)
    }
  }

  /// The references of the command line, by part.
  private func given() throws -> [KeyIntake.Given] {
    let named = [
      ("key", "--key", key), ("secret", "--secret", secret),
      (CredentialPart.passphrase, KeyAdopt.option(for: CredentialPart.passphrase), keyPassphrase),
      (CredentialPart.privateKey.name, "--private-key", privateKey),
    ].compactMap { part, option, text in text.map { (part, option, $0) } }
    let free = try others.map { text in
      let words = text.split(separator: "=", maxSplits: 1).map(String.init)
      guard words.count == 2, KeyIntake.isPartName(words[0]) else {
        throw CommandError.noReference("--part", form: "NAME= and then ")
      }
      return (words[0], "--part", words[1])
    }
    var given: [KeyIntake.Given] = []
    for (part, option, text) in named + free {
      guard let reference = PartReference(text) else { throw CommandError.noReference(option) }
      if given.contains(where: { $0.part == part }) { throw CommandError.twice(part) }
      given.append(KeyIntake.Given(part: part, reference: reference))
    }
    return given
  }

  private func read(
    _ given: [KeyIntake.Given], by intake: KeyIntake, for context: CommandContext
  ) throws -> KeyIntake.Taken {
    do {
      let read = try intake.read(
        given, from: PartSource(environment: context.surroundings.environment), isAgreed: yes)
      for part in read {
        context.console.remark([part.look.standing] + part.doubts.map { Sentence(.warning, $0) })
      }
      return intake.taken(read)
    } catch let misfit as KeyKind.Misfit {
      let options = misfit.missing.map { "\(KeyAdopt.option(for: $0.name)) REF" }.joined(separator: " ")
      throw CommandError(
        misfit.words(of: intake.exchange) + ", and nothing was taken in",
        hints: (misfit.missing.isEmpty ? [] : ["give it by reference: \(options)"]) + [misfit.hint], status: .usage)
    } catch let obstacle as KeyIntake.Obstacle {
      throw CommandError(
        obstacle.message, hints: [obstacle.hint, "nothing was taken in"].compactMap { $0 }, status: .wrongInput)
    }
  }

  /// How a part is given.
  private static func option(for part: String) -> String {
    switch part {
    case "key", "secret", CredentialPart.privateKey.name: "--\(part)"
    case CredentialPart.passphrase: "--key-passphrase"
    default: "--part \(part)="
    }
  }

  private static func sentences(_ adoption: Adoption, previous: EntryName?) -> [Sentence] {
    let (entry, store) = (adoption.name, adoption.store)
    var sentences = [Sentence(.standing, "Keyusher saw: kept as \(entry) in \(store), read back from the store")]
    if let listed = adoption.listed {
      sentences.append(Sentence(.body, "On record of it: \(listed)..., by which the exchange lists it."))
    }
    if let previous {
      sentences += [
        Sentence(
          .body, "What it was before is \(previous) now. When the new key works, delete the old one at the exchange,"),
        Sentence(.hint, "then: keyusher key forget \(previous) --store \(store)"),
      ]
    }
    return sentences + [
      Sentence(.hint, copies), Sentence(.hint, "use it: keyusher exec \(entry) --store \(store) -- PROGRAM"),
    ]
  }

  private static func slip(in entry: EntryName) -> String {
    "'\(entry)' begins like the name of an exchange, and is none."
  }

  private static let copies = "delete the copies that it came from, and empty the clipboard"

  // MARK: - Many keys

  private func adoptAll(of file: String) throws {
    guard name == nil, exchange == nil, label == nil, !replace, try given().isEmpty else {
      throw CommandError(
        "--from takes names, exchanges and parts from the file, and nothing is replaced",
        hints: ["leave NAME, --exchange, --label, --replace and the parts out"], status: .usage)
    }
    let (context, registry, store) = try options.open()
    try store.checkThatItTakes()
    try KeyQuestions(console: context.console, isAgreed: yes).consent(to: store)
    let choice = ExchangeChoice(try context.catalog(), isUnlistedAgreed: unlisted)
    var plan = AdoptionPlan(file, for: context, in: store, of: registry, choice, isAgreed: yes)
    try plan.read()
    guard plan.flaws.isEmpty else {
      for flaw in plan.flaws { try write(flaw.text(in: file), to: 2) }
      throw CommandError.flaws(plan.flaws.count, in: file)
    }
    var kept = 0
    for entry in plan.entries {
      if entry.isKept {
        try context.clearWaiting(entry.adoption, in: store)
      } else {
        do {
          try context.keep(entry.adoption, entry.parts, in: store)
        } catch {
          context.console.remark(KeyAdopt.interrupted(file, at: entry, after: kept))
          throw error
        }
        kept += 1
      }
      context.console.show([Sentence(.option, "\(entry.adoption.name): \(entry.isKept ? "already kept" : "kept")")])
    }
    context.console.show(KeyAdopt.report(kept, of: plan.entries.count, in: store.id))
  }

  private static func report(_ kept: Int, of count: Int, in store: String) -> [Sentence] {
    let before = count - kept
    var sentences: [Sentence] = []
    if kept > 0 {
      let keys = kept == 1 ? "1 key" : "\(kept) keys"
      sentences.append(Sentence(.standing, "Keyusher saw: \(keys) kept in \(store), each read back from the store"))
    }
    if before > 0 {
      let were = before == 1 ? "1 was" : "\(before) were"
      sentences.append(Sentence(.standing, "Keyusher saw: \(were) kept in \(store) already, the same in every part"))
    }
    return sentences + [Sentence(.hint, "delete the copies that they came from")]
  }

  private static func interrupted(_ file: String, at entry: AdoptionPlan.Entry, after kept: Int) -> [Sentence] {
    [
      Sentence(
        .problem,
        "Stopped at \(file):\(entry.line), '\(entry.adoption.name)'. \(kept) before it \(kept == 1 ? "is" : "are") kept."
      ),
      Sentence(.hint, "When it is mended, run the same command again: it goes on here."),
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

  fileprivate static func noReference(_ option: String, form: String = "") -> CommandError {
    CommandError(
      "\(option) takes \(form)\(PartReference.forms), not the part itself",
      hints: ["if it was one, it may stand in your shell's history now: remove it there, and make a new key"],
      status: .usage)
  }

  fileprivate static func twice(_ part: String) -> CommandError {
    CommandError("the part '\(part)' is given twice", hints: ["give each part once"], status: .usage)
  }

  fileprivate static func flaws(_ count: Int, in file: String) -> CommandError {
    let most = count >= AdoptionTable.mostFlaws ? "at least " : ""
    return CommandError(
      "\(most)\(count) \(count == 1 ? "thing is" : "things are") not right in '\(file)', and nothing was taken in",
      hints: ["mend \(count == 1 ? "it" : "them") there, and run the same command again"], status: .wrongInput)
  }
}
