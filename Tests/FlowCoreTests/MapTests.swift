import CustomDump
import Testing

@testable import FlowCore

@Suite struct MapTests {
  @Test("in a line the number rises by one and the total stays")
  func line() {
    let count = 10_000
    let flow = straight(count)
    var state = State()
    var positions: [Int] = []
    var totals: Set<Int> = []
    _ = reduce(&state, .began, in: flow)
    while let current = state.current, let position = state.position(in: flow) {
      positions.append(position.number)
      totals.insert(position.total)
      _ = reduce(&state, typed(current, .acknowledged), in: flow)
    }
    expectNoDifference(positions == Array(1...count), true)
    expectNoDifference(totals, [count])
    #expect(state.hasEnded)
  }

  @Test("the total is the longest way still possible, and shrinks where a branch leaves steps out")
  func branches() {
    let branching = flow(
      Step(id: "a", title: "", body: .confirm(Confirmation(ifNo: "d"))), text("b"), text("c"), text("d"), done)
    #expect(Run(branching).state.position(in: branching)! == (1, 4))
    #expect(Run(branching, [.began, typed("a", .yes)]).state.position(in: branching)! == (2, 4))
    #expect(Run(branching, [.began, typed("a", .no)]).state.position(in: branching)! == (2, 2))
  }

  @Test("what can be reached leaves out what was passed by, and goes round a loop")
  func reachable() {
    let branching = flow(
      Step(id: "a", title: "", body: .confirm(Confirmation(ifNo: "d"))), text("b"), text("c"),
      text("d", to: [Transition(when: .answer("a", .isOne(of: ["no"])), to: "d"), Transition(to: "done")]),
      text("e"), done)
    expectNoDifference(branching.reachable(from: "a"), ["a", "b", "c", "d", "done"])
    expectNoDifference(branching.reachable(from: "c"), ["c", "d", "done"])
    expectNoDifference(branching.reachable(from: "e"), ["e", "done"])
    expectNoDifference(branching.reachable(from: "nowhere"), [])
    expectNoDifference(pageLoop.reachable(from: "excess").isSuperset(of: ["page", "excess"]), true)
    #expect(!pageLoop.reachable(from: "excess").contains("plan"))
  }

  @Test("a loop counts each of its steps once, however often it is walked")
  func loops() {
    var run = Run(pageLoop, [.began, typed("plan", .selection([]))])
    for _ in 0..<5 {
      #expect(run.state.position(in: pageLoop)! == (2, 5))
      run.send(typed("page", .selection(["trade"])))
      #expect(run.state.position(in: pageLoop)! == (3, 5))
      run.send(typed("excess", .choice("off")))
    }
    run.send(typed("page", .selection([])))
    #expect(run.state.position(in: pageLoop)! == (4, 4))
    expectNoDifference(run.state.number(of: "page"), 2)
  }

  @Test("checks and ends have no number of their own")
  func unnumbered() {
    let run = Run(everyKind, way(to: "check"))
    #expect(run.state.position(in: everyKind) == nil)
    #expect(Run(everyKind, plainWay).state.position(in: everyKind) == nil)
    expectNoDifference(everyKind.steps.map { everyKind.formNumber(of: $0.id) }, [1, 2, 3, 4, 5, 6, 7, 8, nil])
  }

  @Test("a chain of 200,000 steps, and a loop over all of them, need no deep stack")
  func longChains() {
    let count = 200_000
    let line = straight(count)
    #expect(Run(line).state.position(in: line)! == (1, count))
    let loop = straight(count, last: Transition(to: "s0"))
    #expect(Run(loop).state.position(in: loop)! == (1, count))
    expectNoDifference(Set(loop.map.component.prefix(count)).count, 1)
  }

  @Test("a flow without steps, and one that names no existing target, have maps")
  func degenerate() {
    let empty = Flow(id: "e", version: 1, title: "", summary: "", steps: [])
    let run = Run(empty, [.began, takenUp, typed("a", .yes)])
    expectNoDifference(run.effects, [])
    #expect(run.state.position(in: empty) == nil)
    let lost = flow(text("a", to: [Transition(to: "nowhere")]))
    expectNoDifference(Run(lost, [.began, typed("a", .text("x"))]).effects.last, .finish("a", .blocked))
  }

  @Test("10,000 warned and skipped steps, left and taken up at each, are walked, reviewed and walked again")
  func longRun() {
    let count = 10_000
    let steps = (0..<count).map { index in
      Step(
        id: Step.ID("s\(index)"), title: "", warnings: [Warning(code: "w\(index)", text: "warned")],
        resolves: ["w\(index - 1)"], body: .tell)
    }
    let flow = Flow(id: "long", version: 1, title: "", summary: "", steps: steps + [review, done])
    var state = State()
    var effects = 0
    func send(_ event: Event) { effects += reduce(&state, event, in: flow).count }
    send(.began)
    for step in steps {
      send(.suspended(.quit))
      send(takenUp)
      send(typed(step.id, .acknowledged))
    }
    // One question, then at each step: suspend; resolved, ask; stands, warned, raised, ask; and the accepted but one.
    expectNoDifference(effects, 1 + 7 * count + count - 1)
    expectNoDifference(state.exceptions.count, 2 * count)
    effects = 0
    send(.reopened("s0", .typed))
    send(typed("s0", .acknowledged))
    expectNoDifference(state.current, "s1", "its reason is asked anew, for the warning is")
    send(typed("s1", .acknowledged))
    expectNoDifference(state.current, "s2")
  }

  private func straight(_ count: Int, last: Transition? = nil) -> Flow {
    let steps = (0..<count).map { index in
      Step(
        id: Step.ID("s\(index)"), title: "", body: .tell,
        transitions: index == count - 1 ? [last].compactMap { $0 } : [])
    }
    return Flow(id: "line", version: 1, title: "", summary: "", steps: steps + [done])
  }
}
