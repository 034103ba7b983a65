import CustomDump
import FlowCore
import Testing

@testable import Ceremony

/// What stands on the screen at a question, literally, for each kind of step.
@Suite struct ScreenTests {
  private func flow() throws -> Flow {
    try Flows.small(
      """
        - {id: told, kind: tell, title: Told, say: [Do this., Then that.], prompt: Enter when done}
        - id: sure
          kind: confirm
          title: Sure
          say: Look at it.
          prompt: Is it so?
          default: no
          url: https://example.com
          source: {from: the manual, date: 2026-05-01}
          if-no: pick
        - id: pick
          kind: choose
          title: Pick
          prompt: Which?
          default: a
          options:
            - {id: a, title: first, note: A good choice.}
            - {id: b, title: second, disabled: {reason: It is gone.}}
            - {id: c, title: third, danger: {word: go-on, why: It bites.}}
        - id: many
          kind: select
          title: Many
          prompt: Which ones?
          options: [{id: a, title: first}, {id: b, title: second}]
        - {id: word, kind: text, title: Word, prompt: Your word, default: cup, url: "https://example.com"}
        - {id: last, kind: review, title: Last}
      """)
  }

  private func walk(brief: Bool = false) throws -> Dialogue {
    let dialogue = Dialogue(
      try flow(),
      Partner.Lines([
        "told": "what", "told": "", "sure": "perhaps", "sure": "", "pick": "b", "pick": "zebra", "pick": "fist",
        "pick": "c",
        "pick.danger": "Go-on", "pick.danger": "", "pick": "third", "pick.danger": " go-on ", "many": "", "many": "1,7",
        "many": "none", "word": "", "last": "",
      ]), brief: brief)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    return dialogue
  }

  @Test func `the questions`() throws {
    let ledger = try walk().ledger
    expectNoDifference(
      Array(ledger.texts.prefix(4)),
      ["About 6 questions to come.", "Told", "Do this.", "Then that."])
    expectNoDifference(ledger.said(after: "told"), ["That does not answer this question."])
    expectNoDifference(
      ledger.said(after: "told", visit: 2),
      [
        "Sure", "https://example.com", "Look at it.", "Is it so?", "Enter = no",
      ])
    expectNoDifference(ledger.said(after: "sure"), ["'perhaps' is neither yes nor no.", "Is it so?", "Enter = no"])
    expectNoDifference(
      ledger.said(after: "sure", visit: 2),
      [
        "no", "Pick", "1 first", "2 second (not now: It is gone.)", "3 third", "Which?",
        "Enter = first",
      ])
    expectNoDifference(
      (1...3).map { ledger.said(after: "pick", visit: $0).first },
      [
        "'b' can't be chosen: It is gone.", "There is no 'zebra' here. Give a number or a name from the list.",
        "There is no 'fist' here. Give a number or a name from the list.",
      ])
    expectNoDifference(
      ledger.said(after: "many"), ["Nothing was typed, and there is no default here.", "Which ones?"])
    expectNoDifference(ledger.said(after: "many", visit: 2), ["There is no number 7 here.", "Which ones?"])
    expectNoDifference(
      ledger.said(after: "many", visit: 3),
      ["none", "Word", "https://example.com", "Enter = cup"])
  }

  @Test func `a dangerous choice wants its word`() throws {
    let ledger = try walk().ledger
    expectNoDifference(
      ledger.said(after: "pick", visit: 4), ["It bites.", "To choose 'third', type go-on.", "Enter goes back."])
    expectNoDifference(
      ledger.said(after: "pick.danger"), ["That was not the word. To go on, type go-on exactly; Enter goes back."])
    expectNoDifference(ledger.said(after: "pick.danger", visit: 2), ["not chosen", "Which?", "Enter = first"])
    expectNoDifference(
      Array(ledger.said(after: "pick.danger", visit: 3).prefix(2)),
      ["third", "exception 1: danger taken: third"])
    #expect(ledger.events.contains(.answered("pick", .choice("c"), words: ["c": "go-on"], .typed)))
  }

  @Test func `the lines on which answers are typed`() throws {
    var prompts: [String] = []
    for prompt in try walk().ledger.prompts where !prompts.contains(prompt) { prompts.append(prompt) }
    expectNoDifference(
      prompts,
      [
        "Enter when done: ", "yes or no: ", "Number or name: ", "The word: ", "Numbers with commas, or none: ",
        "Your word: ",
        "Enter = finish, or a number to change: ",
      ])
  }

  @Test func `Tab completes the choices and the commands`() throws {
    let flow = try flow()
    let presentation = Presentation(flow: flow, brief: false)
    let commands = ["?", ":why", ":back", ":skip", ":differs", ":note", ":open", ":status", ":quit"]
    let choices = [
      "told": ["ok"], "sure": ["yes", "no"], "pick": ["a", "b", "c"], "many": ["a", "b", "none"], "last": ["finish"],
    ]
    for step in flow.steps where step.asks {
      let question = presentation.question(of: step, in: State(), isRepeated: false)
      expectNoDifference(question.completions, (choices[step.id.rawValue] ?? []) + commands)
    }
  }

  @Test func `the text of a step stands once for each stay`() throws {
    let titles = Set(try flow().steps.map(\.title))
    let headings = try walk().ledger.texts.filter(titles.contains)
    expectNoDifference(headings.count, titles.subtracting([""]).count - 1)
  }

  @Test func `brief says what must be true, and what to write down first`() throws {
    let dialogue = Dialogue(try Flows.createKey(), Flows.straight, brief: true)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    let texts = dialogue.ledger.texts
    for said in [
      "You are logged in and verified, with a strong password used nowhere else.",
      "The form is filled in, not sent; fund password and 2FA are set up.",
    ] {
      expectNoDifference(texts.count { $0 == said }, 1, "\(texts)")
    }
    expectNoDifference(texts.count { $0 == "Write key and secret down first, then paste them here." }, 1)
  }

  @Test func `what Enter takes for the address is none on the form`() throws {
    let dialogue = Dialogue(try Flows.createKey(), Flows.straight)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    #expect(dialogue.ledger.texts.contains("IP permissions: the program's public address"))
  }

  @Test func `brief leaves out hints, and never a default`() throws {
    let texts = try walk(brief: true).ledger.texts
    let whole = try walk()
    let left = ["Do this.", "Then that.", "Look at it."]
    // The choices stand in one paragraph, and the review lists nothing.
    let choices = ["1 first", "2 second (not now: It is gone.)", "3 third"]
    let expected = whole.ledger.texts.filter { !left.contains($0) }.joined(separator: "\n")
      .replacing(choices.joined(separator: "\n"), with: choices.joined(separator: "; "))
      .replacing(listed(whole).map { "\n" + $0 }.joined(), with: "")
    expectNoDifference(texts, expected.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    #expect(texts.contains("Enter = first"))
    let flow = try Flows.createKey()
    let walks = [false, true].map { Dialogue(flow, Flows.straight, brief: $0) }
    for walk in walks { try walk.begin() }
    let pieces = walks[1].ledger.texts.flatMap { [$0] + $0.split(separator: "; ").map(String.init) }
    let hints = Set(walks[0].ledger.texts).subtracting(pieces).subtracting(listed(walks[0]))
    let said = Set(flow.steps.flatMap(\.text).map { $0.value.filled(from: walks[0].state, in: flow) })
    expectNoDifference(
      hints.subtracting(said).sorted(),
      [
        "Enter alone skips the check of your copy.",
        "Paste and press Enter; nothing appears. Keep the page open until \"kept\".",
        "you said: fund password and 2FA are set up", "you said: logged in to a verified account",
        "you said: the account's password is strong and used nowhere else",
        "you said: the form is filled in as planned, and not sent yet",
        "you said: what proves that it is the owner is at hand",
      ])
  }

  /// What the review lists of the answers.
  private func listed(_ dialogue: Dialogue) -> [String] {
    Presentation(flow: dialogue.session.flow, brief: false).checklist(in: dialogue.state).map(\.text)
  }

  @Test func `a long name of a part stands above the line where it is pasted`() {
    let presentation = Presentation(flow: Flow(id: "a/b", version: 1, title: "", summary: "", steps: []), brief: true)
    let title = "The passphrase that you chose on the page"
    let part = CredentialPart(name: "phrase", title: title, secret: true, shape: Shape())
    let step = Step(id: "key", title: "", body: .credential(CredentialRule(parts: [part], ifLost: "a")))
    let question = presentation.paste(part, at: step, isFirst: true, maySkip: false)
    expectNoDifference(question.sentences, [Sentence(.question, title)])
    expectNoDifference(question.prompt, "Paste: ")
  }

  @Test func `what a person says can't steer the terminal, nor look like a line of ours`() throws {
    let dialogue = Dialogue(
      try flow(), Partner.Lines(["told": ":differs \u{1B}[2J\nverified: kept", "told": ":quit\u{202E}", "told": .end]))
    try dialogue.begin()
    expectNoDifference(
      dialogue.ledger.said(after: "told").first, "exception 1: page differs: \\x1B[2J\\x0Averified: kept")
    expectNoDifference(
      dialogue.ledger.said(after: "told", visit: 2).first,
      "There is no command :quit\\u{202E}; did you mean :quit?")
    for text in dialogue.ledger.texts { #expect(!text.unicodeScalars.contains { $0.value < 0x20 }) }
  }
}
