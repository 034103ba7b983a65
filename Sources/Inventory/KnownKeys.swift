public import FlowCore
import Records

extension Inventory {
  /// The keys of an exchange that runs made and kept, the newest first, each name once; records that can't be read know none.
  public func knownKeys(of provider: String, except run: String? = nil) throws -> [KnownKey] {
    var found: [(key: KnownKey, at: Timestamp)] = []
    for other in try folder.runs() where other != run {
      guard let contents = try? folder.read(other), contents.header.flowID.hasPrefix(provider + "/"),
        contents.keptCredential, let flow = try? flow(of: contents.header)
      else { continue }
      found += contents.keys(madeBy: flow)
    }
    found.sort { ($1.at, $0.key.name) < ($0.at, $1.key.name) }
    var names: Set<String> = []
    return found.map(\.key).filter { names.insert($0.name).inserted }
  }
}

extension JournalContents {
  /// Whether a credential was kept in it.
  var keptCredential: Bool {
    entries.contains { if case .credentialHeld = $0.event { true } else { false } }
  }

  /// The keys of a run: the first name that it gave belongs to the first credential that it took, and so on. What was said of a
  /// key is told of the only one; of two, nothing says which is meant.
  fileprivate func keys(madeBy flow: Flow) -> [(key: KnownKey, at: Timestamp)] {
    var state = State(rules: header.rules)
    var kept: [Step.ID: Timestamp] = [:]
    for entry in entries {
      for case .say(.stands(let step, let given)) in reduce(&state, entry.event, in: flow) {
        if case .credential = given.answer { kept[step] = entry.at }
      }
    }
    let labels = flow.steps.filter { $0.role == .label }.map(\.id)
    let credentials = flow.steps.filter(\.isCredential).map(\.id)
    let answers =
      labels.count > 1
      ? [:]
      : flow.steps.filter(\.describesKey).reduce(into: [Step.ID: String]()) { answers, step in
        answers[step.id] = state.given[step.id]?.answer?.inScript
      }
    return zip(labels, credentials).compactMap { label, credential in
      guard case .text(let name)? = state.given[label]?.answer, let at = kept[credential],
        case .credential? = state.given[credential]?.answer
      else { return nil }
      let listed = state.receipts[credential]?.lazy.compactMap(\.publicPart).first
      return (KnownKey(name: name, run: header.run, made: at.day, listed: listed, answers: answers), at)
    }
  }
}
