import ArgumentParser
import Ceremony
import PlainText
import Stores

struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    help: "store",
    subcommands: [
      StoreList.self, StoreTest.self, StoreInit.self, StorePassphrase.self, StoreBackup.self, StoreRecipients.self,
    ])
}

struct StoreList: ParsableCommand {
  static let configuration = CommandConfiguration(help: "store/list")

  @OptionGroup var format: JSONOptions

  @OptionGroup var common: CommonOptions

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.stores.schema) }
    let context = CommandContext(common)
    let registry = try context.stores()
    if format.json { return try PrintedJSON.write(StoreList.rows(registry)) }
    for store in registry.all {
      context.console.show(
        StoreList.sentences(
          store.id, store.condition(), isDefault: store.id == registry.defaultID, isBrief: common.brief))
    }
    context.console.show(
      StoreList.sentences(StoreID.offline, nil, isDefault: registry.defaultID == StoreID.offline, isBrief: common.brief)
    )
    if registry.hasDefault { return }
    context.console.show([
      Sentence(.warning, "The default is '\(registry.defaultID)', which is not here."),
      Sentence(.hint, "keyusher config set store \(registry.all.first?.id ?? StoreID.age)"),
    ])
  }

  private static func rows(_ registry: StoreRegistry) -> [JSON] {
    (registry.all.map { ($0.id, $0.condition()) } + [(StoreID.offline, nil)]).map { id, condition in
      let profile = StoreProfile.of(id)
      var problem: StoreError?
      if case .unusable(let error)? = condition?.readiness { problem = error }
      return .fields([
        "store": .text(id), "title": .text(profile?.title ?? id),
        "state": .text(condition.map { state($0.readiness) } ?? "ready"),
        "default": .flag(id == registry.defaultID), "place": .given(condition?.place),
        "plaintext": .given(condition?.plaintext), "problem": .given(problem?.what),
        "hint": .given(condition?.readiness == .needsSetUp ? "keyusher store init \(id)" : problem?.hint),
        "what": .given(profile?.what), "against": .given(profile?.against), "notAgainst": .given(profile?.notAgainst),
      ])
    }
  }

  /// How a store stands, in one word for programs.
  private static func state(_ readiness: StoreCondition.Readiness) -> String {
    switch readiness {
    case .ready: "ready"
    case .needsSetUp, .unusable(.notSetUp): "not-set-up"
    case .unusable(.notInstalled): "not-installed"
    case .unusable(.locked): "locked"
    case .unusable(.unreachable): "unreachable"
    case .unusable: "unusable"
    }
  }

  private static func sentences(
    _ id: String, _ condition: StoreCondition?, isDefault: Bool, isBrief: Bool
  ) -> [Sentence] {
    let name = isDefault ? "\(id) (the default)" : id
    var sentences = [Sentence(.question, "\(name): \(condition.map { words(for: $0.readiness) } ?? "always there")")]
    if case .unusable(let error)? = condition?.readiness {
      if !error.isPlain { sentences.append(Sentence(.warning, error.what)) }
      if let hint = error.hint { sentences.append(Sentence(.hint, hint)) }
    }
    if condition?.readiness == .needsSetUp { sentences.append(Sentence(.hint, "keyusher store init \(id)")) }
    if let place = condition?.place, !place.isEmpty { sentences.append(Sentence(.source, "at: \(place)")) }
    if let plaintext = condition?.plaintext {
      sentences.append(Sentence(.warning, "what it keeps would stand in plain text: \(plaintext)"))
    }
    if !isBrief, let profile = StoreProfile.of(id) {
      sentences += [
        Sentence(.body, "is: \(profile.what)"), Sentence(.body, "protects against: \(profile.against)"),
        Sentence(.body, "not against: \(profile.notAgainst)"),
      ]
    }
    return sentences
  }

  private static func words(for readiness: StoreCondition.Readiness) -> String {
    switch readiness {
    case .ready: "ready"
    case .needsSetUp: "not set up yet"
    case .unusable(.notInstalled(_, let program)): "not here: the program '\(program)' is not installed"
    case .unusable(.locked): "locked"
    case .unusable(.notSetUp): "not set up yet"
    case .unusable(.unreachable): "can't be reached"
    case .unusable: "can't be used"
    }
  }
}

struct StoreTest: ParsableCommand {
  static let configuration = CommandConfiguration(help: "store/test")

  @Argument(help: "The store's id; without it, the default one.", completion: Completions.stores)
  var store: String?

  @OptionGroup var options: StoreOptions

  func run() throws {
    let (context, registry) = try options.open()
    let store = try registry.store(store)
    let condition = store.condition()
    switch condition.readiness {
    case .ready: break
    case .needsSetUp: throw StoreError.notSetUp(store: store.id, hint: "keyusher store init \(store.id)")
    case .unusable(let error): throw error
    }
    do {
      try tryOut(store, condition, context)
    } catch let error as StoreError where error.hint?.contains("keyusher store test") == true {
      // Whoever reads this has just done what the hint says.
      throw CommandError(error.what, hints: ["keyusher doctor"], status: ExitStatus(of: error))
    }
  }

  private func tryOut(_ store: any CredentialStore, _ condition: StoreCondition, _ context: CommandContext) throws {
    let trial = StoreTrial(store: store, surroundings: context.surroundings)
    context.console.show([Sentence(.heading, "Store '\(store.id)', \(condition.place)")])
    if let plaintext = condition.plaintext {
      context.console.show([Sentence(.warning, "What it keeps stands in plain text: \(plaintext)")])
    }
    try trial.write()
    context.console.show([
      Sentence(.standing, "a random entry was written, confirmed and deleted")
    ])
    try trial.read()
    context.console.show([
      Sentence(.standing, "another was written, read in full as a program would, compared and deleted"),
      Sentence(.body, "Not proven: that it holds after a power failure, or that there is a backup."),
    ])
  }
}

extension StoreError {
  /// Whether the word for a store's readiness has said it all.
  fileprivate var isPlain: Bool {
    switch self {
    case .notInstalled, .notSetUp, .locked: true
    default: false
    }
  }
}
