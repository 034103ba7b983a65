import CustomDump
import Testing

@testable import FlowCore

/// One event at one step: what changes, and what comes of it. What is not mentioned must not change.
@Suite struct TransitionTests {
  /// Where one event at one step leaves the run: how a whole row of the table reads.
  enum Result: Equatable {
    /// The run goes on to another step.
    case to(Step.ID)
    /// The run asks again where it stands, and says why.
    case again(Problem?)
    /// The run asks again after saying something.
    case says
    /// Nothing comes of it.
    case nothing
    case suspends
    case ends(Outcome)
  }

  static let kinds: [Step.ID] = [
    "tell", "confirm", "choose", "select", "text", "check", "credential", "review",
  ]

  /// Every event that could be sent to a step, with what it leads to there.
  static func table(at id: Step.ID) -> [(Event, Result)] {
    let asks = id != "check"
    let fits: [Step.ID: (Answer, Result)] = [
      "tell": (.acknowledged, .to("confirm")), "confirm": (.yes, .to("choose")),
      "choose": (.choice("spot"), .to("select")), "select": (.selection([]), .to("text")),
      "text": (.text("bot"), .to("check")), "review": (.finished, .ends(.completed)),
      "credential": (.exit("lost"), .ends(.completed)),
    ]
    let wrong = Result.again(asks ? .notTheKindOfAnswer : nil)
    var rows: [(Event, Result)] = [
      (.began, .again(nil)),
      (.shown(id, ["a sentence"]), .nothing),
      (.redacted(line: 3, reason: "a name"), .nothing),
      (.partTaken(id, receipt("key"), .typed), id == "credential" ? .again(nil) : wrong),
      (.partTaken(id, receipt("secret"), .typed), wrong),
      (.credentialHeld(id, offline, .readBack, .typed), wrong),
      (.keepingFailed(id, reason: "full"), wrong),
      (.stillShown(id, true, .typed), wrong),
      (.stillShown(id, false, .typed), wrong),
      (.differed(id, "a green button", .typed), .says),
      (.noted(id, "at the office", .typed), .says),
      (.suspended(.quit), .suspends),
      (.suspended(.signal(2)), .suspends),
      (takenUp, .says),
      (.discarded(reason: "a test"), .ends(.aborted)),
      (.skipped(id, reason: " \t", .typed), .again(skipProblem(at: id))),
      (.skipped(id, reason: "not here", .typed), skip(at: id)),
      (.reopened("text", .typed), reopen(at: id)),
      (
        .reopened("nowhere", .typed),
        .again(asks ? (id == "review" ? .noSuchNumber("nowhere") : .notTheKindOfAnswer) : nil)
      ),
      (.wentBack(id, .typed), back(at: id)),
      (.answered("nowhere", .yes, words: [:], .typed), wrong),
    ]
    let answers: [Answer] = [
      .acknowledged, .yes, .no, .choice("spot"), .selection([]), .text("bot"), .verdict(.yes, by: "a friend"),
      .credential(offline), .exit("lost"), .exit("nowhere"), .finished, .redacted(tag: 4),
    ]
    for answer in answers {
      let result: Result =
        switch (id, answer) {
        case ("confirm", .no): .ends(.completed)
        case ("text", .redacted): .to("check")
        case _ where fits[id]?.0 == answer: fits[id]!.1
        default: wrong
        }
      rows.append((.answered(id, answer, words: [:], .typed), result))
    }
    rows.append(
      (.observed(id, Observation(.no, by: "the records")), asks ? wrong : .to("credential")))
    return rows
  }

  @Test("every event at every kind of step leads where the table says", arguments: kinds)
  func everyEventAtEveryKind(id: Step.ID) {
    for (event, expected) in Self.table(at: id) {
      var run = Run(everyKind, way(to: id))
      let before = run.state
      run.send(event)
      expectNoDifference(result(of: run, from: id), expected, "\(event)")
      switch expected {
      case .nothing: expectNoDifference(run.state, before, "\(event)")
      case .again(let problem?): expectNoDifference(run.state, before, "\(event) gave \(problem) and changed something")
      default: break
      }
    }
  }

  @Test("a suspended run takes only its resumption and its end", arguments: kinds)
  func suspended(id: Step.ID) {
    for (event, _) in Self.table(at: id) {
      var run = Run(everyKind, way(to: id) + [.suspended(.quit)])
      let before = run.state
      run.send(event)
      switch event {
      case .resumed: expectNoDifference(run.effects.last?.asks, true)
      case .discarded: expectNoDifference(run.effects, [.finish(nil, .aborted)])
      default:
        expectNoDifference(run.effects, [], "\(event)")
        expectNoDifference(run.state, before, "\(event)")
      }
    }
  }

  @Test("an ended run takes nothing", arguments: kinds)
  func ended(id: Step.ID) {
    for (event, _) in Self.table(at: id) {
      for events in [plainWay, [.discarded(reason: "before it began")]] {
        var run = Run(everyKind, events)
        let before = run.state
        run.send(event)
        expectNoDifference(run.effects, [], "\(event)")
        expectNoDifference(run.state, before, "\(event)")
      }
    }
  }

  @Test("before it began a run can only begin, or be discarded")
  func notBegun() {
    for (event, _) in Self.table(at: "tell") {
      var run = Run(everyKind, [])
      run.send(event)
      switch event {
      case .began, .resumed: expectNoDifference(run.effects, [.ask("tell", problem: nil)])
      case .discarded: expectNoDifference(run.effects, [.finish(nil, .aborted)])
      default:
        expectNoDifference(run.effects, [], "\(event)")
        expectNoDifference(run.state, State(rules: .first), "\(event)")
      }
    }
  }

  // MARK: - The rules of the table

  private static func skipProblem(at id: Step.ID) -> Problem? {
    switch id {
    case "check": nil
    case "review": .nothingToSkip
    default: .skipNeedsReason
    }
  }

  private static func skip(at id: Step.ID) -> Result {
    switch id {
    case "check": .again(nil)
    case "review": .again(.nothingToSkip)
    default: .to(everyKind.steps[everyKind.indices[id]! + 1].id)
    }
  }

  private static func reopen(at id: Step.ID) -> Result {
    switch id {
    case "check": .again(nil)
    case "review": .to("text")
    default: .again(.notTheKindOfAnswer)
    }
  }

  private static func back(at id: Step.ID) -> Result {
    switch id {
    case "tell": .again(.nothingBefore)
    case "check", "credential": .to("text")
    case "review": .again(.keyAlreadyKept)
    default: .to(everyKind.steps[everyKind.indices[id]! - 1].id)
    }
  }

  private func result(of run: Run, from id: Step.ID) -> Result? {
    if case .ended(let outcome, _, _) = run.state.phase { return .ends(outcome) }
    if case .suspended = run.state.phase { return .suspends }
    guard let last = run.effects.last, let current = run.state.current else { return .nothing }
    guard last.asks, run.effects.count(where: \.asks) == 1 else { return nil }
    if current != id { return .to(current) }
    if run.effects.count > 1 { return .says }
    switch last {
    case .ask(id, let problem), .takePart(id, _, let problem), .keepCredential(id, let problem):
      return .again(problem)
    case .runCheck(id, _), .askStillShown(id): return .again(nil)
    default: return nil
    }
  }
}
