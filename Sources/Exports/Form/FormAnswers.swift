import FlowCore
import Records

/// The answers of a run, for the choices and holes of its form.
struct FormAnswers {
  private let state: State
  /// Where each step stands last on the way.
  private let places: [Step.ID: Int]
  /// The loop of each step that has answers of several rounds.
  private let loops: [Step.ID: Int]

  init(of record: Record) {
    state = record.state
    var loops: [Step.ID: Int] = [:]
    for (number, loop) in record.loops.enumerated() { for step in loop.steps { loops[step] = number } }
    self.loops = loops
    places = Dictionary(state.way.enumerated().map { ($1.step, $0) }, uniquingKeysWith: { $1 })
  }

  /// The options that stand at a step; none where each round has its own.
  func chosen(at step: Step.ID) -> [Option.ID] { loops[step] == nil ? state.given[step]?.answer?.ids ?? [] : [] }

  /// What the credential of a step is called in its store.
  func nameOfCredential(at step: Step.ID) -> String? {
    if case .credential(let reference)? = state.given[step]?.answer { reference.name } else { nil }
  }

  /// How the check of a step knows what it found.
  func meansOfCheck(at step: Step.ID) -> String? {
    if case .verdict(_, let means)? = state.given[step]?.answer { means } else { nil }
  }

  /// Whether a text was said at a step, as far as that is known: one with a condition only where the way has led.
  func shows(_ condition: Guard?, at step: Step.ID) -> Bool {
    condition.map { hasBeen(at: step) && $0.holds(in: state) } ?? true
  }

  /// The answer for a hole in the text of a step, in brackets; nil where it could make a false sentence.
  ///
  /// That is where the way did not lead, so that nothing was said to anybody; where the step was skipped whose answer is
  /// wanted, or blanked afterwards; and where it was answered anew later, so that the text was read with another answer, as
  /// it was in each round of a loop.
  func filling(of hole: Step.ID, asID: Bool, at step: Step.ID, in flow: Flow) -> String? {
    guard hasBeen(at: step), loops[step] == nil || loops[step] != loops[hole], let here = places[step],
      let there = places[hole], there < here,
      state.given[hole]?.answer?.isRedacted != true, let answer = state.answerText(of: hole, asID: asID, in: flow)
    else { return nil }
    return "[\(answer.onOneLine)]"
  }

  /// Whether something stands for a step, or the run stands there.
  private func hasBeen(at step: Step.ID) -> Bool {
    state.given[step] != nil || !state.hasEnded && state.current == step
  }
}
