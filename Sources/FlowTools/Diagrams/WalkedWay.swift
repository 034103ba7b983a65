public import FlowCore

/// The way that a run took through its flow, as it stands: what was taken back with `:back` or at the review is no part of it.
public struct WalkedWay: Equatable, Sendable {
  public enum Standing: Equatable, Sendable {
    case notBegun
    /// The run can be resumed here.
    case unfinished(at: Step.ID)
    /// The run ended here: at an end of the flow, or, discarded, at a step.
    case ended(Outcome, at: Step.ID?)
  }

  /// The run's id.
  public let run: String
  /// The steps in the order of the way; a step in a loop stands here once for each time it was come to.
  let steps: [Step.ID]
  let standing: Standing

  public init(run: String, state: State) {
    self.run = run
    steps = state.way.map(\.step)
    if case .ended(let outcome, let step, _) = state.phase {
      standing = .ended(outcome, at: step)
    } else {
      standing = state.current.map { .unfinished(at: $0) } ?? .notBegun
    }
  }

  /// Where the run is, in a line.
  var caption: String {
    switch standing {
    case .notBegun: "Run \(run): not begun"
    case .unfinished(let step): "Run \(run): unfinished, at \(step)"
    case .ended(let outcome, let step): "Run \(run): \(outcome.rawValue)" + (step.map { ", at \($0)" } ?? "")
    }
  }

  /// What a picture says at a step where the run is; nil at all others. An end tells its outcome itself.
  func remark(at step: Step) -> String? {
    switch standing {
    case .unfinished(step.id): "the run stands here"
    case .ended(let outcome, step.id?): "the run ended here" + (step.isEnd ? "" : ": \(outcome.rawValue)")
    default: nil
    }
  }
}
