import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// Scripts that were written for the steps that a flow had before: `was` says which step took whose place.
@Suite struct OldScriptTests {
  private func flow() throws -> Flow {
    try Flows.small(
      """
        - {id: tea, kind: choose, title: Tea, was: [kind], options: [{id: green, title: green}, {id: black, title: black}]}
        - {id: name, kind: text, title: Name, was: [label]}
        - {id: ready, kind: confirm, title: Ready, was: [boiled, poured], if-no: stopped}
        - {id: last, kind: review, title: Last, next: done}
        - {id: stopped, kind: end, title: Stopped, outcome: aborted, reason: it was not ready}
      """)
  }

  private func run(_ text: String) throws -> Scripted { try Scripted("flow test/small\n" + text, flow()) }

  private let way = "'keyusher flow graph test/small' shows the way"

  private func divergence(_ text: String) throws -> Divergence? {
    if case .diverged(let divergence) = try run(text).conclusion { divergence } else { nil }
  }

  @Test func `an answer that means the same is taken, and what was two claims and is one now is said once`() throws {
    let ran = try run("kind: black\nlabel: my-tea\nboiled: yes\npoured: yes\nlast: finish\n")
    expectNoDifference(ran.conclusion, .ended(.completed))
    expectNoDifference(ran.complaint, nil)
    let given = ran.dialogue.session.state.given
    expectNoDifference(given["tea"]?.answer, .choice("black"))
    expectNoDifference(given["name"]?.answer, .text("my-tea"))
  }

  @Test func `an answer that the new step does not have stops there, and names it`() throws {
    let hint = "write 'tea: ANSWER' in its place; \(way)"
    expectNoDifference(
      try divergence("kind: white\nname: my-tea\n"),
      Divergence(
        place: "a.script:2", message: "step 'kind' is part of step 'tea' now, which this does not answer", hint: hint))
  }

  @Test func `an answer that comes at another place now says which step asks it`() throws {
    expectNoDifference(
      try divergence("label: my-tea\nkind: green\n"),
      Divergence(
        place: "a.script:2", message: "step 'label' is part of step 'name' now; the flow asks 'tea' here",
        hint: "write 'name: ANSWER' where the flow asks it; \(way)"))
  }

  /// A flow with a step that its scripts need not know.
  private func asking(_ option: String = "{id: unsaid, title: not known, unsaid: true}") throws -> Flow {
    try Flows.small(
      """
        - {id: name, kind: text, title: Name}
        - {id: cup, kind: choose, title: Cup, was: [mug], options: [{id: big, title: big}, \(option)]}
        - {id: last, kind: review, title: Last, next: done}
      """)
  }

  @Test func `what a script leaves out that has an answer for that is taken for unsaid, and not counted`() throws {
    let ran = try Scripted("flow test/small\nname: a\nlast: finish\nexpect questions 2\n", asking())
    expectNoDifference(ran.conclusion, .ended(.completed))
    expectNoDifference(ran.complaint, nil)
    expectNoDifference(ran.dialogue.session.state.given["cup"]?.answer, .choice("unsaid"))
    expectNoDifference(ran.dialogue.session.state.exceptions, [])
    #expect(!ran.dialogue.ledger.sentences.contains { $0.text == "the script said: not known" })
    for (text, answer) in [("cup: big", "big"), ("mug: big", "big"), ("cup: unsaid", "unsaid")] {
      let said = try Scripted("flow test/small\nname: a\n\(text)\nlast: finish\nexpect questions 3\n", asking())
      expectNoDifference(said.conclusion, .ended(.completed))
      expectNoDifference(said.complaint, nil)
      expectNoDifference(said.dialogue.session.state.given["cup"]?.answer, .choice(answer))
    }
  }

  @Test func `what stands at another place, and what has no answer for being left out, is not unsaid`() throws {
    let late = try Scripted("flow test/small\nname: a\nlast: finish\ncup: big\n", asking())
    let none = try Scripted("flow test/small\nname: a\nlast: finish\n", asking("{id: small, title: small}"))
    for ran in [late, none] {
      guard case .diverged(let divergence) = ran.conclusion else {
        Issue.record("\(ran.conclusion)")
        continue
      }
      expectNoDifference(divergence.message, "expected step 'last', the flow asks 'cup'")
    }
  }

  @Test func `an answer to a store step may stand where the flow asked it before`() throws {
    let flow = try Flows.small(
      """
        - {id: place, kind: store, title: Where to}
        - {id: name, kind: text, title: Name}
        - {id: last, kind: review, title: Last, next: done}
      """)
    for text in ["name: a\nplace: offline\nlast: finish\n", "place: offline\nname: a\nlast: finish\n"] {
      let ran = try Scripted("flow test/small\n" + text, flow)
      expectNoDifference(ran.conclusion, .ended(.completed))
      expectNoDifference(ran.complaint, nil)
    }
    let twice = try Scripted("flow test/small\nname: a\nplace: offline\nplace: vault\nlast: finish\n", flow)
    guard case .diverged(let divergence) = twice.conclusion else {
      Issue.record("\(twice.conclusion)")
      return
    }
    expectNoDifference(divergence.message, "expected step 'name', the flow asks 'place'")
  }
}
