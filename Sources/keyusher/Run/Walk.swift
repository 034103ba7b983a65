import Ceremony
import FlowCore
import HelperPrograms
import Inventory
import NetProtocol
import PlainText
import Records
import Stores

/// Walks a run from its beginning, or from where it was left, to its end or the next stop.
struct Walk {
  let surroundings: Surroundings
  let catalog: FlowCatalog
  let records: RecordFolder
  let console: Console
  /// Makes the stores, which ask whoever is given.
  let stores: (any PassphraseAsking) throws -> StoreRegistry
  var brief = false
  /// Whether at the end only its outcome is shown.
  var isQuiet = false
  /// Whether nothing of a run is left at its end, so that nobody can go on with it.
  var isThrownAway = false
  /// A server on this computer that is asked in an exchange's place.
  var base: NetAddress?

  /// Begins a run of a flow.
  ///
  /// - Parameters:
  ///   - key: the key that the run is for, which its flow is to ask for.
  ///   - program: the program that it is for.
  func begin(
    _ flowID: String, key: String? = nil, for program: ProgramProposal? = nil, people: RunPeople,
    conversation: any Conversation,
    script: ScriptConversation? = nil
  ) throws -> ExitStatus {
    let (flow, text) = try catalog.flow(flowID)
    if key != nil, !flow.steps.contains(where: \.namesKnownKey) { throw CommandError.asksForNoKey(flowID) }
    let header = try header(of: flow, text: text, people: people)
    let log = JournalLog(
      making: { [records, surroundings] in try records.create(header, random: surroundings.randomBytes) }, of: flow,
      now: surroundings.now)
    let session = session(flow, run: header.run, log, conversation, isReplay: script != nil)
    session.keyAtHand = key
    script?.observe = { session.state }
    let opening = Framing.opening(of: flow, run: header.run, brief: brief, isThrownAway: isThrownAway)
    let conclusion = try session.begin(opening: opening, for: program)
    return try finish(session, log, conclusion, script: script)
  }

  /// Goes on with a run, with the flow text that it began with.
  func resume(_ run: String, performer: String?, conversation: any Conversation) throws -> ExitStatus {
    let (journal, contents) = try opened(run)
    let flow = try inventory.flow(of: contents.header)
    var state = State(rules: contents.header.rules)
    for entry in contents.entries { _ = reduce(&state, entry.event, in: flow) }
    guard !state.hasEnded else {
      throw CommandError("run \(run) has ended", hints: ["'keyusher show \(run)' prints it"], status: .noInput)
    }
    let changed =
      !FlowCatalog.isShipped(contents.header) && catalog[flow.id] != nil
      && (try? catalog.flow(flow.id).flow) != flow
    let log = JournalLog(journal, of: flow, now: surroundings.now)
    let session = session(flow, state: state, run: run, log, conversation)
    let resumption = Resumption(
      user: surroundings.user, host: surroundings.host, performer: performer, toolVersion: surroundings.toolVersion,
      flowChanged: changed,
      bytesCut: contents.tornBytes)
    let opening = Framing.resuming(
      flow, run: run, flowChanged: changed, bytesCut: contents.tornBytes, brief: brief)
    return try finish(session, log, try session.resume(resumption, opening: opening))
  }

  /// Walks a flow by a script without leaving anything on disk.
  func rehearse(_ flowID: String, script: ScriptConversation) throws -> ExitStatus {
    let (flow, text) = try catalog.flow(flowID)
    let log = MemoryLog(now: surroundings.now)
    let session = session(flow, run: nil, log, script)
    script.observe = { session.state }
    let conclusion = try session.begin(opening: Framing.opening(of: flow, run: nil, brief: brief))
    if case .ended = conclusion {
      let record = log.record(of: flow, text, by: surroundings)
      console.show(isQuiet ? Framing.result(record) : Framing.rehearsed(record))
    }
    if case .suspended(.signal(let number)) = conclusion { throw Interrupted(signal: number) }
    return try conclude(conclusion, run: nil, script: script) ?? .suspended
  }

  // MARK: - Private

  /// The journal of a run, and what it says, if it holds together.
  private func opened(_ run: String) throws -> (Journal, JournalContents) {
    do {
      let (journal, contents, damage) = try records.openAudited(run, random: surroundings.randomBytes)
      if let damage { throw CommandError.damaged(run, damage) }
      return (journal, contents)
    } catch let error as JournalError {
      // What can't be read is told as an audit tells it.
      if let damage = try? records.audit(run).damage { throw CommandError.damaged(run, damage) }
      throw error
    }
  }

  /// The header of a new run, whose id is free.
  private func header(of flow: Flow, text: String, people: RunPeople) throws -> RunHeader {
    try records.prepare()
    for _ in 0..<Walk.idTries {
      let run = surroundings.newRunID()
      if try records.has(run) { continue }
      return RunHeader(
        run: run, flowID: flow.id, flowVersion: flow.version, flowTitle: flow.title, flowText: text,
        flowDigest: catalog.digest(of: flow.id), toolVersion: surroundings.toolVersion,
        user: surroundings.user, host: surroundings.host, performer: people.performer, owner: people.owner,
        reference: people.reference, began: surroundings.now())
    }
    throw CommandError(
      "no free id was found for the run", hints: ["unset KEYUSHER_TEST_ID, or move old records away"], status: .failed)
  }

  private static let idTries = 100

  private var inventory: Inventory {
    let inventory = Inventory(records, program: surroundings.program, readFlow: FlowCatalog.flow)
    inventory.keepsIndex = false
    return inventory
  }

  private func session(
    _ flow: Flow, state: State = State(), run: String?, _ log: any EventLog, _ conversation: any Conversation,
    isReplay: Bool = false
  ) -> Session {
    let inventory = inventory
    var checks = LocalChecks(now: surroundings.now) { label, provider in
      try? inventory.uses(ofLabel: label, provider: provider, except: run)
    } keys: { provider in
      run == nil ? KeySurvey() : survey(of: provider, except: run, inventory)
    } names: { provider in
      run.flatMap { run in try? inventory.origins().names(of: provider, except: run) } ?? []
    } recalling: { key, flow in
      (try? inventory.answers(about: key, in: flow)) ?? [:]
    }
    if let run, !isReplay {
      checks.asking = { [self] step, state, flow, context in
        try verification(in: run, inventory).observe(step, in: state, of: flow, with: context)
      }
    }
    let keeping: any CredentialKeeping =
      run.map {
        RunStores(run: $0, surroundings: surroundings, console: console, registry: stores) { reference in
          let origins = try inventory.origins(except: run)
          return origins[reference] != nil || origins.adoption(of: reference) != nil
        }
      }
      ?? RehearsedStores { try stores(ReferredPassphrases(opening: nil, new: nil)).survey }
    let adapters = Session.Adapters(
      conversation: conversation, log: log, stores: keeping, observing: checks,
      opening: Browser(environment: surroundings.environment))
    return Session(flow: flow, state: state, adapters: adapters, brief: brief, isThrownAway: isThrownAway)
  }

  private func verification(in run: String, _ inventory: Inventory) throws -> RunVerification {
    do {
      let home = try surroundings.home()
      return RunVerification(
        run: run, consent: ExchangeConsent(home: home, setting: try Configuration(home: home).asksExchanges),
        verifier: try KeyVerifier(catalog, inventory, surroundings, base: base),
        isProxied: NetProgram.usesProxy(surroundings.environment))
    } catch let error as CommandError {
      throw ObservationFailure(error.message)
    }
  }

  /// The keys of an exchange that records and stores know.
  private func survey(of provider: String, except run: String?, _ inventory: Inventory) -> KeySurvey {
    do {
      let registry = try stores(ReferredPassphrases(opening: nil, new: nil))
      let (entries, unseen) = registry.entries(beside: try inventory.origins())
      let (keys, doubtful) = try inventory.knownKeys(of: provider, except: run, among: entries)
      return KeySurvey(keys: keys, unseen: unseen, doubtful: doubtful)
    } catch {
      let why = (error as? any DescribedError).map(\.what) ?? (error as? CommandError)?.message
      return KeySurvey(unseen: ["the records can't be looked through" + (why.map { ": \($0)" } ?? "")])
    }
  }

  private func finish(
    _ session: Session, _ log: JournalLog, _ conclusion: Session.Conclusion, script: ScriptConversation? = nil
  ) throws -> ExitStatus {
    if case .ended = conclusion {
      let journal = try log.open()
      let contents = try records.read(journal.run)
      let record = Record(
        header: contents.header, entries: contents.entries, flow: session.flow, finalDigest: contents.finalDigest)
      close(record, path: isThrownAway ? nil : records.path(of: journal.run))
    }
    if let status = try conclude(conclusion, run: log.journal?.run, script: script) { return status }
    if !isThrownAway {
      console.show(
        log.journal.map { journal in
          isQuiet
            ? Framing.saved(run: journal.run, askedAt: base?.text, brief: brief)
            : Framing.left(run: journal.run, askedAt: base?.text, brief: brief, digest: journal.finalDigest)
        } ?? Framing.leftAtOnce)
    }
    if case .suspended(.signal(let number)) = conclusion { throw Interrupted(signal: number) }
    return .suspended
  }

  private func close(_ record: Record, path: String?) {
    console.show(isQuiet ? Framing.result(record) : Framing.closing(record, path: path))
  }

  /// The status of a conclusion, or a error; nil if the run was left and can be resumed.
  private func conclude(
    _ conclusion: Session.Conclusion, run: String?, script: ScriptConversation?
  ) throws -> ExitStatus? {
    let command = run.map { Framing.resuming(run: $0, askedAt: base?.text, brief: brief) }
    let resume = command.map { ", or go on in a terminal: \($0)" } ?? ""
    switch conclusion {
    case .ended(let outcome):
      if let divergence = script?.finish(outcome) { throw CommandError(divergence, resume: nil) }
      return outcome == .completed ? .completed : .endedEarly
    case .suspended(.quit) where script?.isPerson == false:
      // What a script says behind its ':quit' is not passed over in silence.
      if let divergence = script?.finish(nil) { throw CommandError(divergence, resume: command) }
      return nil
    case .suspended: return nil
    case .missing(let step, let key):
      let remedy =
        script == nil ? "give '\(key)' on a line of its own" : "add '\(key): …' to the script, or --ask-missing"
      throw CommandError(
        "step '\(step)' has no answer and nobody can be asked", hints: [remedy + resume], status: .answerMissing)
    case .diverged(let divergence): throw CommandError(divergence, resume: command)
    }
  }
}

extension CommandError {
  fileprivate static func asksForNoKey(_ flow: String) -> CommandError {
    CommandError(
      "the flow '\(flow)' asks for no key that is there already", hints: ["leave out --key"], status: .usage)
  }

  /// - Parameter command: goes on with the run.
  init(_ divergence: Divergence, resume command: String?) {
    let place = divergence.place.map { "\($0): " } ?? ""
    self.init(
      place + divergence.message,
      hints: [divergence.hint, command.map { "or go on in a terminal: \($0)" }].compactMap { $0 },
      status: .wrongInput)
  }
}
