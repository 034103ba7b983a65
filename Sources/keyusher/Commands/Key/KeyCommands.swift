import ArgumentParser
import Ceremony
import FlowCore
import Inventory
import NetProtocol
import PlainText
import Records
import Stores

struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    help: "key",
    subcommands: [
      KeyList.self, KeyShow.self, KeyAdopt.self, KeyKeep.self, KeyCopyTo.self, KeyRename.self, KeyForget.self,
      KeyVerify.self, KeyConfig.self, KeySend.self, KeyReceive.self,
    ])
}

/// What every command about keys takes.
struct KeyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The store that is meant; without it, the default one.", valueName: "id"),
    completion: Completions.stores)
  var store: String?

  // Not within `StoreOptions`: in a debug build each level of groups is checked several times as often as the one above.
  @OptionGroup var passphrase: PassphraseOption

  @OptionGroup var common: CommonOptions

  /// Opens the store that is meant, among the others.
  func open() throws -> (CommandContext, StoreRegistry, any CredentialStore) {
    let context = CommandContext(common)
    let registry = try context.stores(asking: passphrase.asking(on: context.console))
    return (context, registry, try registry.store(store))
  }
}

struct KeyList: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/list")

  @OptionGroup var format: JSONOptions

  @Flag(help: "Look into every store that there is, and tell of each that does not answer.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "The store that is looked into; without it, all but docker's helpers that nothing names.", valueName: "id"),
    completion: Completions.stores)
  var store: String?

  @Option(help: ArgumentHelp("Only keys of this exchange.", valueName: "id"))
  var exchange: String?

  @Option(help: ArgumentHelp("Only keys that this person owns.", valueName: "person"))
  var owner: String?

  @Option(help: ArgumentHelp("Only keys that this program uses.", valueName: "program"))
  var program: String?

  @OptionGroup var options: StoreOptions

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.keys.schema) }
    let (context, registry) = try options.open()
    let inventory = try context.inventory()
    inventory.keepsIndex = true
    let origins = try inventory.origins()
    // A day that was told in an exchange's place is none.
    let ends = origins.withoutWord { NetAddress.isLoopback(authority: $0) }
    let known = origins.stores.union([registry.defaultID])
    let stores =
      try store.map { [try registry.store($0)] }
      ?? registry.all.filter {
        all || known.contains($0.id) || !$0.id.hasPrefix(StoreID.dockerPrefix)
      }
    let mustAnswer = try store.map { [try registry.store($0).id] } ?? (all ? Set(registry.all.map(\.id)) : known)
    let (found, silent) = KeyList.look(in: stores, mustAnswer: mustAnswer)
    let listed = found.filter {
      isWanted($0.name, origins.facts(of: CredentialReference(store: $0.store, name: $0.name.text)))
    }
    if format.json {
      try PrintedJSON.write(listed.map { KeyList.json($1, in: $0, origins, ends) })
    } else {
      for (index, (store, name)) in listed.enumerated() {
        context.console.show((index > 0 ? [.blank] : []) + KeyList.paragraph(name, in: store, origins, ends))
      }
      if listed.isEmpty, silent.isEmpty {
        context.console.show([Sentence(.body, found.isEmpty ? KeyList.nothing : KeyList.noneOfThese)])
      }
    }
    for error in silent { error.say() }
    if let error = silent.first { throw error.status }
  }

  // MARK: - Private

  /// Whether a key is one of those that were asked for. Of one of which no record tells the exchange is known by its name.
  private func isWanted(_ name: EntryName, _ facts: KeyFacts?) -> Bool {
    func fits(_ wanted: String?, _ known: String?) -> Bool {
      wanted.map { $0.lowercased() == known?.lowercased() } ?? true
    }
    return fits(exchange, facts?.exchange ?? name.text.split(separator: "/").first.map(String.init))
      && fits(owner, facts?.owner) && fits(program, facts?.program)
  }

  /// The names in each store, and why those that must answer did not.
  private static func look(
    in stores: [any CredentialStore], mustAnswer: Set<String>
  ) -> (listed: [(store: String, name: EntryName)], silent: [CommandError]) {
    var listed: [(store: String, name: EntryName)] = []
    var silent: [CommandError] = []
    for store in stores {
      do throws(StoreError) {
        switch store.condition().readiness {
        case .ready: listed += try store.names().filter { $0.kind != .probe }.map { (store.id, $0) }
        case .needsSetUp: continue
        case .unusable(let error): throw error
        }
      } catch {
        if mustAnswer.contains(store.id) { silent.append(CommandError(error)) }
      }
    }
    return (listed, silent)
  }

  private static func json(_ name: EntryName, in store: String, _ origins: KeyOrigins, _ ends: KeyOrigins) -> JSON {
    let origin = origins[name, in: store]
    let key = CredentialReference(store: store, name: name.text)
    let facts = origins.facts(of: key)
    return .fields([
      "name": .text(name.text), "store": .text(store), "kind": .text(name.kind.rawValue),
      "exchange": .given(facts?.exchange), "label": .given(facts?.label), "listed": .given(facts?.listed),
      "account": .given(facts?.account), "purpose": .given(facts?.purpose), "program": .given(facts?.program),
      "owner": .given(facts?.owner), "run": .given(origin?.run ?? name.pendingRun),
      "began": .given(origin?.began.description), "adoption": .given(origins.adoption(of: key)?.id),
      "verdict": .given(origins.check(of: key)?.verdict.rawValue),
      "asked": .given(origins.check(of: key)?.at.description),
      "ends": .given(ends.check(of: key)?.end?.day.description),
      "endsBy": .given(ends.check(of: key)?.end?.rule),
    ])
  }

  /// A paragraph: which key it is, what is known of it, and one thing to do where there is one.
  private static func paragraph(_ name: EntryName, in store: String, _ origins: KeyOrigins, _ ends: KeyOrigins)
    -> [Sentence]
  {
    let option = " --store \(store)"
    let lines: [Sentence] =
      switch name.kind {
      case .kept, .probe: lines(CredentialReference(store: store, name: name.text), origins, ends)
      case .previous:
        [
          Sentence(.body, "What the key was before it was replaced."),
          Sentence(.hint, "delete it: keyusher key forget \(name)\(option)"),
        ]
      case .pending: PendingCopy(name: name, store: store, origins: origins).inList
      }
    return [Sentence(.heading, "\(name), in \(store)")] + lines
  }

  private static func lines(_ key: CredentialReference, _ origins: KeyOrigins, _ ends: KeyOrigins) -> [Sentence] {
    let facts = origins.facts(of: key)
    let made = origins[key].map { "Run \($0.run) made it, \($0.began.day)." }
    let taken = origins.adoption(of: key).map { "Taken in by \(display($0.header.user)), \($0.header.began.day)." }
    let whose = [made ?? taken, facts?.owner.map { "Owner: \(display($0))." }].compactMap { $0 }.joined(separator: " ")
    let lines = [facts?.use, facts?.place, whose.isEmpty ? nil : whose].compactMap { $0 }
    let said = origins.check(of: key)?.sentence ?? (lines.isEmpty ? nil : KeyCheck.nobodyAsked)
    return
      ((lines.isEmpty ? [KeyList.unknown] : lines) + [said, ends.check(of: key)?.end?.sentence].compactMap(\.self))
      .map { Sentence(.body, $0) }
  }

  private static let noneOfThese = "No key matches."
  private static let unknown = "No record here tells where it comes from."
  private static let nothing = """
    No keys yet. 'keyusher run \(FlowCatalog.newcomersFlow)' makes one; 'keyusher key adopt' takes in one that you have.
    """
}

extension KeyEnd {
  /// What states the rule; nil where the exchange itself gave the day.
  fileprivate var rule: String? { if case .rule(let by, _, _) = basis { by } else { nil } }

  /// `Its last day may be 2026-12-10: after 90 days, by Gate's help article 17521.`
  fileprivate var sentence: String {
    switch basis {
    case .reported: "Its last day: \(day)."
    case .rule(let by, let days, let ofUse):
      "Its last day may be \(day): after \(days) days\(ofUse ? " without use" : ""), by \(display(by))."
    }
  }
}

extension KeyCheck {
  fileprivate static let nobodyAsked = "Its exchange was not asked from here."

  /// `By its exchange, 2026-11-29: as planned.`
  fileprivate var sentence: String {
    // What was asked in the exchange's place, on this computer, is no exchange.
    let teller = host.flatMap { NetAddress.isLoopback(authority: $0) ? "\($0), in its place" : nil } ?? "its exchange"
    return verdict == .notAsked ? KeyCheck.nobodyAsked : "By \(teller), \(at.day): \(verdict.words)."
  }
}

extension KeyFacts {
  /// `For grid-bot (spot bot).`
  fileprivate var use: String? {
    guard let program else { return purpose.map { "For: \(display($0))." } }
    return "For \(display(program))" + (purpose.map { " (\(display($0)))" } ?? "") + "."
  }

  /// `At gate-io: main account, listed as c5dcfbf1f3a7...`
  fileprivate var place: String? {
    guard let exchange else { return nil }
    let ownName = reference.name?.split(separator: "/").last.map(String.init)
    let known = [
      account.map { display($0) }, label == ownName ? nil : label.map { "called \(display($0)) there" },
      listed.map { "listed as \(display($0))..." },
    ].compactMap { $0 }
    if known.isEmpty { return "At \(display(exchange))." }
    return "At \(display(exchange)): \(known.joined(separator: ", "))" + (listed == nil ? "." : "")
  }
}
