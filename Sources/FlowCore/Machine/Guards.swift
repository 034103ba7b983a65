extension Guard {
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
    // A refusal is a no: a flow that does not tell the two apart must not go on.
    case .isOne(let ids): ids.contains { answer.ids == [$0] } || answer.isRefusal && ids.contains(Verdict.no.rawValue)
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

extension Array {
  /// The values that hold where a run stands.
  public func holding<Value>(in state: State) -> [Value] where Element == Conditional<Value> {
    filter { $0.guardCondition.holds(in: state) }.map(\.value)
  }

  /// The first value that holds where a run stands.
  public func first<Value>(in state: State) -> Value? where Element == Conditional<Value> {
    first { $0.guardCondition.holds(in: state) }?.value
  }
}
