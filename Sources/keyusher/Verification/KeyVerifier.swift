import Ceremony
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
  /// What may be signed for exchanges that did not come with Keyusher.
  let trust: ExchangeTrust
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
    /// What the store has of this exchange, as records tell: names, by the leading characters by which it lists each.
    let known: [String: [String]]

    /// Its parts that are secret.
    var secrets: [SecretBytes] { place.pack.parts.filter(\.secret).compactMap { parts[$0.name] } }
  }

  /// Where and how an exchange is asked.
  struct Place: Sendable {
    let pack: Pack
    let api: ExchangeAPI
    /// The SHA-256 of the text that says how answers are read.
    let digest: String
    /// What may be signed, if it is trusted, where the exchange did not come with Keyusher; nil where it did.
    let own: OwnNetworkPart?
    /// A file of a folder that would have it asked otherwise, and is not read.
    let ignored: String?
    let environment: ExchangeAPI.Environment

    /// Who is going to be asked.
    var host: String { environment.hostName }
    /// Who is tried if that one does not know the key.
    var otherHosts: [String] { environment.others.compactMap { api.environment($0)?.hostName } }
    /// What is said of it before it is asked.
    var remarks: [Sentence] {
      ignored.map { [Sentence(.warning, "'\($0)' is not read: how \(pack.short) is asked is part of Keyusher.")] } ?? []
    }
    /// The same with their ports, as ssh names them.
    var servers: [String] { [environment.server] + environment.others.compactMap { api.environment($0)?.server } }
  }

  /// What is to be asked about a key. Throws if nobody knows how its exchange is asked, or if it is to be left alone for now.
  ///
  /// - Parameter facts: what is known of it; without them, what records tell.
  func question(
    about parts: [String: SecretBytes], of exchange: String, run: String?, named name: String, in store: String,
    knowing known: KeyFacts? = nil
  ) throws -> Question {
    let facts = known ?? origins.facts(of: CredentialReference(store: store, name: name))
    guard let place = try place(of: exchange, account: account(of: facts, at: exchange)) else {
      throw CommandError.unknownExchange(exchange, of: name)
    }
    if let until = waits[exchange], now() < until { throw CommandError.leftAlone(place.pack.short, until: until) }
    if let why = place.environment.unasked { throw CommandError.cannotBeAsked(name, why) }
    let risk = nonceRisk(for: facts?.program, at: place)
    if case .shutsOut(let program) = risk { throw CommandError.shutsOut(program) }
    return Question(
      name: name, store: store, parts: parts, run: run, facts: facts, place: place, asker: asker,
      oddParts: OddPart.all(in: parts, of: place.pack), nonceRisk: risk,
      known: origins.listed(of: exchange, in: store))
  }

  /// Where a key in a store is asked about, as far as its name and records tell; nil if that is not enough.
  func place(of entry: EntryName, in store: any CredentialStore) -> Place? {
    let facts = origins.facts(of: entry.reference(in: store))
    let exchange = facts?.exchange ?? String(entry.text.prefix { $0 != "/" })
    return try? place(of: exchange, account: account(of: facts, at: exchange))
  }

  /// Where the keys of an account of an exchange are asked about; nil if nobody knows. Of an exchange that comes with Keyusher no
  /// file in a folder takes the place of its own. Complains of another's file that can't be used.
  func place(of exchange: String, account: String?) throws -> Place? {
    if let text = FlowCatalog.shippedAPI(of: exchange) {
      return KeyVerifier.shipped(exchange, text).flatMap {
        place($0.pack, $0.api, readBy: $0.digest, account, own: nil)
      }
    }
    guard let own = try catalog.ownAPI(of: exchange) else { return nil }
    return place(own.pack, own.api, readBy: hexadecimalSHA256(of: own.text), account, own: OwnNetworkPart(own))
  }

  /// Asks, and tells of each key in the order of the questions. Throws before the first request if what would be signed is not
  /// trusted.
  ///
  /// - Parameters:
  ///   - password: asks a person for the one-time password of a key, which a refusal calls for; nil where nobody can be.
  ///   - meanwhile: done ten times a second while the answer about a key is not there; what it throws ends it.
  func ask(
    _ questions: [Question], password: (Question) throws -> SecretBytes?,
    meanwhile: (Question) throws -> Void = { _ in }, told: (Question, KeyVerification) throws -> Void
  ) throws {
    for question in questions {
      if let own = try untrusted(question.place) { throw CommandError.untrusted(own, since: try trust.kept(for: own)) }
    }
    let clocks = KeyVerifier.Clocks()
    let paces = Dictionary(
      questions.map { ($0.place.api.id, RequestPace($0.place.api.limit)) }, uniquingKeysWith: { first, _ in first })
    let (net, base, way) = (NetProcesses(of: net, keeping: KeyVerifier.mostAtOnce), base, way)
    defer { net.end() }
    @Sendable func ask(_ question: Question, once password: SecretBytes? = nil) -> KeyQuestioning.Outcome {
      let asking = KeyQuestioning(
        api: question.place.api, environment: question.place.environment,
        publicPart: question.place.pack.parts.first { !$0.secret }?.name, net: net, base: base,
        ownPart: question.place.own?.part, way: way, asker: question.asker,
        pace: base == nil ? paces[question.place.api.id] : nil)
      return clocks.ask(asking, about: question.parts, once: password)
    }
    let answers = Mutex<[Int: KeyQuestioning.Outcome]>([:])
    let arrivals = questions.map { _ in DispatchSemaphore(value: 0) }
    let places = DispatchSemaphore(value: KeyVerifier.mostAtOnce)
    let queue = DispatchQueue(label: "verification", attributes: .concurrent)
    queue.async {
      for (number, question) in questions.enumerated() {
        places.wait()
        queue.async {
          let outcome = ask(question)
          answers.withLock { $0[number] = outcome }
          arrivals[number].signal()
          places.signal()
        }
      }
    }
    for (number, question) in questions.enumerated() {
      while arrivals[number].wait(timeout: .now() + .milliseconds(100)) == .timedOut { try meanwhile(question) }
      guard var outcome = answers.withLock({ $0.removeValue(forKey: number) }) else { continue }
      if outcome.wantsPassword {
        let given: SecretBytes?
        do { given = try password(question) } catch {
          // What the first request told stands.
          outcome.password = OneTimePassword.Asked.none
          try told(question, KeyVerification(of: question, outcome, at: now()))
          throw error
        }
        outcome = outcome.asked(for: given, of: question.secrets) { ask(question, once: $0) }
      }
      try told(question, KeyVerification(of: question, outcome, at: now()))
    }
  }

  // MARK: - Private

  private func account(of facts: KeyFacts?, at exchange: String) -> String? {
    facts?.accountID ?? facts?.account.flatMap { catalog.pack(of: exchange)?.account(called: $0) }
  }

  private func place(
    _ pack: Pack, _ api: ExchangeAPI, readBy digest: String, _ account: String?, own: OwnNetworkPart?
  ) -> Place? {
    api.environment(ofAccount: account).map {
      Place(
        pack: pack, api: api, digest: digest, own: own,
        ignored: catalog.fileBesideShippedAPI(of: api.id), environment: $0)
    }
  }

  /// An exchange that comes with Keyusher, with the digest of the text that says how it is asked: read once for all its keys.
  private static func shipped(_ exchange: String, _ text: String) -> (pack: Pack, api: ExchangeAPI, digest: String)? {
    if let known = known.withLock({ $0[exchange] }) { return known }
    let library = FlowCatalog.library(of: nil)
    guard let pack = library.pack(of: exchange), let api = library.api(of: exchange) else { return nil }
    let read = (pack, api, hexadecimalSHA256(of: Array(text.utf8)))
    known.withLock { $0[exchange] = read }
    return read
  }

  private static let known = Mutex<[String: (pack: Pack, api: ExchangeAPI, digest: String)]>([:])
  private static let mostAtOnce = 8
  /// No exchange wants to be left alone for longer, in days: a record that says so was edited, or came of a slip.
  fileprivate static let longestWait = 7

  /// The clocks of exchanges, each asked for once.
  private final class Clocks: Sendable {
    /// Exchanges that want to be left alone since the first key was asked about.
    private let shut = Mutex<[String: KeyFailure]>([:])
    private let known = Mutex<[String: KeyQuestioning.ClockReading]>([:])

    func ask(
      _ asking: KeyQuestioning, about parts: [String: SecretBytes], once password: SecretBytes?
    ) -> KeyQuestioning.Outcome {
      let clock = known.withLock { known in
        if let clock = known[asking.environment.host] { return clock }
        let clock = asking.clock()
        known[asking.environment.host] = clock
        return clock
      }
      let unasked = clock.failure ?? shut.withLock { $0[asking.api.id] }
      if let unasked {
        return KeyQuestioning.Outcome(failure: unasked, asked: [clock.asked].compactMap(\.self))
      }
      let outcome = asking.ask(about: parts, by: clock, once: password)
      if let failure = outcome.closing?.failure { shut.withLock { $0[asking.api.id] = failure } }
      return outcome
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
          record.waitsUntil.map { (exchange, min($0, record.began.adding(days: KeyVerifier.longestWait))) }
        }
      }
      + runs.compactMap { try? $0.get() }.compactMap { run in
        // What a server in an exchange's place said is no word of the exchange, nor the other way round.
        let waits = run.waits.filter { host, _ in
          base.map { $0.authority == host } ?? !NetAddress.isLoopback(authority: host)
        }
        return waits.values.max().map { (run.provider, min($0, run.lastAt.adding(days: KeyVerifier.longestWait))) }
      }
    self.init(
      catalog: catalog, origins: try inventory.origins(), waits: Dictionary(waits) { max($0, $1) },
      net: NetProgram(beside: NetProgram.running() ?? "", environment: surroundings.environment),
      now: surroundings.now, trust: ExchangeTrust(home: try surroundings.home()), base: base)
  }
}

extension CommandError {
  fileprivate static func cannotBeAsked(_ key: String, _ why: String) -> CommandError {
    CommandError("nobody can be asked about '\(key)': \(why)", hints: [], status: .unavailable)
  }

  fileprivate static func unknownExchange(_ exchange: String, of key: String) -> CommandError {
    CommandError(
      "Keyusher does not know how '\(exchange)' is asked about '\(key)'",
      hints: [
        "it asks the ten exchanges that come with it, and others that a file 'api.yaml' in a folder of flows tells of"
      ],
      status: .unavailable)
  }

  fileprivate static func leftAlone(_ exchange: String, until moment: Timestamp) -> CommandError {
    CommandError(
      "\(exchange) wants to be left alone until \(moment.nextMinute), and is",
      hints: ["each try before then may make it longer"], status: .unavailable)
  }
}
