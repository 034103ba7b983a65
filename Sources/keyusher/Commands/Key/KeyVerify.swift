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
import Stores

struct KeyVerify: ParsableCommand {
  static let configuration = CommandConfiguration(help: "key/verify")

  @Argument(
    help: ArgumentHelp("The keys' names in the store.", valueName: "name"), completion: Completions.keys())
  var names: [String] = []

  @Flag(help: "Ask about every key in the store.")
  var all = false

  @Flag(help: "Look again at what differs, for as long as the exchange may take to apply a change.")
  var wait = false

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
    for question in try KeyVerify.unsure(among: questions, isSilent: format.json, context.console) {
      let isAsked = context.console.isTerminal && !format.json
      if entries.count == 1 { throw isAsked ? CommandError.nonceNotRisked : CommandError.nonceUnknown }
      questions.removeAll { $0.name == question.name }
      left += entries.filter { $0.text == question.name }.map { ($0, question.place.pack.id, .nonceUnknown) }
    }
    let asking = KeyAsking(verifier, KeyRecording(context: context), isSilent: format.json, waits: wait) { question in
      AskingAgain(key: question.name + (options.store.map { " --store \($0)" } ?? ""))
    }
    let results = try asking.ask(questions)
    for (index, key) in left.enumerated() where !format.json {
      context.console.show(
        (index > 0 || !results.isEmpty ? [.blank] : []) + [
          Sentence(.heading, "\(key.entry): could not be asked."), Sentence(.problem, key.why.message),
        ])
    }
    if format.json {
      try PrintedJSON.write(
        results.map(\.json)
          + left.map { KeyVerification.json(of: $0.entry.text, at: $0.exchange, in: store.id, $0.why) })
    }
    if let signal = asking.stoppedBy { throw Interrupted(signal: signal) }
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
  }

  /// The keys whose programs might be shut out, and about which nobody said that they are asked all the same.
  private static func unsure(
    among questions: [KeyVerifier.Question], isSilent: Bool, _ console: Console
  ) throws -> [KeyVerifier.Question] {
    try questions.filter { question in
      if question.nonceRisk == .none { return false }
      guard console.isTerminal, !isSilent else { return true }
      console.remark([Sentence(.heading, question.name)] + question.nonceRisk.sentences)
      return try console.answer("\(NonceRisk.question) yes, or Enter for no: ").trimmed != "yes"
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
        sendsPassphrase: questions.contains(where: \.place.sendsPassphrase),
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
