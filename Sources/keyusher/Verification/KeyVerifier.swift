import Dispatch
import FlowCore
import FlowText
import HelperPrograms
import Introspection
import Inventory
import NetProtocol
import Records
import SecretMemory
import Stores
import Synchronization

/// Asks exchanges about keys, several at once, within what each allows.
struct KeyVerifier {
  let catalog: FlowCatalog
  let origins: KeyOrigins
  /// Until when exchanges are to be left alone, by id.
  let waits: [String: Timestamp]
  let net: NetProgram
  let now: () -> Timestamp
  /// A server on this computer in place of every exchange.
  var base: NetAddress?
  var asker = Asker()
  /// The way through another computer; nil: from this one.
  var way: SSHForwarding?

  /// One key that is to be asked about.
  struct Question: Sendable {
    let name: String
    let store: String
    let parts: [String: SecretBytes]
    /// The run that made it.
    let run: String?
    let facts: KeyFacts?
    let place: Place
    let asker: Asker
    let oddParts: [OddPart]
    let nonceRisk: NonceRisk
  }

  /// Where and how an exchange is asked.
  struct Place: Sendable {
    let pack: Pack
    let api: ExchangeAPI
    /// The SHA-256 of the text that says how answers are read.
    let digest: String
    /// Whether it comes with Keyusher.
    let isShipped: Bool
    let environment: ExchangeAPI.Environment

    /// Who is going to be asked.
    var host: String { String(environment.host.dropFirst("https://".count)) }
    /// The same, with those that are tried if that one does not know the key.
    var hosts: [String] {
      [host] + environment.others.compactMap { api.environment($0).map { String($0.host.dropFirst("https://".count)) } }
    }
    /// The same with their ports, as ssh names them.
    var servers: [String] { [environment.server] + environment.others.compactMap { api.environment($0)?.server } }
    /// Whether the exchange wants the passphrase itself. Source: the exchanges' documentation of their headers, by scheme.
    var sendsPassphrase: Bool { api.scheme == .okx || api.scheme == .bitget }
  }

  /// What is to be asked about a key. Throws if nobody knows how its exchange is asked, or if it is to be left alone for now.
  ///
  /// - Parameter facts: what is known of it; without them, what records tell.
  func question(
    about parts: [String: SecretBytes], of exchange: String, run: String?, named name: String, in store: String,
    knowing known: KeyFacts? = nil
  ) throws -> Question {
    let facts = known ?? origins.facts(of: CredentialReference(store: store, name: name))
    guard let place = place(of: exchange, account: facts?.accountID) else {
      throw CommandError.unknownExchange(exchange, of: name)
    }
    if let until = waits[exchange], now() < until { throw CommandError.leftAlone(place.pack.short, until: until) }
    if let why = place.environment.unasked { throw CommandError.cannotBeAsked(name, why) }
    let risk = nonceRisk(for: facts?.program, at: place)
    if case .shutsOut(let program) = risk { throw CommandError.shutsOut(program) }
    return Question(
      name: name, store: store, parts: parts, run: run, facts: facts, place: place, asker: asker,
      oddParts: OddPart.all(in: parts, of: place.pack), nonceRisk: risk)
  }

  /// Where the keys of an account of an exchange are asked about; nil if nobody knows. Only of the exchanges that come with
  /// Keyusher, since what is signed for another is whatever its file says; on this computer of all, since nothing leaves it.
  func place(of exchange: String, account: String?) -> Place? {
    let id = "\(exchange)/\(FlowLibrary.api)"
    let shipped = FlowCatalog.sharedFiles[id]
    guard let text = shipped ?? (base == nil ? nil : try? catalog.sharedFile(id)),
      let pack = shipped == nil ? catalog.pack(of: exchange) : FlowCatalog.library(of: nil).pack(of: exchange),
      let api = catalog.api(of: exchange),
      let environment = api.environment(ofAccount: account)
    else { return nil }
    return Place(
      pack: pack, api: api, digest: hexadecimalSHA256(of: Array(text.utf8)), isShipped: shipped != nil,
      environment: environment)
  }

  /// Asks, and tells of each key in the order of the questions.
  ///
  /// - Parameter meanwhile: done ten times a second while the answer about a key is not there; what it throws ends it.
  func ask(
    _ questions: [Question], meanwhile: (Question) throws -> Void = { _ in },
    told: (Question, KeyVerification) throws -> Void
  ) throws {
    let clocks = KeyVerifier.Clocks()
    let paces = Dictionary(
      questions.map { ($0.place.api.id, RequestPace($0.place.api.limit)) }, uniquingKeysWith: { first, _ in first })
    let (net, base, way) = (net, base, way)
    let answers = Mutex<[Int: KeyQuestioning.Outcome]>([:])
    let arrivals = questions.map { _ in DispatchSemaphore(value: 0) }
    let places = DispatchSemaphore(value: KeyVerifier.mostAtOnce)
    let queue = DispatchQueue(label: "verification", attributes: .concurrent)
    queue.async {
      for (number, question) in questions.enumerated() {
        places.wait()
        queue.async {
          let asking = KeyQuestioning(
            api: question.place.api, environment: question.place.environment,
            publicPart: question.place.pack.parts.first { !$0.secret }?.name, net: net, base: base,
            way: way, isShipped: question.place.isShipped, asker: question.asker,
            pace: base == nil ? paces[question.place.api.id] : nil)
          let outcome = clocks.ask(asking, about: question.parts)
          answers.withLock { $0[number] = outcome }
          arrivals[number].signal()
          places.signal()
        }
      }
    }
    for (number, question) in questions.enumerated() {
      while arrivals[number].wait(timeout: .now() + .milliseconds(100)) == .timedOut { try meanwhile(question) }
      guard let outcome = answers.withLock({ $0.removeValue(forKey: number) }) else { continue }
      try told(question, KeyVerification(of: question, outcome, at: now()))
    }
  }

  // MARK: - Private

  private static let mostAtOnce = 8
  /// No exchange wants to be left alone for longer, in days: a record that says so was edited, or came of a slip.
  fileprivate static let longestWait = 7

  /// The clocks of exchanges, each asked for once.
  private final class Clocks: Sendable {
    /// Exchanges that want to be left alone since the first key was asked about.
    private let shut = Mutex<[String: KeyFailure]>([:])
    private let known = Mutex<[String: Result<Int, KeyFailure>]>([:])

    func ask(_ asking: KeyQuestioning, about parts: [String: SecretBytes]) -> KeyQuestioning.Outcome {
      let clock = known.withLock { known in
        if let clock = known[asking.environment.host] { return clock }
        let clock = Result { () throws(KeyFailure) in try asking.clock() }
        known[asking.environment.host] = clock
        return clock
      }
      switch clock {
      case .success(let ahead):
        if let failure = shut.withLock({ $0[asking.api.id] }) { return KeyQuestioning.Outcome(failure: failure) }
        let outcome = asking.ask(about: parts, ahead: ahead)
        if let failure = outcome.failure, failure.pause != nil { shut.withLock { $0[asking.api.id] = failure } }
        return outcome
      case .failure(let failure): return KeyQuestioning.Outcome(failure: failure)
      }
    }
  }
}

extension KeyVerifier {
  /// With what records know of the keys, and of who wants to be left alone.
  init(_ catalog: FlowCatalog, _ inventory: Inventory, _ surroundings: Surroundings, base: NetAddress? = nil) throws {
    let (runs, operations) = try inventory.look()
    let here = operations.filter { $0.operation.facts["base"] == base?.text }
    let waits =
      here.compactMap { record in
        record.operation.facts["exchange"].flatMap { exchange in
          record.waitsUntil.map { (exchange, min($0, record.header.began.adding(days: KeyVerifier.longestWait))) }
        }
      }
      + runs.compactMap { try? $0.get() }.compactMap { run in
        run.waitsUntil.map { (run.provider, min($0, run.lastAt.adding(days: KeyVerifier.longestWait))) }
      }
    self.init(
      catalog: catalog, origins: try inventory.origins(), waits: Dictionary(waits) { max($0, $1) },
      net: NetProgram(beside: NetProgram.running() ?? "", environment: surroundings.environment),
      now: surroundings.now, base: base)
  }
}

extension CommandError {
  fileprivate static func cannotBeAsked(_ key: String, _ why: String) -> CommandError {
    CommandError("nobody can be asked about '\(key)': \(why)", hints: [], status: .unavailable)
  }

  fileprivate static func unknownExchange(_ exchange: String, of key: String) -> CommandError {
    CommandError(
      "Keyusher does not know how '\(exchange)' is asked about '\(key)'",
      hints: ["it asks the ten exchanges that come with it; 'keyusher flow list' shows them"],
      status: .unavailable)
  }

  fileprivate static func leftAlone(_ exchange: String, until moment: Timestamp) -> CommandError {
    CommandError(
      "\(exchange) wants to be left alone until \(moment.nextMinute), and is",
      hints: ["each try before then may make it longer"], status: .unavailable)
  }
}
