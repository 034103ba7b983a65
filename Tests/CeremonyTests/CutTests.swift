import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// A walk that is cut at any of its prompts, and gone on with from its log, comes to the answers of one that is not.
@Suite struct CutTests {
  /// A walk with a sub-prompt of every kind.
  private let winding = Partner.Lines([
    "purpose": "other", "program": ":note", "program.text": "for the office", "program": "payout",
    "plan": "account, withdraw", "plan.danger": "coins", "plan.danger": "coins-can-leave",
    "beyond-reason": "it pays out by itself", "ip-plan": "none",
    "no-list-reason": "ticket-7f3a9c01bd52e86f4a7c9d10", "no-list-reason.secret": "no", "store": "offline",
    "account": "not-yet", "not-logged-in": "logged-in", "account": "main", "navigate": ":differs",
    "navigate.text": "it is called API keys", "navigate": ":skip", "navigate.text": "not known yet", "label": "",
    "confirm": "missing", "two-factor-missing": "set-up", "label": "", "confirm": "app", "credential.key": .secret("7"),
    "credential.again": "", "credential.key": .secret(Canary.key),
    "credential.secret": "", "credential.copy": "yes", "page-shows": "account, withdraw, spot-write",
    "too-much": "stays-on", "too-much-reason": "it trades a little", "ip-shows": "none", "review": "2.1",
    "navigate": "", "review": "",
  ])

  private func conclusion(of saying: Partner.Saying) -> Session.Conclusion {
    switch saying {
    case .signal(let number): .suspended(.signal(number))
    default: .suspended(.inputEnded)
    }
  }

  /// Where a run that was cut at a prompt asks again: at its step's own question.
  private func start(of cut: Int, in lines: Partner.Lines) -> Partner.Lines {
    let step = lines[cut].key.prefix { $0 != "." }
    if step == "credential" {
      let first = lines.firstIndex { $0.key == "credential.key" } ?? cut
      return [(key: "credential.shown", saying: .line("yes"))] + lines[first...]
    }
    let first = lines[...cut].lastIndex { $0.key == step } ?? cut
    return Array(lines[first...])
  }

  @Test func `the uncut walk`() throws {
    let dialogue = Dialogue(try Flows.createKey(), winding)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(
      dialogue.exceptions,
      [
        "exception 1: danger taken: withdraw",
        "exception 2: warning: A key that can withdraw, usable from anywhere: whoever sees it once, in a log or a backup, "
          + "can take the coins. Little in this plan would stop a thief.; "
          + "accepted: ticket-7f3a9c01bd52e86f4a7c9d10",
        "exception 3: page differs: it is called API keys", "exception 4: skipped: not known yet",
        "exception 5: warning: The page shows more than was planned. Set: account read only, spot read and write, "
          + "withdraw. Planned: account read only, withdraw.; accepted: it trades a little",
        "exception 6: answer changed: skipped → the page for new keys is open",
      ])
  }

  @Test(arguments: [Partner.Saying.end, .signal(2), .signal(15)])
  func `cut at any prompt, it can be gone on with`(_ saying: Partner.Saying) throws {
    let flow = try Flows.createKey()
    for lines in [winding, Flows.straight] {
      let whole = Dialogue(flow, lines)
      try whole.begin()
      for cut in lines.indices {
        let first = Dialogue(flow, Array(lines[..<cut]), afterwards: saying)
        expectNoDifference(try first.begin(), conclusion(of: saying), "at \(lines[cut].key)")
        expectNoDifference(first.ledger.keys.last, lines[cut].key)
        // The end of the input is an event, and no answer.
        let said = first.ledger.events.filter { if case .shown = $0 { false } else { true } }
        let wholeSaid = whole.ledger.events.filter { if case .shown = $0 { false } else { true } }
        expectNoDifference(Array(said.dropLast()), Array(wholeSaid.prefix(said.count - 1)), "at \(cut)")
        guard case .suspended? = said.last else {
          Issue.record("at \(cut) the last event is \(String(describing: said.last))")
          continue
        }
        var state = State()
        for event in first.ledger.events { _ = reduce(&state, event, in: flow) }
        #expect(state == first.state)
        let second = Dialogue(flow, state: state, start(of: cut, in: lines))
        expectNoDifference(try second.resume(), .ended(.completed), "at \(cut), \(lines[cut].key)")
        expectNoDifference(second.answers, whole.answers, "at \(cut), \(lines[cut].key)")
        // A stop is an exception only while the secret could be lost.
        let expected = lines[cut].key.hasPrefix("credential") ? 1 : 0
        let interruptions = second.state.exceptions.filter { $0.kind == .interruption }
        expectNoDifference(interruptions.map(\.resolution), Array(repeating: .corrected, count: expected))
        expectNoDifference(second.state.exceptions.count, whole.state.exceptions.count + expected)
      }
    }
  }
}
