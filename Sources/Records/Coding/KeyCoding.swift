import FlowCore

// What is known of keys: names, and what belongs to each in the same order.
extension Fields {
  mutating func set(_ keys: [KnownKey]) {
    set("keys", keys.map(\.name))
    set("runs", keys.map { $0.run ?? "" })
    set("made", keys.map { $0.made ?? "" })
    set("listed", keys.map { $0.listed ?? "" })
    for (name, text) in KnownKey.textsInJournal where keys.contains(where: { $0[keyPath: text] != nil }) {
      set(name + "s", keys.map { $0[keyPath: text] ?? "" })
    }
    if keys.contains(where: { !$0.copies.isEmpty }) { set("copies", keys.map(\.copiesInJournal)) }
  }

  /// The keys; none where they were blanked.
  var knownKeys: [KnownKey] {
    get throws(Fault) {
      if isRedacted { return [] }
      let (names, runs, made, listed) = (try texts("keys"), try texts("runs"), try texts("made"), try texts("listed"))
      let copies = values["copies"] == nil ? names.map { _ in "" } : try texts("copies")
      guard Set([names.count, runs.count, made.count, listed.count, copies.count]).count == 1 else { throw .malformed }
      var keys = names.indices.map { place in
        KnownKey(
          name: names[place], run: runs[place].unlessEmpty, made: made[place].unlessEmpty,
          listed: listed[place].unlessEmpty, copies: KnownKey.copies(inJournal: copies[place]))
      }
      for (name, text) in KnownKey.textsInJournal where values[name + "s"] != nil {
        let column = try texts(name + "s")
        guard column.count == keys.count else { throw .malformed }
        for place in keys.indices { keys[place][keyPath: text] = column[place].unlessEmpty }
      }
      return keys
    }
  }

  mutating func set(_ key: KnownKey) {
    set("key", key.name)
    set("run", key.run)
    set("made", key.made)
    set("listed", key.listed)
    for (name, text) in KnownKey.textsInJournal { set(name, key[keyPath: text]) }
  }

  var knownKey: KnownKey {
    get throws(Fault) {
      var key = KnownKey(
        name: try text("key"), run: try textIfPresent("run"), made: try textIfPresent("made"),
        listed: try textIfPresent("listed"))
      for (name, text) in KnownKey.textsInJournal { key[keyPath: text] = try textIfPresent(name) }
      return key
    }
  }

  mutating func set(recalled answers: [Step.ID: String]) {
    set("answers", Dictionary(answers.map { ($0.rawValue, $1) }, uniquingKeysWith: { first, _ in first }))
  }

  /// The answers; none where they were blanked.
  var recalledAnswers: [Step.ID: String] {
    get throws(Fault) {
      isRedacted ? [:] : try mapIfPresent("answers").reduce(into: [:]) { $0[Step.ID($1.key)] = $1.value }
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

// A program, and what it needs for each purpose, in the same order.
extension Fields {
  mutating func set(_ program: ProgramProposal) {
    set("program", program.name)
    set("title", program.title)
    set("purposes", program.needs.map(\.purpose))
    set("permissions", program.needs.map { $0.permissions.joined(separator: ",") })
    set("why", program.needs.map(\.why))
    set("sources", program.needs.map(\.source))
  }

  var program: ProgramProposal {
    get throws(Fault) {
      let (purposes, permissions) = (try texts("purposes"), try texts("permissions"))
      let (why, sources) = (try texts("why"), try texts("sources"))
      guard Set([purposes.count, permissions.count, why.count, sources.count]).count == 1 else { throw .malformed }
      let needs = purposes.indices.map { place in
        ProgramProposal.Need(
          purpose: purposes[place], permissions: permissions[place].split(separator: ",").map(String.init),
          why: why[place], source: sources[place])
      }
      return ProgramProposal(name: try text("program"), title: try text("title"), needs: needs)
    }
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

// Where a key's copies are: a line each of the store's id, a space, and the name.
extension KnownKey {
  /// What else is known of it: a list of several keys has it under the name with an s, if any of them has it.
  fileprivate static var textsInJournal: [(name: String, text: WritableKeyPath<KnownKey, String?>)] {
    [("operation", \.operation), ("takenIn", \.takenIn), ("program", \.program), ("owner", \.owner)]
  }

  fileprivate var copiesInJournal: String {
    copies.map { "\($0.store) \($0.name ?? "")" }.joined(separator: "\n")
  }

  fileprivate static func copies(inJournal text: String) -> [CredentialReference] {
    text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      return words.count == 2 ? CredentialReference(store: words[0], name: words[1]) : nil
    }
  }
}

extension String {
  fileprivate var unlessEmpty: String? { isEmpty ? nil : self }
}
