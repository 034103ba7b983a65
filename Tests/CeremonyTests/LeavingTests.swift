import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// Leaving while the secret can be lost, and coming back.
@Suite struct LeavingTests {
  private let announcement = [
    "Count on seeing the secret only once. If you stop now, take it for lost: the key must be deleted and made anew.",
    "To stop all the same, do that once more. To go on, answer at the prompt.",
  ]

  @Test(arguments: [
    (Partner.Saying.line(":quit"), Interruption.quit), (.end, .inputEnded), (.signal(2), .signal(2)),
  ]) func `leaving the credential is said first, at each of its prompts, and then obeyed`(
    _ saying: Partner.Saying, _ interruption: Interruption
  ) throws {
    let prompts: [KeyValuePairs<String, Partner.Saying>] = [
      ["credential.key": saying, "credential.key": saying],
      ["credential.key": .secret(Canary.key), "credential.secret": saying, "credential.secret": saying],
      [
        "credential.key": .secret(Canary.key), "credential.secret": .secret(Canary.secret), "credential.copy": saying,
        "credential.copy": saying,
      ],
      [
        "credential.key": .secret(Canary.key), "credential.secret": "", "credential.copy": saying,
        "credential.copy": saying,
      ],
      ["credential.key": .secret("7"), "credential.again": saying, "credential.again": saying],
    ]
    for lines in prompts {
      let dialogue = Dialogue(try Flows.createKey(), Flows.untilCredential(lines))
      expectNoDifference(try dialogue.begin(), .suspended(interruption))
      let last = try #require(dialogue.ledger.keys.last)
      let visit = dialogue.ledger.keys.count { $0 == last } - 1
      expectNoDifference(Array(dialogue.ledger.said(after: last, visit: visit).prefix(2)), announcement)
      expectNoDifference(dialogue.exceptions.last, "exception 1: interrupted: \(interruption.words); open")
    }
  }

  @Test func `going back from the credential says that a key on the page stays`() throws {
    let warned = "If the page has made the key already, it stays there: delete it before you send the form again."
    let before = Flows.straight.prefix { $0.key != "confirm" } + Partner.Lines(["confirm": ":back", "label": ":quit"])
    for (lines, count) in [(Flows.untilCredential(["credential.key": ":back", "confirm": ":quit"]), 1), (before, 0)] {
      let dialogue = Dialogue(try Flows.createKey(), lines)
      expectNoDifference(try dialogue.begin(), .suspended(.quit))
      expectNoDifference(dialogue.ledger.texts.count { $0 == warned }, count)
    }
  }

  @Test func `an answer in between takes the leave back`() throws {
    let dialogue = Dialogue(
      try Flows.createKey(),
      Flows.untilCredential([
        "credential.key": ":quit", "credential.key": .secret(Canary.key), "credential.secret": ":quit",
        "credential.secret": "", "credential.copy": .signal(2), "credential.copy": "no", "credential.copy": .end,
        "credential.copy": ":why", "credential.copy": ":quit", "credential.copy": ":quit",
      ]))
    expectNoDifference(try dialogue.begin(), .suspended(.quit))
    expectNoDifference(dialogue.ledger.texts.count { $0 == announcement[0] }, 5)
  }

  @Test(arguments: [Int32(15), 1]) func `there is no time to say anything at SIGTERM and SIGHUP`(_ number: Int32) throws
  {
    let dialogue = Dialogue(try Flows.createKey(), Flows.untilCredential(["credential.key": .signal(number)]))
    expectNoDifference(try dialogue.begin(), .suspended(.signal(number)))
    #expect(!dialogue.ledger.texts.contains(announcement[0]))
  }

  @Test func `elsewhere leaving is obeyed at once`() throws {
    for saying in [Partner.Saying.line(":quit"), .end, .signal(2)] {
      let dialogue = Dialogue(try Flows.createKey(), Partner.Lines(["purpose": saying]))
      guard case .suspended = try dialogue.begin() else { continue }
      expectNoDifference(dialogue.ledger.keys, ["purpose"])
    }
  }

  @Test func `a program that has no more to say leaves at once`() throws {
    let dialogue = Dialogue(
      try Flows.createKey(), Flows.untilCredential(["credential.key": .end]), isPerson: false)
    expectNoDifference(try dialogue.begin(), .missing(step: "credential", key: "credential.key"))
  }

  // MARK: - Coming back

  private func left(at lines: KeyValuePairs<String, Partner.Saying>) throws -> (Flow, State) {
    let dialogue = Dialogue(try Flows.createKey(), Flows.untilCredential(lines))
    try dialogue.begin()
    return (dialogue.session.flow, dialogue.state)
  }

  @Test func `the page still shows it: it is taken from its first part on`() throws {
    let (flow, state) = try left(at: ["credential.key": .secret(Canary.key), "credential.secret": .signal(15)])
    let dialogue = Dialogue(
      flow, state: state,
      Partner.Lines([
        "credential.shown": "", "credential.shown": "?", "credential.shown": "yes",
        "credential.key": .secret(Canary.key), "credential.secret": .secret(Canary.secret),
        "credential.copy": .secret(Canary.lastFour),
      ]) + Flows.afterCredential)
    expectNoDifference(try dialogue.resume(), .ended(.completed))
    expectNoDifference(dialogue.ledger.texts[0], "exception 1: resumed")
    #expect(
      dialogue.ledger.texts.contains { $0.contains("Can you still copy it there, now or once the key is made?") })
    expectNoDifference(dialogue.ledger.said(after: "credential.shown"), ["Please say yes or no."])
  }

  @Test func `the page does not show it any more: the secret is lost`() throws {
    let (flow, state) = try left(at: ["credential.key": .signal(15)])
    let dialogue = Dialogue(flow, state: state, Partner.Lines(["credential.shown": "no", "lost": "stop"]))
    expectNoDifference(try dialogue.resume(), .ended(.aborted))
    expectNoDifference(dialogue.answers["credential"], "lost")
  }

  @Test func `nobody is told again that the secret can be lost while it is asked whether it is`() throws {
    let (flow, state) = try left(at: ["credential.key": .signal(15)])
    let dialogue = Dialogue(flow, state: state, Partner.Lines(["credential.shown": ":quit"]))
    expectNoDifference(try dialogue.resume(), .suspended(.quit))
    #expect(!dialogue.ledger.texts.contains(announcement[0]))
  }

  @Test func `a run that has ended has nothing left to ask`() throws {
    let ended = Dialogue(try Flows.createKey(), Flows.straight)
    try ended.begin()
    let dialogue = Dialogue(ended.session.flow, state: ended.state, Partner.Lines([]))
    expectNoDifference(try dialogue.resume(), .ended(.completed))
  }
}
