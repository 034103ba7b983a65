import CustomDump
import Testing

@testable import FlowCore

/// What one answer changes, and what it is worth.
@Suite struct AnswerTests {
  @Test("a plain answer stands and leads on")
  func plain() {
    var run = Run(everyKind)
    expectNoDifference(run.effects, [.ask("tell", problem: nil)])
    let told = Given(answer: .acknowledged, source: .enter, standing: .claimed)
    run.expect(
      .answered("tell", .acknowledged, words: [:], .enter),
      leadsTo: [.say(.stands("tell", told)), .ask("confirm", problem: nil)]
    ) {
      $0.given["tell"] = told
      $0.way = ["tell", "confirm"]
      $0.enter = nil
    }
    let no = Given(answer: .no, source: .typed, standing: .answered)
    run.expect(typed("confirm", .no), leadsTo: [.say(.stands("confirm", no)), .finish("done", .completed)]) {
      $0.given["confirm"] = no
      $0.way = ["tell", "confirm", "done"]
      $0.phase = .ended(.completed, at: "done", reason: "all done")
    }
  }

  @Test("a dangerous option wants its word, and is numbered as an override")
  func danger() {
    var run = Run(everyKind, way(to: "choose"))
    let futures = Answer.choice("futures")
    run.expect(typed("choose", futures), leadsTo: [.askWord("choose", futures, "futures", problem: nil)])
    run.expect(
      typed("choose", futures, words: ["spot": "futures"]),
      leadsTo: [.askWord("choose", futures, "futures", problem: nil)])
    for wrong in ["", "yes", "Futures", "futures!"] {
      run.expect(
        typed("choose", futures, words: ["futures": wrong]),
        leadsTo: [.askWord("choose", futures, "futures", problem: .wrongWord(expected: "futures"))])
    }
    let given = Given(answer: futures, source: .typed, standing: .answered)
    let override = run.exception(1, .override, "Futures bot", .recorded)
    run.expect(
      typed("choose", futures, words: ["futures": " futures "]),
      leadsTo: [.say(.stands("choose", given)), .say(.raised(override)), .ask("select", problem: nil)]
    ) {
      $0.given["choose"] = given
      $0.exceptions = [override]
      $0.way.append("select")
    }
    run.send(.wentBack("select", .typed), typed("choose", futures))
    expectNoDifference(run.effects, [.askWord("choose", futures, "futures", problem: nil)])
    run.send(typed("choose", futures, words: ["futures": "futures"]))
    expectNoDifference(run.exceptions, ["1 override at choose: Futures bot, recorded"])
    run.send(.wentBack("select", .typed), typed("choose", .choice("spot")))
    expectNoDifference(
      run.exceptions,
      [
        "1 override at choose: Futures bot, recorded", "2 correction at choose: Futures bot → Spot bot, recorded",
      ])
  }

  @Test("a page that shows a dangerous option is reported, without a word to type")
  func dangerReported() {
    let report = flow(
      Step(
        id: "page", title: "Page", claim: true,
        body: .select(Options([Option(id: "w", title: "Withdraw", danger: Danger(word: "w", why: ""))]))), done)
    let run = Run(report, [.began, typed("page", .selection(["w"]))])
    expectNoDifference(run.answers, ["page": "w"])
    expectNoDifference(run.exceptions, [])
  }

  @Test("what can't be chosen is refused with its reason, wherever it came from")
  func refused() {
    var run = Run(everyKind, way(to: "choose"))
    run.expect(
      typed("choose", .choice("margin")),
      leadsTo: [.ask("choose", problem: .disabled("margin", reason: "Not offered."))])
    run.expect(
      .answered("choose", .choice("spt"), words: [:], .program),
      leadsTo: [.ask("choose", problem: .noSuchOption("spt", nearest: "spot"))])
    run.send(typed("choose", .choice("spot")))
    run.expect(
      typed("select", .selection(["read", "fly"])),
      leadsTo: [.ask("select", problem: .noSuchOption("fly", nearest: nil))])
    run.send(typed("select", .selection([])))
    run.expect(
      typed("text", .text("far too long")),
      leadsTo: [.ask("text", problem: .shape(.tooLong(count: 12, most: 8), message: nil))])
  }

  @Test("a skip wants a reason, and a required step refuses it")
  func skips() {
    var run = Run(flow(Step(id: "a", title: "A", required: true, body: .tell), text("b"), review))
    run.expect(.skipped("a", reason: "why not", .typed), leadsTo: [.ask("a", problem: .requiredStep)])
    run.send(typed("a", .acknowledged))
    run.expect(.skipped("b", reason: "", .typed), leadsTo: [.ask("b", problem: .skipNeedsReason)])
    let given = Given(answer: nil, source: .typed, standing: .skipped(reason: "no label"))
    let skip = run.exception(1, .skip, "no label", .recorded)
    run.expect(
      .skipped("b", reason: "no label", .typed),
      leadsTo: [.say(.stands("b", given)), .say(.raised(skip)), .ask("review", problem: nil)]
    ) {
      $0.given["b"] = given
      $0.exceptions = [skip]
      $0.way.append("review")
      $0.enter = .finished
    }
  }

  @Test("a page that differs is numbered, a note is not, and both ask again")
  func differsAndNotes() {
    var run = Run(everyKind, way(to: "select"))
    let differs = run.exception(1, .pageDiffers, "the button is green", .recorded)
    run.expect(
      .differed("select", "the button is green", .typed),
      leadsTo: [.say(.raised(differs)), .say(.alternative("select")), .ask("select", problem: nil)]
    ) { $0.exceptions = [differs] }
    run.expect(
      .noted("select", "at the office", .typed), leadsTo: [.say(.noted("select")), .ask("select", problem: nil)])
  }

  @Test("a run can be left and taken up at every kind of step", arguments: TransitionTests.kinds)
  func suspendAndResume(id: Step.ID) {
    var run = Run(everyKind, way(to: id))
    let asked = run.effects.last
    let left = run.exception(1, .interruption, "the input ended", .open)
    run.expect(.suspended(.inputEnded), leadsTo: [.suspend(.inputEnded)]) {
      $0.phase = .suspended(.inputEnded)
      $0.exceptions = [left]
    }
    let closed = run.exception(1, .interruption, "the input ended", .corrected)
    let asks = id == "credential" ? .askStillShown(id) : asked!
    run.expect(takenUp, leadsTo: [.say(.resolved(closed)), asks]) {
      $0.phase = .running
      $0.exceptions = [closed]
      $0.mustAskStillShown = id == "credential"
      $0.secretIsAtStake = false
    }
  }

  @Test("a process that died is seen by the one that takes the run up")
  func died() {
    let run = Run(everyKind, way(to: "text") + [takenUp, takenUp])
    expectNoDifference(
      run.exceptions,
      [
        "1 interruption at text: the program ended without closing the run, corrected",
        "2 interruption at text: the program ended without closing the run, corrected",
      ])
    expectNoDifference(run.effects.last, .ask("text", problem: nil))
  }

  @Test("a run that leads nowhere is blocked, and says where")
  func leadsNowhere() {
    var run = Run(flow(text("a")))
    let given = Given(answer: .text("x"), source: .typed, standing: .answered)
    run.expect(typed("a", .text("x")), leadsTo: [.say(.stands("a", given)), .finish("a", .blocked)]) {
      $0.given["a"] = given
      $0.open = false
      $0.phase = .ended(.blocked, at: "a", reason: "the flow leads nowhere from step 'a'")
      $0.enter = .text("x")
    }
  }

  // MARK: - Standing

  @Test(
    "an answer by a script or a program is never claimed, and never verified", arguments: TransitionTests.kinds)
  func neverClaimed(id: Step.ID) {
    let answers: [Answer] = [
      .acknowledged, .yes, .no, .choice("spot"), .selection(["read"]), .text("bot"), .exit("lost"), .finished,
      .verdict(.yes, by: "a friend"),
    ]
    for answer in answers {
      for source in [AnswerSource.script(digest: "d"), .program] {
        let run = Run(everyKind, way(to: id) + [.answered(id, answer, words: [:], source)])
        if let given = run.state.given[id] { expectNoDifference(given.standing, .scripted) }
      }
    }
  }

  @Test(
    "a person's word is claimed where it reports on the world, answered where it makes a choice",
    arguments: [
      ("tell", .acknowledged, .claimed), ("confirm", .yes, .claimed), ("confirm", .no, .answered),
      ("choose", .choice("spot"), .answered), ("select", .selection([]), .answered), ("text", .text("x"), .answered),
      ("credential", .exit("lost"), .answered), ("review", .finished, .answered),
    ] as [(Step.ID, Answer, Standing)])
  func worth(id: Step.ID, answer: Answer, standing: Standing) {
    for source in [AnswerSource.typed, .enter] {
      let run = Run(everyKind, way(to: id) + [.answered(id, answer, words: [:], source)])
      expectNoDifference(run.state.given[id]?.standing, standing)
    }
  }

  @Test("a report on the page is claimed, whatever its kind")
  func claims() {
    let run = Run(pageLoop, [.began, typed("plan", .selection([])), typed("page", .selection([]))])
    expectNoDifference(run.state.given["plan"]?.standing, .answered)
    expectNoDifference(run.state.given["page"]?.standing, .claimed)
  }

  @Test("a check is verified by its means, whatever it found", arguments: Verdict.allCases)
  func verdicts(verdict: Verdict) {
    let run = Run(everyKind, way(to: "check") + [found("check", verdict, by: "the clock")])
    expectNoDifference(run.state.given["check"]?.standing, .verified(verdict, by: "the clock"))
    expectNoDifference(run.state.current, "credential")
  }
}
