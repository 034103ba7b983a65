public import FlowCore
public import Records

/// An entry that a store lists, and what its name alone tells.
public struct ListedEntry: Equatable, Sendable {
  public var reference: CredentialReference
  /// The exchange and the key's label, of an entry that has a key's name.
  public var exchange: String?
  public var label: String?
  /// The run that wrote it, of one that waits for its name.
  public var run: String?

  public init(_ reference: CredentialReference, exchange: String? = nil, label: String? = nil, run: String? = nil) {
    self.reference = reference
    self.exchange = exchange
    self.label = label
    self.run = run
  }
}

extension Inventory {
  /// The keys of an exchange that runs made and kept, and of which none says since that they are gone, the newest first, each
  /// name once; then those that were taken in, and those that only stores know. Records that can't be read know none.
  ///
  /// - Parameter entries: what the stores of this computer list.
  /// - Returns: the keys, with the copies that records tell to be theirs; and by name what stores have besides that may be one.
  public func knownKeys(
    of provider: String, except run: String? = nil, among entries: [ListedEntry] = []
  ) throws -> (keys: [KnownKey], doubtful: [String: [CredentialReference]]) {
    var found: [(key: KnownKey, at: Timestamp)] = []
    var gone: [String: Timestamp] = [:]
    for other in try folder.runs() where other != run {
      guard let contents = try? folder.read(other, sentences: false), contents.header.flowID.hasPrefix(provider + "/"),
        let flow = try? flow(of: contents.header)
      else { continue }
      if contents.keptCredential { found += contents.keys(madeBy: flow) }
      gone.merge(contents.keys(endedBy: flow)) { max($0, $1) }
    }
    found.removeAll { key, at in gone[key.name].map { at < $0 } ?? false }
    found.sort { ($1.at, $0.key.name) < ($0.at, $1.key.name) }
    var names: Set<String> = []
    let made = found.map(\.key).filter { names.insert($0.name).inserted }
    return entries.isEmpty
      ? (made.map(\.withoutCopies), [:]) : try joining(made, to: entries, of: provider, except: run)
  }

  /// Says of each key where stores have it now, and adds those that no run made.
  private func joining(
    _ made: [KnownKey], to entries: [ListedEntry], of provider: String, except run: String?
  ) throws -> (keys: [KnownKey], doubtful: [String: [CredentialReference]]) {
    let origins = try origins()
    var keys = made.map(\.withoutCopies)
    var adopted: [String: (key: KnownKey, identities: Set<String>)] = [:]
    var doubtful: [String: [CredentialReference]] = [:]
    for entry in entries {
      if let summary = origins[entry.reference] ?? entry.run.flatMap({ origins[run: $0] }) {
        guard summary.run != run, summary.provider == provider else { continue }
        let first = origins.first(of: entry.reference)
        let places = made.indices.filter { made[$0].run == summary.run }
        let only = entry.run != nil && places.count == 1 ? places.first : nil
        if let place = places.first(where: { made[$0].copies.contains(first) }) ?? only {
          keys[place].copies.append(entry.reference)
        }
        continue
      }
      let adoption = origins.adoption(of: entry.reference)
      let facts = adoption.flatMap { _ in origins.facts(of: entry.reference) }
      guard (facts?.exchange ?? entry.exchange) == provider, let label = facts?.label ?? entry.label else { continue }
      // What only a name tells is never taken for a key that is to be deleted.
      guard let identity = origins.identity(of: entry.reference) else {
        doubtful[label, default: []].append(entry.reference)
        continue
      }
      let key = KnownKey(
        name: label, operation: adoption?.id, takenIn: adoption?.began.day, listed: facts?.listed,
        program: facts?.program, owner: facts?.owner)
      adopted[label, default: (key, [])].key.copies.append(entry.reference)
      adopted[label]?.identities.insert(identity)
    }
    var others = Set(doubtful.keys).map { KnownKey(name: $0) }
    for (label, (key, identities)) in adopted {
      // Two keys of one label are told apart by nothing that the page shows.
      if identities.count > 1 || keys.contains(where: { $0.name == label }) {
        doubtful[label, default: []] += key.copies
        others.append(key.withoutCopies)
      } else {
        others.removeAll { $0.name == label }
        others.append(key)
      }
    }
    let named = Set(keys.map(\.name))
    var seen: Set<String> = []
    others = others.sorted { $0.name < $1.name }.filter { !named.contains($0.name) && seen.insert($0.name).inserted }
    return (keys + others, doubtful)
  }

  /// What was said of a key by the run that made it, or when it was taken in, by the steps of a flow, as a script says it. Of
  /// two keys that a run made nothing says which is meant: then it is none.
  public func answers(about key: KnownKey, in asking: Flow) throws -> [Step.ID: String] {
    guard let run = key.run else {
      let facts = try key.operation.flatMap { try operation(of: $0) }?.operation.facts ?? [:]
      return asking.answers(saying: facts)
    }
    let contents = try folder.read(run)
    let flow = try flow(of: contents.header)
    guard flow.steps.count(where: { $0.role == .label }) == 1 else { return [:] }
    let given = contents.folded(in: flow).0.given
    return given.filter { id, given in given.answer.map { flow[id]?.isUnsaid($0) == false } ?? false }
      .compactMapValues { $0.answer?.inScript }
  }
}

extension JournalContents {
  /// Whether a credential was kept in it.
  var keptCredential: Bool {
    entries.contains { if case .credentialHeld = $0.event { true } else { false } }
  }

  /// The keys of a run: the first name that it gave belongs to the first credential that it took, and so on.
  fileprivate func keys(madeBy flow: Flow) -> [(key: KnownKey, at: Timestamp)] {
    let (state, kept) = folded(in: flow)
    return zip(flow.steps.filter { $0.role == .label }, flow.steps.filter(\.isCredential)).compactMap { label, taken in
      guard case .text(let name)? = state.given[label.id]?.answer, let (at, place) = kept[taken.id],
        case .credential? = state.given[taken.id]?.answer
      else { return nil }
      let facts = KeyFacts(
        of: place, takenAt: taken.id, since: at, run: header.run, owner: header.owner, state, in: flow)
      let key = KnownKey(
        name: name, run: header.run, made: at.day, listed: facts.listed, program: facts.program, owner: facts.owner,
        copies: [place])
      return (key, at)
    }
  }

  /// The keys that a run says are gone, and when it was last at work.
  fileprivate func keys(endedBy flow: Flow) -> [String: Timestamp] {
    guard flow.steps.contains(where: \.endsKey) else { return [:] }
    let (state, _) = folded(in: flow)
    return zip(state.way, state.keysAlongWay(in: flow)).reduce(into: [:]) { gone, place in
      if flow[place.0.step]?.endsKey == true, place.0.given?.answer == .yes { gone[place.1] = lastAt }
    }
  }

  /// Whether the run has no end yet.
  public func isUnfinished(in flow: Flow) -> Bool {
    var state = State(rules: header.rules)
    for entry in entries { _ = reduce(&state, entry.event, in: flow) }
    return !state.hasEnded
  }

  /// Where the run came to, and when and where it kept each credential.
  func folded(in flow: Flow) -> (State, kept: [Step.ID: (at: Timestamp, place: CredentialReference)]) {
    var state = State(rules: header.rules)
    var kept: [Step.ID: (at: Timestamp, place: CredentialReference)] = [:]
    for entry in entries {
      for case .say(.stands(let step, let given)) in reduce(&state, entry.event, in: flow) {
        if case .credential(let place) = given.answer { kept[step] = (entry.at, place) }
      }
    }
    return (state, kept)
  }
}

extension Flow {
  /// The answers that say what was said in free words when a key was taken in, where the flow has them.
  fileprivate func answers(saying facts: [String: String]) -> [Step.ID: String] {
    var answers: [Step.ID: String] = [:]
    for step in steps where step.recalls {
      guard let role = step.role, !step.namesKey, let text = facts[role.rawValue] else { continue }
      guard let options = step.options else {
        answers[step.id] = text
        continue
      }
      let word = text.lowercased()
      answers[step.id] =
        options.options.first { option in
          option.id == word || option.title.filled(from: State(), in: self).lowercased() == word
        }?.id
    }
    return answers
  }
}

extension KnownKey {
  /// The key as its run alone tells: where it is by now only stores know.
  fileprivate var withoutCopies: KnownKey {
    var key = self
    key.copies = []
    return key
  }
}
