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
  let net: NetProcesses
  /// A server on this computer in place of the exchange.
  var base: NetAddress?
  /// What may be signed, for an exchange that did not come with Keyusher: `keyusher-net` has no rows of it. Nil for one that did.
  var ownPart: NetworkPart?
  /// The way through another computer; nil: from this one.
  var way: SSHForwarding?
  var asker = Asker()
  /// Nil: as fast as it goes, for a server on this computer.
  var pace: RequestPace?

  /// Asks for the exchange's time, by a request that is not signed, and sees whether the two clocks are too far apart for one
  /// that is.
  func clock() -> ClockReading {
    var reading = ClockReading()
    do throws(KeyFailure) {
      let reply = try send(asking(ExchangeAPI.Clock.request, at: environment))
      reading.asked = Asked(request: ExchangeAPI.Clock.request, host: reply.host, at: reply.began, digest: reply.digest)
      let moment = try api.time(in: KeyAnswer(reply)).get()
      // A clock of whole seconds tells no more than that it is within one.
      let offset = ClockOffset(
        moment, countedIn: api.clock.unit == .seconds ? 1_000 : 1, asked: reply.began, answered: reply.ended)
      reading.asked?.clock = offset
      let (ahead, seconds) = (offset.ahead, abs(offset.ahead) / 1000)
      if let most = offset.limit(of: api.clock), seconds >= most {
        let side = ahead > 0 ? "behind" : "ahead"
        throw KeyFailure(
          [.clock], came: "by its clock this computer is \(seconds) seconds \(side); the limit is \(most)")
      }
      // Where only the order counts, that is kept by one clock alone.
      reading.ahead = api.nonce == nil ? ahead : 0
    } catch {
      reading.failure = error
    }
    return reading
  }

  /// Asks everything there is to ask.
  ///
  /// - Parameters:
  ///   - clock: what `clock` said, which has not failed.
  ///   - password: the key's one-time password.
  func ask(about parts: [String: SecretBytes], by clock: ClockReading, once password: SecretBytes? = nil) -> Outcome {
    var course = Course(parts: parts, ahead: clock.ahead, password: password)
    course.outcome.asked = [clock.asked].compactMap(\.self)
    var place = environment
    for request in api.firstRequests {
      do throws(KeyFailure) {
        try ask(request, at: place, &course)
      } catch {
        if !course.outcome.isAccepted, error.triesOthers, base == nil,
          let other = tryOthers(request, after: error, &course)
        {
          place = other
          continue
        }
        course.outcome.failure = course.outcome.failure ?? ruledOut(error, course.outcome)
        course.outcome.wantsPassword =
          password == nil && request.takesPassword && error.causes.contains(.oneTimePassword)
        guard course.outcome.isAccepted else { return course.outcome }
        course.outcome.observations += untold(by: request, error)
        if error.pause != nil { break }
      }
    }
    course.outcome.observations = api.settled(course.outcome.observations)
    return course.outcome
  }

  // MARK: - Private

  /// With what it is asked, and what came of it so far.
  private struct Course {
    let parts: [String: SecretBytes]
    let ahead: Int
    let password: SecretBytes?
    /// What later requests take on from answers.
    var taken: [String: String] = [:]
    var outcome = Outcome()
  }

  /// How many other hosts are tried: a signed request each.
  private static let mostOthers = 4

  private func ask(
    _ request: ExchangeAPI.Request, at place: ExchangeAPI.Environment, _ course: inout Course
  ) throws(KeyFailure) {
    var request = request
    // Once, and no further: two requests that name each other would go round for ever.
    for _ in 0..<2 {
      let reply = try send(asking(request, at: place, course))
      course.outcome.isProxied = course.outcome.isProxied || reply.isProxied
      try refuseEcho(of: course.parts, in: reply)
      var asked = Asked(request: request.id, host: reply.host, at: reply.began, digest: reply.digest)
      asked.hasPassword = request.takesPassword && course.password != nil
      defer { course.outcome.asked.append(asked) }
      let key = publicPart.flatMap { course.parts[$0] }.map { $0.publicPrefix($0.count) }
      switch api.reading(of: KeyAnswer(reply), to: request, key: key, now: (reply.ended + course.ahead) / 1000) {
      case .told(let told):
        asked.observations = told.observations
        course.outcome.observations += told.observations
        course.outcome.isAccepted = course.outcome.isAccepted || told.isAccepted
        course.taken.merge(told.taken) { _, new in new }
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
    _ request: ExchangeAPI.Request, after refusal: KeyFailure, _ course: inout Course
  ) -> ExchangeAPI.Environment? {
    course.outcome.tries = [Try(environment: environment, failure: refusal)]
    let others = environment.others.compactMap { api.environment($0) }.filter { $0.unasked == nil }
    for other in others.prefix(KeyQuestioning.mostOthers) {
      var here = course
      do throws(KeyFailure) {
        try ask(request, at: other, &here)
        guard here.outcome.isAccepted else { throw KeyFailure([.unreadable], came: "no sign that the key was taken") }
        course = here
        course.outcome.tries.append(Try(environment: other))
        return other
      } catch {
        // Of what it said nothing counts but that it was asked.
        course.outcome.asked = here.outcome.asked
        course.outcome.isProxied = here.outcome.isProxied
        course.outcome.tries.append(Try(environment: other, failure: error))
        // One that shuts us out is not asked further, nor are the others.
        if error.pause != nil { return nil }
      }
    }
    return nil
  }

  /// A refusal without the causes that it can't have, since all others refuse the key alike.
  private func ruledOut(_ refusal: KeyFailure, _ outcome: Outcome) -> KeyFailure {
    let tried = outcome.tries.dropFirst()
    guard !tried.isEmpty, tried.count == environment.others.count,
      tried.allSatisfy({ $0.failure?.triesOthers == true })
    else { return refusal }
    var failure = refusal
    failure.causes.removeAll(where: refusal.ruledOut.contains)
    return failure
  }

  /// An answer that holds a secret part is not read: nothing of it may come to a screen or a record.
  private func refuseEcho(of parts: [String: SecretBytes], in reply: NetReply) throws(KeyFailure) {
    for (name, secret) in parts where name != publicPart && secret.count >= 4 {
      if reply.body.contains(secret) {
        throw KeyFailure([.unreadable], came: "the answer holds the part '\(name)' itself, and was not read")
      }
    }
  }

  private func asking(
    _ request: ExchangeAPI.Request, at place: ExchangeAPI.Environment, _ course: Course
  ) -> KeyRequest {
    var question = asking(request.id, at: place)
    question.parts = course.parts.sorted { $0.key < $1.key }.map { KeyRequest.Part($0.key, $0.value) }
    question.ahead = course.ahead
    if request.takesPassword { question.oneTimePassword = course.password }
    for parameter in request.parameters where parameter.taken != nil {
      question.parameters[parameter.name] = course.taken[parameter.name]
    }
    return question
  }

  private func asking(_ request: String, at place: ExchangeAPI.Environment) -> KeyRequest {
    var question = KeyRequest(api.id, place.id, request)
    question.row = ownPart?.row(request, at: place.id).map(KeyRequest.OwnRow.init)
    question.socket = way?.socket(to: base?.server ?? place.server)
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

extension KeyRequest.OwnRow {
  fileprivate init(_ row: NetworkPart.Row) {
    self.init(
      row.schemeName, row.method.rawValue, row.host, row.path,
      row.parameters.compactMap { parameter in
        switch parameter.value {
        case .key: .key(parameter.name)
        case .taken: .digits(parameter.name)
        case .once: nil
        }
      }, once: row.parameters.first { $0.value == .once }?.name, mark: row.mark)
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
