import FlowCore

/// What reading notes down for the proofs that need the whole flow.
struct LintNotes {
  /// A condition as a whole, and where it stands.
  struct NotedGuard {
    var condition: Guard
    var place: Place
    /// The step that has it, by its place in the file; 0 while that is read.
    var by = 0
    /// Whether it is looked at after that step's own answer.
    var afterwards: Bool
  }

  /// A list of which the first whose guard holds is taken.
  struct GuardList {
    enum Manner { case next, standard }

    struct Entry {
      /// Its place among the guards; nil without `when`.
      var guardIndex: Int?
      var place: Place
    }

    /// The step that has it.
    var by = 0
    var manner: Manner
    var entries: [Entry]
    var place: Place
  }

  /// A day on which a source was looked at.
  struct SourceDay {
    var number: Int
    var place: Place
  }

  /// Every mention of one step by another, to be looked at once all steps are known.
  var mentions: [Mention] = []
  /// The warnings that some step resolves, to be looked for among all of them.
  var resolved: [(code: String, place: Place)] = []
  var guards: [NotedGuard] = []
  var lists: [GuardList] = []
  /// The mentions, by their place among all, that count only where their step was asked.
  var covered: Set<Int> = []
  /// The days of each source.
  var sources: [[SourceDay]] = []

  /// Adds what was noted of one step.
  mutating func add(_ other: LintNotes, ofStep step: Int) {
    let (mentionsBefore, guardsBefore) = (mentions.count, guards.count)
    covered.formUnion(other.covered.map { $0 + mentionsBefore })
    resolved += other.resolved
    sources += other.sources
    for var mention in other.mentions {
      mention.by = step
      mentions.append(mention)
    }
    for var noted in other.guards {
      noted.by = step
      guards.append(noted)
    }
    for var list in other.lists {
      list.by = step
      for index in list.entries.indices { list.entries[index].guardIndex? += guardsBefore }
      lists.append(list)
    }
  }

  /// Notes a list, once each of its entries was read.
  ///
  /// - Parameter firstGuard: how many guards were noted before its entries.
  mutating func note(_ manner: GuardList.Manner, _ node: TextNode, firstGuard: Int) {
    guard case .list(let nodes) = node.content else { return }
    var next = firstGuard
    var entries: [GuardList.Entry] = []
    for node in nodes {
      guard case .mapping(let fields) = node.content else { return }
      let hasGuard = fields.contains { $0.key == "when" }
      if hasGuard, next == guards.count { return }
      entries.append(
        GuardList.Entry(guardIndex: hasGuard ? next : nil, place: hasGuard ? guards[next].place : node.place))
      if hasGuard { next += 1 }
    }
    // A guard that could not be read leaves nothing to prove.
    guard next == guards.count else { return }
    lists.append(GuardList(manner: manner, entries: entries, place: node.place))
  }
}

extension Guard {
  /// The steps of which it looks whether they were asked; of very many the first ones.
  var askedSteps: Set<Step.ID> {
    var found: Set<Step.ID> = []
    var open: [Guard] = [self]
    while let current = open.popLast(), found.count < 64 {
      switch current {
      case .all(let guards), .any(let guards): open += guards
      case .not(let inner): open.append(inner)
      case .answer(let id, .asked): found.insert(id)
      case .answer: break
      }
    }
    return found
  }

  /// Whether no look at a step's answer counts where that step was not asked, since a look at `asked` decides there:
  /// `all: [{step: X, asked: true}, ...]`, or `any: [{step: X, asked: false}, ...]`.
  func asksFirst(_ id: Step.ID) -> Bool {
    switch self {
    case .answer(_, .asked): return true
    case .answer: return !reads.contains(id)
    case .not(let inner): return inner.asksFirst(id)
    case .all(let guards), .any(let guards):
      let deciding = if case .all = self { false } else { true }
      if let decider = guards.first(where: { $0.value(whereUnasked: id) == deciding }) { return decider.asksFirst(id) }
      return guards.allSatisfy { $0.asksFirst(id) }
    }
  }

  /// What it comes to where a step was not asked, by its looks at `asked` alone.
  private func value(whereUnasked id: Step.ID) -> Bool? {
    switch self {
    case .answer(id, .asked): return false
    case .answer: return nil
    case .not(let inner): return inner.value(whereUnasked: id).map { !$0 }
    case .all(let guards), .any(let guards):
      let deciding = if case .all = self { false } else { true }
      let values = guards.map { $0.value(whereUnasked: id) }
      if values.contains(deciding) { return deciding }
      return values.contains(nil) ? nil : !deciding
    }
  }
}
