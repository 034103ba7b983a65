import FlowText
import Glibc
import HelperPrograms
import Introspection
import NetProtocol
import PlainText
import Records
import SecretMemory

/// Asks an exchange what a key can do, request by request, and reads the answers. It only reads there.
struct KeyQuestioning: Sendable {
  let api: ExchangeAPI
  let environment: ExchangeAPI.Environment
  /// The part that is the key's public name.
  let publicPart: String?
  let net: NetProgram
  /// A server on this computer in place of the exchange, and the file of certificates to trust for it.
  var base: NetAddress?
  var authorityFile: String?
  /// The way through another computer; nil: from this one.
  var way: SSHForwarding?
  /// Whether it came with Keyusher. Of another's, `keyusher-net` has no rows: they are made of what its file says.
  var isShipped = true
  var asker = Asker()
  /// Nil: as fast as it goes, for a server on this computer.
  var pace: RequestPace?

  /// What came of it.
  struct Outcome: Sendable {
    /// One for each fact; empty where nothing was told.
    var observations: [KeyObservation] = []
    /// Why it told nothing, or not all of it.
    var failure: KeyFailure?
    var asked: [Asked] = []
    /// Whether the exchange took the key and its signature.
    var isAccepted = false
    var isProxied = false
    /// Where the key turned out to live, if that is not where it was looked for.
    var foundAt: ExchangeAPI.Environment?
  }

  /// One request that was answered.
  struct Asked: Sendable {
    var request: String
    var host: String
    /// By this computer's clock, in milliseconds since 1970.
    var at: Int
    var digest: String
    var observations: [KeyObservation] = []
  }

  /// How far the exchange's clock is ahead of this computer's, in milliseconds, by a request that is not signed.
  ///
  /// - Throws: `KeyFailure` where it was not told, or where the two are so far apart that nothing is to be signed.
  func clock() throws(KeyFailure) -> Int {
    let reply = try send(asking("clock", path: api.clock.path, at: environment, isSigned: false))
    let moment = try api.time(in: KeyAnswer(reply)).get()
    let own = (reply.began + reply.ended) / 2
    // A clock of whole seconds tells no more than that it is within one.
    let ahead = min(max(own, moment), moment + (api.clock.unit == .seconds ? 999 : 0)) - own
    let (isBehind, seconds) = (ahead > 0, abs(ahead) / 1000)
    if let most = isBehind ? api.clock.behind : api.clock.ahead, seconds >= most {
      throw KeyFailure(
        [.clock],
        came: "by its clock this computer is \(seconds) seconds \(isBehind ? "behind" : "ahead"); the limit is \(most)")
    }
    // Where nothing comes too late only the order counts, and that is kept by one clock alone.
    return api.clock.behind == nil ? 0 : ahead
  }

  /// Asks everything there is to ask.
  ///
  /// - Parameter ahead: what `clock` said.
  func ask(about parts: [String: SecretBytes], ahead: Int) -> Outcome {
    var outcome = Outcome()
    var taken: [String: String] = [:]
    var place = environment
    for request in api.firstRequests {
      do throws(KeyFailure) {
        try ask(request, at: place, parts, ahead, &taken, &outcome)
      } catch {
        if !outcome.isAccepted, error.triesOthers, base == nil,
          let other = tryOthers(request, parts, ahead, &taken, &outcome)
        {
          place = other
          outcome.foundAt = other
          continue
        }
        outcome.failure = outcome.failure ?? error
        guard outcome.isAccepted else { return outcome }
        outcome.observations += untold(by: request, error)
        if error.pause != nil { break }
      }
    }
    outcome.observations = api.settled(outcome.observations)
    return outcome
  }

  // MARK: - Private

  /// How many other hosts are tried: a signed request each.
  private static let mostOthers = 4

  private func ask(
    _ request: ExchangeAPI.Request, at place: ExchangeAPI.Environment, _ parts: [String: SecretBytes], _ ahead: Int,
    _ taken: inout [String: String], _ outcome: inout Outcome
  ) throws(KeyFailure) {
    var request = request
    // Once, and no further: two requests that name each other would go round for ever.
    for _ in 0..<2 {
      var question = asking(
        request.id, path: request.path, at: place, isSigned: true, request.parameters.map(\.name))
      question.parts = parts.sorted { $0.key < $1.key }.map { KeyRequest.Part($0.key, $0.value) }
      question.ahead = ahead
      for parameter in request.parameters where parameter.taken != nil {
        question.parameters[parameter.name] = taken[parameter.name]
      }
      let reply = try send(question)
      outcome.isProxied = outcome.isProxied || reply.isProxied
      try refuseEcho(of: parts, in: reply)
      var asked = Asked(request: request.id, host: reply.host, at: reply.began, digest: reply.digest)
      defer { outcome.asked.append(asked) }
      let key = publicPart.flatMap { parts[$0] }.map { $0.publicPrefix($0.count) }
      switch api.reading(of: KeyAnswer(reply), to: request, key: key, now: (reply.ended + ahead) / 1000) {
      case .told(let told):
        asked.observations = told.observations
        outcome.observations += told.observations
        outcome.isAccepted = outcome.isAccepted || told.isAccepted
        taken.merge(told.taken) { _, new in new }
        return
      case .askInstead(let id):
        guard let other = api.request(id) else { throw KeyFailure([.mode], came: "HTTP \(reply.status)") }
        request = other
      case .failed(let failure): throw failure.withoutClock
      }
    }
    throw KeyFailure([.mode], came: "each of two requests sent it to the other")
  }

  /// The other host of the company at which the key lives: the only one that takes it.
  private func tryOthers(
    _ request: ExchangeAPI.Request, _ parts: [String: SecretBytes], _ ahead: Int, _ taken: inout [String: String],
    _ outcome: inout Outcome
  ) -> ExchangeAPI.Environment? {
    for id in environment.others.prefix(KeyQuestioning.mostOthers) {
      guard let other = api.environment(id) else { continue }
      do throws(KeyFailure) {
        try ask(request, at: other, parts, ahead, &taken, &outcome)
        if outcome.isAccepted { return other }
      } catch {
        // One that shuts us out is not asked further, nor are the others.
        if error.pause != nil {
          outcome.failure = error
          return nil
        }
      }
    }
    return nil
  }

  /// An answer that holds a secret part is not read: nothing of it may come to a screen or a record.
  private func refuseEcho(of parts: [String: SecretBytes], in reply: NetReply) throws(KeyFailure) {
    for (name, secret) in parts where name != publicPart && secret.count >= 4 {
      let isThere = reply.body.withBytes { body in secret.withBytes { body.firstRange(of: $0) != nil } }
      if isThere {
        throw KeyFailure([.unreadable], came: "the answer holds the part '\(name)' itself, and was not read")
      }
    }
  }

  private func asking(
    _ request: String, path: String, at place: ExchangeAPI.Environment, isSigned: Bool, _ query: [String] = []
  ) -> KeyRequest {
    var question = KeyRequest(api.id, place.id, request)
    question.socket = way?.socket(to: base?.server ?? place.server)
    if !isShipped {
      let host = String(place.host.dropFirst("https://".count))
      question.row = KeyRequest.OwnRow(isSigned ? api.scheme.rawValue : "unsigned", host, path, query)
    }
    return question
  }

  private func untold(by request: ExchangeAPI.Request, _ failure: KeyFailure) -> [KeyObservation] {
    let why = failure.causes.map { CauseWords($0, at: api.id, from: asker).what }.joined(separator: ", or ")
    return request.facts.map {
      KeyObservation($0.fact, .notKnowable("'\(request.id)' was refused: \(why)"), from: request.id)
    }
  }

  private func send(_ question: KeyRequest) throws(KeyFailure) -> NetReply {
    var question = question
    question.base = base
    question.authorityFile = authorityFile
    if let pause = pace?.next(), pause > .zero { pause.sleep() }
    let answer: NetAnswer
    do throws(HelperError) { answer = try net.ask(question) } catch {
      throw KeyFailure([error.isTimeout ? .timedOut : .program], came: error.what)
    }
    switch answer {
    case .answered(let reply) where (300..<400).contains(reply.status):
      throw KeyFailure([.redirected], came: "HTTP \(reply.status)" + (reply.location.map { " to \($0.host)" } ?? ""))
    case .answered(let reply): return reply
    case .failed(let failure):
      if let way, let obstacle = way.obstacle() {
        throw KeyFailure([.noConnection], came: "\(way.host) says: \(obstacle)")
      }
      throw KeyFailure(failure)
    case .unbuilt(let reason): throw KeyFailure(reason)
    }
  }
}

extension NetAddress {
  /// Host and port, as ssh names whom it opens a way to.
  var server: String { "\(host):\(port)" }
}

extension ExchangeAPI.Environment {
  /// The same.
  var server: String { "\(host.dropFirst("https://".count)):443" }
}

extension Duration {
  fileprivate func sleep() {
    var time = timespec(
      tv_sec: Int(components.seconds), tv_nsec: Int(components.attoseconds / 1_000_000_000))
    // A signal that is none of ours shortens no wait.
    while withUnsafeMutablePointer(to: &time, { nanosleep($0, $0) }) != 0, errno == EINTR {}
  }
}

extension HelperError {
  fileprivate var isTimeout: Bool { if case .timedOut = self { true } else { false } }
}

extension KeyAnswer {
  fileprivate init(_ reply: NetReply) {
    self.init(
      status: reply.status, contentType: reply.contentType, retryAfter: reply.retryAfter,
      body: reply.body.withBytes { Array($0) })
  }
}

extension NetReply {
  /// The SHA-256 of the body, in hexadecimal.
  fileprivate var digest: String { hexadecimalSHA256(of: body.withBytes { Array($0) }) }
}

extension KeyFailure {
  /// The same after the clocks were compared: one of several causes that it can't be any more.
  fileprivate var withoutClock: KeyFailure {
    guard causes.count > 1 else { return self }
    var failure = self
    failure.causes.removeAll { $0 == .clock }
    return failure
  }
}
