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

  @Test func `random runs take no other ways, and the map has the same`() {
    var random = SplitMix64(state: 20_261_123)
    var taken = 0
    for _ in 0..<300 {
      let flow = randomFlow(&random)
      for (index, step) in flow.steps.enumerated() {
        let ways = flow.ways(from: step)
        expectNoDifference(Set(ways.compactMap { flow.indices[$0.to] }), Set(flow.successors[index]))
        expectNoDifference(Set(ways).count, ways.count)
      }
      var state = State()
      for _ in 0..<40 {
        _ = reduce(&state, randomEvent(for: state, in: flow, &random), in: flow)
        for step in flow.steps where state.given[step.id] != nil && !step.isEnd {
          guard let way = flow.way(from: step, in: state) else { continue }
          taken += 1
          #expect(flow.ways(from: step).contains(way), "\(way)")
        }
      }
    }
    #expect(taken > 10_000, "\(taken)")
  }
}
