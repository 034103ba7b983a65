/// What lists tell of an operation on a key, and what follows from it for the keys: all of its record but the single entries.
public struct OperationSummary: Equatable, Sendable {
  /// The record's id.
  public var id: String
  public var operation: KeyOperation
  /// The login name and the host where it was done.
  public var user: String
  public var host: String
  public var began: Timestamp
  public var outcome: OperationRecord.Outcome
  /// What asking about the key came to; nil of other operations.
  public var check: KeyCheck?
  /// What the key is called now whose place was taken; nil if none was.
  public var previous: String?
  /// Until when the exchange is to be left alone, if it said so, or its rules do.
  public var waitsUntil: Timestamp?
  /// What was said of keys, in order.
  public var marks: [KeyMark] = []

  public init(
    id: String, _ operation: KeyOperation, user: String, host: String, began: Timestamp,
    outcome: OperationRecord.Outcome, check: KeyCheck? = nil, previous: String? = nil, waitsUntil: Timestamp? = nil
  ) {
    (self.id, self.operation, self.user, self.host, self.began) = (id, operation, user, host, began)
    (self.outcome, self.check, self.previous, self.waitsUntil) = (outcome, check, previous, waitsUntil)
  }
}

extension OperationRecord {
  public var summary: OperationSummary {
    var summary = OperationSummary(
      id: id, operation, user: header.user, host: header.host, began: header.began, outcome: outcome, check: check,
      previous: previous, waitsUntil: waitsUntil)
    summary.marks = marks
    return summary
  }
}
