import FlowCore

// What is known of keys: names, and what belongs to each in the same order.
extension Fields {
  mutating func set(_ keys: [KnownKey]) {
    set("keys", keys.map(\.name))
    set("runs", keys.map(\.run))
    set("made", keys.map(\.made))
    set("listed", keys.map { $0.listed ?? "" })
    set(
      "answers",
      keys.enumerated().reduce(into: [String: [String: String]]()) { answers, entry in
        if entry.element.answers.isEmpty { return }
        let texts = entry.element.answers.map { ($0.rawValue, $1) }
        answers["\(entry.offset + 1)"] = Dictionary(texts, uniquingKeysWith: { first, _ in first })
      })
  }

  /// The keys; none where they were blanked.
  var knownKeys: [KnownKey] {
    get throws(Fault) {
      if isRedacted { return [] }
      let (names, runs, made, listed) = (try texts("keys"), try texts("runs"), try texts("made"), try texts("listed"))
      guard Set([names.count, runs.count, made.count, listed.count]).count == 1 else { throw .malformed }
      let answers = try mapsIfPresent("answers")
      return names.indices.map { place in
        KnownKey(
          name: names[place], run: runs[place], made: made[place], listed: listed[place].isEmpty ? nil : listed[place],
          answers: (answers["\(place + 1)"] ?? [:]).reduce(into: [:]) { $0[Step.ID($1.key)] = $1.value })
      }
    }
  }

  mutating func set(_ event: KeyEvent) {
    set("key", event.key)
    set("by", event.by)
    set("facts", event.facts)
    if !event.unknown.isEmpty { set("unknown", event.unknown) }
  }

  func keyEvent(_ kind: KeyEvent.Kind) throws(Fault) -> Event {
    .key(
      try textIfPresent("step").map { Step.ID($0) },
      KeyEvent(
        kind, key: try textIfPresent("key"), by: try textIfPresent("by"), facts: try mapIfPresent("facts"),
        unknown: try mapIfPresent("unknown")))
  }
}

extension KeyEvent.Kind {
  var inJournal: EventKind {
    switch self {
    case .reported: .keyReported
    case .operated: .keyOperated
    case .dated: .keyDated
    }
  }
}
