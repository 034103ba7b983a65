public import FlowCore
import PlainText

extension Record {
  /// Something that happened to the run as a whole, or became known of its key, beside the answers.
  public struct Moment: Equatable, Sendable {
    public var at: Timestamp
    /// Where the run stood.
    public var step: Step.ID?
    public var what: String
  }

  /// The run's interruptions and resumptions, and what became known of keys, in their order. Records of format 1 have none:
  /// each of these is an exception there, or is told beside.
  public var timeline: [Moment] {
    if header.format < 2 { return [] }
    var state = State(rules: header.rules)
    return entries.compactMap { entry in
      let isRunning = state.phase == .running && state.current != nil
      let here = state.current
      _ = reduce(&state, entry.event, in: flow)
      let what: String
      switch entry.event {
      case .suspended(let interruption): what = interruption.words
      case .resumed(let resumption):
        let by = "resumed by \(resumption.performer ?? resumption.user) on \(resumption.host)"
        what = isRunning ? "\(Interruption.lost.words); \(by)" : by
      case .discarded(let reason): what = "ended with keyusher discard: \(reason)"
      case .key(_, let event): what = event.words
      default: return nil
      }
      return Moment(at: entry.at, step: here, what: what)
    }
  }
}
