import CustomDump
import Testing

@testable import FlowCore

@Suite struct GuardTests {
  private static let flow = FlowCoreTests.flow(
    Step(id: "sure", title: "Sure", body: .confirm(Confirmation(ifNo: "review"))),
    Step(
      id: "rights", title: "Rights",
      body: .select(Options([Option(id: "read", title: "Read"), Option(id: "trade", title: "Trade")]))),
    review, done)

  private func state(_ events: Event...) -> State {
    Run(Self.flow, [.began] + events).state
  }

  @Test func `A selection goes beyond a list if it has something else`() {
    let beyond = Guard.answer("rights", .beyond(["read"]))
    for (chosen, expected) in [([], false), (["read"], false), (["trade"], true), (["read", "trade"], true)] {
      let state = state(typed("sure", .yes), typed("rights", .selection(chosen)))
      expectNoDifference(beyond.holds(in: state), expected, "\(chosen)")
    }
    #expect(!beyond.holds(in: state(typed("sure", .yes), .skipped("rights", reason: "r", .typed))))
    #expect(!beyond.holds(in: state(typed("sure", .no))))
    expectNoDifference(beyond.reads, ["rights"])
  }

  @Test func `A step was asked if it has an answer or was skipped`() {
    let asked = Guard.answer("rights", .asked)
    #expect(asked.holds(in: state(typed("sure", .yes), typed("rights", .selection([])))))
    #expect(asked.holds(in: state(typed("sure", .yes), .skipped("rights", reason: "r", .typed))))
    #expect(!asked.holds(in: state(typed("sure", .no))))
    #expect(!asked.holds(in: state(typed("sure", .yes))))
    expectNoDifference(asked.reads, ["rights"])
  }

  @Test func `A refusal is a no, and no other answer is a refusal`() {
    let flow = FlowCoreTests.flow(
      Step(id: "powers", title: "Powers", body: .check(.powers(of: "sure"))),
      Step(id: "sure", title: "Sure", body: .confirm(Confirmation(ifNo: "review"))), review, done)
    for verdict in Verdict.allCases {
      let state = Run(flow, [.began, .observed("powers", Observation(verdict, by: "asked"))]).state
      let found = [Verdict.yes, .no, .refused, .notKnowable].filter {
        Guard.answer("powers", .isOne(of: [$0.rawValue])).holds(in: state)
      }
      expectNoDifference(found, verdict == .refused ? [.no, .refused] : [verdict])
    }
  }
}
