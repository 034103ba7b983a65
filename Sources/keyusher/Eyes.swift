import Ceremony
import FlowCore
import Records

/// The checks that the tool makes by itself, on this computer, without a network.
struct Eyes: Looking {
  /// The month this version was made; a clock before it is wrong.
  static let madeAfter = Timestamp(milliseconds: 1_793_491_200_000)  // 2026-11-01

  var now: () -> Timestamp
  /// The runs, other than this one, that used a text as the answer of a step of a flow; nil if they can't be read.
  var runsUsing: (_ text: String, _ step: Step.ID, _ flow: String) -> [String]?

  func look(_ check: Check, in state: State, of flow: Flow) -> (Verdict, means: String) {
    switch check {
    case .shape(let step): shape(of: step, in: state)
    case .labelUnused(let step): label(of: step, in: state, of: flow)
    case .clockPlausible: clock()
    }
  }

  private func shape(of step: Step.ID, in state: State) -> (Verdict, String) {
    let receipts = state.receipts[step] ?? []
    let odd = receipts.filter { $0.looksRight == .no }.map(\.part)
    let unseen = receipts.filter { $0.looksRight == .notKnowable }.map(\.part)
    if !odd.isEmpty { return (.no, "not the documented length or characters: \(odd.joined(separator: ", "))") }
    if receipts.isEmpty || !unseen.isEmpty {
      return (.notKnowable, "not pasted: \(unseen.isEmpty ? "key and secret" : unseen.joined(separator: ", "))")
    }
    return (.yes, "\(receipts.map(\.part).joined(separator: " and ")) have the documented length and characters")
  }

  private func label(of step: Step.ID, in state: State, of flow: Flow) -> (Verdict, String) {
    guard case .text(let label)? = state.given[step]?.answer else { return (.notKnowable, "no label was given") }
    guard let runs = runsUsing(label, step, flow.id) else {
      return (.notKnowable, "the records of other runs can't be read")
    }
    guard runs.isEmpty else { return (.no, "run \(runs.joined(separator: ", ")) used this label before") }
    return (.yes, "no other record on this computer has this label")
  }

  private func clock() -> (Verdict, String) {
    let moment = now()
    if moment < Eyes.madeAfter { return (.no, "the clock says \(moment.minute), before this program was made") }
    if Eyes.madeAfter.adding(days: 365 * 20) < moment { return (.no, "the clock says \(moment.minute), decades ahead") }
    return (.yes, "the clock says \(moment.minute), after this program was made")
  }
}
