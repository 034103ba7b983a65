import CustomDump
import Testing

@testable import FlowCore

/// The ways out of a step are those that the machine can take, and no others.
@Suite struct WayTests {
  @Test func `every way out has its cause, in the order in which they are looked at`() throws {
    let flow = Flow(
      id: "test/ways", version: 1, title: "Ways", summary: "All causes.",
      steps: [
        Step(
          id: "sure", title: "Sure", body: .confirm(Confirmation(ifNo: "taken")),
          transitions: [Transition(when: .answer("sure", .skipped), to: "end"), Transition(to: "pick")]),
        Step(
          id: "pick", title: "Pick",
          body: .choose(Options([Option(id: "a", title: "A", target: "end"), Option(id: "b", title: "B")]))
        ),
        Step(
          id: "must", title: "Must", required: true,
          body: .choose(
            Options([Option(id: "a", title: "A", target: "end"), Option(id: "b", title: "B", target: "taken")]))),
        Step(
          id: "taken", title: "Taken",
          body: .credential(
            CredentialRule(
              parts: [], ifLost: "sure", exits: [CredentialRule.Exit(word: "refused", title: "R", target: "end")])
          )),
        Step(id: "end", title: "End", body: .end(Ending(outcome: .completed))),
      ])
    expectNoDifference(
      flow.steps.map { flow.ways(from: $0) },
      [
        [
          Way(from: "sure", cause: .no, to: "taken"), Way(from: "sure", cause: .transition(0), to: "end"),
          Way(from: "sure", cause: .transition(1), to: "pick"),
        ],
        [Way(from: "pick", cause: .option("a"), to: "end"), Way(from: "pick", cause: .next, to: "must")],
        [Way(from: "must", cause: .option("a"), to: "end"), Way(from: "must", cause: .option("b"), to: "taken")],
        [
          Way(from: "taken", cause: .exit("lost"), to: "sure"), Way(from: "taken", cause: .exit("refused"), to: "end"),
          Way(from: "taken", cause: .next, to: "end"),
        ],
        [],
      ])
  }

  @Test func `the ways of random flows lead where the map says they can`() {
    var random = SplitMix64(state: 20_261_123)
    for _ in 0..<500 {
      let flow = randomFlow(&random)
      for (index, step) in flow.steps.enumerated() {
        let next = index + 1 < flow.steps.count ? flow.steps[index + 1].id : nil
        expectNoDifference(Set(flow.ways(from: step).map(\.to)), Set(step.successors(next: next)))
        expectNoDifference(Set(flow.ways(from: step)).count, flow.ways(from: step).count)
      }
    }
  }
}
