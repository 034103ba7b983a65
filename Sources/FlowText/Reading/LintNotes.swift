package import FlowCore

/// What a step says of another, and where.
package struct Mention {
  package enum Manner {
    /// Its answer stands in a text.
    case answer
    /// A condition looks at its answer; the places are those of the ids, in their order.
    case condition(Guard.Condition, places: [Place])
    /// A check looks at it.
    case kind(StepKind)
    /// The run goes there.
    case target
  }

  package var id: Step.ID
  /// The step that says it, by its place in the file; 0 while that is read.
  package var by = 0
  /// Whether it counts only after that step's own answer.
  package var afterwards: Bool
  package var manner: Manner
  package var place: Place
}

/// What reading notes down for those who look at the whole flow.
package struct LintNotes {
  /// A condition as a whole, and where it stands.
  package struct NotedGuard {
    package var condition: Guard
    package var place: Place
    /// The step that has it, by its place in the file; 0 while that is read.
    package var by = 0
    /// Whether it is looked at after that step's own answer.
    package var afterwards: Bool
    /// What it says of other steps, by the place among all mentions.
    package var mentions: Range<Int>
  }

  /// A list of which the first whose guard holds is taken.
  package struct GuardList {
    package enum Manner { case next, standard }

    package struct Entry {
      /// Its place among the guards; nil without `when`.
      package var guardIndex: Int?
      package var place: Place
    }

    /// The step that has it.
    package var by = 0
    package var manner: Manner
    package var entries: [Entry]
    package var place: Place
  }

  /// A day on which a source was looked at.
  package struct SourceDay {
    package var number: Int
    package var place: Place
  }

  /// A text that must fit a screen.
  package struct ScreenText {
    package var paragraphs: [(text: Template, place: Place)]
    package var place: Place
    /// Whether it is what a step says, whose paragraphs are to be short.
    package var isSaid: Bool
  }

  /// Every mention of one step by another, to be looked at once all steps are known.
  package var mentions: [Mention] = []
  /// The warnings that some step resolves, to be looked for among all of them.
  package var resolved: [(code: String, place: Place)] = []
  package var guards: [NotedGuard] = []
  /// Which mentions, by their place among all, stand in a text that is said only under a condition.
  package var guardedMentions: [(condition: Guard, mentions: Range<Int>)] = []
  package var lists: [GuardList] = []
  /// The days of each source.
  package var sources: [[SourceDay]] = []
  package var screenTexts: [ScreenText] = []
  /// The texts that may hold addresses, and whether they are nothing but one.
  package var addresses: [(text: String, place: Place, isWhole: Bool)] = []
  /// The hosts that such texts lead to, once they were looked at.
  package var hosts: [(host: String, place: Place)] = []
  /// Where findings about each step point.
  package var stepPlaces: [Place] = []

  /// Adds what was noted of one step.
  mutating func add(_ other: LintNotes, ofStep step: Int, at place: Place) {
    let (mentionsBefore, guardsBefore) = (mentions.count, guards.count)
    stepPlaces.append(place)
    resolved += other.resolved
    sources += other.sources
    screenTexts += other.screenTexts
    addresses += other.addresses
    hosts += other.hosts
    for var mention in other.mentions {
      mention.by = step
      mentions.append(mention)
    }
    guardedMentions += other.guardedMentions.map { ($0.condition, $0.mentions.shifted(by: mentionsBefore)) }
    for var noted in other.guards {
      noted.by = step
      noted.mentions = noted.mentions.shifted(by: mentionsBefore)
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
    guard let nodes = node.items else { return }
    var next = firstGuard
    var entries: [GuardList.Entry] = []
    for node in nodes {
      guard node.entries != nil else { return }
      let hasGuard = node["when"] != nil
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

extension Range<Int> {
  fileprivate func shifted(by count: Int) -> Range<Int> { (lowerBound + count)..<(upperBound + count) }
}
