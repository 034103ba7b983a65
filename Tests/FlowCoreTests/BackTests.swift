import CustomDump
import Testing

@testable import FlowCore

@Suite struct BackTests {
  private let line = flow(
    text("a"), text("b"), Step(id: "check", title: "Check", body: .check(.labelUnused("a"))),
    Step(id: "ok", title: "OK", body: .confirm(Confirmation(defaultsTo: true))), review, done)

  @Test("back at the first step says so")
  func atTheFirst() {
    var run = Run(line)
    run.expect(.wentBack("a", .typed), leadsTo: [.ask("a", problem: .nothingBefore)])
    var checkFirst = Run(
      flow(Step(id: "clock", title: "Clock", body: .check(.clockPlausible)), text("a")), [.began, found("clock", .yes)])
    checkFirst.expect(.wentBack("a", .typed), leadsTo: [.ask("a", problem: .nothingBefore)])
  }

  @Test("back takes the answer off the way and keeps it as the default")
  func keepsAnswers() {
    var run = Run(line, [.began, typed("a", .text("1"))])
    let given = Given(answer: .text("1"), source: .typed, standing: .answered)
    run.expect(.wentBack("b", .typed), leadsTo: [.ask("a", problem: nil)]) {
      $0.way = ["a"]
      $0.given = [:]
      $0.drafts = ["a": given]
      $0.enter = .text("1")
    }
    expectNoDifference(
      line.interpret("", at: line["a"]!, in: run.state), .answer(.text("1"), usedDefault: true))
  }

  @Test("back goes over checks, which run anew and are no corrections")
  func overChecks() {
    var run = Run(line, [.began, typed("a", .text("1")), typed("b", .text("2")), found("check", .yes, by: "one")])
    run.send(.wentBack("ok", .typed))
    expectNoDifference(run.state.way.map(\.step), ["a", "b"])
    run.send(typed("b", .text("2")))
    expectNoDifference(run.effects.last, .runCheck("check", .labelUnused("a")))
    run.send(found("check", .no, by: "two"))
    expectNoDifference(run.exceptions, [])
    expectNoDifference(run.answers, ["a": "1", "b": "2", "check": "no"])
  }

  @Test("going back twice keeps both answers; only what changed is a correction")
  func twice() {
    var run = Run(line, [.began, typed("a", .text("1")), typed("b", .text("2")), found("check", .yes)])
    run.send(.wentBack("ok", .typed), .wentBack("b", .typed))
    run.send(typed("a", .text("one")))
    expectNoDifference(run.state.defaultAnswer(at: line["b"]!, in: line), .text("2"))
    run.send(typed("b", .text("2")))
    expectNoDifference(run.exceptions, ["1 correction at a: 1 → one, recorded"])
  }

  @Test("back over a skip opens it again with the flow's own default")
  func overSkip() {
    var run = Run(line, [.began, .skipped("a", reason: "later", .typed), .wentBack("b", .typed)])
    expectNoDifference(run.effects, [.ask("a", problem: nil)])
    #expect(run.state.defaultAnswer(at: line["a"]!, in: line) == nil)
    run.send(typed("a", .text("x")))
    expectNoDifference(
      run.exceptions, ["1 skip at a: later, recorded", "2 correction at a: skipped → x, recorded"])
  }

  @Test("in a loop, back undoes one round, and the next round is no correction")
  func loops() {
    let off = typed("excess", .choice("off"))
    var run = Run(pageLoop, [.began, typed("plan", .selection(["read"])), typed("page", .selection(["trade"])), off])
    expectNoDifference(run.state.way.map(\.step), ["plan", "page", "excess", "page"])
    run.send(.wentBack("page", .typed))
    expectNoDifference(run.state.way.map(\.step), ["plan", "page", "excess"])
    expectNoDifference(run.answers, ["plan": "read", "page": "trade"])
    run.send(off, typed("page", .selection(["read"])))
    expectNoDifference(run.exceptions, ["1 warning too-much at page: More is set than planned., corrected"])
    expectNoDifference(run.state.current, "review")
  }

  @Test("what is likely to come goes back with the way")
  func likelyWay() {
    var run = Run(line)
    let start = run.state.likelyWay(in: line).map(\.step)
    run.send(typed("a", .text("1")))
    expectNoDifference(run.state.likelyWay(in: line).map(\.step), Array(start.dropFirst()))
    run.send(.wentBack("b", .typed))
    expectNoDifference(run.state.likelyWay(in: line).map(\.step), start)
  }

  @Test("what was warned of is not said again by Enter, since format 2")
  func risky() {
    let risky: [Event] = [.began, typed("plan", .selection(["read"])), typed("page", .selection(["trade"]))]
    for (rules, expected) in [(State.Rules.first, Answer.selection(["trade"])), (.second, nil)] {
      let run = Run(pageLoop, risky + [.wentBack("excess", .typed)], rules: rules)
      expectNoDifference(run.state.current, "page")
      expectNoDifference(run.state.defaultAnswer(at: pageLoop["page"]!, in: pageLoop), expected)
    }
    let fine = Run(
      pageLoop,
      [.began, typed("plan", .selection(["read"])), typed("page", .selection(["read"])), .wentBack("review", .typed)],
      rules: .second)
    expectNoDifference(fine.state.defaultAnswer(at: pageLoop["page"]!, in: pageLoop), .selection(["read"]))
  }

  @Test("a blanked answer is never a default")
  func redacted() {
    let run = Run(line, [.began, typed("a", .redacted(tag: 3)), .wentBack("b", .typed)])
    #expect(run.state.defaultAnswer(at: line["a"]!, in: line) == nil)
  }
}
