import CustomDump
import FlowCore
import PlainText
import Testing

@testable import Inventory
@testable import Records

/// What runs remind of at their ends, until it is settled, put off or done.
@Suite struct RunNeedTests {
  private let today = Day(year: 2026, month: 12, day: 23)!
  private static let key = CredentialReference(store: "age", name: "gate-io/bot")

  /// A run that ended on the 23rd of November, and made a key.
  private func run(
    _ reminders: [Record.Reminder], id: String = "aaaa", flow: String = "gate-io/create-key", warnings: [String] = [],
    makesKey: Bool = true, named: Set<String> = [], second: Int = 0
  ) -> RunSummary {
    var run = RunSummary(
      run: id, flowID: flow, provider: "gate-io", title: "A run", began: .pinned(second), lastAt: .pinned(second))
    run.outcome = .completed
    run.reminders = reminders
    run.openWarnings = warnings
    run.named = named
    run.oldLabel = named.first
    if makesKey {
      var key = KeyFacts(Self.key, exchange: "gate-io", since: .pinned(second))
      key.label = "bot"
      run.keys = [key]
    }
    return run
  }

  private func operation(
    _ kind: KeyOperation.Kind, _ facts: [String: String] = [:], run: String? = nil, check: KeyCheck? = nil,
    second: Int = 50
  ) -> OperationSummary {
    OperationSummary(
      id: "o\(second)",
      KeyOperation(kind, run == nil ? "gate-io/bot" : "", in: run == nil ? "age" : "", origin: run, facts: facts),
      user: "ana", host: "office", began: .pinned(second), outcome: .done(.pinned(second), seen: nil, history: nil),
      check: check)
  }

  private func needs(
    _ runs: [RunSummary], _ operations: [OperationSummary] = [], on day: Day? = nil
  ) -> KeyNeeds {
    KeyOrigins(runs, operations).needs(on: day ?? today, within: 14) { _ in true }
  }

  private func words(_ needs: KeyNeeds) -> [String] {
    needs.now.compactMap { need in
      switch need.reason {
      case .reminder(let reminder, _): "\(need.name): \(reminder.text)"
      case .warning(let text): "\(need.name): warning \(text)"
      default: nil
      }
    }
  }

  private func reminder(_ day: String, by settlement: Reminder.Settlement?) -> Record.Reminder {
    Record.Reminder(day: day, text: "look", settledBy: settlement)
  }

  @Test func `A reminder is told from so many days before its day on`() {
    let run = run([reminder("2027-01-06", by: nil)])
    expectNoDifference(words(needs([run])), ["gate-io/bot: look"])
    expectNoDifference(words(needs([run], on: Day(number: today.number - 1))), [])
    expectNoDifference(words(needs([run], on: Day(number: today.number + 400))), ["gate-io/bot: look"])
  }

  @Test func `What settles it settles that alone`() {
    let all = [
      reminder("2026-12-20", by: .review), reminder("2026-12-21", by: .verify), reminder("2026-12-22", by: .lastDay),
      reminder("2026-12-23", by: nil),
    ]
    func left(_ runs: [RunSummary] = [], _ operations: [OperationSummary] = []) -> [String] {
      needs([run(all)] + runs, operations).now.compactMap { need in
        if case .reminder(let reminder, _) = need.reason { reminder.settledBy?.rawValue ?? "said" } else { nil }
      }
    }
    expectNoDifference(left(), ["review", "verify", "last-day", "said"])
    let review = run([], id: "bbbb", flow: "gate-io/review-keys", makesKey: false, named: ["bot"], second: 60)
    expectNoDifference(left([review]), ["verify", "last-day", "said"])
    let other = run([], id: "bbbb", flow: "gate-io/review-keys", makesKey: false, named: ["other"], second: 60)
    expectNoDifference(left([other]), ["review", "verify", "last-day", "said"])
    func look(_ verdict: KeyCheck.Verdict, _ end: KeyEnd? = nil) -> OperationSummary {
      let ends = KeyEnds(isTold: end != nil, speaksOfRules: false, end)
      return operation(.verify, check: KeyCheck(.init(verdict), at: .pinned(50), ends: ends))
    }
    expectNoDifference(left([], [look(.asPlanned)]), ["review", "last-day", "said"])
    expectNoDifference(left([], [look(.notAsked)]), ["review", "verify", "last-day", "said"])
    let end = KeyEnd(day: Day(number: today.number + 300), basis: .reported)
    expectNoDifference(left([], [look(.asPlanned, end)]), ["review", "said"])
  }

  @Test func `A key that is deleted or exposed is reminded of no more`() {
    let made = run([reminder("2026-12-20", by: nil)], warnings: ["no IP list"])
    expectNoDifference(words(needs([made])), ["gate-io/bot: look", "gate-io/bot: warning no IP list"])
    for kind in [KeyMark.Kind.exposed, .deleted] {
      var leak = operation(.compromise)
      leak.marks = [KeyMark(kind, of: Self.key, at: .pinned(50))]
      expectNoDifference(words(needs([made], [leak])), [])
    }
  }

  @Test func `A run about no one key is followed by the next of its flow`() {
    let first = run([reminder("2026-12-20", by: .review)], flow: "gate-io/review-keys", makesKey: false)
    expectNoDifference(words(needs([first])), ["A run: look"])
    let second = run(
      [reminder("2027-02-20", by: .review)], id: "bbbb", flow: "gate-io/review-keys", makesKey: false, second: 60)
    expectNoDifference(words(needs([first, second])), [])
  }

  @Test func `What is done is told no more, and what is put off waits for its day`() {
    let made = run([reminder("2026-11-20", by: nil), reminder("2026-12-30", by: nil)], warnings: ["no IP list"])
    expectNoDifference(words(needs([made])).count, 3)
    // Done on the 23rd of November: what came after that is not.
    expectNoDifference(
      words(needs([made], [operation(.done, ["until": "2026-11-23"], run: "aaaa")])), ["gate-io/bot: look"])
    let what = "reminder,warning"
    let snoozed = needs(
      [made], [operation(.snooze, ["until": "2026-12-28", "reason": "away", "what": what], run: "aaaa")])
    expectNoDifference(words(snoozed), [])
    expectNoDifference(snoozed.snoozed.map { "\($0.until)" }, ["2026-12-28", "2026-12-28", "2026-12-28"])
    expectNoDifference(
      words(needs([made], [operation(.snooze, ["until": "2026-12-23", "what": what], run: "aaaa")])).count, 3)
    // What was not told then does not wait.
    expectNoDifference(
      words(needs([made], [operation(.snooze, ["until": "2026-12-28", "what": "warning"], run: "aaaa")])).count, 2)
  }

  @Test func `What is exposed can't be put off, nor a last day once it has come`() {
    let snooze = operation(
      .snooze, ["until": "2027-12-28", "reason": "away", "what": "ends,exposed,never-asked"], second: 90)
    var leak = operation(.compromise)
    leak.marks = [KeyMark(.exposed, of: Self.key, at: .pinned(50))]
    expectNoDifference(needs([run([])], [leak, snooze]).now.map(\.reason), [.exposed(since: .pinned(50))])
    for (days, count) in [(3, 0), (0, 1), (-3, 1)] {
      let end = KeyEnd(day: Day(number: today.number + days), basis: .reported)
      let look = operation(
        .verify,
        check: KeyCheck(.init(.asPlanned), at: .pinned(50), ends: KeyEnds(isTold: true, speaksOfRules: false, end)))
      expectNoDifference(needs([run([])], [look, snooze]).now.count, count, "\(days)")
    }
  }

  @Test func `A greeting's note counts what needs somebody on a day, as needs do`() {
    let runs = [
      run([reminder("2027-01-10", by: nil)]),
      run([reminder("2026-12-30", by: nil)], id: "bbbb", flow: "gate-io/compromise", makesKey: false),
    ]
    // Nobody asked about the key: it needs somebody today, but for the snooze.
    let snooze = operation(
      .snooze, ["until": "2026-12-26", "reason": "away", "what": "never-asked,ends"], second: 90)
    func look(_ end: KeyEnd?) -> OperationSummary {
      let ends = KeyEnds(isTold: end != nil, speaksOfRules: false, end)
      return operation(.verify, check: KeyCheck(.init(.asPlanned), at: .pinned(60), ends: ends), second: 60)
    }
    let soon = KeyEnd(day: Day(number: today.number + 20), basis: .reported)
    let ofUse = KeyEnd(day: Day(number: today.number + 85), basis: .rule(by: "OKX", days: 90, ofUse: true))
    for operations in [[], [snooze], [look(nil)], [look(soon)], [look(soon), snooze], [look(ofUse)]] {
      let origins = KeyOrigins(runs, operations)
      let note = origins.dueNote(on: today, within: 14) { _ in true }
      for day in 0..<100 {
        let day = Day(number: today.number + day)
        let now = origins.needs(on: day, within: 14) { _ in true }.now
        expectNoDifference(
          note.count(on: day), Set(now.map { $0.key?.reference.place ?? $0.run?.run ?? "" }).count, "\(day)")
      }
    }
  }

  @Test func `The note is read as it was written, and a changed one is none`() throws {
    let temporary = try TemporaryFolder()
    try walk([.began], as: "aaaa", in: temporary.records)
    let inventory = Inventory(temporary.records, program: "0.2.0") { _, _ in .sample }
    expectNoDifference(inventory.dueNote(), nil)
    let note = DueNote(day: today, days: [today, Day(number: today.number + 3)])
    inventory.keep(note)
    expectNoDifference(inventory.dueNote(), note)
    try walk([.began], as: "bbbb", in: temporary.records)
    expectNoDifference(inventory.dueNote()?.isCurrent, false)
    let bytes = try #require(temporary.records.indexed("due"))
    for place in bytes.indices {
      var other = bytes
      other[place] ^= 1
      temporary.records.index("due") { _ in other }
      expectNoDifference(inventory.dueNote(), nil)
    }
  }
}
