import CustomDump
import Testing

@testable import FlowCore

/// The page loop: too much is set, until it is switched off or has a reason.
@Suite struct WarningTests {
  private let excess: [Event] = [
    .began, typed("plan", .selection(["read"])), typed("page", .selection(["read", "withdraw"])),
  ]
  private let off = typed("excess", .choice("off"))
  private let stays = typed("excess", .choice("stays"))
  private let because = typed("reason", .text("the bot pays out"))
  private let planned = typed("page", .selection(["read"]))

  @Test("a warning is raised once, with each of its codes, and leads to the excess")
  func raised() {
    var run = Run(pageLoop, excess.dropLast())
    let given = Given(answer: .selection(["read", "withdraw"]), source: .typed, standing: .claimed)
    let tooMuch = run.exception(1, .warning, code: "too-much", "More is set than planned.", .open)
    let withdraw = run.exception(2, .warning, code: "withdraw", "Withdraw is set.", .open)
    run.expect(
      excess[2],
      leadsTo: [
        .say(.stands("page", given)), .say(.warned("page", code: "too-much")), .say(.raised(tooMuch)),
        .say(.warned("page", code: "withdraw")), .say(.raised(withdraw)), .ask("excess", problem: nil),
      ]
    ) {
      $0.given["page"] = given
      $0.exceptions = [tooMuch, withdraw]
      $0.way.append("excess")
      $0.enter = nil
    }
    run.send(off, excess[2])
    expectNoDifference(
      run.effects,
      [
        .say(.stands("page", given)), .say(.warned("page", code: "too-much")), .say(.warned("page", code: "withdraw")),
        .ask("excess", problem: nil),
      ])
    expectNoDifference(run.state.exceptions, [tooMuch, withdraw])
  }

  @Test("switched off on the page: the warnings are corrected")
  func corrected() {
    let run = Run(pageLoop, excess + [off, planned])
    expectNoDifference(
      run.exceptions,
      [
        "1 warning too-much at page: More is set than planned., corrected",
        "2 warning withdraw at page: Withdraw is set., corrected",
      ])
    expectNoDifference(run.effects.last, .ask("review", problem: nil))
  }

  @Test("only one of two switched off: that one is corrected, the other open")
  func halfCorrected() {
    let run = Run(pageLoop, excess + [off, typed("page", .selection(["read", "trade"]))])
    expectNoDifference(
      run.exceptions,
      [
        "1 warning too-much at page: More is set than planned., open",
        "2 warning withdraw at page: Withdraw is set., corrected",
      ])
    expectNoDifference(run.effects.last, .ask("excess", problem: nil))
  }

  @Test("it stays on with a reason: the warnings are accepted")
  func accepted() {
    let run = Run(pageLoop, excess + [stays, because])
    expectNoDifference(
      run.exceptions,
      [
        "1 warning too-much at page: More is set than planned., accepted: the bot pays out",
        "2 warning withdraw at page: Withdraw is set., accepted: the bot pays out",
      ])
    expectNoDifference(run.effects.last, .ask("review", problem: nil))
  }

  @Test("a skipped reason leaves the warnings open")
  func skippedReason() {
    let run = Run(pageLoop, excess + [stays, .skipped("reason", reason: "none of your business", .typed)])
    expectNoDifference(
      run.exceptions,
      [
        "1 warning too-much at page: More is set than planned., open",
        "2 warning withdraw at page: Withdraw is set., open",
        "3 skip at reason: none of your business, recorded",
      ])
  }

  @Test("going back to the page and planning less closes them, and the record has both")
  func backToThePage() {
    let run = Run(pageLoop, excess + [.wentBack("excess", .typed), planned])
    expectNoDifference(
      run.exceptions,
      [
        "1 warning too-much at page: More is set than planned., corrected",
        "2 warning withdraw at page: Withdraw is set., corrected",
        "3 correction at page: Read, Withdraw → Read, recorded",
      ])
  }

  @Test("going back behind the correction raises the warnings again")
  func backBehindTheCorrection() {
    var run = Run(pageLoop, excess + [off, planned, .reopened("excess", .typed)])
    expectNoDifference(run.answers, ["plan": "read", "page": "read withdraw"])
    run.send(stays, because)
    expectNoDifference(
      run.exceptions,
      [
        "1 warning too-much at page: More is set than planned., corrected",
        "2 warning withdraw at page: Withdraw is set., corrected",
        "3 warning too-much at page: More is set than planned., accepted: the bot pays out",
        "4 warning withdraw at page: Withdraw is set., accepted: the bot pays out",
        "5 correction at excess: I have switched it off → It stays on, recorded",
      ])
    var same = Run(pageLoop, excess + [off, planned, .reopened("excess", .typed), off])
    expectNoDifference(same.effects.last, .ask("review", problem: nil))
    expectNoDifference(same.state.exceptions.map(\.resolution), Array(repeating: .corrected, count: 4))
    same.send(typed("review", .finished))
    #expect(same.state.hasEnded)
  }

  @Test("a carried reason does not accept a new warning unseen")
  func newWarning() {
    var run = Run(
      pageLoop,
      [
        .began, typed("plan", .selection(["read"])), typed("page", .selection(["trade"])), stays, because,
        .reopened("page", .typed), typed("page", .selection(["trade", "withdraw"])),
      ])
    expectNoDifference(run.effects.last, .ask("reason", problem: nil))
    expectNoDifference(
      run.state.defaultAnswer(at: pageLoop["reason"]!, in: pageLoop), .text("the bot pays out"))
    run.send(typed("reason", .text("both are wanted")))
    expectNoDifference(run.effects.last, .ask("review", problem: nil))
    #expect(!run.state.exceptions.contains { $0.resolution == .open })
  }

  @Test("a warning whose answer was taken back for good is closed at the review")
  func withdrawn() {
    let branching = flow(
      Step(
        id: "purpose", title: "Purpose",
        body: .choose(
          Options([
            Option(id: "bot", title: "Bot", target: "ip"), Option(id: "tax", title: "Tax", target: "review"),
          ]))),
      Step(
        id: "ip", title: "IP list",
        warnings: [Warning(code: "no-ip", when: .answer("ip", .isOne(of: ["no"])), text: "Open.")],
        body: .confirm(Confirmation())),
      review, done)
    let open: [Event] = [.began, typed("purpose", .choice("bot")), typed("ip", .no)]
    expectNoDifference(Run(branching, open).exceptions, ["1 warning no-ip at ip: Open., open"])
    let run = Run(branching, open + [.reopened("purpose", .typed), typed("purpose", .choice("tax"))])
    expectNoDifference(
      run.exceptions,
      ["1 warning no-ip at ip: Open., corrected", "2 correction at purpose: Bot → Tax, recorded"])
    let skipped = Run(
      branching, open + [.reopened("ip", .typed), .skipped("ip", reason: "unknown", .typed)])
    expectNoDifference(
      skipped.exceptions, ["1 warning no-ip at ip: Open., open", "2 skip at ip: unknown, recorded"])
  }
}
