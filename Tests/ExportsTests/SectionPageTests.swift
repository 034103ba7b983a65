import CustomDump
import FlowCore
import Records
import Testing

@testable import Exports

/// The pages of a record of format 2, whose flow has sections: the card first, what was done, and no more unless it is asked
/// for.
@Suite("Pages of a flow with sections")
struct SectionPageTests {
  @Test("every format is as it was", arguments: ExportFormat.allCases)
  func exported(format: ExportFormat) throws {
    try expectGolden(export(record, as: format), "sections.\(format.ending)")
  }

  @Test("so is what is shown, and the whole procedure")
  func shown() throws {
    try expectGolden(show(record), "sections.txt")
    try expectGolden(export(record, as: .markdown, isFull: true), "sections-full.md")
    try expectGolden(export(record, as: .html, isFull: true), "sections-full.html")
    try expectGolden(printBlank(Self.flow, as: .markdown), "sections-blank.md")
  }

  @Test("the card and the exceptions come first, and what was not on the way is a line a part")
  func order() throws {
    let text = try export(record, as: .markdown)
    let places = ["**Done: ", "## Exceptions", "## Steps", "### Part 1 of 1: At the page"].map {
      text.firstRange(of: $0)
    }
    for (first, second) in zip(places, places.dropFirst()) {
      #expect(try #require(first).lowerBound < (try #require(second)).lowerBound)
    }
    expectNoDifference(text.components(separatedBy: "Not asked: ").count, 2)
    #expect(text.contains("*Not asked: 1.1a Look elsewhere*"))
    #expect(!text.contains("To do:") && !text.contains("Choice:"))
    #expect(try export(record, as: .markdown, isFull: true).contains("- S1: \(ArticleFacts.words(of: "S1") ?? "-")"))
  }

  @Test("nobody at the exchange was asked, and no count says so")
  func flatters() throws {
    let text = try export(record, as: .html)
    #expect(!text.contains("verified</span>"))
    #expect(text.contains("you said"))
  }

  @Test("the timeline stands on the whole procedure and in JSON, and not in what is folded by the rules of format 1")
  func timeline() throws {
    let words = [
      "at 1.2: left with :quit", "at 1.2: resumed by Ben on desk",
      "at 2.1: grid-1: gate.com says: permissions spot; expiry: nobody can tell: no field",
    ]
    expectNoDifference(
      record.timeline.map { "at \($0.step.flatMap(Self.flow.number) ?? "-"): \($0.what)" },
      words)
    let full = try export(record, as: .markdown, isFull: true)
    for line in record.timeline { #expect(full.contains(line.what)) }
    #expect(try export(record, as: .json).contains("\"what\" : \"left with :quit\""))
    #expect(try !export(record, as: .markdown).contains("## Timeline"))
    var first = record
    first.header.format = 1
    expectNoDifference(first.timeline, [])
    for format in ExportFormat.allCases {
      #expect(try !export(first, as: format, isFull: true).contains("left with :quit"))
    }
  }

  private var record: Record {
    let header = RunHeader(
      run: "7q4m", flowID: Self.flow.id, flowVersion: 3, flowText: "", toolVersion: "0.2.0", user: "ana", host: "desk",
      performer: "Ana", began: Timestamp(milliseconds: 1_795_442_700_000))
    let resumption = Resumption(
      user: "ben", host: "desk", performer: "Ben", toolVersion: "0.2.0", flowChanged: false, bytesCut: 0)
    let events: [Event] = [
      .began, .answered("purpose", .choice("bot"), words: [:], .typed),
      .observed("clock", Observation(.yes, by: "set")),
      .answered("login", .yes, words: [:], .typed), .suspended(.quit), .resumed(resumption),
      .answered("label", .text("grid-1"), words: [:], .typed),
      .key(
        "review",
        KeyEvent(
          .reported, key: "grid-1", by: "gate.com", facts: ["permissions": "spot"], unknown: ["expiry": "no field"])),
      .answered("review", .finished, words: [:], .enter),
    ]
    let entries = events.enumerated().map { offset, event in
      Entry(
        line: offset + 2, at: Timestamp(milliseconds: header.began.milliseconds + Int64(offset + 1) * 41_250),
        event: event)
    }
    return Record(header: header, entries: entries, flow: Self.flow, finalDigest: Sample.digest)
  }

  private static let flow = Flow(
    id: "gate-io/create-key", version: 3, title: "Create a key", summary: "In two parts.",
    steps: [
      Step(
        id: "purpose", title: "What for?", section: Section(Section.preparation),
        text: ["Each program has its own.", Conditional(when: .answer("purpose", .isOne(of: ["tax"])), "Never said.")],
        facts: ["B5"],
        body: .choose(Options([Option(id: "bot", title: "a bot"), Option(id: "tax", title: "taxes")]))),
      Step(id: "clock", title: "The clock", body: .check(.clockPlausible)),
      Step(
        id: "login", title: "Log in", section: Section("At the page"), facts: ["S1"],
        claims: ["logged in", Conditional(when: .answer("purpose", .isOne(of: ["bot"])), "the bot is stopped")],
        body: .confirm(Confirmation(ifNo: "elsewhere")), transitions: [Transition(to: "label")]),
      Step(id: "elsewhere", title: "Look elsewhere", body: .tell, transitions: [Transition(to: "login")]),
      Step(
        id: "label", title: "Name it", role: .label,
        fields: [
          Conditional(
            Field(name: "Remark", value: Template(segments: [.answer("purpose", asID: true), .literal("-01")])))
        ], touchesPage: true, body: .text(TextRule())),
      Step(id: "review", title: "Review", section: Section(Section.review), body: .review),
      Step(
        id: "done", title: "The key is made",
        body: .end(
          Ending(
            outcome: .completed, reason: ["it was made"], reminders: [Reminder(days: 30, text: "is it right?")],
            card: [
              Conditional(CardLine(Template(segments: [.answer("label", asID: false), .literal(", for a bot.")]))),
              Conditional(CardLine(of: "login", "logged in.")),
            ], next: [Conditional(Advice("If it leaks:")), Conditional(Advice("keyusher run x/y", isCommand: true))]))),
    ]
  ).numbered()
}
