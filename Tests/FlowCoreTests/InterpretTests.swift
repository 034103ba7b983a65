import CustomDump
import Testing

@testable import FlowCore

/// What a typed line means, kind by kind.
@Suite struct InterpretTests {
  private static let purposes = Options(
    [
      Option(id: "spot-bot", title: "Spot bot"), Option(id: "spot-grid", title: "Grid, on spot"),
      Option(id: "tax", title: "Tax export"), Option(id: "2x", title: "Leveraged"),
      Option(id: "Älter", title: "Öffentlich"),
    ], defaults: [Conditional(["tax"])])
  private static let bare = Options([Option(id: "none", title: "Nothing"), Option(id: "one", title: "One")])
  private static let steps: [Step.ID: Step] = [
    "tell": Step(id: "tell", title: "", body: .tell),
    "confirm": Step(id: "confirm", title: "", body: .confirm(Confirmation())),
    "confirm-no": Step(id: "confirm-no", title: "", body: .confirm(Confirmation(defaultsTo: false))),
    "choose": Step(id: "choose", title: "", body: .choose(purposes)),
    "choose-bare": Step(id: "choose-bare", title: "", body: .choose(bare)),
    "select": Step(id: "select", title: "", body: .select(purposes)),
    "select-bare": Step(id: "select-bare", title: "", body: .select(bare)),
    "text": Step(id: "text", title: "", body: .text(TextRule(defaults: [Conditional("grid-bot")]))),
    "text-bare": Step(id: "text-bare", title: "", body: .text(TextRule())),
    "credential": Step(
      id: "credential", title: "",
      body: .credential(keyAndSecret(ifLost: "done", exits: [.init(word: "refused", title: "", target: "done")]))),
    "check": Step(id: "check", title: "", body: .check(.clockPlausible)),
    "end": done,
  ]

  private static func taken(_ answer: Answer) -> Interpretation { .answer(answer, usedDefault: false) }

  private static let huge = "99999999999999999999"
  private static let wide = String(repeating: "w", count: 10_000)

  @Test(
    "a line means this",
    arguments: [
      ("tell", "", .answer(.acknowledged, usedDefault: true)), ("tell", " OK ", taken(.acknowledged)),
      ("tell", "no", .problem(.notTheKindOfAnswer)),

      ("confirm", "", .problem(.empty)), ("confirm", "YES", taken(.yes)), ("confirm", "n", taken(.no)),
      ("confirm", "yes please", .problem(.yesOrNo("yes please"))), ("confirm", "да", .problem(.yesOrNo("да"))),
      ("confirm-no", " \t ", .answer(.no, usedDefault: true)),

      ("choose", "", .answer(.choice("tax"), usedDefault: true)), ("choose-bare", "", .problem(.empty)),
      ("choose", "1", taken(.choice("spot-bot"))), ("choose", "05", taken(.choice("Älter"))),
      ("choose", "tax", taken(.choice("tax"))), ("choose", "TAX EXPORT", taken(.choice("tax"))),
      ("choose", "t", taken(.choice("tax"))), ("choose", "2x", taken(.choice("2x"))),
      ("choose", "2", taken(.choice("spot-grid"))), ("choose", "ä", taken(.choice("Älter"))),
      ("choose", "ÄLTER", taken(.choice("Älter"))), ("choose", "öffentlich", taken(.choice("Älter"))),
      ("choose", "grid, on spot", taken(.choice("spot-grid"))),
      ("choose", "spot", .problem(.ambiguous("spot", ["Spot bot", "Grid, on spot"]))),
      ("choose", "spot-bit", .problem(.noSuchOption("spot-bit", nearest: "spot-bot"))),
      ("choose", "zebra", .problem(.noSuchOption("zebra", nearest: nil))),
      ("choose", "0", .problem(.noSuchNumber("0"))), ("choose", "6", .problem(.noSuchNumber("6"))),
      ("choose", huge, .problem(.noSuchNumber(huge))),
      ("choose", "-1", .problem(.noSuchOption("-1", nearest: nil))),
      ("choose", "+1", .problem(.noSuchOption("+1", nearest: nil))),
      ("choose", "-9223372036854775808", .problem(.noSuchOption("-9223372036854775808", nearest: nil))),
      ("choose", "9223372036854775807", .problem(.noSuchNumber("9223372036854775807"))),
      ("choose", "٣", .problem(.noSuchOption("٣", nearest: nil))),
      ("choose", "👩‍👩‍👧", .problem(.noSuchOption("👩‍👩‍👧", nearest: nil))),
      ("choose", wide, .problem(.noSuchOption(wide, nearest: nil))),
      ("choose-bare", "none", taken(.choice("none"))),

      ("select", "", .answer(.selection(["tax"]), usedDefault: true)), ("select", "none", taken(.selection([]))),
      ("select", "3, 1", taken(.selection(["spot-bot", "tax"]))),
      ("select", "3 1 3", taken(.selection(["spot-bot", "tax"]))),
      ("select", "3;1,", taken(.selection(["spot-bot", "tax"]))),
      ("select", "tax export, 2x", taken(.selection(["tax", "2x"]))),
      ("select", "grid, on spot", taken(.selection(["spot-grid"]))),
      ("select", "tax 2", taken(.selection(["spot-grid", "tax"]))),
      ("select", ",", .problem(.empty)), ("select", " ; , ", .problem(.empty)),
      ("select", "1, 9", .problem(.noSuchNumber("9"))), ("select", "1 \(huge)", .problem(.noSuchNumber(huge))),
      ("select", "1, spot", .problem(.ambiguous("spot", ["Spot bot", "Grid, on spot"]))),
      ("select", "none, 1", .problem(.noSuchOption("none", nearest: nil))),
      ("select-bare", "NONE", taken(.selection(["none"]))), ("select-bare", "", .problem(.empty)),

      ("text", "", .answer(.text("grid-bot"), usedDefault: true)), ("text-bare", " ", .problem(.empty)),
      ("text", "  a b  ", taken(.text("a b"))), ("text", wide, taken(.text(wide))),
      ("text", "::x", taken(.text("::x"))),

      ("credential", "", .problem(.empty)), ("credential", "lost", taken(.exit("lost"))),
      ("credential", "refused", taken(.exit("refused"))), ("credential", "Lost", .problem(.notTheKindOfAnswer)),
      ("credential", "yes", .problem(.notTheKindOfAnswer)),
      ("check", "", .problem(.empty)), ("check", "yes", .problem(.notTheKindOfAnswer)),
      ("end", "", .problem(.empty)), ("end", "ok", .problem(.notTheKindOfAnswer)),
    ] as [(Step.ID, String, Interpretation)])
  func line(id: Step.ID, line: String, meaning: Interpretation) {
    let step = Self.steps[id]!
    let flow = flow(step)
    expectNoDifference(flow.interpret(line, at: step, in: Run(flow).state), meaning)
  }

  @Test(
    "at the review a line finishes, or names a step to change",
    arguments: [
      ("", .answer(.finished, usedDefault: true)), ("FINISH", taken(.finished)), ("2", .reopen("confirm")),
      ("change 2", .reopen("confirm")), ("Change  text", .reopen("text")), ("text", .reopen("text")),
      ("0", .problem(.noSuchNumber("0"))), ("8", .problem(.noSuchNumber("8"))),
      ("-9223372036854775808", .problem(.noSuchNumber("-9223372036854775808"))),
      (huge, .problem(.noSuchNumber(huge))), ("change", .problem(.noSuchNumber("change"))),
      ("nowhere", .problem(.noSuchNumber("nowhere"))), ("done", .problem(.noSuchNumber("done"))),
    ] as [(String, Interpretation)])
  func review(line: String, meaning: Interpretation) {
    let run = Run(everyKind, way(to: "review"))
    expectNoDifference(everyKind.interpret(line, at: everyKind["review"]!, in: run.state), meaning)
  }

  @Test("an id goes before another option's title, and one title for two options is ambiguous")
  func idsAndTitles() {
    let options = Options([
      Option(id: "first", title: "second"), Option(id: "second", title: "Twin"), Option(id: "third", title: "Twin"),
      Option(id: "30", title: "A month"), Option(id: "year", title: "365"),
    ])
    let step = Step(id: "choose", title: "", body: .choose(options))
    func meaning(_ line: String) -> Interpretation { flow(step).interpret(line, at: step, in: State()) }
    expectNoDifference(meaning("second"), Self.taken(.choice("second")))
    expectNoDifference(meaning("twin"), .problem(.ambiguous("twin", ["second", "third"])))
    expectNoDifference(meaning("30"), Self.taken(.choice("30")))
    expectNoDifference(meaning("365"), Self.taken(.choice("year")))
    expectNoDifference(meaning("3"), Self.taken(.choice("third")))
    expectNoDifference(meaning("36"), .problem(.noSuchNumber("36")))
  }

  @Test("a default that can't be given now is none: of a selection the rest stays")
  func disabledDefaults() {
    let off = [Disablement(when: .answer("account", .isOne(of: ["sub"])), reason: "Not for a sub-account.")]
    let options = [Option(id: "a", title: "A", disabled: off), Option(id: "b", title: "B")]
    let disabling = flow(
      text("account"), Step(id: "choose", title: "", body: .choose(Options(options, defaults: [Conditional(["a"])]))),
      Step(id: "select", title: "", body: .select(Options(options, defaults: [Conditional(["a", "b"])]))),
      Step(
        id: "text", title: "",
        body: .text(TextRule(shape: Shape(length: 1...3), defaults: [Conditional(hole("account"))])))
    )
    func enter(_ id: Step.ID, _ account: String) -> Interpretation {
      disabling.interpret("", at: disabling[id]!, in: Run(disabling, [.began, typed("account", .text(account))]).state)
    }
    expectNoDifference(enter("choose", "main"), .answer(.choice("a"), usedDefault: true))
    expectNoDifference(enter("choose", "sub"), .problem(.empty))
    expectNoDifference(enter("select", "main"), .answer(.selection(["a", "b"]), usedDefault: true))
    expectNoDifference(enter("select", "sub"), .answer(.selection(["b"]), usedDefault: true))
    expectNoDifference(enter("text", "sub"), .answer(.text("sub"), usedDefault: true))
    expectNoDifference(enter("text", "main"), .problem(.empty))
    var run = Run(disabling, [.began, typed("account", .text("main")), typed("choose", .choice("a"))])
    run.send(.wentBack("select", .typed), .wentBack("choose", .typed), typed("account", .text("sub")))
    expectNoDifference(disabling.interpret("", at: disabling["choose"]!, in: run.state), .problem(.empty))
  }

  @Test("titles that use each other come to an end")
  func titlesInACircle() {
    let circle = flow(
      Step(
        id: "a", title: "",
        body: .choose(
          Options([Option(id: "x", title: Template(segments: [.literal("a:"), .answer("b", asID: false)]))]))),
      Step(
        id: "b", title: "",
        claims: [Conditional(Template(segments: [.literal("b:"), .answer("a", asID: false)]))],
        body: .confirm(Confirmation())))
    let run = Run(circle, [.began, typed("a", .choice("x")), typed("b", .yes)])
    expectNoDifference(run.state.answerText(of: "a", in: circle), "a:yes")
    expectNoDifference(run.state.answerText(of: "b", in: circle), "b:x")
    expectNoDifference(run.state.answerText(of: "b", asID: true, in: circle), "yes")
    let text = Template(segments: [.answer("a", asID: false), .literal(" "), .answer("b", asID: false)])
    expectNoDifference(text.filled(from: run.state, in: circle), "a:yes b:x")
  }

  @Test("a text filled over and over is cut", arguments: ["x", "ä", ""])
  func bomb(letter: String) {
    let holes = 3_000
    func title(of id: Step.ID) -> Template {
      Template(segments: [.literal(letter)] + Array(repeating: .answer(id, asID: false), count: holes))
    }
    func step(_ id: Step.ID, after other: Step.ID) -> Step {
      let options = (0..<100).map { Option(id: letter + "\($0)", title: title(of: other)) }
      return Step(id: id, title: "", body: .select(Options(options)))
    }
    let bomb = flow(step("a", after: "c"), step("b", after: "a"), step("c", after: "b"))
    let all = Answer.selection((0..<100).map { letter + "\($0)" })
    let run = Run(bomb, [.began, typed("a", all), typed("b", all), typed("c", all)])
    let longest = Filling.longest
    for text in [
      title(of: "a").filled(from: run.state, in: bomb), all.words(at: bomb["b"]!, in: run.state, of: bomb),
      run.state.answerText(of: "c", in: bomb) ?? "",
    ] {
      #expect(text.utf8.count <= longest + "…".utf8.count && text.utf8.count > longest - 8, "\(text.utf8.count)")
      #expect(text.hasSuffix("…"))
    }
    let whole = String(repeating: "y", count: longest)
    expectNoDifference(Template(whole).filled(from: run.state, in: bomb), whole)
    expectNoDifference(Template(whole + "y").filled(from: run.state, in: bomb), whole + "…")
  }

  @Test("nothing filled in over and over comes to an end too")
  func emptyBomb() {
    let holes = Template(segments: Array(repeating: .answer("a", asID: true), count: 20_000))
    let bomb = flow(
      Step(id: "a", title: "", body: .select(Options([]))),
      Step(id: "b", title: "", claims: [Conditional(holes)], body: .confirm(Confirmation())))
    let run = Run(bomb, [.began, typed("a", .selection([])), typed("b", .yes)])
    var filling = Filling(state: run.state, flow: bomb)
    filling.fill(Template(segments: Array(repeating: .answer("b", asID: false), count: 20_000)))
    expectNoDifference(filling.isCut, true)
  }
}
