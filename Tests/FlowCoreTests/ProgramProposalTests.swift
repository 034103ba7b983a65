import CustomDump
import Testing

@testable import FlowCore

@Suite struct ProgramProposalTests {
  private let making = flow(
    Step(
      id: "purpose", title: "For what?", fromProgram: .purpose,
      body: .choose(Options(["bot", "tax", "other"].map { Option(id: $0, title: Template($0)) }))),
    Step(id: "program", title: "Which program?", fromProgram: .name, body: .text(TextRule())),
    Step(
      id: "plan", title: "What may it do?", recalls: true, fromProgram: .permissions,
      body: .select(
        Options(
          [
            Option(id: "read", title: "read"), Option(id: "spot", title: "spot"),
            Option(id: "withdraw", title: "withdraw", danger: Danger(word: "out", why: "Coins can leave.")),
          ], defaults: [Conditional(["read"])]))),
    Step(id: "note", title: "Anything else?", body: .text(TextRule())), review, done)

  private let freqtrade = ProgramProposal(
    name: "freqtrade", title: "freqtrade",
    needs: [
      .init(
        purpose: "bot", permissions: ["read", "spot", "withdraw", "gone"], why: "It trades.", source: "its manual"),
      .init(purpose: "tax", permissions: ["spot"], why: "It reads trades.", source: "its manual"),
    ])

  private func run(_ events: Event...) -> Run {
    Run(making, [.began, .programProposed(freqtrade)] + events, rules: .second)
  }

  private func enter(_ run: Run) -> Answer? {
    run.state.current.flatMap { run.flow[$0] }.flatMap { run.state.defaultAnswer(at: $0, in: run.flow) }
  }

  @Test func `what the program's pack says is proposed where the flow says so, and asked`() {
    var run = run()
    expectNoDifference(enter(run), .choice("bot"))
    run.send(typed("purpose", .choice("bot")))
    expectNoDifference(enter(run), .text("freqtrade"))
    run.send(typed("program", .text("freqtrade")))
    // What is dangerous is chosen by the person, and what the flow does not have can't be.
    expectNoDifference(enter(run), .selection(["read", "spot"]))
    run.send(typed("plan", .selection(["read"])))
    expectNoDifference(enter(run), nil)
    expectNoDifference(run.state.exceptions, [])
  }

  @Test func `for another purpose its other needs are proposed, or what the flow proposes`() {
    var run = run(typed("purpose", .choice("tax")), typed("program", .text("freqtrade")))
    expectNoDifference(enter(run), .selection(["spot"]))
    expectNoDifference(run.state.programNeed(in: making)?.why, "It reads trades.")
    run.send(.wentBack("plan", .typed), .wentBack("program", .typed), typed("purpose", .choice("other")))
    run.send(typed("program", .text("freqtrade")))
    expectNoDifference(run.state.programNeed(in: making), nil)
    expectNoDifference(enter(run), .selection(["read"]))
  }

  @Test func `what was answered before stands before the proposal`() {
    let run = run(
      typed("purpose", .choice("bot")), typed("program", .text("mine")), typed("plan", .selection(["spot"])),
      .wentBack("note", .typed))
    expectNoDifference(enter(run), .selection(["spot"]))
  }

  @Test func `without a program nothing of one is proposed`() {
    var run = Run(making, [.began], rules: .second)
    expectNoDifference(enter(run), nil)
    run.send(typed("purpose", .choice("bot")), typed("program", .text("freqtrade")))
    expectNoDifference(enter(run), .selection(["read"]))
  }

  @Test func `a command names the program's pack where the run was begun for the program that is answered`() {
    let command = Template(segments: [
      .literal("exec bot"), .program("program"), .literal(" -- "), .answer("program", asID: false),
    ])
    for (program, text) in [("freqtrade", "exec bot --as freqtrade -- freqtrade"), ("mine", "exec bot -- mine")] {
      let run = run(typed("purpose", .choice("bot")), typed("program", .text(program)))
      expectNoDifference(command.filled(from: run.state, in: making), text)
    }
    let none = Run(
      making, [.began, typed("purpose", .choice("bot")), typed("program", .text("freqtrade"))], rules: .second)
    expectNoDifference(command.filled(from: none.state, in: making), "exec bot -- freqtrade")
    expectNoDifference(command.blank(in: making), "exec bot -- [which program?]")
  }
}
