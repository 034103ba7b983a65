import FlowCore
import PlainText
public import Records

// What records say of operations on keys.
extension Framing {
  /// An operation in a list: one line.
  public static func line(of record: OperationSummary) -> Sentence {
    Sentence(.option, "\(record.id) \(record.operation.headline), \(record.began.minute)\(record.shortOutcome)")
  }

  /// What was done with a key, by whom, and what was seen of it.
  public static func page(of record: OperationRecord) -> [Sentence] {
    let (header, operation) = (record.header, record.operation)
    var sentences = [Sentence(.heading, "\(operation.headline)\(record.summary.shortOutcome)")]
    sentences.append(
      Sentence(.body, "By \(display(header.user)) on \(display(header.host)), \(header.began.minute)."))
    if let origin = operation.origin {
      let place = operation.kind == .receive ? ", on the computer that it came from" : ""
      sentences.append(Sentence(.body, "The key was made by run \(display(origin))\(place)."))
    }
    let told = KeyOperation.factsInOrder.compactMap { name, title in
      operation.facts[name].map { text in
        Sentence(.body, "\(title): \(display(name == "digest" ? grouped(text) : text))")
      }
    }
    sentences += told
    if let previous = record.previous {
      sentences.append(Sentence(.body, "The key that had the name before is now: \(display(previous))"))
    }
    sentences += record.reports.flatMap(lines)
    sentences += record.entries.compactMap { markLine($0) }
    switch record.outcome {
    case .done(_, let seen, let history):
      if let seen { sentences.append(Sentence(.standing, "Keyusher saw: \(display(seen))")) }
      if let history { sentences.append(Sentence(.warning, "Still there: \(display(history))")) }
    case .failed(_, let reason): sentences.append(Sentence(.problem, "It failed: \(display(reason))"))
    case .handedOver: break
    case .notKnowable where operation.kind == .compromise:
      sentences.append(Sentence(.warning, "It is not finished: 'keyusher compromise' goes on."))
    case .notKnowable where operation.kind == .offboard:
      sentences.append(Sentence(.warning, "It is not finished: 'keyusher offboard' shows what is left."))
    case .notKnowable: sentences.append(Sentence(.warning, Framing.nobodyCanTell))
    }
    return sentences + [Sentence(.source, "Final digest: \(grouped(record.finalDigest))")]
  }

  /// What an exchange told in one answer, and what it did not.
  private static func lines(of report: KeyEvent) -> [Sentence] {
    let host = report.by.map { display($0) } ?? "The exchange"
    let told = report.facts.filter { !KeyEvent.aboutTheAnswer.contains($0.key) }.sorted { $0.key < $1.key }
    return told.map { Sentence(.body, "\(host) says: \(display($0.key)): \(display($0.value))") }
      + report.unknown.sorted { $0.key < $1.key }.map {
        Sentence(.body, "Nobody can tell: \(display($0.key)): \(display($0.value))")
      }
  }

  /// What was said of a key, when; nil of any other entry.
  private static func markLine(_ entry: Entry) -> Sentence? {
    guard case .key(_, let event) = entry.event, event.isMark else { return nil }
    return Sentence(.standing, "\(entry.at.minute) \(display(event.words))")
  }

  /// Every line of the record with its number, as `keyusher redact` wants it.
  public static func lines(of record: OperationRecord) -> [Sentence] {
    let header = record.header
    let first = Sentence(
      .option,
      "1 \(header.began.minute) begun: \(record.operation.headline), by \(display(header.user)) on \(display(header.host))"
    )
    return [first] + record.entries.map(line)
  }

  private static let nobodyCanTell = """
    Nobody can tell from the record what became of it: keyusher was stopped. 'keyusher key list' shows what is there now.
    """
}

extension KeyOperation {
  /// What was done with which key.
  fileprivate var headline: String {
    let (key, store) = (display(key), display(store))
    let (to, toStore) = result
    return switch kind {
    case .adopt: "Key taken in: \(display(to)), into \(store)"
    case .keep: "Copy kept: \(key) as \(display(to)), in \(store)"
    case .rename: "Key renamed: \(key) to \(display(to)), in \(store)"
    case .copy: "Key copied: \(key), from \(store) to \(display(toStore))"
    case .forget: "Copy deleted: \(key), from \(store)"
    case .exec: "Key given to a program: \(key), from \(store)"
    case .config: "Key written in plain text for a program: \(key), from \(store)"
    case .send: "Key sent: \(key), from \(store)"
    case .receive: "Key received: \(display(to)), into \(store)"
    case .verify: "Key asked about: \(key), from \(store)"
    case .snooze: "Snoozed until \(display(facts["until"] ?? "")): \(key.isEmpty ? display(origin ?? "") : key)"
    case .done: "Said to be done: \(key.isEmpty ? "what run \(display(origin ?? "")) reminds of" : key)"
    case .offboard: "Somebody leaves: \(display(facts["person"] ?? ""))"
    case .compromise: "Keys exposed: \(display(facts["what"] ?? "some"))"
    }
  }
}

extension OperationSummary {
  /// How it ended, where that is worth a word in a list.
  fileprivate var shortOutcome: String {
    switch outcome {
    case .done: check.map { ": \($0.verdict.words)" } ?? ""
    case .failed: ": failed"
    case .handedOver: ""
    case .notKnowable:
      [.compromise, .offboard].contains(operation.kind) ? ": not finished" : ": its end is not on record"
    }
  }
}

extension KeyOperation {
  /// The facts that are told, each with its title.
  fileprivate static let factsInOrder = [
    ("exchange", "Exchange"), ("label", "Called at the exchange"), ("listed", "Listed there as"),
    ("account", "Account"), ("purpose", "Purpose"),
    ("program", "Program"), ("owner", "Owner"),
    ("until", "Until"), ("reason", "Why"), ("recipient", "For"), ("file", "File"), ("digest", "Digest"),
    ("environment", "Host"),
    ("base", "Asked in the exchange's place"), ("via", "Asked through"),
  ]
}
