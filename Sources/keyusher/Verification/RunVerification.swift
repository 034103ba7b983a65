import Ceremony
import FlowCore
import FlowText
import Introspection
import Inventory
import NetProtocol
import PlainText
import Records
import SecretMemory

/// Asks an exchange within a run what the key can do that was just made, and holds it against the run's own plan.
struct RunVerification {
  let run: String
  let consent: ExchangeConsent
  let verifier: KeyVerifier
  let isProxied: Bool

  /// What the exchange says of the key that was taken at a step. Throws `ObservationFailure` where it could not be asked.
  func observe(
    _ step: Step.ID, in state: State, of flow: Flow, with context: any ObservationContext
  ) throws -> Observation {
    if verifier.base == nil, consent.setting == false {
      return try unasked(RunVerification.nobodyAsked, since: "you said never", with: context)
    }
    guard case .credential(let reference)? = state.given[step]?.answer, let held = reference.name else {
      let exchange = try verifier.placeInRun(of: flow.provider, account: nil)?.pack.short ?? "the exchange"
      return try unasked("\(exchange) was not asked: your own copy is the only one", with: context)
    }
    let name = reference.isPending ? flow.name(ofCredentialAt: step, in: state) : held
    let facts = KeyFacts(of: reference, takenAt: step, since: verifier.now(), run: run, owner: nil, state, in: flow)
    guard let place = try verifier.placeInRun(of: flow.provider, account: facts.accountID) else {
      return try unasked("\(flow.provider) was not asked: how that is done is not known", with: context)
    }
    if try !mayAsk(place, with: context) {
      return try unasked(RunVerification.nobodyAsked, since: "you said never", with: context)
    }
    try verifier.settleTrust(of: place, with: context)
    try settleNonce(facts.program, at: place, with: context)
    try context.say(place.remarks + [Sentence(.body, "Asking \(verifier.base?.authority ?? place.host) ...")])
    return try context.lend(from: step) { parts in
      do {
        return try ask(
          verifier.question(
            about: parts, of: flow.provider, run: run, named: name, in: reference.store, knowing: facts),
          keptAs: held, with: context)
      } catch let error as CommandError {
        throw ObservationFailure(error.message, mayBeTriedAgain: false)
      }
    }
  }

  /// As it stands of a replay.
  static let nobodyAsked = "no exchange was asked"

  // MARK: - Private

  /// Says on the spot that nobody was asked, and why: there the answers would have stood.
  private func unasked(
    _ what: String, since why: String? = nil, with context: any ObservationContext
  ) throws -> Observation {
    let said = what.capitalizedFirst + (why.map { ": \($0)" } ?? "")
    try context.say([Sentence(.standing, "\(said).")])
    return Observation(.notKnowable, by: what)
  }

  /// - Parameter held: the name under which the key lies in its store now: the one that it is about to get may be another's.
  private func ask(
    _ question: KeyVerifier.Question, keptAs held: String, with context: any ObservationContext
  ) throws -> Observation {
    var found: KeyVerification?
    try verifier.ask(
      [question],
      password: { try context.askUnseen(OneTimePassword.question(about: $0.name, at: $0.place.pack.short)) },
      told: { found = $1 })
    guard let found else { throw ObservationFailure("nothing came of it") }
    let reports = found.events(readBy: question.place.digest, at: verifier.now())
    for var event in reports + [.checked(held, found.told)] {
      event.key = held
      context.report(event)
    }
    try context.say([.blank] + found.sentences(at: verifier.now(), next: .inRun))
    switch found.result {
    // Its list did its work, and nothing was told of its rights.
    case .asPlanned where found.verdict == nil: return Observation(.notKnowable, by: found.report)
    case .asPlanned: return Observation(.yes, by: found.report)
    case .differs: return Observation(.no, by: found.report)
    case .refused: return Observation(.refused, by: found.report)
    case .noPlan, .untold: return Observation(.notKnowable, by: found.report)
    case .notAsked: throw ObservationFailure(found.causes)
    }
  }

  /// Asks whether a program may be shut out. Throws `ObservationFailure` if the exchange is not to be asked for that.
  private func settleNonce(
    _ program: String?, at place: KeyVerifier.Place, with context: any ObservationContext
  ) throws {
    let risk = verifier.nonceRisk(for: program, at: place)
    switch risk {
    case .none: return
    case .shutsOut(let program):
      throw ObservationFailure(CommandError.shutsOut(program).message, mayBeTriedAgain: false)
    case .unknown: break
    }
    try context.say(risk.sentences)
    var asking = Question(.check, at: nil, .yesOrNo, text: risk.question)
    asking.standard = Question.Default("no", words: "no")
    guard ["y", "yes"].contains(try context.ask(asking).lowercased()) else {
      throw ObservationFailure(NonceRisk.notAsked, mayBeTriedAgain: false)
    }
  }

  /// Whether exchanges may be asked at all, which is asked once for a home. Throws `ObservationFailure` for "not now".
  private func mayAsk(_ place: KeyVerifier.Place, with context: any ObservationContext) throws -> Bool {
    // What stays on this computer needs no leave.
    if verifier.base != nil { return true }
    if let setting = consent.setting { return setting }
    try context.say(
      ExchangeConsent.sentences(
        hosts: [place.host], elsewhere: place.otherHosts, sending: place.api.sends, hasOwn: place.own != nil,
        isProxied: isProxied))
    var asking = Question(.check, at: nil, .choose, text: "May exchanges be asked?")
    asking.choices = [
      Question.Choice(id: "yes", title: "yes, from now on", number: 1),
      Question.Choice(id: "never", title: "never", number: 2),
      Question.Choice(id: "later", title: "not now", number: 3),
    ]
    asking.standard = Question.Default("later", words: "not now")
    while true {
      do {
        switch try context.ask(asking).lowercased() {
        case "1", "yes", "y":
          try consent.keep("yes")
          return true
        case "2", "never":
          try consent.keep("never")
          return false
        case "3", "later", "": throw ObservationFailure("you did not want it asked now", mayBeTriedAgain: false)
        default:
          asking.problem = Sentence(.problem, "There is no such answer here.")
          asking.isRepeated = true
        }
      } catch let error as CommandError {
        throw ObservationFailure(error.message)
      }
    }
  }
}
