import FlowCore
import Records

// What an index keeps of operations on keys. Whoever changes what stands here changes `RowIndex.version`.
extension IndexWriter {
  mutating func put(_ summary: OperationSummary) {
    put(summary.id)
    let operation = summary.operation
    for text in [operation.kind.rawValue, operation.key, operation.store, operation.origin] { put(text) }
    put(operation.facts.sorted { $0.key < $1.key }) { writer, fact in
      writer.put(fact.key)
      writer.put(fact.value)
    }
    put(summary.user)
    put(summary.host)
    put(summary.began)
    put(summary.outcome)
    put(summary.check) { $0.put($1) }
    put(summary.previous)
    put(summary.waitsUntil) { $0.put($1) }
    put(summary.marks) { writer, mark in
      writer.put(mark.kind.rawValue)
      writer.put(mark.key)
      writer.put(mark.identity)
      writer.put(mark.number) { $0.put($1) }
      writer.put(mark.at)
    }
  }

  private mutating func put(_ outcome: OperationRecord.Outcome) {
    let (kind, at, texts): (OutcomeKind, Timestamp?, [String?]) =
      switch outcome {
      case .done(let at, let seen, let history): (.done, at, [seen, history])
      case .failed(let at, let reason): (.failed, at, [reason])
      case .handedOver: (.handedOver, nil, [])
      case .notKnowable: (.notKnowable, nil, [])
      }
    put(kind.rawValue)
    put(at) { $0.put($1) }
    put(texts) { $0.put($1) }
  }
}

extension IndexReader {
  mutating func operationSummary() throws(Broken) -> OperationSummary {
    let id = try text()
    let operation = KeyOperation(
      try choice(as: KeyOperation.Kind.self), try text(), in: try text(), origin: try textIfPresent(),
      facts: Dictionary(
        try items { reader throws(Broken) in (try reader.text(), try reader.text()) },
        uniquingKeysWith: { _, last in last }))
    var summary = OperationSummary(
      id: id, operation, user: try text(), host: try text(), began: try moment(), outcome: try outcome(),
      check: try ifPresent { reader throws(Broken) in try reader.check() }, previous: try textIfPresent(),
      waitsUntil: try ifPresent { reader throws(Broken) in try reader.moment() })
    summary.marks = try items { reader throws(Broken) in
      KeyMark(
        try reader.choice(as: KeyMark.Kind.self), of: try reader.reference(), identity: try reader.textIfPresent(),
        number: try reader.ifPresent { number throws(Broken) in try number.number() }, at: try reader.moment())
    }
    return summary
  }

  private mutating func outcome() throws(Broken) -> OperationRecord.Outcome {
    let kind = try choice(as: OutcomeKind.self)
    let at = try ifPresent { reader throws(Broken) in try reader.moment() }
    let texts = try items { reader throws(Broken) in try reader.textIfPresent() }
    switch (kind, at, texts.count) {
    case (.done, let at?, 2): return .done(at, seen: texts[0], history: texts[1])
    case (.failed, let at?, 1): return .failed(at, reason: texts[0] ?? "")
    case (.handedOver, nil, 0): return .handedOver
    case (.notKnowable, nil, 0): return .notKnowable
    default: throw Broken()
    }
  }
}

private enum OutcomeKind: String { case done, failed, handedOver, notKnowable }
