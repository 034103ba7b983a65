import CustomDump
import FlowCore
import PlainText
import Records
import Testing

@testable import Exports

@Suite("The form on a terminal")
struct ShowTests {
  @Test("it has the lines of the Markdown, but for the escapes", arguments: Sample.allCases)
  func sameLines(sample: Sample) throws {
    let shown = try show(sample.record).split(separator: "\n", omittingEmptySubsequences: false)
    let markdown = try export(sample.record, as: .markdown).split(separator: "\n", omittingEmptySubsequences: false)
    expectNoDifference(shown.count, markdown.count)
    func bare(_ line: Substring) -> String { String(line.filter { !"\\<>*`#".contains($0) }.drop { $0 == " " }) }
    let marks = [("<!-- -->", ""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
    let read = markdown.map { line in marks.reduce(line) { Substring($0.replacing($1.0, with: $1.1)) } }
    expectNoDifference(shown.map(bare), read.map(bare))
  }

  @Test("no control character reaches it", arguments: Sample.allCases)
  func noControls(sample: Sample) throws {
    #expect(try !show(sample.record).unicodeScalars.contains { $0.isControlling && $0 != "\n" })
  }

  @Test("a run that is not finished says where it stands, and what it has not come to")
  func unfinished() throws {
    let text = try show(
      Sample.record(
        [
          .began, .answered("purpose", .choice("spot-bot"), words: [:], .typed), .noted("login", "a\u{7} note", .typed),
          .suspended(.quit),
        ], run: "7q4m", performer: "Ada", ticket: "T-12"))
    for line in [
      "Record of run 7q4m: unfinished, stands at step 2, Log in", "- User and host: ana@desk", "- Performer: Ada",
      "- Reference: T-12", "- [x] 1. What is the key for?",
      "  - answered → spot bot (typed, 2026-11-23 14:06 UTC)",
      "  - the run stands here", "  - Note: a\\x07 note (typed, 2026-11-23 14:07 UTC)", "  - not reached yet",
      "- Exceptions: 1 exception, 1 open", "- Stands: 1 answered", "\(Sample.digest)",
    ] { #expect(text.contains("\(line)\n"), "\(line)") }
  }

  @Test("a step that was passed by is not on this way")
  func passedBy() throws {
    let text = try show(Sample.discarded.record)
    #expect(text.contains("  - not on this way\n"))
    #expect(!text.contains("not reached yet"))
  }

  @Test("the answer that going back made stand again is shown first")
  func standsAgain() throws {
    let flow = Flow(
      id: "x/loop", version: 1, title: "Loop", summary: "",
      steps: [
        Step(id: "a", title: "A", body: .text(TextRule())),
        Step(id: "b", title: "B", body: .tell, transitions: [Transition(to: "a")]),
      ])
    let events: [Event] = [
      .began, .answered("a", .text("one"), words: [:], .typed), .answered("b", .acknowledged, words: [:], .typed),
      .answered("a", .text("two"), words: [:], .typed), .wentBack("b", .typed), .wentBack("a", .typed),
    ]
    let text = try show(Sample.record(events, run: "7q4m", flow: flow))
    #expect(
      text.contains(
        """
        - [x] 1. A
          - answered → one (typed, 2026-11-23 14:06 UTC)
          - Earlier: answered → two (typed, 2026-11-23 14:07 UTC)
        - [ ] 2. B
          - Earlier: claimed → done (typed, 2026-11-23 14:07 UTC)
        """))
  }
}
