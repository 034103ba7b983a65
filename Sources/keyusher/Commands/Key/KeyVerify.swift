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
    help: ArgumentHelp("The keys' names in the store.", valueName: "name"), completion: Completions.keys())
  var names: [String] = []

  @Flag(help: "Ask about every key in the store.")
  var all = false

  @Flag(help: "Agree beforehand that the exchange is asked.")
  var yes = false

  @OptionGroup var place: BaseURLOption

  @OptionGroup var format: JSONOptions

  @OptionGroup var options: KeyOptions

  func validate() throws {
    if !format.schema, names.isEmpty != all {
      throw ValidationError(
        names.isEmpty ? "name a key, or say --all for every key" : "name keys or say --all, not both")
    }
  }

  func run() throws {
    if format.schema { return try PrintedJSON.write(PrintedJSON.verifications.schema) }
    let base = try place.address()
    let (context, registry, store) = try options.open()
    let entries =
      try all
      ? store.names().filter { $0.kind == .kept }.sorted { $0.text < $1.text } : names.map { try EntryName.named($0) }
    guard !entries.isEmpty else { throw CommandError.noKeys(in: store) }
    let verifier = try KeyVerifier(context.catalog(), context.inventory(), context.surroundings, base: base)
    // Before any store is opened.
    if base == nil { try KeyVerify.checkLeave(isAgreed: yes, context) }
    var questions: [KeyVerifier.Question] = []
    var left: [(entry: EntryName, exchange: String, why: CommandError)] = []
    for entry in entries {
      var exchange = String(entry.text.prefix { $0 != "/" })
      do {
        let credential = try StoredCredential(StoredCredential.text(of: entry, in: store, of: registry), of: entry)
        exchange = credential.exchange
        questions.append(
          try verifier.question(
            about: credential.parts, of: credential.exchange, run: credential.run, named: entry.text, in: store.id))
      } catch let error as CommandError {
        // One of several that can't be asked about keeps no other from it.
        if entries.count == 1 { throw error }
        left.append((entry, exchange, error))
      }
    }
    if !format.json { KeyVerify.warn(of: questions, context.console) }
    if base == nil, !questions.isEmpty { try KeyVerify.settle(questions, isAgreed: yes, context) }
    for (question, why) in try verifier.untrusted(among: questions, isSilent: format.json, context.console) {
      if entries.count == 1 { throw why }
      questions.removeAll { $0.name == question.name }
      left += entries.filter { $0.text == question.name }.map { ($0, question.place.pack.id, why) }
    }
    for question in try KeyVerify.unsure(among: questions, isSilent: format.json, context.console) {
      let isAsked = context.console.isTerminal && !format.json
      if entries.count == 1 { throw isAsked ? CommandError.nonceNotRisked : CommandError.nonceUnknown }
      questions.removeAll { $0.name == question.name }
      left += entries.filter { $0.text == question.name }.map { ($0, question.place.pack.id, .nonceUnknown) }
    }
    let recording = KeyRecording(context: context)
    let journals = try questions.map { try recording.begin($0.operation(base: base)) }
    var results: [KeyVerification] = []
    try verifier.ask(questions, password: { try context.console.password(of: $0) }) { question, verification in
      let journal = journals[results.count]
      recording.end(
        journal,
        verification.events(readBy: question.place.digest, at: context.surroundings.now()) + [
          .done(question.name, seen: verification.summary, verdict: verification.result.rawValue)
        ])
      results.append(verification)
      if !format.json {
        if results.count > 1 { context.console.show([.blank]) }
        context.console.show(verification.sentences(at: context.surroundings.now()))
      }
    }
    for (entry, _, why) in left where !format.json {
      context.console.show([
        .blank, Sentence(.heading, "\(entry): could not be asked."), Sentence(.problem, why.message),
      ])
    }
    if format.json {
      try PrintedJSON.write(
        results.map(\.json)
          + left.map { KeyVerification.json(of: $0.entry.text, at: $0.exchange, in: store.id, $0.why) })
    }
    let statuses = results.map(\.status) + left.map(\.why.status)
    try statuses.max { $0.severity < $1.severity }?.end()
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

  /// Throws where it is plain beforehand that none may be asked.
  private static func checkLeave(isAgreed: Bool, _ context: CommandContext) throws {
    switch try Configuration(home: context.surroundings.home()).asksExchanges {
    case true?: return
    case false?: throw CommandError.exchangesNeverAsked
    case nil: if !isAgreed, !context.console.isTerminal { throw CommandError.exchangesNotAskedYet }
    }
  }

  /// Asks once for a home whether exchanges may be asked.
  private static func settle(_ questions: [KeyVerifier.Question], isAgreed: Bool, _ context: CommandContext) throws {
    let home = try context.surroundings.home()
    let consent = ExchangeConsent(home: home, setting: try Configuration(home: home).asksExchanges)
    switch consent.setting {
    case true?: return
    case false?: throw CommandError.exchangesNeverAsked
    case nil: break
    }
    if isAgreed { return }
    guard context.console.isTerminal else { throw CommandError.exchangesNotAskedYet }
    context.console.remark(
      ExchangeConsent.sentences(
        hosts: Array(Set(questions.flatMap(\.place.hosts))).sorted(),
        sending: questions.flatMap(\.place.api.sends),
        hasOwn: questions.contains { $0.place.own != nil },
        isProxied: NetProgram.usesProxy(context.surroundings.environment)))
    switch try context.console.answer(ExchangeConsent.question).trimmed.lowercased() {
    case "yes", "y": try consent.keep("yes")
    case "never":
      try consent.keep("never")
      throw CommandError.exchangesNeverAsked
    default: throw CommandError("nothing was asked", hints: [], status: .endedEarly)
    }
  }
}

extension Console {
  /// The one-time password of a key, typed unseen; nil where nobody can be asked.
  fileprivate func password(of question: KeyVerifier.Question) throws -> SecretBytes? {
    guard canAskUnseen else { return nil }
    defer { endUnseen() }
    return try unseen(OneTimePassword.question(about: question.name, at: question.place.pack.short))
  }
}

extension KeyVerifier.Question {
  fileprivate func operation(base: NetAddress?) -> KeyOperation {
    var facts = ["exchange": place.pack.id, "environment": place.environment.id]
    facts["base"] = base?.text
    return KeyOperation(.verify, name, in: store, origin: run, facts: facts)
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
