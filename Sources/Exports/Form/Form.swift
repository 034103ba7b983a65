import FlowCore
import PlainText
import Records

/// The checklist as people read it: the blank procedure, and what was filled in if it belongs to a run.
///
/// The pages, the JSON and the CSV are made from this one value, so that the same truth stands in all. Its texts are
/// still unescaped.
struct Form: Equatable, Sendable {
  let flow: Flow
  var rows: [Row]
  /// What to do with a blank form where it leads back; none where it never does, and on a filled one.
  var again: String?
  /// How it can end, on a blank form.
  var ends: [End] = []

  /// One step. Its texts are those of the blank form; only their holes are filled where the way of a run has led.
  struct Row: Equatable, Sendable {
    let number: Int
    let step: Step
    var instructions: [Text]
    var question: Text?
    var choices: [Choice]
    /// When it belongs, at a step that is not on every way: for who fills in the blank form.
    var only: String?
    /// Where it leads if not to the step after it, for the same person.
    var leads: [String] = []
    var filling: Filling?
    /// The rounds that come to an end here.
    var loop: Loop?
  }

  /// An option of a step.
  struct Choice: Equatable, Sendable {
    var title: Text
    /// Whether the answer that stands takes it.
    var isChosen: Bool
  }

  /// One way in which the procedure ends.
  struct End: Equatable, Sendable {
    var title: String
    var outcome: Outcome
    /// Where it is come to, as "after step 4".
    var when: String?
    var reason: Text?
    var reminders: [LookAgain]
    /// What to do next.
    var next: [Text]
  }

  /// What is to be looked at again, and when.
  struct LookAgain: Equatable, Sendable {
    /// "30 days later", with the condition under which it is.
    var when: String
    var text: Text
  }
}

extension Form {
  /// Makes the blank form, with all that who fills it in by hand has to know.
  init(_ flow: Flow) {
    self.init(flow, filledFrom: nil)
    let ways = FormWays(of: flow)
    for index in rows.indices {
      rows[index].only = ways.only(at: rows[index].step)
      rows[index].leads = ways.leads(from: rows[index].step)
    }
    ends = flow.steps.compactMap { step in
      guard case .end(let ending) = step.body else { return nil }
      return End(step, ending, when: ways.only(at: step), in: flow)
    }
    again = ways.leadsBack ? "Where a step leads back to an earlier one, go on with a fresh copy of these pages." : nil
  }

  /// Makes the form as a run filled it in.
  init(_ record: Record) {
    self.init(record.flow, filledFrom: FormAnswers(of: record))
    let items = Dictionary(record.items.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    let ahead = record.ahead
    let loops = record.loops.indices.map { Loop($0, of: record) }
    var pointers: [Step.ID: Pointer] = [:]
    for (loop, form) in zip(record.loops, loops) { for step in loop.steps { pointers[step] = form.pointer } }
    for index in rows.indices {
      rows[index].filling = items[rows[index].number].map {
        Filling($0, of: record, ahead: ahead, pointer: pointers[$0.step])
      }
      rows[index].loop = loops.first { $0.lastRow == rows[index].number }
    }
  }

  /// - Parameter answers: those that fill the holes and mark the choices; none for a blank form.
  private init(_ flow: Flow, filledFrom answers: FormAnswers?) {
    self.flow = flow
    rows = flow.steps.compactMap { step in
      flow.formNumber(of: step.id).map { Row(step, number: $0, in: flow, filledFrom: answers) }
    }
  }

  /// What the tags of facts mean, with the first of them as examples; nil where no step has any.
  var tags: String? {
    let tags = flow.steps.flatMap(\.facts)
    guard let first = tags.first else { return nil }
    let examples = tags.first { $0 != first }.map { "\(first) or \($0)" } ?? first
    return "Tags such as \(examples) name facts of the article that the flow encodes."
  }
}

extension Form.Row {
  init(_ step: Step, number: Int, in flow: Flow, filledFrom answers: FormAnswers?) {
    func text(_ template: Template) -> Form.Text { Form.Text(template, at: step.id, in: flow, filledFrom: answers) }
    self.number = number
    self.step = step
    instructions = step.text.map(text)
    question = step.prompt.map(text)
    let chosen = answers?.chosen(at: step.id) ?? []
    choices = step.options?.options.map { Form.Choice(title: text($0.title), isChosen: chosen.contains($0.id)) } ?? []
  }

  var title: String { step.title.onOneLine }

  /// Whether any number of its choices may be chosen.
  var choosesMany: Bool { if case .select = step.body { true } else { false } }

  /// The parts of the credential that is taken here.
  var takes: [String] { if case .credential(let rule) = step.body { rule.parts.map(\.title) } else { [] } }

  /// Where a page instruction comes from, and whether anyone saw the live page.
  var source: String? { step.source?.words.onOneLine }
}

extension Form.End {
  init(_ step: Step, _ ending: Ending, when: String?, in flow: Flow) {
    func text(_ template: Template) -> Form.Text { Form.Text(template, at: step.id, in: flow, filledFrom: nil) }
    title = step.endTitle(ending)
    outcome = ending.outcome
    self.when = when
    reason = ending.reason.map(text)
    next = ending.next.map(text)
    reminders = ending.reminders.map { reminder in
      let days = reminder.days == 1 ? "1 day later" : "\(reminder.days) days later"
      let condition = reminder.guardCondition.map { ", if \($0.words(in: flow))" } ?? ""
      return Form.LookAgain(when: days + condition, text: text(reminder.text))
    }
  }
}
