import CustomDump
import Testing

@testable import FlowCore

@Suite struct LikelyWayTests {
  @Test("each answer that was likely leaves one question less")
  func line() {
    var run = Run(everyKind)
    var counts: [Int] = []
    for event in plainWay.dropFirst() {
      counts.append(run.state.likelyWay(in: everyKind).count(where: \.asks))
      run.send(event)
    }
    expectNoDifference(counts.first, 7)
    expectNoDifference(zip(counts, counts.dropFirst()).allSatisfy { $0 - $1 <= 1 && $0 >= $1 }, true)
  }

  @Test("an open question takes its default, else yes, else its first way")
  func branches() {
    func likely(_ steps: Step..., after events: [Event] = [.began]) -> [Step.ID] {
      let branching = Flow(id: "t", version: 1, title: "", summary: "", steps: steps + [text("b"), text("c"), done])
      return Run(branching, events).state.likelyWay(in: branching).map(\.step)
    }
    let asked = Step(id: "a", title: "", body: .confirm(Confirmation(ifNo: "c")))
    expectNoDifference(likely(asked), ["a", "b", "c"])
    expectNoDifference(likely(asked, after: [.began, typed("a", .no)]), ["c"])
    expectNoDifference(
      likely(Step(id: "a", title: "", body: .confirm(Confirmation(defaultsTo: false, ifNo: "c")))), ["a", "c"])
    let options = [Option(id: "x", title: "X", target: "c"), Option(id: "y", title: "Y")]
    expectNoDifference(likely(Step(id: "a", title: "", body: .choose(Options(options)))), ["a", "c"])
    expectNoDifference(
      likely(Step(id: "a", title: "", body: .choose(Options(options, defaults: [Conditional(["y"])])))),
      ["a", "b", "c"])
    expectNoDifference(
      likely(
        Step(
          id: "a", title: "", body: .select(Options(options)),
          transitions: [Transition(when: .answer("a", .includes(["x"])), to: "c"), Transition(to: "b")])), ["a", "c"])
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

  @Test func `An answer that nothing looks at leads on as the likely one does, and one that steers does not`() {
    func leads(_ first: Step, _ answer: Answer?, before others: Step...) -> Bool? {
      let flow = Flow(id: "t", version: 1, title: "", summary: "", steps: [first] + others + [text("c"), done])
      let given = Given(answer: answer, source: .typed, standing: .answered)
      return Run(flow, [.began]).state.likelyWay(in: flow).first?.leads(as: given)
    }
    func choice(_ target: Step.ID? = nil, role: Step.Role? = nil) -> Step {
      let options = [Option(id: "x", title: "X"), Option(id: "y", title: "Y", target: target)]
      var step = Step(id: "a", title: "", body: .choose(Options(options)))
      step.role = role
      return step
    }
    let looks = Guard.answer("a", .isOne(of: ["y"]))
    #expect(leads(choice(), .choice("x")) == true)
    #expect(leads(choice(), .choice("y"), before: text("b")) == true)
    // One that is skipped may be asked for later.
    #expect(leads(choice(), nil) == false)
    #expect(leads(choice("c"), .choice("y"), before: text("b")) == false)
    #expect(leads(choice(role: .purpose), .choice("y")) == false)
    #expect(leads(choice(), .choice("y"), before: text("b", to: [Transition(when: looks, to: "c")])) == false)
    let disabled = [Disablement(when: looks, reason: "")]
    let offered = Step(
      id: "b", title: "", body: .choose(Options([Option(id: "z", title: "Z", disabled: disabled)])))
    #expect(leads(choice(), .choice("y"), before: offered) == false)
    // What says the answer is said anew where that changes.
    var says = text("b")
    says.prompt = [Conditional(Template(segments: [.answer("a", asID: false)]))]
    #expect(leads(choice(), .choice("y"), before: says) == false)
    let select = Step(id: "a", title: "", body: .select(Options([Option(id: "x", title: "X")])))
    #expect(leads(select, .selection(["x"])) == true)
    #expect(leads(Step(id: "a", title: "", body: .confirm(Confirmation())), .no) == true)
    #expect(leads(Step(id: "a", title: "", body: .confirm(Confirmation(ifNo: "c"))), .no, before: text("b")) == false)
  }

  @Test("a loop is gone round once")
  func loops() {
    var run = Run(pageLoop, [.began, typed("plan", .selection([]))])
    for _ in 0..<3 {
      expectNoDifference(run.state.likelyWay(in: pageLoop).map(\.step), ["page", "excess"])
      run.send(typed("page", .selection(["trade"])))
      expectNoDifference(run.state.likelyWay(in: pageLoop).map(\.step), ["excess", "page"])
      run.send(typed("excess", .choice("off")))
    }
  }

  @Test("a chain of 200,000 steps, and a loop over all of them, need no deep stack")
  func longChains() {
    let count = 200_000
    let line = straight(count)
    expectNoDifference(Run(line).state.likelyWay(in: line).count, count)
    let loop = straight(count, last: Transition(to: "s0"))
    expectNoDifference(Run(loop).state.likelyWay(in: loop).count, count)
    expectNoDifference(Set(Components.found(in: loop.successors).of.prefix(count)).count, 1)
  }

  @Test("a flow without steps, and one that names no existing target, have maps")
  func degenerate() {
    let empty = Flow(id: "e", version: 1, title: "", summary: "", steps: [])
    let run = Run(empty, [.began, takenUp, typed("a", .yes)])
    expectNoDifference(run.effects, [])
    expectNoDifference(run.state.likelyWay(in: empty), [])
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
    var state = State(rules: .first)
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
