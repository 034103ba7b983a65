/// A condition on earlier answers, as data.
public indirect enum Guard: Equatable, Sendable {
  case all([Guard])
  case any([Guard])
  case not(Guard)
  /// A condition on the answer that stands for one step.
  case answer(Step.ID, Condition)

  public enum Condition: Equatable, Sendable {
    /// The option, the text, `yes`/`no`, or the verdict is one of these.
    case isOne(of: [String])
    /// The selection has one of these at least.
    case includes([Option.ID])
    /// The selection has something that is none of these.
    case beyond([Option.ID])
    /// The selection has something that another step's selection has not.
    case exceeds(Step.ID)
    /// The selection has not everything that another step's selection has.
    case lacks(Step.ID)
    case skipped
    /// The step was answered or skipped.
    case asked
  }

  /// The steps whose answers it looks at.
  public var reads: [Step.ID] {
    switch self {
    case .all(let guards), .any(let guards): guards.flatMap(\.reads)
    case .not(let inner): inner.reads
    case .answer(let id, .exceeds(let other)), .answer(let id, .lacks(let other)): [id, other]
    case .answer(let id, _): [id]
    }
  }
}
