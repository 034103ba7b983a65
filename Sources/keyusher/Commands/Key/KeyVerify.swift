import ArgumentParser
import Ceremony
import FlowCore
import FlowText
import HelperPrograms
import Introspection
import Inventory
import NetProtocol
import PlainText
import Records
import SecretMemory
import Stores

struct KeyVerify: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/verify")

  @Argument(
    help: ArgumentHelp("The keys' names in the store.", valueName: "name"),
    completion: Completions.keys([.kept, .pending]))
  var names: [String] = []

  @Flag(help: "Ask about every key in the store.")
  var all = false

  @Flag(help: "Look again at what differs, for as long as a change may take to arrive.")
  var wait = false

  @Flag(help: "Agree beforehand that the exchange is asked.")
  var yes = false

  @OptionGroup var planned: PlanOption

  @OptionGroup var other: ViaOption

  @Option(
    help: ArgumentHelp("A key that is handed over, and in no store: fd:N, file:PATH or env:NAME.", valueName: "ref"))
  var from: String?

  @OptionGroup var place: BaseURLOption

  @OptionGroup var format: JSONOptions

  @OptionGroup var options: KeyOptions

  func validate() throws {
    if format.schema { return }
    let ways = [!names.isEmpty, all, from != nil].count { $0 }
    if ways == 0 { throw ValidationError("name a key, or say --all for every key") }
    if ways > 1 { throw ValidationError("name keys, or say --all or --from: one of these") }
    if planned.isGiven, all || names.count > 1 {
      throw ValidationError("--plan and --ip-plan are of one key: name one")
    }
    if from != nil, options.store != nil {
      throw ValidationError("a key that comes by --from is in no store: leave out --store")
    }
  }

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.verifications.schema) }
    let base = try place.address()
    let (reference, host) = (try from.map(KeyVerify.reference), try other.host())
    let context = CommandContext(options.common)
    var verifier = try KeyVerifier(context.catalog(), context.inventory(), context.surroundings, base: base)
    verifier.asker =
      host.map { Asker(name: $0, isElsewhere: true, isWhereItRuns: true) } ?? Asker(isWhereItRuns: reference != nil)
    let leave = Leave(
      isAgreed: yes || base != nil, isNeeded: base == nil || host != nil, asker: verifier.asker,
      surroundings: context.surroundings, console: context.console)
    var meant =
      try reference.map { reference in
        try leave.settle(for: [])
        return try handed(by: reference, to: verifier)
      } ?? kept(verifier, context, leave)
    if !meant.questions.isEmpty { try leave.settle(for: meant.questions.map(\.place)) }
    if !format.json { KeyVerify.warn(of: meant.questions, context.console) }
    for (question, why) in try verifier.untrusted(among: meant.questions, isSilent: format.json, context.console) {
      if meant.count == 1 { throw why }
      meant.leave(question, why)
    }
    for question in try KeyVerify.unsure(among: meant.questions, isSilent: format.json, context.console) {
      let isAsked = context.console.isTerminal && !format.json
      if meant.count == 1 { throw isAsked ? CommandError.nonceNotRisked : CommandError.nonceUnknown }
      meant.leave(question, .nonceUnknown)
    }
    if let host, !meant.questions.isEmpty {
      verifier.way = try ViaOption.open(through: host, to: meant.questions, base: base, context)
    }
    // Also where a question that was stopped still holds it.
    defer { verifier.way?.end() }
    let asking = KeyAsking(verifier, KeyRecording(context: context), isSilent: format.json, waits: wait, again: again)
    let results = try asking.ask(meant.questions)
    for (index, key) in meant.left.enumerated() where !format.json {
      context.console.show(
        (index > 0 || !results.isEmpty ? [.blank] : []) + [
          Sentence(.heading, "\(key.name): could not be asked."), Sentence(.problem, key.why.message),
        ])
    }
    if format.json {
      try PrintedJSON.write(
        results.map(\.json)
          + meant.left.map { KeyVerification.json(of: $0.name, at: $0.exchange, in: $0.store, $0.why) })
    }
    if let signal = asking.stoppedBy { throw Interrupted(signal: signal) }
    let statuses = results.map(\.status) + meant.left.map(\.why.status)
    try statuses.max { $0.severity < $1.severity }?.end()
  }

  // MARK: - Which keys

  /// The keys that are meant: those to ask about, and those that can't be asked about.
  private struct Meant {
    var questions: [KeyVerifier.Question] = []
    var left: [(name: String, store: String, exchange: String, why: CommandError)] = []

    var count: Int { questions.count + left.count }

    mutating func leave(_ question: KeyVerifier.Question, _ why: CommandError) {
      questions.removeAll { $0.name == question.name }
      left.append((question.name, question.store, question.place.pack.id, why))
    }
  }

  private func kept(_ verifier: KeyVerifier, _ context: CommandContext, _ leave: Leave) throws -> Meant {
    let registry = try context.stores(asking: options.passphrase.asking(on: context.console))
    let store = try registry.store(options.store)
    let entries =
      try all
      ? store.names().filter { $0.kind == .kept }.sorted { $0.text < $1.text }
      : names.map { try EntryName.named($0, kinds: [.kept, .pending]) }
    guard !entries.isEmpty else { throw CommandError.noKeys(in: store) }
    // Nobody opens a store for what is not wanted: who would be asked, names and records tell.
    let places = try entries.filter(store.contains).compactMap { verifier.place(of: $0, in: store) }
    try leave.settle(for: places.filter { $0.environment.unasked == nil })
    var meant = Meant()
    for entry in entries {
      var exchange = String(entry.text.prefix { $0 != "/" })
      do {
        let credential = try StoredCredential(StoredCredential.text(of: entry, in: store, of: registry), of: entry)
        exchange = credential.exchange
        let facts = verifier.origins.facts(of: entry.reference(in: store))
        meant.questions.append(try question(of: credential, named: entry, in: store.id, knowing: facts, to: verifier))
      } catch let error as CommandError {
        // One of several that can't be asked about keeps no other from it.
        if entries.count == 1 { throw error }
        meant.left.append((entry.text, store.id, exchange, error))
      }
    }
    return meant
  }

  private func handed(by reference: SecretReference, to verifier: KeyVerifier) throws -> Meant {
    let key = try HandedKey(from: reference, at: verifier.now())
    return Meant(questions: [
      try question(of: key.credential, named: key.name, in: key.place, knowing: key.facts, to: verifier)
    ])
  }

  private func question(
    of credential: StoredCredential, named name: EntryName, in store: String, knowing facts: KeyFacts?,
    to verifier: KeyVerifier
  ) throws -> KeyVerifier.Question {
    var facts = facts
    if planned.isGiven, let pack = try verifier.place(of: credential.exchange, account: facts?.accountID)?.pack {
      let reference = CredentialReference(store: store, name: name.text)
      var said = facts ?? KeyFacts(reference, exchange: credential.exchange, since: verifier.now())
      said.plan = try planned.plan(of: pack, over: said.plan)
      facts = said
    }
    return try verifier.question(
      about: credential.parts, of: credential.exchange, run: credential.run, named: name.text, in: store,
      knowing: facts)
  }

  private static func reference(_ text: String) throws -> SecretReference {
    guard let reference = SecretReference(text) else { throw CommandError.noHandedReference }
    return reference
  }

  // MARK: - Words

  private func again(_ question: KeyVerifier.Question) -> AskingAgain {
    AskingAgain(
      key: from == nil ? question.name + (options.store.map { " --store \($0)" } ?? "") : "--from \(question.store)",
      options: (planned.isGiven ? question.facts?.plan?.asOptions ?? "" : "")
        + (other.via.map { " --via \($0)" } ?? "") + (place.baseURL.map { " --base-url \($0)" } ?? ""))
  }

  // MARK: - Private

  /// Says beforehand which keys do not look as their exchange's do.
  private static func warn(of questions: [KeyVerifier.Question], _ console: Console) {
    for question in questions where !question.oddParts.isEmpty {
      console.remark(
        [Sentence(.heading, "\(question.name) looks odd.")] + question.oddParts.map { Sentence(.warning, $0.sentence) })
    }
    var told: Set<String> = []
    for place in questions.map(\.place) where told.insert(place.api.id).inserted { console.remark(place.remarks) }
  }

  /// The keys whose programs might be shut out, and about which nobody said that they are asked all the same.
  private static func unsure(
    among questions: [KeyVerifier.Question], isSilent: Bool, _ console: Console
  ) throws -> [KeyVerifier.Question] {
    try questions.filter { question in
      if question.nonceRisk == .none { return false }
      guard console.isTerminal, !isSilent else { return true }
      console.remark([Sentence(.heading, question.name)] + question.nonceRisk.sentences)
      return try console.answer("\(question.nonceRisk.question) yes, or Enter for no: ").trimmed != "yes"
    }
  }
}

extension ExitStatus {
  /// Of several keys the worst counts: one that differs, then one that could not be asked.
  fileprivate var severity: Int {
    switch self {
    case .completed: 0
    case .unavailable: 1
    default: 2
    }
  }
}

extension CommandError {
  fileprivate static func noKeys(in store: any CredentialStore) -> CommandError {
    CommandError(
      "there is no key in the store '\(store.id)'", hints: ["'keyusher key list' shows where keys are"],
      status: .noInput)
  }
}
