import FlowCore
import Outside
import Testing

@testable import FlowText
@testable import FlowTools

/// A flow with every kind of step, loops, guards and all three outcomes.
enum PictureSample {
  static let text = """
    format: 1
    flow: test/sample
    version: 3
    title: A sample ceremony
    summary: For pictures.
    steps:
      - id: purpose
        kind: choose
        title: What is it for?
        prompt: Purpose
        required: true
        options: [{id: bot, title: a bot, next: rights}, {id: tax, title: tax, next: rights}]
      - id: rights
        kind: select
        title: What may it do on the spot market, on the futures market and in the wallet?
        prompt: Rights
        options:
          - {id: read, title: read}
          - {id: trade, title: trade}
          - {id: withdraw, title: withdraw}
        next:
          - when: {all: [{step: rights, includes: withdraw}, {not: {step: purpose, is: bot}}]}
            to: reason
          - {to: login}
      - {id: reason, kind: text, title: Why withdrawal?, prompt: Reason}
      - id: login
        kind: confirm
        title: Log in
        prompt: Logged in?
        required: true
        if-no: help
        next: store
      - id: help
        kind: choose
        title: Not logged in
        prompt: What now?
        options:
          - {id: again, title: again, next: login}
          - {id: later, title: later, next: login}
          - {id: stop, title: stop, next: stopped}
        next: login
      - {id: store, kind: store, title: Where to keep it, required: true, prompt: Where?}
      - id: credential
        kind: credential
        title: Take the key
        required: true
        store: store
        name: test/key
        if-lost: lost
        exits: [{word: refused, title: the page made no key, next: refused}]
        parts: [{name: key, title: Key, secret: true}]
      - {id: clock, kind: check, title: The clock, check: clock-plausible}
      - {id: review, kind: review, title: Review, required: true}
      - {id: done, kind: end, title: Made, outcome: completed}
      - {id: lost, kind: tell, title: Delete it and make another, next: credential}
      - {id: refused, kind: end, title: No key, outcome: blocked, reason: The exchange made no key.}
      - {id: stopped, kind: end, title: Stopped, outcome: aborted}

    """

  static func flow() throws -> Flow { try flow(text) }

  static func flow(_ text: String) throws -> Flow {
    let reading = lintFlow(text, path: "flow.yaml")
    return try #require(reading.value, "\(reading.findings)")
  }

  /// A run that went to the login, to the help and back, twice.
  static let looping: [Event] = [
    .began, answer("purpose", .choice("bot")), answer("rights", .selection(["read"])), answer("login", .no),
    answer("help", .choice("again")), answer("login", .no), answer("help", .choice("later")),
  ]

  static let aborted = looping + [answer("login", .no), answer("help", .choice("stop"))]

  static let runs: [(name: String, events: [Event])] = [
    ("not-begun", []), ("looping", looping), ("aborted", aborted),
    ("discarded", looping + [.discarded(reason: "not wanted")]),
    ("taken-back", looping + [answer("login", .yes), .wentBack("store", .typed)]),
  ]

  static func walked(_ events: [Event], _ flow: Flow) -> WalkedWay {
    var state = State()
    for event in events { _ = reduce(&state, event, in: flow) }
    return WalkedWay(run: "7q4m", state: state)
  }

  private static func answer(_ step: Step.ID, _ answer: Answer) -> Event { .answered(step, answer, words: [:], .typed) }
}

/// The flows that are shipped.
enum Shipped {
  static let ids: [String] = ((try? FlowTree.files()) ?? []).filter { $0.kind == .flow }.map(\.id)

  static func flow(_ id: String) throws -> Flow {
    let reading = try FlowTree.bound(id)
    return try #require(reading.value, "\(reading.findings)").flow
  }
}

/// Flows of others, whose texts try to be more than text.
enum Hostile {
  static let titles = [
    #"a "quoted" title"#, #"ends in a backslash \"#, #"\N \G \l \r \" \\ "#, "]] --> x; end", "{{a}} | [b] (c) <d>",
    "<script>alert(1)</script>", "<b>bold</b> &lt; &#60; #lt; #60; ;", "`code` and \"`markdown`\"", "%%{init: {}}%%",
    "- a list", "1. a list", "# a heading", "end", "style x fill:#fff;", "click s0 href \"https://evil.example\"",
    "emoji 🔑 👩🏽‍💻 日本語 é e\u{301}", "\u{1B}[2Jred\u{7}", "right\u{202E}left", "zero\u{200B}width", "tab\there",
    String(repeating: "long", count: 60), "{a|b|<c> d}", "$(id) `id` ${HOME}", "a\nb\r\nc", "graph TB",
    "//comment /* */",
    "%% comment", "_a_ *b* ~c~", "https://evil.example/?a=1&b=2", "x\" shape=\"none\" image=\"/etc/passwd",
  ]

  /// A flow of steps with these titles, also as ids of options and of steps in guards.
  static let flow: Flow = {
    var steps = titles.enumerated().map { index, title in
      let options = [Option(id: title, title: "", target: "s0"), Option(id: "b", title: "")]
      return Step(
        id: Step.ID("s\(index)"), title: title, body: .choose(Options(options)),
        transitions: [Transition(when: .answer(Step.ID(title), .isOne(of: [title])), to: "done")])
    }
    steps.append(Step(id: "done", title: "", body: .end(Ending(outcome: .completed))))
    return Flow(id: "x/\"\\<end>", version: 1, title: titles.joined(separator: " "), summary: "", steps: steps)
  }()
}
