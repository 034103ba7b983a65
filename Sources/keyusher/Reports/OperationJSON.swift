import FlowCore
import PlainText
import Records

/// What programs are told of an operation on a key.
extension OperationRecord {
  /// All of it.
  var json: JSON {
    let (state, ended, seen, history, reason) = outcome.told
    return .fields([
      "record": .text(id), "operation": .text(operation.kind.rawValue), "key": .text(operation.key),
      "store": .text(operation.store), "origin": .given(operation.origin),
      "facts": .array(
        operation.facts.sorted { $0.key < $1.key }.map { ["name": .text($0.key), "text": .text($0.value)] }),
      "marks": marks.isEmpty
        ? nil
        : .array(
          marks.map { mark in
            [
              "key": .text(mark.key.name ?? ""), "store": .text(mark.key.store), "mark": .text(mark.kind.rawValue),
              "at": .text(mark.at.description),
            ]
          }),
      "state": .text(state), "seen": .given(seen), "history": .given(history), "reason": .given(reason),
      "user": .text(header.user), "host": .text(header.host), "began": .text(header.began.description),
      "ended": .given(ended?.description), "finalDigest": .text(finalDigest),
    ])
  }

}

extension OperationSummary {
  /// As a row among runs.
  var row: JSON {
    let (state, ended, _, _, _) = outcome.told
    return .fields([
      "run": .text(id), "state": .text(state), "operation": .text(operation.kind.rawValue),
      "key": .text(operation.key), "store": .text(operation.store), "began": .text(began.description),
      "last": .text((ended ?? began).description), "verdict": .given(check?.verdict.rawValue),
      "asked": .given(check?.at.description),
    ])
  }

}

extension OperationRecord.Outcome {
  fileprivate var told: (state: String, ended: Timestamp?, seen: String?, history: String?, reason: String?) {
    switch self {
    case .done(let at, let seen, let history): ("done", at, seen, history, nil)
    case .failed(let at, let reason): ("failed", at, nil, nil, reason)
    case .handedOver: ("handed-over", nil, nil, nil, nil)
    case .notKnowable: ("not-knowable", nil, nil, nil, nil)
    }
  }
}
