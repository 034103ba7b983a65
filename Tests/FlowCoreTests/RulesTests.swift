import CustomDump
import Testing

@testable import FlowCore

/// What counts as an exception since journal format 2.
@Suite struct RulesTests {
  @Test func `a stop is none, but where a secret could be lost`() {
    var run = Run(everyKind, [.began, .suspended(.quit), takenUp, typed("tell", .acknowledged)], rules: .second)
    expectNoDifference(run.exceptions, [])
    while run.state.current != "credential" {
      guard let event = plainWay.first(where: { $0.isAnswer(at: run.state.current) }) else { break }
      run.send(event)
    }
    run.send(.suspended(.signal(2)), takenUp)
    expectNoDifference(run.exceptions, ["1 interruption at credential: stopped by Ctrl-C, corrected"])
    expectNoDifference(Run(everyKind, [.began, .suspended(.quit)]).exceptions.count, 1, "as format 1 has it")
  }

  @Test func `a run that died at a credential has lost it, and one that died elsewhere nothing`() {
    expectNoDifference(Run(everyKind, [.began, takenUp], rules: .second).exceptions, [])
    let taking = Flow(
      id: "t", version: 1, title: "", summary: "",
      steps: [Step(id: "key", title: "Key", body: .credential(keyAndSecret(ifLost: "done"))), done])
    expectNoDifference(
      Run(taking, [.began, takenUp], rules: .second).exceptions,
      ["1 interruption at key: the program ended without closing the run, corrected"])
  }

  @Test func `an answer that is changed is one once something was done on a page`() {
    let flow = Flow(
      id: "t", version: 1, title: "", summary: "",
      steps: [
        text("plan"), Step(id: "page", title: "Page", touchesPage: true, body: .tell), text("look"), review, done,
      ])
    var run = Run(
      flow, [.began, typed("plan", .text("a")), .wentBack("page", .typed), typed("plan", .text("b"))], rules: .second)
    expectNoDifference(run.exceptions, [])
    run.send(typed("page", .acknowledged), .wentBack("look", .typed), .wentBack("page", .typed))
    run.send(typed("plan", .text("c")))
    expectNoDifference(run.exceptions, ["1 correction at plan: b → c, recorded"])
  }
}

extension Event {
  fileprivate func isAnswer(at step: Step.ID?) -> Bool {
    switch self {
    case .answered(let id, _, _, _), .observed(let id, _): id == step
    default: false
    }
  }
}
