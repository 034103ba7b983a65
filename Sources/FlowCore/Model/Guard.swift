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

  /// Whether it holds. A step without an answer satisfies no condition but `skipped` and `asked`, if it was skipped.
  public func holds(in state: State) -> Bool {
    switch self {
    case .all(let guards): guards.allSatisfy { $0.holds(in: state) }
    case .any(let guards): guards.contains { $0.holds(in: state) }
    case .not(let inner): !inner.holds(in: state)
    case .answer(let id, .skipped): state.given[id]?.isSkipped ?? false
    case .answer(let id, .asked): state.given[id] != nil
    case .answer(let id, let condition): state.given[id]?.answer.map { condition.holds(for: $0, in: state) } ?? false
    }
  }
}

extension Guard.Condition {
  fileprivate func holds(for answer: Answer, in state: State) -> Bool {
    switch self {
    case .isOne(let ids): ids.contains { answer.ids == [$0] }
    case .includes(let ids): ids.contains { answer.ids.contains($0) }
    case .beyond(let ids): answer.ids.contains { !ids.contains($0) }
    case .exceeds(let other): !Set(answer.ids).isSubset(of: state.given[other]?.answer?.ids ?? [])
    case .lacks(let other): !Set(state.given[other]?.answer?.ids ?? []).isSubset(of: answer.ids)
    case .skipped, .asked: false
    }
  }
}

extension Guard? {
  /// No guard always holds.
  public func holds(in state: State) -> Bool { self?.holds(in: state) ?? true }
}
