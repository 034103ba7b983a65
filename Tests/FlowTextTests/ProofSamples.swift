@testable import FlowCore

/// A flow of a few questions, all the answers it can have, and guards on them.
enum Samples {
  /// The questions; `a` leads round the next two or not.
  static let text = """
    - {id: a, kind: choose, title: A, options: [{id: x, title: X, next: d}, {id: y, title: Y}, {id: z, title: Z}]}
    - {id: b, kind: select, title: B, options: [{id: p, title: P}, {id: q, title: Q}]}
    - {id: c, kind: select, title: C, options: [{id: p, title: P}, {id: q, title: Q}, {id: r, title: R}]}
    - {id: d, kind: confirm, title: D, required: true}

    """

  /// How many lines stand before the first guard of the list.
  static let listLine = 8

  static func list(_ guards: [Guard], hasLast: Bool) -> String {
    let entries = guards.map { "    - {when: \(yaml($0)), to: review}\n" } + (hasLast ? ["    - {to: review}\n"] : [])
    return "- id: list\n  kind: tell\n  title: L\n  next:\n" + entries.joined()
  }

  /// The same questions as a value, without their ways.
  static let flow = Flow(
    id: "test/samples", version: 1, title: "", summary: "",
    steps: [
      Step(id: "a", title: "A", body: .choose(options("x", "y", "z"))),
      Step(id: "b", title: "B", body: .select(options("p", "q"))),
      Step(id: "c", title: "C", body: .select(options("p", "q", "r"))),
      Step(id: "d", title: "D", required: true, body: .confirm(Confirmation())),
    ])

  /// Every combination of answers, missing ones included.
  static let states: [State] = {
    var states = [State()]
    for step in flow.steps {
      states = states.flatMap { state in [state] + answers(of: step).map { given($0, at: step, state, flow) } }
    }
    return states
  }()

  /// The states in which runs come to a step.
  static func arrivals(at id: Step.ID, in flow: Flow) -> [State] {
    var arrived: [State] = []
    var seen: Set<String> = []
    var open = [(flow.steps[0], State())]
    while let (step, state) = open.popLast() {
      // What stands is all that matters for what follows, and how often a run went round is not.
      let stands = flow.steps.map { "\(state.given[$0.id].map { "\($0.answer.map { "\($0)" } ?? "-")" } ?? "?")" }
      guard !step.isEnd, seen.insert("\(step.id) \(stands)").inserted else { continue }
      for answer in answers(of: step) {
        let next = given(answer, at: step, state, flow)
        if step.id == id { arrived.append(next) }
        if let target = flow.target(from: step, in: next).flatMap({ flow[$0] }) { open.append((target, next)) }
      }
    }
    return arrived
  }

  /// The same questions, with ways among them that any guard can steer, as many lines as `text`.
  static func loop(_ random: inout Random) -> String {
    func pick(_ words: String...) -> String { words[Int(random.next() % UInt64(words.count))] }
    let ids = (0..<8).map { _ in pick("a", "b", "c", "d", "list", "list") }
    let guards = (0..<2).map { _ in yaml(condition(&random, depth: 1)) }
    return """
      - {id: a, kind: choose, title: A, options: [{id: x, title: X, next: \(ids[0])}, {id: y, title: Y, next: \(ids[1])}, {id: z, title: Z}]}
      - {id: b, kind: select, title: B, options: [{id: p, title: P}, {id: q, title: Q}], next: [{when: \(guards[0]), to: \(ids[2])}, {to: c}]}
      - {id: c, kind: select, title: C, options: [{id: p, title: P}, {id: q, title: Q}, {id: r, title: R}]}
      - {id: d, kind: confirm, title: D, required: false, next: [{when: \(guards[1]), to: \(ids[3])}, {to: list}]}

      """
  }

  static func condition(_ random: inout Random, depth: Int) -> Guard {
    func pick<Element>(_ elements: [Element]) -> Element { elements[Int(random.next() % UInt64(elements.count))] }
    if depth > 0, random.next() % 2 == 0 {
      let parts = (0..<(1 + Int(random.next() % 3))).map { _ in condition(&random, depth: depth - 1) }
      return pick([.all(parts), .any(parts), .not(parts[0])])
    }
    return pick([
      .answer("a", .isOne(of: pick([["x"], ["y"], ["x", "z"]]))), .answer("a", .skipped), .answer("a", .asked),
      .answer("b", .includes([pick(["p", "q"])])), .answer("b", .isOne(of: ["q"])), .answer("b", .asked),
      .answer("b", .beyond(["q"])), .answer("c", .beyond([pick(["p", "q", "r"])])), .answer("c", .exceeds("b")),
      .answer("c", .lacks("b")), .answer("b", .lacks("c")), .answer("c", .includes(["p", "r"])),
      .answer("c", .isOne(of: ["p", "r"])), .answer("c", .skipped), .answer("d", .isOne(of: [pick(["yes", "no"])])),
      .answer("d", .skipped),
    ])
  }

  // MARK: - Private

  private static func options(_ ids: Option.ID...) -> Options {
    Options(ids.map { Option(id: $0, title: Template($0)) })
  }

  private static func answers(of step: Step) -> [Answer?] {
    let given: [Answer] =
      switch step.body {
      case .choose(let options): options.options.map { .choice($0.id) }
      case .select(let options):
        (0..<(1 << options.options.count)).map { set in
          .selection(options.options.indices.filter { set & (1 << $0) != 0 }.map { options.options[$0].id })
        }
      case .confirm: [.yes, .no]
      default: [.acknowledged]
      }
    return step.required ? given : given + [nil]
  }

  private static func given(_ answer: Answer?, at step: Step, _ state: State, _ flow: Flow) -> State {
    var state = state
    state.enter(step.id)
    state.settle(Given(answer: answer, source: .typed, standing: answer == nil ? .skipped(reason: "r") : .answered))
    return state
  }

  private static func yaml(_ condition: Guard) -> String {
    switch condition {
    case .all(let guards): "{all: [\(guards.map(yaml).joined(separator: ", "))]}"
    case .any(let guards): "{any: [\(guards.map(yaml).joined(separator: ", "))]}"
    case .not(let inner): "{not: \(yaml(inner))}"
    case .answer(let id, let condition): "{step: \(id), \(yaml(condition))}"
    }
  }

  private static func yaml(_ condition: Guard.Condition) -> String {
    switch condition {
    case .isOne(let ids): "is: [\(ids.joined(separator: ", "))]"
    case .includes(let ids): "includes: [\(ids.joined(separator: ", "))]"
    case .beyond(let ids): "beyond: [\(ids.joined(separator: ", "))]"
    case .exceeds(let other): "exceeds: \(other)"
    case .lacks(let other): "lacks: \(other)"
    case .skipped: "skipped: true"
    case .asked: "asked: true"
    }
  }
}
