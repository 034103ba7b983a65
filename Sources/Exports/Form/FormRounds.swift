import FlowCore
import Records

extension Form {
  /// A loop that was gone round more than once.
  struct Loop: Equatable, Sendable {
    var number: Int
    /// The steps that its rounds came to, in the order of the form; after the last of them stand its rounds.
    var steps: [Step.ID]
    /// The numbers of those that have one.
    var numbers: [String]
    var rounds: [Round]
    /// Says at each of its steps where the answers are.
    var pointer: String
  }

  /// One time round, a line for each stay at a step, in the order of the way.
  struct Round: Equatable, Sendable {
    var number: Int
    /// What it is about, where the flow asks for a name.
    var name: String?
    var lines: [Line]
  }

  struct Line: Equatable, Sendable {
    /// The number of its step, if it has one.
    var row: String?
    var title: String
    var isTicked: Bool
    var entry: Entry
  }
}

extension Form.Loop {
  init(_ index: Int, of record: Record) {
    let loop = record.loops[index]
    number = index + 1
    let flow = record.flow
    steps = flow.steps.filter { loop.steps.contains($0.id) && !$0.isEnd }.map(\.id)
    numbers = steps.compactMap(flow.number)
    pointer = "its answers are listed by round, after \(steps.last.map(flow.mention) ?? "")"
    rounds = loop.rounds.enumerated().map { place, stays in
      Form.Round(
        number: place + 1, name: record.name(of: stays), lines: stays.compactMap { Form.Line($0, of: record) })
    }
  }
}

extension Form.Line {
  init?(_ stay: Record.Stay, of record: Record) {
    guard let step = record.flow[stay.step], !step.isEnd else { return nil }
    row = record.flow.number(of: stay.step)
    title = step.title.onOneLine
    isTicked = stay.standing?.given.isTicked == true
    let stands = stay.isOpen && record.status == .unfinished(at: stay.step)
    entry = Form.Entry(
      status: stands ? Form.StepState.open.words : stay.isOpen ? "not answered" : nil,
      visits: Form.Visit.all(stay.standing, earlier: stay.earlier, at: step), notes: stay.notes)
  }
}
