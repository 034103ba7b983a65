public import FlowCore
import Records

extension Inventory {
  /// The keys of an exchange that runs made and kept, and of which none says since that they are gone: the newest first, each
  /// name once. Records that can't be read know none.
  public func knownKeys(of provider: String, except run: String? = nil) throws -> [KnownKey] {
    var found: [(key: KnownKey, at: Timestamp)] = []
    var gone: [String: Timestamp] = [:]
    for other in try folder.runs() where other != run {
      guard let contents = try? folder.read(other), contents.header.flowID.hasPrefix(provider + "/"),
        let flow = try? flow(of: contents.header)
      else { continue }
      if contents.keptCredential { found += contents.keys(madeBy: flow) }
      gone.merge(contents.keys(endedBy: flow)) { max($0, $1) }
    }
    found.removeAll { key, at in gone[key.name].map { at < $0 } ?? false }
    found.sort { ($1.at, $0.key.name) < ($0.at, $1.key.name) }
    var names: Set<String> = []
    return found.map(\.key).filter { names.insert($0.name).inserted }
  }

  /// What the run that made a key said of it, by step, as a script says it. Of two keys that it made nothing says which is
  /// meant: then it is none.
  public func answers(about key: KnownKey) throws -> [Step.ID: String] {
    let contents = try folder.read(key.run)
    let flow = try flow(of: contents.header)
    guard flow.steps.count(where: { $0.role == .label }) == 1 else { return [:] }
    return contents.folded(in: flow).0.given.compactMapValues { $0.answer?.inScript }
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
      guard case .text(let name)? = state.given[label.id]?.answer, let at = kept[taken.id],
        case .credential? = state.given[taken.id]?.answer
      else { return nil }
      let listed = state.receipts[taken.id]?.lazy.compactMap(\.publicPart).first
      return (KnownKey(name: name, run: header.run, made: at.day, listed: listed), at)
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

  /// Where the run came to, and when it kept each credential.
  fileprivate func folded(in flow: Flow) -> (State, kept: [Step.ID: Timestamp]) {
    var state = State(rules: header.rules)
    var kept: [Step.ID: Timestamp] = [:]
    for entry in entries {
      for case .say(.stands(let step, let given)) in reduce(&state, entry.event, in: flow) {
        if case .credential = given.answer { kept[step] = entry.at }
      }
    }
    return (state, kept)
  }
}
