import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// A text that looks like a secret is neither logged nor remembered until the person says that it is none.
@Suite struct SuspicionTests {
  private let suspicion = [
    "That looks like a secret. It was not written anywhere.", "Secrets are taken only where nothing shows. Is it one?",
    "Enter = yes, drop it",
  ]
  private let dropped = "Dropped. If it was a secret, it still stands in your terminal's scrollback: clear it."

  /// A text that looks like a secret and is none.
  private let harmless = "ticket-7f3a9c01bd52e86f4a7c9d10"

  private func flow() throws -> Flow {
    try Flows.small(
      """
        - {id: reason, kind: text, title: Reason, url: "https://example.com"}
        - id: pick
          kind: choose
          title: Pick
          options: [{id: a, title: first}, {id: b, title: second}]
        - id: many
          kind: select
          title: Many
          options: [{id: a, title: first}, {id: b, title: second, danger: {word: go-on, why: It bites.}}]
        - {id: sure, kind: confirm, title: Sure}
        - {id: told, kind: tell, title: Told}
        - {id: short, kind: text, title: Short, shape: {max: 30}}
        - {id: last, kind: review, title: Last}
      """)
  }

  private let answers = Partner.Lines([
    "reason": "because", "pick": "a", "many": "a", "sure": "yes", "told": "", "short": "x", "last": "",
  ])

  private func answers(before key: String, _ lines: KeyValuePairs<String, Partner.Saying>) -> Partner.Lines {
    answers.flatMap { $0.key == key ? Partner.Lines(lines) + [$0] : [$0] }
  }

  @Test(arguments: ["", "yes", "Y"]) func `what is a secret is dropped`(_ reply: String) throws {
    let lines = answers(
      before: "reason",
      [
        "reason": .line("it is \(Canary.secret)"), "reason.secret": .line(Canary.secret), "reason.secret": .line(reply),
      ])
    let dialogue = Dialogue(try flow(), lines)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(dialogue.ledger.said(after: "reason"), suspicion)
    expectNoDifference(dialogue.ledger.said(after: "reason.secret"), ["Please say yes or no."])
    expectNoDifference(dialogue.ledger.said(after: "reason.secret", visit: 2), [dropped])
    expectNoDifference(dialogue.answers["reason"], "because")
  }

  @Test(arguments: ["no", "N"]) func `what is none is kept`(_ reply: String) throws {
    let lines = answers.map { $0.key == "reason" ? (key: "reason", saying: .line(harmless)) : $0 }
    let dialogue = Dialogue(
      try flow(), [lines[0]] + Partner.Lines(["reason.secret": .line(reply)]) + lines.dropFirst())
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(dialogue.answers["reason"], harmless)
    #expect(dialogue.ledger.remembered.contains(harmless))
  }

  @Test(arguments: ["note", "differs", "skip"]) func `in the words of a command it is asked about too`(
    _ command: String
  ) throws {
    let typed = answers(
      before: "reason",
      [
        "reason": .line(":\(command) \(Canary.secret)"), "reason.secret": "", "reason": .line(":\(command)"),
        "reason.text": .line(Canary.secret), "reason.secret": "yes",
      ])
    let dialogue = Dialogue(try flow(), typed)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(dialogue.ledger.said(after: "reason"), suspicion)
    expectNoDifference(dialogue.state.exceptions, [])
    let kept = Dialogue(
      try flow(),
      Partner.Lines(["reason": .line(":\(command) \(harmless)"), "reason.secret": "no"])
        + (command == "skip" ? Array(answers.dropFirst()) : answers))
    expectNoDifference(try kept.begin(), .ended(.completed))
    #expect(kept.ledger.events.contains { "\($0)".contains(harmless) })
  }

  @Test(arguments: [
    "reason", "pick", "many", "sure", "told", "short", "last",
  ]) func `where no text is taken, or no such command is known, it is not quoted`(_ key: String) throws {
    let commands = [":", ":why ", ":quit", ":skip", "?"].map { $0 + Canary.secret }
    for line in commands.dropLast()
      + (["reason", "short"].contains(key) ? [] : [Canary.secret, "change \(Canary.secret)"])
    {
      let dialogue = Dialogue(try flow(), answers.flatMap { $0.key == key ? [(key, .line(line)), $0] : [$0] })
      expectNoDifference(try dialogue.begin(), .ended(.completed))
      expectNoDifference(
        dialogue.ledger.said(after: key).first, "That looks like a secret. \(dropped)", "\(key): \(line)")
    }
  }

  @Test func `it is not quoted where a word or a yes is wanted`() throws {
    let dialogue = Dialogue(
      try flow(),
      Partner.Lines([
        "reason": .line(harmless), "reason.secret": .line(":\(Canary.secret)"), "reason.secret": "no", "pick": "a",
        "many": "a, b", "many.danger": .line(Canary.secret), "many.danger": .line(":\(Canary.secret)"),
        "many.danger": "go-on", "sure": "yes", "told": "", "short": "x", "last": "",
      ]))
    expectNoDifference(try dialogue.begin(), .ended(.completed))
  }
}
