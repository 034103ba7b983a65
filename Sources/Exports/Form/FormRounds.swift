import FlowCore
import Records

extension Form {
  /// A loop that was gone round more than once.
  struct Loop: Equatable, Sendable {
    var number: Int
    /// The numbers of the steps that its rounds came to.
    var rows: [Int]
    var rounds: [Round]

    /// The last of its steps on the form; its rounds stand after it.
    var lastRow: Int { rows.last ?? 0 }
    /// Says at each of its steps where the answers are.
    var pointer: String { "its answers are listed by round, after step \(lastRow)" }
  }

  /// One time round, a line for each stay at a step, in the order of the way.
  struct Round: Equatable, Sendable {
    var number: Int
    /// What it is about, where the flow asks for a name.
    var name: String?
    var lines: [Line]
  }

  struct Line: Equatable, Sendable {
    /// The number of its step on the form.
    var row: Int
    var title: String
    var isTicked: Bool
    var entry: Entry
  }
}

extension Form.Loop {
  init(_ index: Int, of record: Record) {
    let loop = record.loops[index]
    number = index + 1
    rows = loop.steps.compactMap { record.flow.formNumber(of: $0) }.sorted()
    rounds = loop.rounds.enumerated().map { place, stays in
      Form.Round(
        number: place + 1, name: record.name(of: stays), lines: stays.compactMap { Form.Line($0, of: record) })
    }
  }
}

extension Form.Line {
  init?(_ stay: Record.Stay, of record: Record) {
    guard let step = record.flow[stay.step], let row = record.flow.formNumber(of: stay.step) else { return nil }
    self.row = row
    title = step.title.onOneLine
    isTicked = stay.standing?.given.isTicked == true
    let stands = stay.isOpen && record.status == .unfinished(at: stay.step)
    entry = Form.Entry(
      status: stands ? Form.StepState.open.words : stay.isOpen ? "not answered" : nil,
      visits: Form.Visit.all(stay.standing, earlier: stay.earlier, at: step), notes: stay.notes)
  }
}
