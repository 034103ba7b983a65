public import FlowCore

extension Record {
  /// A round of a loop, both counted from 1, the loops as the way came to them.
  public struct Round: Hashable, Sendable {
    public var loop: Int
    public var number: Int
  }

  /// A loop that the way went round more than once. A loop within it has no rounds of its own.
  ///
  /// A round begins where the way comes forward to the first step of the loop; going back to correct an answer begins none.
  public struct Loop: Equatable, Sendable {
    public var rounds: [[Stay]]
    /// The steps that its rounds came to.
    public var steps: Set<Step.ID> = []
  }

  /// One stay of a round at a step, in the order of the way; last come the steps all of whose answers were taken back.
  public struct Stay: Equatable, Sendable {
    public var step: Step.ID
    /// What stands; none where the run stands, and where nothing but taken-back answers are.
    public var standing: Visit?
    /// What was taken back.
    public var earlier: [Visit] = []
    public var notes: [Note] = []
    /// Whether the run stands here, or was left here.
    public var isOpen = false
  }

  /// The round in which the run stands, or was left.
  public var openRound: Round? {
    for (number, loop) in loops.enumerated() {
      guard let place = loop.rounds.lastIndex(where: { $0.contains(where: \.isOpen) }) else { continue }
      return Round(loop: number + 1, number: place + 1)
    }
    return nil
  }

  /// What a round is about: its answer to the first question for a text that other questions of the loop name.
  public func name(of round: [Stay]) -> String? {
    let named = Set(
      round.compactMap { flow[$0.step] }.flatMap { $0.text + $0.prompt }.flatMap(\.value.reads))
    return round.first { stay in
      guard named.contains(stay.step), case .text? = stay.standing?.given.answer else { return false }
      return true
    }?.standing?.answer
  }
}

/// Notes the rounds of a run while its journal is folded.
struct RoundFold {
  typealias Levels = [LoopNest.Level]

  private let flow: Flow
  private var nest: LoopNest
  /// Of each place of the way, where it lies.
  private var levels: [Levels] = []
  /// Of each place of the way, which visit of its step stands there, if one does.
  private var standing: [Int?] = []
  /// Of each place of the way, its step.
  private var steps: [Step.ID] = []
  /// Which visit of each step is carried over a reopening: the last that stood behind the place which is answered anew.
  private var carried: [Step.ID: Int] = [:]
  /// Where things happened: each step's visits and notes, and the exceptions, in their order.
  private var visits: [Step.ID: [Levels]] = [:]
  private var notes: [Step.ID: [Levels]] = [:]
  private var exceptions: [Levels] = []

  init(flow: Flow) {
    self.flow = flow
    nest = LoopNest(of: flow)
  }

  /// Follows the way, which one event makes either shorter or longer.
  ///
  /// - Parameter carries: whether the answers that it lost are carried.
  mutating func follow(_ way: [State.Visit], carries: Bool) {
    if carries { carried = [:] }
    if way.count < levels.count {
      if carries {
        for place in way.count..<steps.count { carried[steps[place]] = standing[place] ?? carried[steps[place]] }
      }
      levels.removeLast(levels.count - way.count)
      standing.removeLast(standing.count - way.count)
      steps.removeLast(steps.count - way.count)
    }
    for visit in way[levels.count...] {
      levels.append(flow.indices[visit.step].map { nest.levels(at: $0, after: levels.last ?? []) } ?? [])
      standing.append(nil)
      steps.append(visit.step)
    }
    if let last = way.indices.last, way[last].given == nil { standing[last] = nil }
  }

  /// Notes a visit of a step that begins to stand at a place.
  mutating func addVisit(of step: Step.ID, at place: Int) {
    standing[place] = visits[step]?.count ?? 0
    visits[step, default: []].append(levels[place])
  }

  /// Notes that the visit of a step that is carried stands at a place of a way that was answered anew before it.
  mutating func keep(_ step: Step.ID, at place: Int) { standing[place] = carried.removeValue(forKey: step) }

  mutating func addNote(at step: Step.ID) { notes[step, default: []].append(levels.last ?? []) }

  /// - Parameter place: where the run stood when it was raised.
  mutating func addException(at step: Step.ID, on way: [State.Visit], from place: Int?) {
    let isHere = place.map { $0 < way.count && way[$0].step == step } == true
    exceptions.append((isHere ? place : way.lastIndex { $0.step == step }).map { levels[$0] } ?? [])
  }
}

// MARK: - Sorted into rounds

/// What a fold has by step, to be told its rounds.
struct Rounded {
  var visits: [Step.ID: [Record.Visit]] = [:]
  var notes: [Step.ID: [Record.Note]] = [:]
  var exceptions: [Record.DatedException] = []
}

extension RoundFold {
  /// Says of everything in which round it was.
  func sort(_ rounded: inout Rounded, on way: [State.Visit]) -> [Record.Loop] {
    let shown = shownLoops
    guard !shown.isEmpty else { return [] }
    func round(at levels: Levels) -> Record.Round? {
      for level in levels {
        guard let number = shown.firstIndex(where: { $0.loop == level.loop }) else { continue }
        // A round that was taken back as a whole is none.
        return level.round <= shown[number].rounds ? Record.Round(loop: number + 1, number: level.round) : nil
      }
      return nil
    }
    for (step, all) in visits {
      for (place, levels) in all.enumerated() {
        let found = round(at: levels)
        rounded.visits[step]?[place].round = found
        rounded.visits[step]?[place].isTakenBack = found != nil
      }
    }
    for (step, all) in notes {
      for (place, levels) in all.enumerated() { rounded.notes[step]?[place].round = round(at: levels) }
    }
    for (place, levels) in exceptions.enumerated() { rounded.exceptions[place].round = round(at: levels) }
    var loops = shown.map { Record.Loop(rounds: Array(repeating: [], count: $0.rounds)) }
    for (place, visit) in way.enumerated() {
      guard let round = round(at: levels[place]) else { continue }
      var stay = Record.Stay(step: visit.step, isOpen: visit.given == nil)
      if let standing = standing[place] {
        rounded.visits[visit.step]?[standing].isTakenBack = false
        // Carried over a reopening, it may have been given where a loop was not yet gone round.
        rounded.visits[visit.step]?[standing].round = round
        stay.standing = rounded.visits[visit.step]?[standing]
      }
      loops[round.loop - 1].rounds[round.number - 1].append(stay)
    }
    for step in flow.steps.map(\.id) {
      for visit in rounded.visits[step] ?? [] where visit.isTakenBack {
        loops.change(visit.round, at: step, from: visit.at) { $0.earlier.append(visit) }
      }
      for note in rounded.notes[step] ?? [] {
        loops.change(note.round, at: step, from: note.at) { $0.notes.append(note) }
      }
    }
    for index in loops.indices { loops[index].steps = Set(loops[index].rounds.joined().map(\.step)) }
    return loops
  }

  /// The loops that have rounds on the way as it is now, in its order. Of loops within each other it is the outermost that
  /// the way went round again.
  private var shownLoops: [(loop: Int, rounds: Int)] {
    var rounds: [Int: Int] = [:]
    for level in levels.joined() { rounds[level.loop] = max(rounds[level.loop] ?? 0, level.round) }
    var found: [(loop: Int, rounds: Int)] = []
    for place in levels {
      guard let level = place.first(where: { rounds[$0.loop, default: 0] > 1 }),
        !found.contains(where: { $0.loop == level.loop })
      else { continue }
      found.append((level.loop, rounds[level.loop, default: 0]))
    }
    return found
  }
}

extension [Record.Loop] {
  /// Changes the stay at a step to which something belongs that happened at a moment.
  fileprivate mutating func change(
    _ round: Record.Round?, at step: Step.ID, from moment: Timestamp, _ change: (inout Record.Stay) -> Void
  ) {
    guard let round else { return }
    let stays = self[round.loop - 1].rounds[round.number - 1]
    let place =
      stays.firstIndex { $0.step == step && $0.standing.map { $0.at >= moment } != false }
      ?? stays.lastIndex { $0.step == step }
    if let place {
      change(&self[round.loop - 1].rounds[round.number - 1][place])
    } else {
      var stay = Record.Stay(step: step)
      change(&stay)
      self[round.loop - 1].rounds[round.number - 1].append(stay)
    }
  }
}
