import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// What a question that is asked a second time takes from the first: a choice stays the default, a report does not.
@Suite struct AskedAgainTests {
  private let none = "Nothing was typed, and there is no default here."
  private let label =
    "Another key on record here already has the name grid-bot-01. Two keys of one name are how the "
    + "wrong one gets deleted: type :back and choose another, unless the old key is gone."

  private func walk(_ lines: Partner.Lines, verdict: @escaping (Check) -> Verdict = { _ in .yes }) throws -> Dialogue {
    let dialogue = Dialogue(try Flows.createKey(), lines, verdict: verdict)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    return dialogue
  }

  @Test func `after something was switched off, the page is looked at anew`() throws {
    let dialogue = try walk(
      Flows.straight(
        "page-shows",
        [
          "page-shows": "account, spot-write, withdraw", "too-much": "switched-off", "page-shows": "",
          "page-shows": "account, spot-write, futures-read", "too-much": "", "too-much": "switched-off",
          "page-shows": "account, spot-write",
        ]))
    expectNoDifference(
      Array(dialogue.ledger.said(after: "too-much").suffix(2)),
      ["10 withdraw", "11 another permission"])
    expectNoDifference(dialogue.ledger.said(after: "page-shows", visit: 2).first, none)
    // What was done about the first surplus says nothing about the second.
    expectNoDifference(
      dialogue.ledger.said(after: "page-shows", visit: 3).last, "More is on than was planned. What now?")
    expectNoDifference(dialogue.ledger.said(after: "too-much", visit: 2).first, none)
    expectNoDifference(dialogue.answers["page-shows"], "account, spot-write")
    expectNoDifference(
      dialogue.state.exceptions.map { "\($0.code ?? "") \($0.resolutionWords ?? "")" },
      ["WITHDRAW-ON corrected", "MORE-THAN-PLANNED corrected"])
  }

  @Test func `a no is not the default when the way comes back to its question`() throws {
    let dialogue = try walk(
      Flows.straight(
        "account",
        [
          "account": "not-yet", "not-logged-in": "logged-in", "account": "", "account": "not-yet", "not-logged-in": "",
          "not-logged-in": "logged-in", "account": "main",
        ]))
    expectNoDifference(dialogue.ledger.said(after: "account", visit: 2).first, none)
    expectNoDifference(dialogue.ledger.said(after: "not-logged-in", visit: 2).first, none)
    expectNoDifference(dialogue.state.given["account"]?.source, .typed)
  }

  @Test func `after going back and after a reopening a report is the default`() throws {
    let shown = "Enter = account read only, spot read and write"
    let dialogue = try walk(
      Flows.straight(
        "ip-shows", ["ip-shows": ":back", "page-shows": "", "ip-shows": "list"]
      ).flatMap { line -> Partner.Lines in
        line.key == "review"
          ? Partner.Lines(["review": "page-shows", "page-shows": "", "review": ""]) : [line]
      })
    expectNoDifference(dialogue.ledger.said(after: "ip-shows").last, shown)
    expectNoDifference(dialogue.ledger.said(after: "review").last, shown)
    expectNoDifference(dialogue.state.given["page-shows"]?.source, .enter)
    expectNoDifference(dialogue.answers["page-shows"], "account, spot-write")
    expectNoDifference(dialogue.exceptions, [])
  }

  @Test func `what is no report keeps its answer as the default, round every loop`() throws {
    let flow = try Flows.small(
      """
        - id: pick
          kind: choose
          title: Pick
          options: [{id: a, title: first}, {id: b, title: second}]
        - {id: many, kind: select, title: Many, options: [{id: a, title: first}, {id: b, title: second}]}
        - {id: word, kind: text, title: Word}
        - id: seen
          kind: choose
          title: Seen
          claim: true
          options: [{id: odd, title: something odd, next: pick}, {id: fine, title: all is well}]
        - {id: last, kind: review, title: Last}
      """)
    let dialogue = Dialogue(
      flow,
      Partner.Lines([
        "pick": "b", "many": "a, b", "word": "cup", "seen": "odd", "pick": "", "many": "", "word": "", "seen": "",
        "seen": "fine", "last": "",
      ]))
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(dialogue.ledger.said(after: "seen").last, "Enter = second")
    expectNoDifference(dialogue.ledger.said(after: "pick", visit: 2).last, "Enter = first, second")
    expectNoDifference(dialogue.ledger.said(after: "many", visit: 2).last, "Enter = cup")
    expectNoDifference(dialogue.ledger.said(after: "word", visit: 2).last, "2 all is well")
    expectNoDifference(
      dialogue.answers, ["pick": "b", "many": "a, b", "word": "cup", "seen": "fine", "last": "finish"])
  }

  // MARK: - What the shipped flow asks only where something is odd

  @Test func `a name that is taken is warned of, and going back to it corrects that`() throws {
    var isUsed = true
    let flow = try Flows.createKey()
    let dialogue = Dialogue(
      flow, Flows.straight("confirm", ["confirm": ":back", "label": "grid-bot-02", "confirm": "app"]),
      verdict: { check in
        guard check == .labelUnused("label") else { return .yes }
        defer { isUsed = false }
        return isUsed ? .no : .yes
      })
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    let said = dialogue.ledger.said(after: "label")
    #expect(said.contains(label))
    #expect(said.contains("exception 1: open until it is corrected, or has a reason"))
    expectNoDifference(dialogue.ledger.said(after: "confirm").last, "Enter = grid-bot-01")
    expectNoDifference(
      dialogue.state.exceptions.map { "\($0.code ?? "none") \($0.resolutionWords ?? "")" },
      ["LABEL-USED corrected", "none "])
    expectNoDifference(dialogue.answers["label"], "grid-bot-02")
  }
}
