import CustomDump
import FlowCore
import FlowText
import Testing

@testable import Ceremony

/// The commands, at every kind of step and at the questions beside them.
@Suite struct CommandTests {
  /// What `?` lists where everything can be done, and where a command is the word alone.
  private static let commands = [
    "?: help for this step", ":why: why this step is there", ":back: to the question before",
    ":skip REASON: leave this step out", ":differs TEXT: my page looks different", ":note TEXT: put a note on record",
    ":open: open the address in the browser", ":status: the checklist so far", ":quit: stop now, go on later",
  ]
  private static let bareCommands = [
    "?: help for this step", ":why: why this step is there", ":back: to the question before",
    ":skip: leave this step out", ":differs: my page looks different", ":note: put a note on record",
    ":status: the checklist so far", ":quit: stop now, go on later",
  ]

  /// `sure` alone has an address, and `many` and `store` are required.
  private static func commands(at key: String) -> [String] {
    switch key {
    case "sure": commands
    case "many", "store": commands.filter { !$0.hasPrefix(":open") && !$0.hasPrefix(":skip") }
    case "taken.key", "taken.copy": bareCommands
    default: commands.filter { !$0.hasPrefix(":open") }
    }
  }

  private func flow() throws -> Flow {
    try Flows.small(
      """
        - {id: told, kind: tell, title: Told, why: To begin., help: Just begin., facts: [S1, B2]}
        - {id: sure, kind: confirm, title: Sure, url: "https://example.com", alternative: It may be a box., help: Look.}
        - id: pick
          kind: choose
          title: Pick
          default: a
          options: [{id: a, title: first}, {id: b, title: second}]
        - {id: many, kind: select, title: Many, required: true, options: [{id: a, title: first}, {id: b, title: second}]}
        - {id: word, kind: text, title: Word}
        - {id: store, kind: store, title: Store, required: true}
        - id: taken
          kind: credential
          title: Taken
          store: store
          name: test/taken
          if-lost: word
          exits: [{word: refused, title: the page refused, next: word}]
          parts: [{name: key, title: Key, secret: false, shape: {length: 32, characters: [hex]}}]
        - {id: last, kind: review, title: Last}
      """)
  }

  private let answers = Partner.Lines([
    "told": "", "sure": "yes", "pick": "", "many": "a", "word": "x", "store": "offline",
    "taken.key": .secret(Canary.key),
    "taken.copy": "yes", "last": "",
  ])

  /// Says a line at a question before its answer; what is said then is returned.
  private func say(_ line: String, at key: String, _ more: KeyValuePairs<String, Partner.Saying> = [:]) throws
    -> Dialogue
  {
    let lines = answers.flatMap { $0.key == key ? [(key, .line(line))] + Partner.Lines(more) + [$0] : [$0] }
    let dialogue = Dialogue(try flow(), lines)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    return dialogue
  }

  private static let keys = ["told", "sure", "pick", "many", "word", "store", "taken.key", "taken.copy", "last"]

  @Test(arguments: keys) func `help says what there is, at every question`(_ key: String) throws {
    let own = [
      "told": ["Just begin."], "sure": ["Look."],
    ]
    let exits = ["Type :lost if the page closed too soon, :refused if the page refused."]
    let nothing = ["Nothing more is written about this step."]
    let expected = (own[key] ?? nothing) + (key.hasPrefix("taken") ? exits : []) + Self.commands(at: key)
    for line in ["?", ":help", " ? "] where !key.hasPrefix("taken") || line != " ? " {
      let said = try say(line, at: key).ledger.said(after: key)
      expectNoDifference(Array(said.prefix(expected.count)), expected, "\(key)")
      #expect(!said.dropFirst(expected.count).contains { $0.hasPrefix(":") }, "\(key)")
    }
  }

  @Test(arguments: keys) func `why, at every question`(_ key: String) throws {
    let expected =
      key == "told"
      ? [
        "To begin.", "S1: Log in to a verified account with a strong password of its own.",
        "B2: Keys are kept offline, or in a password manager with strong encryption.",
        "From \(ArticleFacts.article).",
      ] : ["No reason is written for this step."]
    expectNoDifference(Array(try say(":why", at: key).ledger.said(after: key).prefix(expected.count)), expected)
  }

  @Test(arguments: keys) func `a note, at every question`(_ key: String) throws {
    let dialogue =
      key.hasPrefix("taken")
      ? try say(":note", at: key, ["taken.text": "seen by two"]) : try say(":note seen by two", at: key)
    let step = Step.ID(String(key.prefix { $0 != "." }))
    #expect(dialogue.ledger.events.contains(.noted(step, "seen by two", .typed)))
    #expect(dialogue.ledger.texts.contains("noted"))
  }

  @Test(arguments: keys) func `status, at every question`(_ key: String) throws {
    let said = try say(":status", at: key).ledger.said(after: key)
    let all = [
      "2 Sure: yes (you said)", "3 Pick: first", "4 Many: first", "5 Word: x",
      "6 Store: your own hands",
    ]
    let stands = ["told": 0, "sure": 0, "pick": 1, "many": 2, "word": 3, "store": 4][key] ?? 5
    let expected = key == "told" ? ["Nothing is answered yet."] : ["1 Told: done (you said)"] + all.prefix(stands)
    expectNoDifference(Array(said.prefix(expected.count)), expected)
  }

  @Test(arguments: keys) func `quit, at every question`(_ key: String) throws {
    let before = answers.prefix { $0.key != key }
    let twice = key.hasPrefix("taken")
    let dialogue = Dialogue(
      try flow(), before + Partner.Lines([(key, .line(":quit"))] + (twice ? [(key, .line(":quit"))] : [])))
    expectNoDifference(try dialogue.begin(), .suspended(.quit))
    // Nothing is lost by it, but where a secret is taken.
    expectNoDifference(dialogue.exceptions, twice ? ["exception 1: interrupted: left with :quit; open"] : [])
  }

  @Test(arguments: keys) func `a page that differs, at every question`(_ key: String) throws {
    let dialogue =
      key.hasPrefix("taken")
      ? try say(":differs", at: key, ["taken.text": "two columns"]) : try say(":differs two columns", at: key)
    expectNoDifference(dialogue.exceptions, ["exception 1: page differs: two columns"])
    let other =
      key == "sure"
      ? ["It may be a box.", "The official address:", "https://example.com"]
      : ["No other wording is written for this step."]
    for words in other { #expect(dialogue.ledger.texts.contains(words)) }
  }

  @Test func `open shows the address first, and says what stood in the way`() throws {
    expectNoDifference(
      Array(try say(":open", at: "sure").ledger.said(after: "sure").prefix(2)),
      ["https://example.com", "asked the browser to open it; look at the address bar"])
    expectNoDifference(
      try say(":open", at: "pick").ledger.said(after: "pick").first, "This step has no address to open.")
    let dialogue = Dialogue(
      try flow(), Partner.Lines(["told": "", "sure": ":open", "sure": ":quit"]), obstacle: "no browser was found")
    try dialogue.begin()
    expectNoDifference(
      Array(dialogue.ledger.said(after: "sure").prefix(2)), ["https://example.com", "no browser was found"])
  }

  @Test func `back leads to the question before, its answer the default`() throws {
    let dialogue = Dialogue(
      try flow(),
      Partner.Lines([
        "told": ":back", "told": "", "sure": "yes", "pick": "second", "many": ":back", "pick": ":back", "sure": "",
        "pick": "", "many": "b", "word": "x", "store": "offline", "taken.key": ":back", "store": "",
        "taken.key": .secret(Canary.key), "taken.copy": ":back", "taken.copy": "yes", "last": ":back", "last": "",
      ]))
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(dialogue.ledger.said(after: "told").first, "This is the first question.")
    expectNoDifference(
      dialogue.ledger.said(after: "many"), ["Pick", "1 first", "2 second", "Enter = second"])
    expectNoDifference(
      dialogue.ledger.said(after: "taken.copy").first,
      "The key is in hand: only the credential is asked until it is kept.")
    expectNoDifference(
      dialogue.ledger.said(after: "last").first, "The key is already kept; going back can't take it again.")
    expectNoDifference(dialogue.answers["pick"], "b")
    expectNoDifference(dialogue.exceptions, [])
  }

  @Test func `skipping wants a reason, and is refused where the step is required`() throws {
    let dialogue = Dialogue(
      try flow(),
      Partner.Lines([
        "told": ":skip it was open", "sure": ":skip", "sure.text": "", "sure": ":skip", "sure.text": "no box there",
        "pick": "", "many": ":skip why not", "many": ":skip", "many": "a", "word": ":skip", "word.text": ":why",
        "word.text": "none", "store": "offline", "taken.key": .secret(Canary.key), "taken.copy": ":skip later",
        "taken.copy": "yes", "last": ":skip enough", "last": "",
      ]))
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(
      dialogue.exceptions,
      [
        "exception 1: skipped: it was open", "exception 2: skipped: no box there", "exception 3: skipped: none",
      ])
    expectNoDifference(
      dialogue.ledger.said(after: "sure.text").first, "A skip needs its reason, for the record: :skip and then why.")
    for visit in 1...2 {
      expectNoDifference(
        dialogue.ledger.said(after: "many", visit: visit).first,
        "This step can't be skipped: the record would mean nothing without it. :quit stops for now.")
    }
    expectNoDifference(dialogue.ledger.said(after: "last").first, "There is nothing to skip here.")
  }

  @Test func `a command without its words says so where nobody can be asked`() throws {
    let dialogue = Dialogue(
      try flow(), Partner.Lines(["told": ":note", "told": ":differs", "told": ":skip", "told": .end]), isPerson: false)
    expectNoDifference(try dialogue.begin(), .missing(step: "told", key: "told"))
    expectNoDifference(
      (1...3).map { dialogue.ledger.said(after: "told", visit: $0).first },
      [
        ":note needs some words after it.", ":differs needs some words after it.",
        "A skip needs its reason, for the record: :skip and then why.",
      ])
  }

  @Test func `two colons are one`() throws {
    let lines = answers.map { $0.key == "word" ? (key: "word", saying: .line("::quit")) : $0 }
    let dialogue = Dialogue(try flow(), lines)
    expectNoDifference(try dialogue.begin(), .ended(.completed))
    expectNoDifference(dialogue.answers["word"], ":quit")
  }

  @Test(arguments: [
    (":skp it", "There is no command :skp it; did you mean :skip?"),
    (":quit now", "There is no command :quit now; did you mean :quit?"),
    (":lots", "There is no command :lots. Type ? for those there are, or :: for a text that begins with a colon."),
    (":", "There is no command :. Type ? for those there are, or :: for a text that begins with a colon."),
  ]) func `unknown commands`(_ line: String, _ words: String) throws {
    expectNoDifference(try say(line, at: "word").ledger.said(after: "word").first, words)
  }

  @Test func `the words that leave a credential are known there alone`() throws {
    let before = answers.prefix { $0.key != "taken.copy" }
    let left = Dialogue(
      try flow(),
      before
        + Partner.Lines([
          "taken.copy": ":refusd", "taken.copy": ":refused", "word": ":refusd", "word": ":quit",
        ]))
    expectNoDifference(try left.begin(), .suspended(.quit))
    // Where nothing shows, a word that is none is no command, and is dropped.
    expectNoDifference(left.ledger.said(after: "taken.copy"), ["Please say yes or no."])
    expectNoDifference(left.answers["taken"], "refused")
    #expect(left.ledger.said(after: "word", visit: 2).first?.hasPrefix("There is no command :refusd. ") == true)
    let cut = Dialogue(try flow(), before + Partner.Lines(["taken.copy": .signal(15)]))
    try cut.begin()
    let resumed = Dialogue(
      cut.session.flow, state: cut.state, Partner.Lines(["taken.shown": ":refusd", "taken.shown": ":quit"]))
    expectNoDifference(try resumed.resume(), .suspended(.quit))
    expectNoDifference(
      resumed.ledger.said(after: "taken.shown").first, "There is no command :refusd; did you mean :refused?")
    #expect(
      try say(":lost", at: "word").ledger.said(after: "word").first?.hasPrefix("There is no command :lost") == true)
  }

  @Test func `in the secret reader only exact command words are commands`() {
    let presentation = Presentation(flow: Flow(id: "a/b", version: 1, title: "", summary: "", steps: []), brief: false)
    let rule = CredentialRule(
      parts: [], ifLost: "a", exits: [CredentialRule.Exit(word: "refused", title: "", target: "a")])
    let step = Step(id: "key", title: "", body: .credential(rule))
    expectNoDifference(presentation.secretCommands(at: step), ["?"] + Command.names + [":lost", ":refused"])
  }
}
