import Ceremony
import FlowCore
import Inventory
import Records

/// The checks that the tool makes by itself, on this computer, without a network.
struct LocalChecks: Observing {
  /// The month this version was made; a clock before it is wrong.
  static let madeAfter = Timestamp(milliseconds: 1_793_491_200_000)  // 2026-11-01

  /// Whether a clock can say so: not before this version was made, nor decades after.
  static func isPlausible(_ moment: Timestamp) -> Bool {
    !(moment < madeAfter) && !(madeAfter.adding(days: 365 * 20) < moment)
  }

  var now: () -> Timestamp
  /// The other runs of a provider that gave their key a label; nil if the folder of records can't be read.
  var labelUses: (_ label: String, _ provider: String) -> LabelUses?
  /// The keys of a provider that are known here; none in a rehearsal, which is to go alike on every computer.
  var keys: (_ provider: String) -> KeySurvey
  /// The names of keys of a provider that records know; none in a rehearsal.
  var names: (_ provider: String) -> Set<String>
  /// What was said of a key when it was made or taken in.
  var recalling: (KnownKey, Flow) -> [Step.ID: String]

  /// Asks the exchange; nil where none may be asked, as in every replay.
  var asking: ((_ credential: Step.ID, State, Flow, any ObservationContext) throws -> Observation)?

  var asksExchanges: Bool { asking != nil }

  func observe(
    _ check: Check, in state: State, of flow: Flow, with context: any ObservationContext
  ) throws -> Observation {
    if case .powers(let credential) = check, let asking { return try asking(credential, state, flow, context) }
    let (verdict, means) = look(check, in: state, of: flow)
    return Observation(verdict, by: means)
  }

  func surveyKeys(in flow: Flow) -> KeySurvey { keys(flow.provider) }

  func namesInUse(in flow: Flow) -> Set<String> { names(flow.provider) }

  func recall(_ key: KnownKey, in flow: Flow) -> [Step.ID: String] { recalling(key, flow) }

  private func look(_ check: Check, in state: State, of flow: Flow) -> (Verdict, means: String) {
    switch check {
    case .shape(let step): shape(of: step, in: state)
    case .labelUnused(let step): label(of: step, in: state, of: flow)
    case .clockPlausible: clock()
    case .allNamed(let step): named(at: step, in: state)
    // The session looks into stores itself.
    case .noCopies, .copiesDeleted, .nameTaken, .named: (.notKnowable, "no store was looked into")
    // An exchange is no part of this computer.
    case .powers: (.notKnowable, RunVerification.nobodyAsked)
    }
  }

  private func shape(of step: Step.ID, in state: State) -> (Verdict, String) {
    let receipts = state.receipts[step] ?? []
    let odd = receipts.filter { $0.looksRight == .no }.map(\.part)
    let unseen = receipts.filter { $0.looksRight == .notKnowable }.map(\.part)
    if !odd.isEmpty { return (.no, "not the expected length or characters: \(odd.joined(separator: ", "))") }
    if receipts.isEmpty || !unseen.isEmpty {
      return (.notKnowable, "not pasted: \(unseen.isEmpty ? "key and secret" : unseen.joined(separator: ", "))")
    }
    return (.yes, "\(receipts.map(\.part).joined(separator: " and ")) have the expected length and characters")
  }

  private func label(of step: Step.ID, in state: State, of flow: Flow) -> (Verdict, String) {
    let label: String
    switch state.given[step]?.answer {
    case .text(let text)?: label = text
    case .redacted?: return (.notKnowable, "the label was blanked")
    default: return (.notKnowable, "no label was given")
    }
    guard let used = labelUses(label, flow.provider) else {
      return (.notKnowable, "the records of other runs can't be read")
    }
    if let twin = twin(of: step, called: label, in: state, of: flow) {
      return (.no, "step '\(twin)' of this run has the same name")
    }
    if !used.runs.isEmpty { return (.no, "run \(used.runs.joined(separator: ", ")) used this label before") }
    if used.unseenRecords > 0 {
      return (.notKnowable, "\(used.unseenRecords) \(used.unseenRecords == 1 ? "record" : "records") can't be read")
    }
    return (.yes, "no other key that was kept on record here has this name")
  }

  /// Another step of the run that names a key and says the same: a second key's label, or the key that is to be replaced.
  private func twin(of step: Step.ID, called label: String, in state: State, of flow: Flow) -> Step.ID? {
    state.given.keys.filter { $0 != step && flow[$0]?.namesKey == true }
      .sorted { $0.rawValue < $1.rawValue }
      .first { state.given[$0]?.answer == .text(label) }
  }

  private func named(at step: Step.ID, in state: State) -> (Verdict, String) {
    let left = state.keysNotNamed(at: step).map(\.name)
    if !left.isEmpty { return (.no, left.joined(separator: ", ")) }
    let count = state.knownKeys[step]?.count ?? 0
    return count == 0
      ? (.notKnowable, "no key is known here") : (.yes, "\(count == 1 ? "the key" : "all \(count) keys") known here")
  }

  private func clock() -> (Verdict, String) {
    let moment = now()
    if moment < LocalChecks.madeAfter { return (.no, "the clock says \(moment.minute), before this program was made") }
    if !LocalChecks.isPlausible(moment) {
      return (.no, "the clock says \(moment.minute), decades ahead")
    }
    return (.yes, "the clock says \(moment.minute), after this program was made")
  }
}
