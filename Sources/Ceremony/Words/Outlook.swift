import FlowCore

/// How many questions are likely still to come, and what is said of it on the way.
///
/// The likely way is worked out anew only where an answer leads off it: a long flow that goes as expected costs nothing more
/// at each step.
struct Outlook {
  /// What is said before a step.
  struct Said: Equatable {
    /// The part that begins here, with how much is still to come.
    var part: String?
    /// The title that this part has already said.
    var title: String?
    /// Why the count did not fall by one.
    var change: String?
  }

  private var stops: [LikelyStop] = []
  private var place = 0
  /// How many questions come from each stop on.
  private var left: [Int] = []
  /// How many were to come at the question that was asked last.
  private var last: Int?
  private var part: SectionPlace?
  private var hasBegun = false

  /// What is said before the step where the run stands now.
  mutating func next(in state: State, of flow: Flow) -> Said {
    let count = questions(in: state, of: flow)
    defer { (last, hasBegun) = (count, true) }
    var said = Said()
    if let last, count != last - 1 { said.change = Self.words(ofChange: count - last + 1) }
    guard let here = state.current.flatMap({ flow.part(of: $0) }) else {
      if !hasBegun, count > 1 { said.part = Self.words(toCome: count) }
      return said
    }
    defer { part = here }
    guard part != here else { return said }
    said.title = here.section.title
    said.part = here.title
    if count > 1 {
      // The count itself says what has changed.
      said.part = "\(here.title). \(Self.words(toCome: count))"
      said.change = nil
    }
    return said
  }

  /// Forgets the last count: what comes next follows no answer.
  mutating func forget() { last = nil }

  // MARK: - Private

  private mutating func questions(in state: State, of flow: Flow) -> Int {
    while place < stops.count, stops[place].step != state.current {
      guard let given = state.given[stops[place].step], stops[place].leads(as: given) else { break }
      place += 1
    }
    if place < stops.count, stops[place].step == state.current { return left[place] }
    stops = state.likelyWay(in: flow)
    place = 0
    left = []
    var count = 0
    for stop in stops.reversed() {
      if stop.asks { count += 1 }
      left.append(count)
    }
    left.reverse()
    return left.first ?? 0
  }

  private static func words(toCome count: Int) -> String { "About \(count) questions to come." }

  private static func words(ofChange change: Int) -> String {
    switch change {
    case 1: "One more question."
    case 1...: "\(change) more questions."
    case -1: "One question fewer."
    default: "\(-change) questions fewer."
    }
  }
}
