import FlowCore

extension Form {
  /// One way in which the procedure ends.
  struct End: Equatable, Sendable {
    var title: String
    var outcome: Word
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

extension Form.End {
  init(_ step: Step, _ ending: Ending, when: String?, in flow: Flow) {
    func text(_ template: Template) -> Form.Text { Form.Text(template, at: step.id, in: flow, filledFrom: nil) }
    title = step.endTitle(ending)
    outcome = ending.outcome.word
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
