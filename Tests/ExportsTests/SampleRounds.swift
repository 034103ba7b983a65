import FlowCore
import Records

/// A small flow that is gone round once for each of several things, with a loop within the loop.
let roundsFlow = Flow(
  id: "gate-io/review-keys", version: 1, title: "Review keys", summary: "Leads from key to key.",
  steps: [
    Step(
      id: "list", title: "Open the list",
      body: .choose(
        Options([
          Option(id: "some", title: "some keys"), Option(id: "none", title: "no key", target: "review"),
        ]))),
    Step(id: "name", title: "Which key?", required: true, claim: true, body: .text(TextRule())),
    Step(
      id: "use", title: "Is it used?",
      text: [Conditional(Template(segments: [.literal("What uses "), .answer("name", asID: false), .literal("?")]))],
      claim: true,
      warnings: [Warning(code: "STRANGE-USE", when: .answer("use", .isOne(of: ["strange"])), text: "Nobody knows it.")],
      body: .choose(
        Options([
          Option(id: "bot", title: "by a bot"), Option(id: "nobody", title: "by nobody"),
          Option(id: "strange", title: "by something strange"),
        ]))),
    Step(
      id: "fate", title: "What becomes of it?", claim: true,
      body: .choose(
        Options([
          Option(
            id: "keep", title: Template(segments: [.answer("name", asID: false), .literal(" stays")])),
          Option(
            id: "delete", title: Template(segments: [.answer("name", asID: false), .literal(" goes")]), target: "gone"),
        ])),
      transitions: [Transition(when: .answer("use", .isOne(of: ["strange"])), to: "reason"), Transition(to: "more")]),
    Step(
      id: "reason", title: "Why it stays", resolves: ["STRANGE-USE"], body: .text(TextRule()),
      transitions: [Transition(to: "more")]),
    Step(
      id: "gone", title: "Is it gone?", required: true, claims: ["gone"],
      resolves: ["STRANGE-USE"], body: .confirm(Confirmation(ifNo: "fate"))),
    Step(
      id: "more", title: "Another key?", required: true, body: .confirm(Confirmation(ifNo: "review")),
      transitions: [Transition(to: "name")]),
    Step(id: "review", title: "Review", body: .review, transitions: [Transition(to: "done")]),
    Step(
      id: "done", title: "Done",
      body: .end(
        Ending(
          outcome: .completed, reason: ["every key was looked at"],
          reminders: [
            Reminder(days: 30, text: "Look again."),
            Reminder(days: 1, when: .answer("fate", .isOne(of: ["keep"])), text: "Look at it tomorrow."),
          ], next: [Conditional(Advice("Tell those who use the keys."))]))),
  ])

extension Sample {
  /// The rounds, in a flow that has sections and a card.
  static var sections: Record {
    var steps = roundsFlow.steps
    steps[0].section = Section(Section.preparation)
    steps[1].section = Section("Look at each key")
    steps[5].section = Section("Let it go", key: "A key")
    steps[7].section = Section(Section.review)
    guard case .end(var ending) = steps[8].body else { return rounds.record }
    ending.card = [Conditional(CardLine("Looked at: {name}."))]
    steps[8].body = .end(ending)
    let flow = Flow(id: roundsFlow.id, version: 2, title: roundsFlow.title, summary: roundsFlow.summary, steps: steps)
    return record(roundsEvents, run: "7q4u", flow: flow)
  }

  /// Three keys. With the first an inner loop is gone round, with the second the name is corrected, and with the third
  /// another answer leads another way; a fourth is begun and taken back.
  static let roundsEvents: [Event] = [
    .began,
    .answered("list", .choice("some"), words: [:], .typed),
    .answered("name", .text("grid-1"), words: [:], .typed),
    .answered("use", .choice("nobody"), words: [:], .typed),
    .answered("fate", .choice("delete"), words: [:], .typed),
    .noted("gone", "the page is slow", .typed),
    .answered("gone", .no, words: [:], .typed),
    .answered("fate", .choice("delete"), words: [:], .enter),
    .answered("gone", .yes, words: [:], .typed),
    .answered("more", .yes, words: [:], .typed),

    .answered("name", .text("tax-1"), words: [:], .typed),
    .wentBack("use", .typed),
    .answered("name", .text(Hostile.markup), words: [:], .typed),
    .answered("use", .choice("bot"), words: [:], .typed),
    .answered("fate", .choice("keep"), words: [:], .typed),
    .answered("more", .yes, words: [:], .typed),

    .answered("name", .text("arb-1"), words: [:], .typed),
    .answered("use", .choice("strange"), words: [:], .typed),
    .answered("fate", .choice("keep"), words: [:], .typed),
    .answered("reason", .text("it is looked into"), words: [:], .typed),
    .wentBack("more", .typed), .wentBack("reason", .typed),
    .answered("fate", .choice("delete"), words: [:], .typed),
    .answered("gone", .yes, words: [:], .typed),
    .answered("more", .yes, words: [:], .typed),

    .answered("name", .text("none"), words: [:], .typed),
    .wentBack("use", .typed), .wentBack("name", .typed),
    .answered("more", .no, words: [:], .typed),
    .answered("review", .finished, words: [:], .enter),
  ]
}
