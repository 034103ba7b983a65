import CustomDump
import FlowCore
import Testing

@testable import Records

/// Blanking takes texts from a record and changes nothing else of what it says, at no point of the run.
@Suite struct RedactedFoldTests {
  /// purpose → label → host → check → confirm (reads label and check) → reason → review → done.
  private static let flow = Flow(
    id: "gate-io/create-key", version: 3, title: "Create a key", summary: "A key.",
    steps: [
      Step(
        id: "purpose", title: "Purpose",
        body: .choose(Options([Option(id: "bot", title: "bot"), Option(id: "tracker", title: "tracker")]))),
      Step(id: "label", title: "Label", body: .text(TextRule())),
      Step(id: "host", title: "Host", body: .text(TextRule())),
      Step(id: "check", title: "Unused", body: .check(.labelUnused("label"))),
      Step(
        id: "confirm", title: "Confirm", claims: [Conditional(confirmed)], body: .confirm(Confirmation()),
        transitions: [Transition(when: .answer("purpose", .includes(["tracker"])), to: "review")]),
      Step(id: "reason", title: "Reason", resolves: ["too-much"], body: .text(TextRule())),
      Step(id: "review", title: "Review", body: .review),
      Step(id: "done", title: "Done", body: .end(Ending(outcome: .completed))),
    ])

  private static let confirmed = Template(segments: [
    .answer("label", asID: false), .literal(" and "), .answer("check", asID: false),
  ])

  private static func typed(_ step: Step.ID, _ answer: Answer) -> Event {
    .answered(step, answer, words: [:], .typed)
  }

  private static func looked(_ means: String) -> Event {
    .observed("check", Observation(.yes, by: means))
  }

  private static func begun(label: String) -> [Event] {
    [
      .began, typed("purpose", .choice("bot")), typed("label", .text(label)), typed("host", .text(label)),
      looked("no other record"), typed("confirm", .yes),
    ]
  }

  private static let reviewed = begun(label: "grid") + [.skipped("reason", reason: "none", .typed)]

  /// Goes back to the label and gives another.
  private static func corrected(to label: String) -> [Event] {
    begun(label: "grid") + [
      .wentBack("reason", .typed), .wentBack("confirm", .typed), .wentBack("host", .typed),
      typed("label", .text(label)),
      .noted("host", "grid", .typed), typed("host", .text("grid")), looked("no other record"), typed("confirm", .yes),
      typed("reason", .text("because")),
    ]
  }

  /// Reopens the label at the review, and reads the check anew where that is asked.
  private static func reopened(label: String, _ after: [Event]) -> [Event] {
    reviewed + [.reopened("label", .typed), typed("label", .text(label))] + after + [typed("review", .finished)]
  }

  static let journals: [[Event]] = [
    corrected(to: "grid"), corrected(to: "other"),
    reopened(label: "grid", []), reopened(label: "other", [looked("no other record"), typed("confirm", .yes)]),
    reopened(label: "other", [looked("it looked again"), typed("confirm", .yes)]),
    reviewed + [
      .reopened("label", .typed), typed("label", .text("other")), looked("no other record"), typed("confirm", .no),
      .reopened("label", .typed), typed("label", .text("grid")), looked("another way"), typed("confirm", .yes),
      .reopened("host", .typed), typed("host", .text("grid")), .discarded(reason: "enough"),
    ],
    [
      .began, .skipped("purpose", reason: "  ", .typed), .skipped("purpose", reason: "why", .typed),
      .differed("label", "the page", .typed), typed("label", .text("[redacted]")), .wentBack("host", .typed),
      typed("label", .text("x")), .suspended(.quit),
      .resumed(Resumption(user: "alice", host: "box", toolVersion: "1", flowChanged: false, bytesCut: 0)),
    ],
  ]

  /// What a record says at each of its lines, apart from texts.
  private func sayings(_ contents: JournalContents, count: Int, _ flow: Flow) -> [String] {
    (0...count).map { length in
      let record = Record(
        header: contents.header, entries: Array(contents.entries.prefix(length)), flow: flow, finalDigest: "")
      let way = record.state.way.map { "\($0.step) \(worth($0.given))" }
      let standing = record.items.map { item in
        "\(item.step) \(item.visits.map { worth($0.given) }) \(item.stands) \(item.notes.count) \(worth(item.standing?.given))"
      }
      let exceptions = record.exceptions.map { dated in
        "\(dated.exception.number) \(dated.exception.step) \(dated.exception.kind) \(dated.exception.resolutionWord)"
          + " \(dated.raised) \(dated.resolved?.description ?? "-")"
      }
      return "\(status(record)) \(way) \(standing) \(exceptions)"
    }
  }

  private func worth(_ given: Given?) -> String {
    guard let given else { return "-" }
    let answer =
      switch given.answer {
      case .text, .redacted: "text"
      case .verdict(let verdict, _): verdict.rawValue
      case let other: other?.ids.joined(separator: " ") ?? "skipped"
      }
    return "\(answer), \(given.standing.inJournal), \(given.source)"
  }

  private func status(_ record: Record) -> String {
    switch record.status {
    case .unfinished(let step): "at \(step?.rawValue ?? "-")"
    case .ended(let outcome, _): "\(outcome)"
    }
  }

  /// How many lines of a journal could be blanked, each alone in a copy of it.
  private func checkEveryLine(of events: [Event], _ flow: Flow) throws -> Int {
    var blanked = 0
    for line in 2...(events.count + 1) {
      let temporary = try TemporaryFolder()
      let folder = temporary.records
      do { _ = try walk(events, in: folder) }
      let before = try folder.read("7q4m")
      do {
        _ = try folder.redact("7q4m", line: line, reason: "a name", at: .pinned(60), random: pinnedBytes())
      } catch JournalError.noFreeText {
        continue
      }
      blanked += 1
      let after = try folder.read("7q4m")
      expectNoDifference(
        sayings(after, count: events.count, flow), sayings(before, count: events.count, flow), "line \(line)")
      #expect(try folder.audit("7q4m").isClean)
    }
    return blanked
  }

  @Test(arguments: journals) func `whatever line is blanked, the fold says the same`(events: [Event]) throws {
    #expect(try checkEveryLine(of: events, Self.flow) >= 4)
  }

  @Test func `so it is with the sample walk`() throws {
    #expect(try checkEveryLine(of: sampleWalk, .sample) >= 6)
  }

  @Test func `the journals above are what they say: texts that are the same, and texts that are not`() {
    let corrections = Self.journals.map { events in
      let entries = events.enumerated().map { Entry(line: $0 + 2, at: .pinned($0), event: $1) }
      let record = Record(header: .sample(), entries: entries, flow: Self.flow, finalDigest: "")
      return record.exceptions.count { $0.exception.kind == .correction }
    }
    expectNoDifference(corrections, [0, 1, 0, 1, 1, 4, 1])
  }
}
