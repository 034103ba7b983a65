import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// The review: all answers, change any, finish.
@Suite struct ReviewTests {
  private func flow() throws -> Flow {
    try Flows.small(
      """
        - id: kind
          kind: choose
          title: What kind?
          options: [{id: tea, title: green tea}, {id: coffee, title: coffee}]
        - {id: name, kind: text, title: Name, default: "my-{kind.id}"}
        - {id: place, kind: text, title: Place}
        - {id: clean, kind: confirm, title: Clean, claimed: the cup is clean, touches-page: true}
        - {id: last, kind: review, title: Review, say: Look it over.}
      """)
  }

  @Test func `it lists what stands, and Enter finishes`() throws {
    let dialogue = Dialogue(
      try flow(), Partner.Lines(["kind": "1", "name": "", "place": "home", "clean": "y", "last": ""]))
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(
      dialogue.ledger.said(after: "clean"),
      [
        "you said: the cup is clean", "Review", "Look it over.", "1 What kind? green tea",
        "2 Name: my-tea", "3 Place: home", "4 Clean: the cup is clean (you said)",
      ])
    expectNoDifference(dialogue.ledger.prompts.last, "Enter = finish, or a number to change: ")
    expectNoDifference(dialogue.state.given["name"]?.source, .enter)
  }

  @Test func `what depends on a changed answer is asked anew, the rest is kept and said to be`() throws {
    let dialogue = Dialogue(
      try flow(),
      Partner.Lines([
        "kind": "1", "name": "", "place": "home", "clean": "y", "last": "1", "kind": "coffee", "name": "", "last": "",
      ]))
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(
      dialogue.ledger.said(after: "last"),
      ["What kind?", "1 green tea", "2 coffee", "Enter = green tea"])
    // What was typed before is the default, even where the flow would propose something else now.
    expectNoDifference(
      dialogue.ledger.said(after: "kind", visit: 2),
      [
        "coffee", "exception 1: answer changed: green tea → coffee",
        "One more question.", "Name", "Enter = my-tea",
      ])
    expectNoDifference(
      dialogue.ledger.said(after: "name", visit: 2),
      [
        "kept as it was: Place: home", "kept as it was: Clean: the cup is clean",
        "Review", "Look it over.", "1 What kind? coffee", "2 Name: my-tea",
        "3 Place: home", "4 Clean: the cup is clean (you said)",
        "exception 1, at 1: answer changed: green tea → coffee",
      ])
  }

  @Test func `an answer that is given again as it was is no correction`() throws {
    let dialogue = Dialogue(
      try flow(),
      Partner.Lines([
        "kind": "1", "name": "", "place": "home", "clean": "y", "last": "change 3", "place": "", "last": "name",
        "name": "cup", "last": "finish",
      ]))
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(dialogue.exceptions, ["exception 1: answer changed: my-tea → cup"])
  }

  @Test func `numbers that are not there, and a key that is kept`() throws {
    let lines = Flows.straight(
      "review",
      [
        "review": "99", "review": "purpose-not", "review": ":skip why not", "review": "5.1", "review": "credential",
        "review": "",
      ])
    let dialogue = Dialogue(try Flows.createKey(), lines)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(
      (1...5).map { dialogue.ledger.said(after: "review", visit: $0).first },
      [
        "There is no number 99 here.", "There is no number purpose-not here.",
        "This step can't be skipped: the record would mean nothing without it. :quit stops for now.",
        "The key is already kept; going back can't take it again.",
        "The key is already kept; going back can't take it again.",
      ])
  }

  @Test func `a plan that is changed at the end asks for its warnings, and never for the key again`() throws {
    let lines = Flows.straight(
      "review",
      [
        "review": "0.4", "ip-plan": "none", "no-list-reason": "the address changes", "ip-shows": "",
        "review": "",
      ])
    let dialogue = Dialogue(try Flows.createKey(), lines)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(dialogue.ledger.keys.count { $0 == "credential.key" }, 1)
  }
}
