import FlowCore

// What is known of keys, as texts by name.
extension Fields {
  mutating func set(_ keys: [KnownKey]) {
    let known = keys.map { key in
      var facts = ["run": key.run, "made": key.made]
      facts["listed"] = key.listed
      return (key.name, facts)
    }
    set("keys", keys.map(\.name))
    set("known", Dictionary(known, uniquingKeysWith: { first, _ in first }))
    let answers = keys.filter { !$0.answers.isEmpty }.map { key in
      (key.name, Dictionary(uniqueKeysWithValues: key.answers.map { ($0.rawValue, $1) }))
    }
    if !answers.isEmpty { set("answers", Dictionary(answers, uniquingKeysWith: { first, _ in first })) }
  }

  /// The keys; none where they were blanked.
  var knownKeys: [KnownKey] {
    get throws(Fault) {
      if isRedacted { return [] }
      let (known, answers) = (try mapsIfPresent("known"), try mapsIfPresent("answers"))
      return try texts("keys").compactMap { name in
        guard let facts = known[name], let run = facts["run"], let made = facts["made"] else { return nil }
        return KnownKey(
          name: name, run: run, made: made, listed: facts["listed"],
          answers: (answers[name] ?? [:]).reduce(into: [:]) { $0[Step.ID($1.key)] = $1.value })
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
