import CustomDump
import FlowCore
import Testing

@testable import Records

@Suite struct RecordTests {
  /// Folds events, one a second from the pinned clock on: the first at second 1, in line 2.
  private func record(_ events: [Event]) -> Record {
    let entries = events.enumerated().map { Entry(line: $0 + 2, at: .pinned($0 + 1), event: $1) }
    return Record(header: .sample(), entries: entries, flow: .sample, finalDigest: "ab")
  }

  private func item(_ step: Step.ID, of record: Record) throws -> Record.Item {
    try #require(record.items.first { $0.step == step })
  }

  private let toPage: [Event] = [
    .began, .answered("purpose", .choice("bot"), words: [:], .typed),
    .answered("label", .text("grid"), words: [:], .typed), .answered("login", .yes, words: [:], .typed),
  ]

  private func taken(_ source: AnswerSource = .typed, _ proof: KeepingProof = .lastFourMatched) -> [Event] {
    [
      .partTaken("credential", PartReceipt(part: "key", publicPart: "6b1f", looksRight: .yes, taken: true), source),
      .partTaken("credential", PartReceipt(part: "secret", publicPart: nil, looksRight: .yes, taken: true), source),
      .credentialHeld("credential", CredentialReference(store: "offline"), proof, source),
    ]
  }

  private func page(_ ids: String..., source: AnswerSource = .typed) -> Event {
    .answered("page-shows", .selection(ids), words: [:], source)
  }

  @Test func `a run that has not begun is a blank form`() {
    let record = record([])
    expectNoDifference(record.status, .unfinished(at: nil))
    expectNoDifference(record.lines, 1)
    expectNoDifference(record.items.map(\.number), (1...7).map { "\($0)" })
    #expect(record.items.allSatisfy { $0.visits.isEmpty && $0.standing == nil && !$0.stands })
    #expect(record.items.allSatisfy { record.ahead.contains($0.step) })
  }

  @Test func `what a run left behind is not ahead, and nothing is once it has ended`() {
    let ahead = record(toPage).ahead
    #expect(ahead.isSuperset(of: ["page-shows", "credential", "review"]))
    #expect(ahead.isDisjoint(with: ["purpose", "label", "login"]))
    expectNoDifference(record(toPage + [.discarded(reason: "a test")]).ahead, [])
  }

  @Test func `a straight walk fills the form, with the times and what each answer is worth`() throws {
    let record = record(toPage + [page("spot")] + taken() + [.answered("review", .finished, words: [:], .enter)])
    expectNoDifference(record.status, .ended(.completed, reason: nil))
    expectNoDifference(record.ended, .pinned(9))
    expectNoDifference(record.lines, 10)
    expectNoDifference(record.exceptions, [])
    expectNoDifference(record.reminders, [Record.Reminder(day: "2026-12-23", text: "Look at grid again.")])
    let login = try item("login", of: record)
    expectNoDifference(login.number, "3")
    expectNoDifference(login.visits.map(\.at), [.pinned(4)])
    expectNoDifference(login.visits.map(\.answer), ["logged in"])
    expectNoDifference(login.visits.map(\.standing), [.claimed])
    let credential = try item("credential", of: record)
    expectNoDifference(credential.standing?.receipts.map(\.publicPart), ["6b1f", nil])
    expectNoDifference(
      credential.standing?.standing, .verified(.yes, by: "the last four characters of the copy match the paste"))
    expectNoDifference(record.standings.count { $0 == .claimed }, 2)
    expectNoDifference(record.standings.count { $0 == .answered }, 3)
    expectNoDifference(record.standings.count { if case .verified(.yes, _) = $0 { true } else { false } }, 1)
  }

  @Test func `what a script answers is never claimed`() throws {
    let script = AnswerSource.script(digest: "ab12")
    let record = record(
      [
        .began, .answered("purpose", .choice("bot"), words: [:], script),
        .answered("label", .text("grid"), words: [:], script), .answered("login", .yes, words: [:], script),
        page("spot", source: script),
      ] + taken(script, .none))
    expectNoDifference(record.standings.count { $0 == .scripted }, 5)
    expectNoDifference(record.standings.count { $0 == .claimed }, 0)
  }

  @Test func `a correction keeps both visits; the second stands, and the exception has its time`() throws {
    let record = record(
      toPage + [
        .wentBack("page-shows", .typed), .wentBack("login", .typed),
        .answered("label", .text("other"), words: [:], .typed),
      ])
    let label = try item("label", of: record)
    expectNoDifference(label.visits.map(\.answer), ["grid", "other"])
    expectNoDifference(label.standing, label.visits.last)
    #expect(label.stands)
    expectNoDifference(record.exceptions.map(\.exception.what), ["grid → other"])
    expectNoDifference(record.exceptions.map(\.raised), [.pinned(7)])
    expectNoDifference(record.exceptions.map(\.resolved), [nil])
    // Going back took the answer of the later step off the way; it is asked again.
    let login = try item("login", of: record)
    expectNoDifference(login.visits.count, 1)
    expectNoDifference(login.standing, nil)
    expectNoDifference(record.status, .unfinished(at: "login"))
  }

  @Test func `going back in a loop brings the earlier visit back, and the record says which one stands`() throws {
    let record = record(
      toPage + [
        page("spot", "withdraw"), .answered("fix", .choice("off"), words: [:], .typed), page("spot"),
        .wentBack("credential", .typed),
      ])
    let shows = try item("page-shows", of: record)
    expectNoDifference(shows.visits.map(\.answer), ["spot, withdraw", "spot"])
    expectNoDifference(shows.standing, shows.visits.first)
    #expect(!shows.stands)
  }

  @Test func `a warning that was accepted has the time of its acceptance`() throws {
    let record = record(toPage + [page("withdraw"), .answered("fix", .choice("stays"), words: [:], .typed)])
    let warning = try #require(record.exceptions.first)
    expectNoDifference(warning.exception.kind, .warning)
    expectNoDifference(warning.exception.resolution, .accepted(reason: "it stays on"))
    expectNoDifference(warning.raised, .pinned(5))
    expectNoDifference(warning.resolved, .pinned(6))
  }

  @Test func `a skip is a visit without an answer, with its reason as an exception`() throws {
    let record = record([.began, .skipped("purpose", reason: "not known yet", .typed)])
    let purpose = try item("purpose", of: record)
    expectNoDifference(purpose.visits.map(\.answer), [nil])
    expectNoDifference(purpose.visits.map(\.ids), [[]])
    expectNoDifference(purpose.standing?.standing, .skipped(reason: "not known yet"))
    expectNoDifference(record.exceptions.map(\.exception.kind), [.skip])
    expectNoDifference(record.standings.count { if case .skipped = $0 { true } else { false } }, 1)
  }

  @Test func `an interruption is open until somebody resumes`() throws {
    let left = toPage + [.suspended(.signal(15))]
    expectNoDifference(record(left).exceptions.map(\.exception.resolution), [.open])
    let resumption = Resumption(user: "a", host: "b", toolVersion: "1", flowChanged: false, bytesCut: 0)
    let resumed = record(left + [.resumed(resumption)])
    expectNoDifference(resumed.exceptions.map(\.exception.resolution), [.corrected])
    expectNoDifference(resumed.exceptions.map(\.raised), [.pinned(5)])
    expectNoDifference(resumed.exceptions.map(\.resolved), [.pinned(6)])
    // A run that died was never suspended: the exception is raised and resolved by the same event.
    let died = record(toPage + [.resumed(resumption)])
    expectNoDifference(died.exceptions.map(\.exception.what), ["the program ended without closing the run"])
    expectNoDifference(died.exceptions.map(\.raised), [.pinned(5)])
    expectNoDifference(died.exceptions.map(\.resolved), [.pinned(5)])
  }

  @Test func `reopening at the review changes one answer and keeps the others with their first times`() throws {
    let record = record(
      toPage + [page("spot")] + taken() + [
        .reopened("purpose", .typed), .answered("purpose", .choice("tracker"), words: [:], .typed),
        .answered("review", .finished, words: [:], .typed),
      ])
    expectNoDifference(record.status, .ended(.completed, reason: nil))
    expectNoDifference(try item("purpose", of: record).visits.map(\.answer), ["spot bot", "portfolio tracker"])
    for step in ["label", "login", "page-shows", "credential"] as [Step.ID] {
      let kept = try item(step, of: record)
      expectNoDifference(kept.visits.count, 1)
      #expect(kept.stands)
    }
    expectNoDifference(record.exceptions.map(\.exception.kind), [.correction])
    expectNoDifference(try item("credential", of: record).standing?.receipts.count, 2)
  }

  @Test func `a secret that was lost leaves no receipts behind, and the key made anew has its own`() throws {
    let lost: [Event] = [
      .partTaken("credential", PartReceipt(part: "key", publicPart: "aaaa", looksRight: .yes, taken: true), .typed),
      .answered("credential", .exit(CredentialRule.lost), words: [:], .typed), page("spot"),
    ]
    let record = record(toPage + [page("spot")] + lost + taken())
    let credential = try item("credential", of: record)
    expectNoDifference(credential.visits.map(\.answer), ["lost", "kept in your own copy (offline)"])
    expectNoDifference(credential.visits.map { $0.receipts.map(\.publicPart) }, [[], ["6b1f", nil]])
  }

  @Test func `notes stand at their steps, and a page that differs is an exception`() throws {
    let record = record([
      .began, .noted("purpose", "one", .typed), .differed("purpose", "there is no button", .typed),
      .noted("purpose", "two", .program),
    ])
    expectNoDifference(
      try item("purpose", of: record).notes,
      [
        Record.Note(at: .pinned(2), text: "one", source: .typed),
        Record.Note(at: .pinned(4), text: "two", source: .program),
      ])
    expectNoDifference(record.exceptions.map(\.exception.what), ["there is no button"])
    expectNoDifference(record.status, .unfinished(at: "purpose"))
  }

  @Test func `a run that was discarded ended when that was said, and what happened stays`() throws {
    let record = record(toPage + [.discarded(reason: "a mistake"), .redacted(line: 3, reason: "a name")])
    expectNoDifference(record.status, .ended(.aborted, reason: "a mistake"))
    expectNoDifference(record.ended, .pinned(5))
    expectNoDifference(record.reminders, [])
    #expect(try item("label", of: record).stands)
    expectNoDifference(record.lines, 7)
  }
}

extension Record.Item {
  /// Whether the last visit still stands.
  var stands: Bool { standing != nil && standing == visits.last }
}
